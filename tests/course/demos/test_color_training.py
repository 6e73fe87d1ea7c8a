"""The demo of the decision map: the epochs of the lesson's training, their maps and numbers."""

import re

import numpy as np
import pytest

from course import texts
from course.demos import color_network
from course.demos.color_training import HIGH, RULE, WIDE, ColorTraining, picture_of, stretched
from helpers.plots import color_charts

pytestmark = pytest.mark.usefixtures("no_warnings")
EPOCHS = range(21)


@pytest.fixture(scope="module")
def demo():
    return ColorTraining()


def text(demo):
    return re.sub("<.*?>", " ", demo.words.value)


def test_stretched_keeps_what_is_known():
    scores = np.arange(24.0).reshape(2, 4, 3)
    wide = stretched(scores, rows=3, columns=7)
    np.testing.assert_allclose(wide[::2, ::2], scores)
    np.testing.assert_allclose(wide[1], (wide[0] + wide[2]) / 2)


@pytest.mark.parametrize("at", [0, 1, 5, 20])
def test_the_map_is_what_the_network_answers(at):
    epoch = color_network.learning()[at]
    x = color_charts.colors(*color_charts.grid(WIDE, HIGH)).reshape(-1, 3)
    true = color_network.probabilities(epoch.network, x).argmax(axis=1).reshape(HIGH, WIDE)
    assert np.mean(np.argmax(stretched(epoch.scores), axis=2) == true) > 0.99
    for label, place in enumerate(picture_of(at)[1]):
        assert (place is None) == (not np.any(true == label))
        if place:
            row, column = (
                round(place[1] / 100 * (HIGH - 1)),
                round((place[0] + 60) / 360 * (WIDE - 1)),
            )
            assert true[row, column] == label, "a word stands in its region"


def test_the_rule():
    x, t, x_new, t_new = color_network.data()
    assert (np.sum(x.argmax(axis=1) == t), np.sum(x_new.argmax(axis=1) == t_new)) == RULE


@pytest.mark.parametrize("at", EPOCHS)
def test_each_epoch(demo, at):
    demo.stepper.at.value = at
    epoch = color_network.learning()[at]
    assert f"{epoch.right} of 240" in text(demo) and f"{epoch.new_right} of 78" in text(demo)
    assert f"(loss {epoch.loss:.3f})" in text(demo)
    x, t, x_new, t_new = color_network.data()
    for colors, labels, right in (x, t, epoch.right), (x_new, t_new, epoch.new_right):
        answers = color_network.probabilities(epoch.network, colors).argmax(axis=1)
        assert np.sum(answers == labels) == right
    ahead = epoch.right > 226 and epoch.new_right > 74
    assert ("has overtaken" in text(demo)) == ahead
    assert demo.marks[0].get_xdata() == [at, at]
    np.testing.assert_array_equal(demo.map.get_array(), picture_of(at)[0])


def test_what_it_calls_yellow_white_and_black_in_the_end(demo):
    demo.stepper.at.value = 20
    assert "It calls yellow green, white blue, black green." in text(demo)
    assert "960 steps: 237 of 240" in text(demo) and "77 of 78" in text(demo)


def test_before_the_training(demo):
    demo.stepper.go(0)
    assert "Before the training" in text(demo) and "The rule is better on both" in text(demo)


def test_the_ends(demo):
    demo.stepper.go(99)
    assert demo.stepper.at.value == 20
    demo.stepper.go(-1)
    assert demo.stepper.at.value == 0


def test_the_curves_are_those_of_all_epochs(demo):
    loss, accuracy = demo.marks[0].axes, demo.marks[1].axes
    epochs = color_network.learning()
    values = [line.get_ydata() for line in loss.lines[:2]]
    np.testing.assert_allclose(values[0], [epoch.loss for epoch in epochs])
    np.testing.assert_allclose(values[1], [epoch.new_loss for epoch in epochs])
    values = [line.get_ydata() for line in accuracy.lines[:2]]
    np.testing.assert_allclose(values[0], [epoch.right / 2.4 for epoch in epochs])
    np.testing.assert_allclose(values[1], [epoch.new_right / 0.78 for epoch in epochs])


def test_what_stands_still_is_drawn_once_and_what_moves_is_true(demo):
    """A picture made quickly is the one that Matplotlib draws from the start."""
    demo.stepper.at.value = 7
    quick = np.asarray(demo.canvas.buffer_rgba()).copy()
    other = ColorTraining()
    other.stepper.at.value = 13
    other.stepper.at.value = 7
    np.testing.assert_array_equal(quick, np.asarray(other.canvas.buffer_rgba()))


def test_japanese(monkeypatch):
    texts.use("ja")
    demo = ColorTraining()
    demo.stepper.at.value = 20
    assert "黄は「緑」、白は「青」、黒は「緑」" in text(demo)
    assert demo.stepper.at.description == "エポック"
