"""The race of the optimisers: paths, order and who has left are those of the lesson's rules."""

import numpy as np
import pytest

from course import texts
from course.demos import optimizer_race
from course.demos.optimizer_race import (
    BOTTOM,
    LIMITS,
    RATES,
    RULES,
    START,
    STEPS,
    SURFACES,
    OptimizerRace,
)
from helpers.plots import loss_surface

pytestmark = pytest.mark.usefixtures("no_warnings")

# What the lesson's `walk` does with its functions, in 30 steps: where each rule ends.
NEAREST = {"Nesterov": 0.7, "Momentum": 0.9, "SGD": 2.2}


@pytest.fixture(params=texts.LANGUAGES)
def demo(request, monkeypatch):
    """Give the demo in each language."""
    texts.use(request.param)
    return OptimizerRace()


@pytest.fixture
def english(monkeypatch):
    """Give the demo in English."""
    texts.use("en")
    return OptimizerRace()


def sgd(p, g, v, h, t, lr):
    p -= lr * g


def momentum(p, g, v, h, t, lr):
    v *= 0.9
    v -= lr * g
    p += v


def nesterov(p, g, v, h, t, lr):
    v *= 0.9
    v -= lr * g
    p += 0.9 * v - lr * g


def adagrad(p, g, v, h, t, lr):
    h += g**2
    p -= lr * g / (np.sqrt(h) + 1e-7)


def rmsprop(p, g, v, h, t, lr):
    h += 0.1 * (g**2 - h)
    p -= lr * g / (np.sqrt(h) + 1e-7)


def adam(p, g, v, h, t, lr):
    v += 0.1 * (g - v)
    h += 0.001 * (g**2 - h)
    v_now, h_now = v / (1 - 0.9**t), h / (1 - 0.999**t)
    p -= lr * v_now / (np.sqrt(h_now) + 1e-8)


def lesson(rule, lr, slope):
    """Return the path of `walk` in lesson 08."""
    p, path = np.array([-1.5, 7.0]), [[-1.5, 7.0]]
    v, h = np.zeros(2), np.zeros(2)
    for t in range(1, 31):
        rule(p, slope(p), v, h, t, lr)
        path.append(p.copy())
    return path


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("rule", [sgd, momentum, nesterov, adagrad, rmsprop, adam])
def test_the_paths_are_those_of_the_lesson(rule, surface):
    kind, lr = next(RULES[name] for name in RULES if name.lower() == rule.__name__)
    slope = SURFACES[surface][1]
    path = optimizer_race.walk(kind(lr), slope, 30)
    np.testing.assert_allclose(path, lesson(rule, lr, slope), rtol=1e-8, atol=1e-8)


