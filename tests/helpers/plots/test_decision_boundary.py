"""The pictures of dividing lines show what they should: points, line, shaded side, rings."""

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgba

from helpers import plots
from helpers.plots import decision_boundary

pytestmark = pytest.mark.usefixtures("no_warnings")

matplotlib.use("Agg")

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND, XOR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 0])


def signs(axes):
    """Return {label: places} of the points drawn."""
    return {group.get_label(): group.get_offsets().tolist() for group in axes.collections}


def legend(figure):
    return [text.get_text() for text in figure.legends[0].get_texts()]


def shade(axes, x1, x2):
    """Return what the picture shows at a place: 1 where it is shaded."""
    image = axes.images[0]
    left, right, bottom, top = image.get_extent()
    rows, columns = image.get_array().shape
    row = round((x2 - bottom) / (top - bottom) * (rows - 1))
    column = round((x1 - left) / (right - left) * (columns - 1))
    assert image.origin == "lower"
    return int(image.get_array()[row, column])


def test_points():
    figure = decision_boundary.points(X, AND)
    (axes,) = figure.axes
    assert signs(axes) == {"t = 0": [[0, 0], [0, 1], [1, 0]], "t = 1": [[1, 1]]}
    assert legend(figure) == ["t = 0", "t = 1"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x1", "x2")
    assert axes.get_xlim() == axes.get_ylim() == (decision_boundary.LOW, decision_boundary.HIGH)
    assert figure.get_facecolor() == (1, 1, 1, 1), "readable on a dark page"
    zeros, ones = axes.collections
    np.testing.assert_allclose(zeros.get_facecolor()[0], to_rgba("white"))
    np.testing.assert_allclose(ones.get_facecolor()[0], to_rgba(plots.BLUE))
    assert len(zeros.get_paths()[0]) != len(ones.get_paths()[0]), "a square and a circle"


def test_line_of_and():
    figure = decision_boundary.line(X, AND, np.array([3, 2]), -4)
    (axes,) = figure.axes
    (drawn,) = axes.lines
    x1, x2 = drawn.get_xy1()
    assert 3 * x1 + 2 * x2 - 4 == 0 and drawn.get_slope() == -3 / 2
    assert [shade(axes, *x) for x in X] == [0, 0, 0, 1]
    assert "wrong" not in signs(axes)
    assert legend(figure) == ["t = 0", "t = 1", "y = 1"]


def test_the_side_that_answers_1_is_shaded():
    for w, b in ((1, 1), -0.5), ((-1, -1), 0.5), ((1, 0), -0.5), ((0, -1), 0.5):
        (axes,) = decision_boundary.line(X, AND, w, b).axes
        for x in (0, 0), (0, 1), (1, 0), (-0.4, 1.4), (0.7, 0.1):
            assert shade(axes, *x) == (np.dot(x, w) + b > 0)


def test_a_point_on_the_line_is_answered_0():
    (axes,) = decision_boundary.line(X, XOR, (1, 1), -1).axes
    assert signs(axes)["wrong"] == [[0, 1], [1, 0], [1, 1]]


@pytest.mark.parametrize(("w", "b", "place"), [((2, 0), -1, 0.5), ((-4, 1e-12), 1, 0.25)])
def test_a_vertical_line(w, b, place):
    (axes,) = decision_boundary.line(X, XOR, w, b).axes
    assert axes.lines[0].get_xdata() == [place, place]


@pytest.mark.parametrize(("b", "shaded"), [(-1, 0), (0, 0), (1, 1)])
def test_without_weights_there_is_no_line(b, shaded):
    (axes,) = decision_boundary.line(X, AND, np.array([0, 0]), b).axes
    assert not axes.lines
    assert {shade(axes, *x) for x in X} == {shaded}


def test_a_line_far_away():
    (axes,) = decision_boundary.line(X, AND, np.array([1, 1]), -100).axes
    assert (axes.get_xlim(), axes.get_ylim()) == ((-0.5, 1.5), (-0.5, 1.5))


def test_wrong_points_have_a_ring():
    (axes,) = decision_boundary.line(X, XOR, (1, 1), -0.5).axes
    assert signs(axes)["wrong"] == [[1, 1]]
    ring = axes.collections[-1]
    assert ring.get_facecolor().size == 0, "the point stays visible"
    assert ring.get_sizes()[0] > axes.collections[0].get_sizes()[0]


def test_region():
    def answer(X):
        return np.where(np.abs(X.sum(axis=1) - 1) < 0.5, 1, 0)

    figure = decision_boundary.region(X, XOR, answer)
    (axes,) = figure.axes
    assert [shade(axes, *x) for x in X] == [0, 1, 1, 0]
    assert shade(axes, 0.5, 0.5) == 1 and not axes.lines
    assert "wrong" not in signs(axes) and legend(figure)[-1] == "y = 1"


def test_region_with_a_wrong_answer():
    figure = decision_boundary.region(X, AND, lambda X: np.zeros(len(X)))
    assert signs(figure.axes[0])["wrong"] == [[1, 1]]
    assert legend(figure) == ["t = 0", "t = 1", "wrong", "y = 1"]


def test_names_of_the_axes():
    (axes,) = decision_boundary.line(X, AND, (1, 1), -1.5, names=("h1", "h2")).axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("h1", "h2")


def test_lines():
    steps = [((0, 0), 0), ((1, 1), 1), ((2, 1), -2)]
    axes = decision_boundary.lines(X, AND, steps, columns=2).axes
    assert [a.get_title() for a in axes] == ["0", "1", "2", ""]
    assert [len(a.lines) for a in axes] == [0, 1, 1, 0]
    assert signs(axes[1])["wrong"] == [[0, 0], [0, 1], [1, 0]]
    assert "wrong" not in signs(axes[2])
    assert not axes[3].collections and not axes[3].axison
