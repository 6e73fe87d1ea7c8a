"""The pictures of colours show what they should: chips, names, answers, regions."""

import colorsys

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from helpers import plots
from helpers.plots import color_charts

pytestmark = pytest.mark.usefixtures("no_warnings")

RED, GREEN, BLUE = np.eye(3, dtype=int) * 255
X = np.array([GREEN, RED, (0, 60, 255), BLUE])
T = np.array([1, 0, 2, 2])


def largest(x):
    return np.argmax(x, axis=1)


def faces(axes):
    return [tuple(round(255 * c) for c in patch.get_facecolor()[:3]) for patch in axes.patches]


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_chips_stand_in_a_block_for_each_label():
    figure = color_charts.chips(X, T)
    assert [words(axes) for axes in figure.axes] == [["red\n1"], ["green\n1"], ["blue\n2"]]
    assert faces(figure.axes[0]) == [tuple(RED)] and faces(figure.axes[1]) == [tuple(GREEN)]
    assert faces(figure.axes[2]) == [(0, 60, 255), tuple(BLUE)], "in the order of their hue"
    assert figure.get_facecolor() == (1, 1, 1, 1), "readable on a dark page"


def test_chips_fill_rows_and_a_label_may_be_missing():
    figure = color_charts.chips(np.tile(RED, (5, 1)), np.zeros(5, int), columns=2)
    corners = [patch.get_xy() for patch in figure.axes[0].patches]
    assert corners == [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2)]
    assert words(figure.axes[1]) == ["green\n0"] and not figure.axes[1].patches


def test_named_says_the_label():
    (axes,) = color_charts.named(X, ["g", "r", "c", "b"], T).axes
    said = "g (green) r (red) c (blue) b (blue)"
    assert " ".join(words(axes)) == said and faces(axes) == [tuple(row) for row in X]


def test_named_marks_what_is_wrong():
    (axes,) = color_charts.named(X[:2], ["g", "r"], T[:2], answers=np.array([2, 0])).axes
    assert words(axes) == ["g", "(green -> blue)", "r", "(red -> red)"]
    wrong, right = axes.patches
    assert wrong.get_linestyle() == "--" and right.get_linestyle() == "solid"
    np.testing.assert_allclose(wrong.get_edgecolor(), to_rgba(plots.RED))
    assert [text.get_color() for text in axes.texts[1::2]] == [plots.RED, "black"]


def test_named_with_nothing_to_show():
    (axes,) = color_charts.named(X[:0], [], T[:0]).axes
    assert not axes.patches


def shown(axes, hue, lightness):
    """Return the pixel of a picture at a place."""
    image = axes.images[0]
    left, right, bottom, top = image.get_extent()
    pixels = image.get_array()
    row = int((lightness - bottom) / (top - bottom) * pixels.shape[0])
    column = int((hue - left) / (right - left) * pixels.shape[1])
    assert image.origin == "lower"
    return pixels[row, column]


def test_answer_map():
    figure = color_charts.answer_map(largest)
    left, right = figure.axes
    for hue, color, label in (0, RED, 0), (120, GREEN, 1), (240, BLUE, 2):
        np.testing.assert_allclose(shown(left, hue, 50), color / 255)
        assert shown(right, hue, 50) == label
    assert sorted(words(right)) == ["blue", "green", "red"]
    for text in right.texts:
        label = color_charts.NAMES.index(text.get_text())
        assert shown(right, *text.get_position()) == label, "the word stands in its region"
    assert {h for c in right.collections for h in getattr(c, "hatches", []) if h} == set(
        color_charts.HATCHES
    )
    assert left.get_xlabel() == right.get_xlabel() == "hue (degrees)"
    assert left.get_ylabel() == "lightness (%)"


def test_answer_map_asks_for_whole_colors():
    """A network gets rows of numbers from 0 to 255, whatever it does with them."""

    def classify(x):
        assert x.ndim == 2 and x.shape[1] == 3 and x.min() >= 0 and x.max() <= 255
        return np.ones(len(x), int)

    assert words(color_charts.answer_map(classify).axes[1]) == ["green"], "one answer everywhere"


def test_answer_map_of_greys_and_with_marks():
    left, right = color_charts.answer_map(largest, saturation=0, wrong=np.array([RED, BLUE])).axes
    grey = shown(left, 100, 50)
    np.testing.assert_allclose(grey, 0.5)
    for axes in left, right:
        (marks,) = axes.lines
        assert marks.get_xdata().tolist() == [0, 240]
        np.testing.assert_allclose(marks.get_ydata(), 50)


def test_hue_and_lightness_are_those_of_the_standard_library():
    rng = np.random.default_rng(0)
    for hue, lightness, saturation in rng.random((50, 3)):
        expected = colorsys.hls_to_rgb(hue, lightness, saturation)
        came = color_charts.colors(360 * hue, 100 * lightness, saturation)
        np.testing.assert_allclose(came, 255 * np.array(expected), atol=1e-9)
        back = color_charts.hue_and_lightness(came[None])
        np.testing.assert_allclose(back[0] % 360, 360 * hue, atol=1e-6)
        np.testing.assert_allclose(back[1], 100 * lightness)
