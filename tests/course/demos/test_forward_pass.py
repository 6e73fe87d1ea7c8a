"""The demo of the network 2-3-2-2 calculates what the lesson does, and shows it layer by layer."""

import numpy as np
import pytest

from course import texts
from course.demos.forward_pass import FAINT, WEIGHTS, ForwardPass, forward, weighted_sum
from helpers.plots import network_diagram

pytestmark = pytest.mark.usefixtures("no_warnings")


@pytest.fixture
def demo(monkeypatch):
    """Give the demo as it begins, in English."""
    texts.use("en")
    return ForwardPass()


def numbers(demo):
    """Return what stands in the circles, column by column."""
    return [[text.get_text() for text in column] for column in demo.network.numbers]


def test_the_numbers_of_the_lesson():
    x, a1, a2, y = forward([1.0, 0.5])
    np.testing.assert_allclose(a1, [0.57444252, 0.66818777, 0.75026011])
    np.testing.assert_allclose(a2, [0.62624937, 0.7710107], rtol=1e-6)
    np.testing.assert_allclose(y, [0.31682708, 0.69627909])
    np.testing.assert_allclose(forward([10, -20])[1], [0.052, 0.008, 0.001], atol=5e-4)


def test_weighted_sums_are_written_out():
    text, z = weighted_sum(np.array([1.0, -0.5]), 1, 0)
    assert text == "1 × 0.1 + (−0.5) × 0.2 + 0.1" and z == pytest.approx(0.1)


def test_it_begins_as_the_picture_of_the_lesson(demo):
    assert numbers(demo) == [
        ["1", "0.5"], ["0.574", "0.668", "0.75"], ["0.626", "0.771"], ["0.317", "0.696"]
    ]  # fmt: skip
    assert "0.626 × 0.1 + 0.771 × 0.2 + 0.1 = 0.317" in demo.words.value
    assert "no activation function" in demo.words.value
    written = [text.get_text() for text in demo.figure.axes[0].texts]
    drawn = network_diagram.network(forward([1, 0.5]), WEIGHTS)
    assert sorted(written) == sorted(text.get_text() for text in drawn.axes[0].texts)


def test_numbers_flow_layer_by_layer(demo):
    _, back, step, _, reset = demo.stepper.parts
    reset.click()
    assert numbers(demo) == [["1", "0.5"], [""] * 3, [""] * 2, [""] * 2]
    assert "x = [1 0.5]" in demo.words.value
    assert all(line.get_alpha() == FAINT for lines in demo.network.lines for line in lines)
    step.click()
    assert numbers(demo) == [["1", "0.5"], ["0.574", "0.668", "0.75"], [""] * 2, [""] * 2]
    assert "1 × 0.1 + 0.5 × 0.2 + 0.1 = 0.3, sigmoid(0.3) = 0.574" in demo.words.value
    faint = [{line.get_alpha() for line in lines} for lines in demo.network.lines]
    assert faint == [{None}, {FAINT}, {FAINT}]
    step.click()
    assert "Layer 2 makes a2" in demo.words.value and "sigmoid(1.214) = 0.771" in demo.words.value
    step.click()
    step.click()
    assert demo.stepper.at.value == 3
    back.click()
    assert demo.stepper.at.value == 2


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_input_can_be_shown(demo, language):
    demo.language = language
    for at in range(4):
        demo.stepper.at.value = at
        for x1, x2 in (-20, -20), (20, 20), (0, 0), (-20, 20), (0.5, -0.5):
            demo.x1.value, demo.x2.value = x1, x2
            assert numbers(demo)[0] == [network_diagram.number(x) for x in (x1, x2)]
            if at == 3:
                assert numbers(demo)[3] == [network_diagram.number(y) for y in forward([x1, x2])[3]]


def test_the_exercise_of_the_lesson(demo):
    demo.x1.value, demo.x2.value, demo.stepper.at.value = 10, -20, 1
    assert numbers(demo)[1] == ["0.052", "0.008", "0.001"]
    assert "10 × 0.1 + (−20) × 0.2 + 0.1 = −2.9" in demo.words.value
