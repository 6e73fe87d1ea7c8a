"""The demo of gradient descent: paths, slopes and the border of the learning rate are true."""

import numpy as np
import pytest

from course import texts
from course.demos import gradient_descent
from course.demos.gradient_descent import BEST, BORDER, LIMITS, RATES, GradientDescent
from helpers.optimizers import SGD
from helpers.plots import loss_surface

pytestmark = pytest.mark.usefixtures("no_warnings")


@pytest.fixture(params=texts.LANGUAGES)
def demo(request, monkeypatch):
    """Give the demo in each language."""
    texts.use(request.param)
    return GradientDescent()


@pytest.fixture
def english(monkeypatch):
    """Give the demo in English."""
    texts.use("en")
    return GradientDescent()


def by_trying(w, h=1e-4):
    """Return the slopes of the loss, felt by small moves."""
    moves = h * np.eye(2)
    return [
        (gradient_descent.loss(w + move) - gradient_descent.loss(w - move)) / (2 * h)
        for move in moves
    ]


@pytest.mark.parametrize("w", [(2, -1), (0, 0), (-4, 7), (3.5, -3), BEST])
def test_the_slope_is_that_of_the_loss(w):
    w = np.array(w, float)
    np.testing.assert_allclose(gradient_descent.slope(w), by_trying(w), atol=1e-6)


def test_the_numbers_of_the_lesson():
    start = np.array([2, -1])
    assert gradient_descent.loss(start) == pytest.approx(50.416)
    np.testing.assert_allclose(gradient_descent.slope(start), [2, -32.72])
    np.testing.assert_allclose(gradient_descent.descend(start, 0.01, 1)[1], [1.98, -0.6728])
    np.testing.assert_allclose(gradient_descent.STEEPNESS, [1, 11.6])
    assert gradient_descent.descend(start, 0.01, 200)[-1, 0] == pytest.approx(2 * 0.99**200)


@pytest.mark.parametrize("lr", RATES)
def test_the_path_is_that_of_sgd_and_of_the_factors(lr):
    path = gradient_descent.descend((2, -1), lr, 50)
    rule, w = SGD(lr), np.array([2.0, -1.0])
    for place in path:
        np.testing.assert_array_equal(place, w)
        rule.update([w], [gradient_descent.slope(w)])
    away = (path[0] - BEST) * gradient_descent.factors(lr) ** np.arange(51)[:, None]
    np.testing.assert_allclose(path - BEST, away, rtol=1e-6, atol=1e-9)


def test_only_above_the_border_it_diverges():
    assert pytest.approx(0.1724, abs=5e-5) == BORDER
    assert min(RATES) < 0.172 < BORDER < 0.173 < max(RATES)
    for lr in (*RATES, BORDER - 1e-6, BORDER + 1e-6):
        near, far = np.abs(gradient_descent.descend((2, -1), lr, 10)[[0, 10], 1] - BEST[1])
        assert (far > near) == (lr > BORDER) == (gradient_descent.verdict(lr) == "diverges"), lr


@pytest.mark.parametrize(
    ("lr", "verdict"),
    [(0.001, "creeps"), (0.01, "nears"), (0.086, "lands"), (0.1, "jumps"), (0.17, "jumps"),
     (0.18, "diverges")],
)  # fmt: skip
def test_verdicts(lr, verdict):
    assert gradient_descent.verdict(lr) == verdict


def test_compact():
    assert gradient_descent.compact(-32.72) == "\u221232.72"
    assert gradient_descent.compact(28000.5) == "28000.5"
    assert gradient_descent.compact(-2.84e79) == "\u22122.8e+79"


def test_the_picture_shows_the_steps(demo):
    demo.w0.value, demo.w1.value, demo.rate.value, demo.stepper.at.value = -3, 5, 0.1, 7
    path = gradient_descent.descend((-3, 5), 0.1, 7)
    line, ring, star = (np.transpose(artist.get_data()) for artist in demo.path)
    np.testing.assert_array_equal(line, path)
    np.testing.assert_array_equal([*ring, *star], path[[0, -1]])
    np.testing.assert_allclose(demo.curve.get_ydata(), [gradient_descent.loss(w) for w in path])
    (x0, x1), (y0, y1) = demo.line.get_data()
    assert [(y1 - y0) / (x1 - x0), (y0 + y1) / 2] == pytest.approx([path[-1, 1], path[-1, 0]])
    ends = np.array(demo.errors.get_segments())
    np.testing.assert_allclose(
        ends[:, 1, 1] - ends[:, 0, 1], gradient_descent.X @ path[-1] - gradient_descent.T
    )


def test_every_change_gives_another_picture_and_other_words(demo):
    for control, value in (
        (demo.w0, -2), (demo.w1, 6), (demo.rate, 0.15), (demo.stepper.at, 3)
    ):  # fmt: skip
        before = demo.picture.value, demo.words.value
        control.value = value
        assert demo.picture.value != before[0] and demo.words.value != before[1]
        assert bytes(demo.picture.value).startswith(b"\x89PNG")


def test_what_it_says(english):
    english.stepper.go(0)
    said = english.words.value
    assert "Steps taken: 0. w0 = 2, w1 = \u22121, loss 50.416." in said
    assert "2 along w0, \u221232.72 along w1" in said
    assert "0.99" in said and "1 \u2212 0.01 × 11.6 = 0.884" in said
    english.rate.value = 0.18
    assert "= \u22121.088" in english.words.value and "diverges" in english.words.value
    assert "about 0.1724" in english.words.value and "left the map" not in english.words.value
    english.stepper.go(20)
    assert "left the map" in english.words.value


@pytest.mark.parametrize("lr", [min(RATES), 0.18, max(RATES)])
def test_extremes(demo, lr):
    demo.rate.value, demo.stepper.at.value = lr, demo.stepper.at.max
    for w0 in LIMITS[:2]:
        for w1 in LIMITS[2:]:
            demo.w0.value, demo.w1.value = w0, w1
            assert not {"nan", "inf"} & set(demo.words.value.replace("=", " ").split())
    gone = loss_surface.steps_inside(demo.walked, LIMITS) < len(demo.walked)
    assert (len(demo.path[2].get_xdata()) == 0) == gone == (lr > BORDER)


def test_the_buttons(english):
    english.stepper.go(-1)
    assert english.stepper.at.value == 0
    english.stepper.go(1)
    assert "Steps taken: 1." in english.words.value
    english.stepper.go(10_000)
    assert english.stepper.at.value == 200
