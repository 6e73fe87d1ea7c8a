"""The pictures of filters show what they should: numbers, frames, signs, one scale."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from helpers import plots
from helpers.plots import feature_maps

pytestmark = pytest.mark.usefixtures("no_warnings")

IMAGE = np.arange(20).reshape(4, 5)
FILTER = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
SUMS = np.array([[6, 6, 6], [6, 6, -6]])


def written(axes, shape):
    """Return the table of numbers that stands in the axes."""
    table = np.full(shape, np.nan)
    for text in axes.texts:
        column, row = text.get_position()
        table[row, column] = float(text.get_text())
    return table


def test_a_window_and_its_sum():
    figure = feature_maps.window(IMAGE, FILTER, SUMS, 1, 2)
    for axes, numbers in zip(figure.axes, (IMAGE, FILTER, SUMS), strict=True):
        np.testing.assert_array_equal(written(axes, numbers.shape), numbers)
        assert axes.get_title()
    frames = [axes.patches for axes in figure.axes]
    assert [len(patches) for patches in frames] == [1, 0, 1]
    (window,), _, (total,) = frames
    assert (window.get_x(), window.get_y(), window.get_width()) == (1.5, 0.5, 3)
    assert (total.get_x(), total.get_y(), total.get_width()) == (1.5, 0.5, 1)
    assert window.get_edgecolor() == to_rgba(plots.ORANGE)


def test_image_filter_and_result_side_by_side():
    figure = feature_maps.beside(IMAGE, FILTER, SUMS)
    shown = [axes.images[0].get_array() for axes in figure.axes[:3]]
    for numbers, expected in zip(shown, (IMAGE, FILTER, SUMS), strict=True):
        np.testing.assert_array_equal(numbers, expected)
    assert [axes.get_title() for axes in figure.axes[:3]] == ["image", "filter", "sums"]


def test_below_zero_is_red_and_above_is_blue():
    picture = feature_maps.beside(IMAGE, FILTER, SUMS).axes[2].images[0]
    low, zero, high = picture.to_rgba(np.array([-6.0, 0, 6]))[:, :3]
    assert low[0] > low[2] and high[2] > high[0] and zero.min() > 0.95
    assert picture.get_clim() == (-6, 6)


def test_nothing_but_zeros_can_be_drawn():
    feature_maps.beside(np.zeros((4, 5)), np.zeros((3, 3)), np.zeros((2, 3)))
    feature_maps.maps(np.zeros((4, 4, 2)))


@pytest.mark.parametrize("count", [1, 4, 30])
def test_each_channel_is_a_picture_on_one_scale(count):
    y = np.random.default_rng(0).normal(size=(6, 7, count))
    *spots, bar = feature_maps.maps(y).axes
    drawn = [axes.images[0] for axes in spots if axes.images]
    assert len(drawn) == count and bar.get_ylabel() == "sum"
    for channel, picture in enumerate(drawn):
        np.testing.assert_array_equal(picture.get_array(), y[:, :, channel])
    ((low, high),) = {picture.get_clim() for picture in drawn}
    assert low == -high and np.abs(y).max() <= high <= np.abs(y).max() + 0.1


def test_each_column_of_the_weights_is_a_filter():
    W = np.random.default_rng(0).normal(size=(9, 12))
    *spots, bar = feature_maps.filters(W, 3).axes
    drawn = [axes.images[0].get_array() for axes in spots if axes.images]
    assert len(drawn) == 12 and bar.get_ylabel() == "weight"
    np.testing.assert_array_equal(drawn[11], W[:, 11].reshape(3, 3))


def test_filters_say_when_they_were_looked_at():
    W = np.random.default_rng(0).normal(size=(9, 12))
    figure, silent = feature_maps.filters(W, 3, "after training"), feature_maps.filters(W, 3)
    assert figure.get_suptitle() == "after training" and not silent.get_suptitle()
    assert figure.get_figheight() > silent.get_figheight()
