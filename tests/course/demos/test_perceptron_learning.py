"""The demo of the perceptron: its numbers, its rule, its ends, and what all demos share."""

import itertools

import numpy as np
import pytest

from course import texts
from course.demos import perceptron_learning
from course.demos.base import formatted

pytestmark = pytest.mark.usefixtures("no_warnings")
X = perceptron_learning.X


@pytest.fixture
def demo(monkeypatch):
    """Give the demo as it begins, in English."""
    texts.use("en")
    return perceptron_learning.PerceptronLearning()


@pytest.mark.parametrize(("name", "rounds"), [("AND", 5), ("OR", 3), ("NAND", 5)])
def test_the_rule_needs_the_rounds_of_the_lesson(name, rounds):
    w, b, t = np.zeros(2), 0, perceptron_learning.TARGETS[name]
    for turn in range(rounds):
        assert list(perceptron_learning.answers(X, w, b)) != list(t)
        for x, target in zip(X, t, strict=True):
            w, b, error = perceptron_learning.learn(x, target, w, b)
    assert list(perceptron_learning.answers(X, w, b)) == list(t)


@pytest.mark.parametrize(
    ("w", "b"), [((3, 2), -2.5), ((0, 1), 4), ((-4, 0), 0.5), ((0.5, 0.5), -4)]
)
def test_the_line_is_where_the_sum_is_0(w, b):
    ends = perceptron_learning.ends(w, b)
    np.testing.assert_allclose(ends @ w + b, 0, atol=1e-9)
    assert np.hypot(*(ends[1] - ends[0])) > 2 * (perceptron_learning.HIGH - perceptron_learning.LOW)


def test_without_weights_there_is_no_line(demo):
    assert perceptron_learning.ends((0, 0), 1).shape == (0, 2)
    assert "there is no line" in demo.words.value and "Wrong: 1 of 4" in demo.words.value


def test_a_line_that_separates(demo):
    demo.w1.value, demo.w2.value, demo.b.value = 3, 2, -4
    assert "z = 3 × x1 + 2 × x2 + (−4)" in demo.words.value
    assert "All four points are right." in demo.words.value
    assert len(demo.rings.get_offsets()) == 0
    np.testing.assert_allclose(demo.line.get_xydata() @ (3, 2) - 4, 0, atol=1e-9)
    demo.problem.value = "NAND"
    assert "Wrong: 4 of 4" in demo.words.value
    np.testing.assert_array_equal(demo.rings.get_offsets(), X)


def test_learning_step_by_step(demo):
    for turn in range(3):
        demo.step()
        assert "Right, so nothing changes." in demo.words.value
    demo.step()
    assert "Point (1, 1): target 1, answer 0, error 1." in demo.words.value
    assert (demo.w1.value, demo.w2.value, demo.b.value) == (1, 1, 1)
    for turn in range(16):
        demo.step()
    assert "All four points are right." in demo.words.value
    demo.w1.value += 1
    assert "target" not in demo.words.value  # the last step is old news
    demo.again()
    assert (demo.w1.value, demo.w2.value, demo.b.value, demo.turn) == (0, 0, 0, 0)


def test_xor_is_never_right(demo):
    demo.problem.value = "XOR"
    for turn in range(40):
        demo.step()
        assert "All four" not in demo.words.value


def test_all_corners_of_the_sliders(demo):
    sliders = demo.w1, demo.w2, demo.b
    for corner in itertools.product((-4.0, 4.0), repeat=3):
        for slider, value in zip(sliders, corner, strict=True):
            slider.value = value
        w, b, t = demo.state
        wrong = np.sum((X @ w + b > 0) != t)
        assert (f"Wrong: {wrong} of 4" if wrong else "All four") in demo.words.value
        demo.step()  # beyond the end of a slider


def test_several_controls_at_once_draw_once(demo, monkeypatch):
    drawn = []
    monkeypatch.setattr(demo, "draw", lambda: drawn.append(demo.state))
    demo.show((1, 2), 3, 0, "")
    assert len(drawn) == 1 and drawn[0][1] == 3


def test_a_page_without_widgets(demo):
    bundle = demo._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    for language in texts.LANGUAGES:
        assert texts.DEMOS.say("demo", language) in bundle["text/html"]
    assert 'src="data:image/png;base64,iVBOR' in bundle["text/html"]
    assert 'alt="Four points' in bundle["text/html"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.001, "0"), (1.50, "1.5"), (-2, "−2"), (100, "100"), (1 / 3, "0.33")],
)
def test_numbers_as_text(value, text):
    assert formatted(value) == text
