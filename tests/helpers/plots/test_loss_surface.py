"""The pictures of landscapes show what they should: heights, limits, paths, their marks, labels."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from helpers import plots
from helpers.plots import loss_surface

pytestmark = pytest.mark.usefixtures("no_warnings")

LIMITS = (-2, 2, -1, 3)
PATH = [(-1.5, 2), (-1, 1), (-0.5, 0.5)]
AWAY = [(0, 1), (1, 2), (2.5, 2), (0, 0)]  # its third point lies outside


def loss(w):
    return w[0] ** 2 + 10 * (w[1] - 1) ** 2 + 3


def drawn(axes):
    """Return the points of each line and mark, as lists of tuples."""
    lines = [getattr(line, "get_data_3d", line.get_data)() for line in axes.lines]
    return [list(zip(*line, strict=True)) for line in lines]


def test_heights():
    heights = loss_surface.heights(loss, LIMITS)
    assert heights.shape == (loss_surface.GRID, loss_surface.GRID)
    assert heights[0, 0] == loss((-2, -1)), "the first row is the lower edge"
    assert heights[0, -1] == loss((2, -1)) and heights[-1, 0] == loss((-2, 3))
    middle = loss_surface.GRID // 2
    assert heights.min() == pytest.approx(heights[middle, middle]) == 3


@pytest.mark.parametrize(
    ("path", "steps"),
    [(PATH, 3), (AWAY, 2), ([(2, 3), (-2, -1)], 2), ([(5, 5)], 0), ([(0, 0), (np.nan, 0)], 1)],
)
def test_steps_inside(path, steps):
    assert loss_surface.steps_inside(path, LIMITS) == steps


def test_contours():
    figure = loss_surface.contours(loss, LIMITS, [PATH])
    axes, bar = figure.axes
    assert drawn(axes) == [PATH, PATH[:1], PATH[-1:]]
    assert axes.get_xlim() == (-2, 2) and axes.get_ylim() == (-1, 3)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("w0", "w1")
    assert axes.get_aspect() == 1, "steps stand upright on contour lines"
    assert bar.get_ylabel() == "loss" and not figure.legends
    levels = axes.collections[0].levels
    assert levels[0] == 3 and levels[-1] == pytest.approx(loss((2, 3)))
    assert np.all(np.diff(levels, 2) > 0), "denser, where the loss is low"
    assert figure.get_facecolor() == (1, 1, 1, 1), "readable on a dark page"


def test_the_start_and_the_end_have_signs_of_their_own():
    path, start, end = loss_surface.contours(loss, LIMITS, [PATH]).axes[0].lines
    assert (start.get_marker(), end.get_marker()) == ("o", "*")
    assert min(start.get_markersize(), end.get_markersize()) > path.get_markersize()
    assert to_rgba(path.get_color()) == to_rgba(plots.RED)


def test_low_is_darker_than_high():
    low, high = (sum(loss_surface.SHADES(end)[:3]) for end in (0.0, 1.0))
    assert low < high


def test_several_paths_differ_by_more_than_color():
    figure = loss_surface.contours(loss, LIMITS, [PATH, AWAY[:2]], ["slow", "fast"], ("a", "b"))
    axes = figure.axes[0]
    slow, fast = [line for line in axes.lines if line.get_label() in ("slow", "fast")]
    assert slow.get_linestyle() != fast.get_linestyle()
    assert slow.get_marker() != fast.get_marker()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["slow", "fast"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("a", "b")


def test_every_optimizer_can_have_a_style():
    assert len({style[1:] for style in loss_surface.STYLES}) == len(loss_surface.STYLES) >= 6


def test_a_path_that_leaves_the_map_has_no_star():
    axes = loss_surface.contours(loss, LIMITS, [AWAY]).axes[0]
    assert drawn(axes) == [AWAY[:3], AWAY[:1], []], "drawn over the edge, and no further"


def test_a_path_that_runs_away():
    away = [(0, 0), (0, 1e30), (0, -np.inf), (np.nan, np.nan)]
    assert drawn(loss_surface.contours(loss, LIMITS, [away]).axes[0])[0] == away[:2]
    assert len(drawn(loss_surface.surface(loss, LIMITS, [away]).axes[0])[0]) == 1


def test_no_path():
    assert not loss_surface.contours(loss, LIMITS).axes[0].lines
    assert not loss_surface.surface(loss, LIMITS).axes[0].lines


def test_side_by_side():
    axes = loss_surface.side_by_side(loss, LIMITS, [PATH, AWAY], ["lr = 0.1", 0.2]).axes
    assert [a.get_title() for a in axes] == ["lr = 0.1", "0.2"]
    assert [drawn(a)[0] for a in axes] == [PATH, AWAY[:3]]
    assert all(a.get_xlim() == (-2, 2) and a.get_ylim() == (-1, 3) for a in axes)
    assert np.array_equal(axes[0].collections[0].levels, axes[1].collections[0].levels)
    with pytest.raises(ValueError):
        loss_surface.side_by_side(loss, LIMITS, [PATH], ["one", "two"])


def test_surface():
    figure = loss_surface.surface(loss, LIMITS, [PATH], view=(50, -60))
    (axes,) = figure.axes
    high = [(*point, loss(point)) for point in PATH]
    np.testing.assert_allclose(drawn(axes)[0], high)
    assert drawn(axes)[1:] == [high[:1], high[-1:]]
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_zlabel()) == ("w0", "w1", "loss")
    assert (axes.elev, axes.azim) == (50, -60)
    assert not axes.computed_zorder, "the surface must not hide the path"
    assert axes.collections[0].zorder < axes.lines[0].zorder


def test_surface_ends_a_path_at_its_limits():
    figure = loss_surface.surface(loss, LIMITS, [AWAY, PATH], ["away", "home"])
    assert len(drawn(figure.axes[0])[0]) == 2
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["away", "home"]


def test_the_loss_sees_arrays():
    def weighted(w):
        return np.array([1, 2]) @ w

    loss_surface.contours(weighted, LIMITS, [PATH])
    loss_surface.surface(weighted, LIMITS, [PATH])
