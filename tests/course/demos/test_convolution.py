"""The sliding filter: true sums, typed numbers, places, stride and padding, extremes."""

import itertools

import numpy as np
import pytest

from course import texts
from course.demos import convolution
from course.demos.convolution import ConvolutionDemo

pytestmark = pytest.mark.usefixtures("no_warnings")


@pytest.fixture
def demo():
    return ConvolutionDemo()


def by_hand(image, f, stride=1):
    """The loops of the lesson."""
    rows, columns = (1 + (side - len(f)) // stride for side in image.shape)
    y = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        top, left = stride * i, stride * j
        y[i, j] = np.sum(image[top : top + len(f), left : left + len(f)] * f)
    return y


@pytest.mark.parametrize("name", convolution.FILTERS)
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 2])
def test_the_sums_are_those_of_the_lesson(name, stride, padding):
    image = np.pad(convolution.digits()[7].astype(float), padding)
    f = convolution.FILTERS[name]
    np.testing.assert_allclose(
        convolution.window_sums(image, f, stride), by_hand(image, f, stride), atol=1e-12
    )


def test_the_first_picture_is_the_window_of_the_lesson(demo):
    assert (demo.row.value, demo.column.value, demo.stepper.at.value) == (2, 1, 9)
    assert "−1 + 1 + 1 + 1 = 2" in demo.words.value
    assert "10 of 16" in demo.words.value
    assert demo.drawing.total.get_text() == "2"


@pytest.mark.parametrize(
    "text, value",
    [
        ("-1", -1), (" 2 ", 2), ("0.5", 0.5), ("0,5", 0.5), (".5", 0.5), ("1/9", 1 / 9),
        ("−3", -3), ("－１", -1), ("ー2", -2), ("+4", 4), ("", None), ("-", None), ("abc", None),
        ("nan", None), ("inf", None), ("1/0", None), ("1e999", None), ("１２３", 123),
        ("__import__", None), ("9" * 400, None), ("<b>", None), ("1 2", None),
    ],
)  # fmt: skip
def test_numbers_as_learners_type_them(text, value):
    found = convolution.parsed(text)
    assert found == (value if value is None else pytest.approx(value))


@pytest.mark.parametrize("text", ["", "abc", "100", "<script>", "1e9", "\x00"])
def test_nonsense_gets_a_sentence_and_the_old_filter_stays(demo, text):
    old = demo.f.copy()
    demo.boxes[4].value = text
    np.testing.assert_array_equal(demo.f, old)
    assert "the old filter stays" in demo.words.value and "<script>" not in demo.words.value
    demo.boxes[4].value = "2"
    assert "the old filter stays" not in demo.words.value
    assert demo.filter.value == "own" and demo.f[1, 1] == 2


def test_a_filter_typed_like_one_of_the_list_and_back(demo):
    demo.boxes[0].value = "7"
    assert demo.filter.value == "own" and demo.sums[2, 1] == 2 + 8 * 1
    demo.filter.value = "horizontal"
    assert [box.value for box in demo.boxes[:3]] == ["-1"] * 3
    np.testing.assert_allclose(demo.sums, by_hand(convolution.SEVEN, convolution.VERTICAL.T))


@pytest.mark.slow
def test_all_images_and_filters_end_to_end(demo):
    """With strides and paddings in turn: the sums of all of them together are tested above."""
    settings = itertools.cycle([(1, 0), (3, 2), (2, 1)])
    for image, (_, name) in itertools.product(("seven", 3), demo.filter.options):
        demo.image.value, demo.filter.value = image, name
        stride, padding = next(settings)
        demo.stride.value, demo.padding.value = stride, padding
        demo.stepper.go(10**6)
        np.testing.assert_allclose(demo.sums, by_hand(demo.pixels, demo.f, stride), atol=1e-6)
        assert demo.window.shape == demo.f.shape
        assert demo.stepper.at.value == demo.sums.size - 1
        demo.stepper.go(0)
        assert demo.row.value == demo.column.value == 0


def test_row_and_column_move_the_window(demo):
    demo.stride.value = 2
    demo.row.value, demo.column.value = 2, 0
    assert demo.stepper.at.value == 2
    assert demo.drawing.total.get_text() == str(int(demo.sums[1, 0]))
    place = demo.drawing.frames[0].get_xy()
    assert place == (-0.5, 1.5)


def test_sums_come_one_by_one(demo):
    shown = demo.drawing.sums.image.get_array()
    assert np.ma.count(shown) == 10
    demo.stepper.at.value = 0
    assert np.ma.count(demo.drawing.sums.image.get_array()) == 1
    demo.stepper.go(99)
    assert np.ma.count(demo.drawing.sums.image.get_array()) == 16


def test_the_learnt_filter_is_that_of_the_network(demo):
    demo.filter.value = "learnt"
    assert demo.f.shape == (5, 5) and demo.filter_boxes.table.layout.display == "none"
    assert "bias −0.09" in demo.words.value
    assert demo.sums.shape == (2, 2)


def test_both_languages(monkeypatch):
    texts.use("ja")
    assert "窓は 2 行目、1 列目" in ConvolutionDemo().words.value
