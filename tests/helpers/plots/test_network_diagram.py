"""The pictures of networks show what they should: circles with numbers, lines for weights."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle

from helpers import plots
from helpers.plots import network_diagram

pytestmark = pytest.mark.usefixtures("no_warnings")

VALUES = [np.array([1, -0.5]), np.array([0.25, 3, 0])]
WEIGHTS = [np.array([[0.1, -2, 0.3], [0.4, 0, 0.6]])]


def parts(figure):
    """Return the circles, the lines and the texts of the picture."""
    (axes,) = figure.axes
    circles = [patch for patch in axes.patches if isinstance(patch, Circle)]
    return circles, axes.lines, [text.get_text() for text in axes.texts]


def test_each_number_stands_in_its_circle():
    figure = network_diagram.network(VALUES, WEIGHTS)
    circles, _, _ = parts(figure)
    written = {t.get_position(): t.get_text() for t in figure.axes[0].texts}
    assert [written[circle.center] for circle in circles] == ["1", "-0.5", "0.25", "3", "0"]
    columns = [circle.center[0] for circle in circles]
    assert columns[0] == columns[1] < columns[2] == columns[3] == columns[4]
    heights = [circle.center[1] for circle in circles]
    assert heights[0] > heights[1] and heights[2] > heights[3] > heights[4], "from top to bottom"


def test_the_farther_from_0_the_bluer():
    circles, _, _ = parts(network_diagram.network(VALUES, WEIGHTS))
    one, half, _, three, none = [circle.get_facecolor() for circle in circles]
    np.testing.assert_allclose(none, to_rgba("white"))
    np.testing.assert_allclose(three[:3], network_diagram.LIGHT)
    np.testing.assert_allclose(one, three)
    assert one[0] < half[0] < 1


def test_lines_show_sign_and_size_of_their_weights():
    circles, lines, _ = parts(network_diagram.network(VALUES, WEIGHTS))
    places = [circle.center for circle in circles]
    assert len(lines) == 6
    for line in lines:
        start, end = (tuple(point) for point in line.get_xydata())
        weight = WEIGHTS[0][places.index(start), places.index(end) - 2]
        looks = {1: (plots.BLUE, "-"), -1: (plots.RED, "--"), 0: (plots.GREY, ":")}
        assert (line.get_color(), line.get_linestyle()) == looks[np.sign(weight)]
        assert line.get_linewidth() == pytest.approx(0.8 + 1.8 * abs(weight) / 2)


def test_names_and_weights_are_written():
    _, _, texts = parts(network_diagram.network(VALUES, WEIGHTS))
    assert {"x", "y", "0.1", "-2", "0.3", "0.4", "0.6"} <= set(texts)
    values, weights = [np.ones(1)] * 4, [np.ones((1, 1))] * 3
    _, _, texts = parts(network_diagram.network(values, weights))
    assert {"x", "a1", "a2", "y"} <= set(texts)
    _, _, texts = parts(network_diagram.network(VALUES, WEIGHTS, names=["in", "out"]))
    assert {"in", "out"} <= set(texts) and "x" not in texts


@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (2, 2), (3, 3), (2, 4), (4, 2), (1, 3)])
def test_each_weight_stands_on_its_line_and_away_from_the_others(shape):
    W = np.arange(1, 1 + np.prod(shape)).reshape(shape) / 10
    figure = network_diagram.network([np.zeros(n) for n in shape], [W])
    written = {text.get_text(): text.get_position() for text in figure.axes[0].texts}
    for own, weight in zip(figure.axes[0].lines, W.flat, strict=True):
        place = written[network_diagram.number(weight)]
        assert height(own, place) == pytest.approx(place[1])
        others = [line for line in figure.axes[0].lines if line is not own]
        assert all(abs(height(line, place) - place[1]) > 0.2 for line in others)


def height(line, place):
    """Return how high the line is at that place."""
    return np.interp(place[0], *line.get_data())


def test_many_weights_are_not_written():
    values, weights = [np.ones(4), np.ones(4)], [np.full((4, 4), 0.123)]
    _, lines, texts = parts(network_diagram.network(values, weights))
    assert len(lines) == 16 and "0.123" not in texts


def test_everything_lies_inside_the_picture():
    (axes,) = network_diagram.network(
        [np.ones(n) for n in (1, 5, 2)], [np.ones((1, 5)), np.ones((5, 2))]
    ).axes
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for patch in axes.patches:
        x, y = patch.center
        assert left < x - patch.radius and x + patch.radius < right
        assert bottom < y - patch.radius and y + patch.radius < top
    assert all(bottom < text.get_position()[1] < top for text in axes.texts)
    assert axes.figure.get_facecolor() == (1, 1, 1, 1), "readable on a dark page"


def test_zeros_and_lists_can_be_drawn():
    circles, lines, _ = parts(network_diagram.network([[0, 0], [0]], [[[0], [0]]]))
    assert len(circles) == 3 and {line.get_linestyle() for line in lines} == {":"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.57444252, "0.574"), (0.75026011, "0.75"), (1.0, "1"), (-20.0, "-20"), (54.1, "54.1"),
        (255, "255"), (1234.5, "1234"), (0.0001, "0"), (-0.0001, "0"), (0, "0"),
    ],
)  # fmt: skip
def test_number(value, text):
    assert network_diagram.number(value) == text


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        (VALUES, [WEIGHTS[0].T]),
        (VALUES, []),
        (VALUES[:1], []),
        ([np.ones((1, 2)), np.ones(3)], WEIGHTS),
    ],
)
def test_shapes_that_do_not_fit(values, weights):
    with pytest.raises(ValueError, match="one vector for each layer"):
        network_diagram.network(values, weights)