def test_the_distances_of_the_lesson():
    for name, distance in NEAREST.items():
        kind, lr = RULES[name]
        end = optimizer_race.walk(kind(lr), optimizer_race.bowl_slope, 30)[-1]
        assert round(float(np.hypot(*end)), 1) == distance


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("p", [START, (0, 0), (0.3, 3.66), (-2, 4.5), (2.5, -3), (0, 8)])
def test_slopes(surface, p):
    loss, slope = SURFACES[surface]
    p, h = np.array(p, float), 1e-5
    felt = [(loss(p + move) - loss(p - move)) / (2 * h) for move in h * np.eye(2)]
    np.testing.assert_allclose(slope(p), felt, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_lowest_point_is_where_the_cross_is(surface):
    loss, slope = SURFACES[surface]
    assert np.abs(slope(np.zeros(2))).max() < 1e-4
    grid = np.stack(np.meshgrid(np.linspace(-2.5, 2.5, 51), np.linspace(-3, 8, 111)), axis=-1)
    heights = np.array([[loss(p) for p in row] for row in grid])
    np.testing.assert_allclose(grid.reshape(-1, 2)[heights.argmin()], 0, atol=1e-9)


def test_the_hollow_is_a_hollow():
    bottom = np.array(BOTTOM)
    assert np.abs(optimizer_race.hollow_slope(bottom)).max() < 0.05
    around = 0.4 * np.array([(1, 0), (-1, 0), (0, 1), (0, -1)])
    assert all(
        optimizer_race.hollow(bottom + step) > optimizer_race.hollow(bottom) for step in around
    )
    assert optimizer_race.hollow(bottom) > optimizer_race.hollow(np.zeros(2)) + 1


def test_swing_carries_over_the_hollow():
    walked = {
        n: optimizer_race.walk(k(lr), optimizer_race.hollow_slope, 30)
        for n, (k, lr) in RULES.items()
    }
    assert set(optimizer_race.in_hollow(walked)) == {"SGD", "AdaGrad", "RMSProp"}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", RULES)
def test_no_rate_overflows(name, surface):
    for lr in RATES:
        assert np.isfinite(
            optimizer_race.walk(RULES[name][0](lr), SURFACES[surface][1], STEPS)
        ).all()


def test_standings_and_left():
    walked = {"a": np.array([(0, 1), (0, 3)]), "b": np.array([(0, 1), (3, 1)]),
              "c": np.array([(0, 1), (1, 0)]), "d": np.array([(0, 1), (0, 9), (0, 0)])}  # fmt: skip
    assert optimizer_race.standings(walked) == [("c", 1), ("a", 3)]
    assert optimizer_race.left(walked) == {"b": 1, "d": 1}, "who has left is out of the race"


def test_sgd_leaves_above_its_border():
    for lr, gone in (0.038, False), (0.041, True):
        path = optimizer_race.walk(RULES["SGD"][0](lr), optimizer_race.bowl_slope, STEPS)
        assert bool(optimizer_race.left({"SGD": path})) is gone


def test_the_picture_shows_the_paths(demo):
    demo.stepper.at.value = 12
    for (name, path), artists, far in zip(
        demo.walked.items(), demo.paths, demo.distances, strict=True
    ):
        assert far.get_label() == name and len(path) == 13
        np.testing.assert_array_equal(np.transpose(artists[0].get_data()), path)
        np.testing.assert_allclose(far.get_ydata(), np.hypot(*path.T))


def test_rules_differ_by_more_than_color(demo):
    looks = [(far.get_linestyle(), far.get_marker()) for far in demo.distances]
    assert len(set(looks)) == len(RULES)
    paths = [(p.get_linestyle(), p.get_marker()) for p, ring, star in demo.paths]
    assert looks == paths, "the legend holds for the map, too"


def test_only_ticked_rules_race(demo):
    for box in demo.boxes[1:]:
        box.value = False
    assert list(demo.walked) == ["SGD"] and "Adam" not in demo.words.value
    shown = [len(line.get_xdata()) for line, ring, star in demo.paths]
    assert shown == [31, 0, 0, 0, 0, 0]
    before = demo.words.value
    demo.boxes[0].value = False
    assert demo.words.value != before and demo.say("nobody") in demo.words.value


def test_each_surface_has_its_map(demo):
    pictures = {}
    for name in ("bowl", "hollow", "bowl"):
        demo.surface.value = name
        demo.stepper.at.value = 0
        assert pictures.setdefault(name, demo.picture.value) == demo.picture.value
        demo.stepper.at.value = 30
    assert pictures["bowl"] != pictures["hollow"], "the paths are the same, the maps are not"


def test_what_it_says(english):
    assert "Steps taken: 30." in english.words.value
    order = ["RMSProp 0.01", "AdaGrad 0.12", "Nesterov 0.69", "Momentum 0.94", "Adam 1.23"]
    places = [english.words.value.index(f"{n}. {text}") for n, text in enumerate(order, 1)]
    assert places == sorted(places) and "6. SGD 2.19" in english.words.value
    assert "Left" not in english.words.value
    english.rates[0].value = 2.5
    assert "Left the surface (in step): SGD (1)." in english.words.value
    english.lesson()
    assert "Left" not in english.words.value and "SGD 2.19" in english.words.value
    english.surface.value = "hollow"
    assert "In the hollow on the way: SGD, AdaGrad, RMSProp." in english.words.value


@pytest.mark.parametrize("lr", [RATES[0], RATES[-1]])
def test_extremes(demo, lr):
    for surface in SURFACES:
        demo.surface.value = surface
        for rate in demo.rates:
            rate.value = lr
        for at in (0, STEPS):
            demo.stepper.at.value = at
            gone = optimizer_race.left(demo.walked)
            stars = dict(
                zip(RULES, [len(star.get_xdata()) for *_, star in demo.paths], strict=True)
            )
            assert all(stars[name] == (name not in gone) for name in RULES)
            assert "nan" not in demo.words.value and "inf" not in demo.words.value


def test_the_lesson_has_these_rates_and_limits():
    assert LIMITS == (-2.5, 2.5, -3, 8) and START == (-1.5, 7)
    assert all(lr in RATES for _, lr in RULES.values())
    assert loss_surface.steps_inside([START], LIMITS) == 1
