"""Each rule against its published formula, written out here for one number, with plain floats."""

import math

import numpy as np
import pytest

from helpers.gradients import numerical_gradient
from helpers.optimizers import (
    SGD,
    AdaGrad,
    Adam,
    LinearDecay,
    Momentum,
    Nesterov,
    RMSProp,
    WeightDecay,
)

SLOPES = [0.5, -2.0, 0.1, 0.0, 3.0]
EVERY = [SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam]


def sgd(p, lr=0.1):
    for g in SLOPES:
        p = p - lr * g
    return p


def momentum(p, lr=0.1, mu=0.9):
    v = 0
    for g in SLOPES:
        v = mu * v - lr * g
        p = p + v
    return p


def nesterov(p, lr=0.1, mu=0.9):
    """The place where the slope is taken is p + mu v of the original formula."""
    original, v = p, 0
    for g in SLOPES:
        v = mu * v - lr * g
        original = original + v
    return original + mu * v


def adagrad(p, lr=0.1):
    for i, g in enumerate(SLOPES):
        p = p - lr * g / (math.sqrt(sum(s * s for s in SLOPES[: i + 1])) + 1e-7)
    return p


def rmsprop(p, lr=0.1, decay=0.9):
    h = 0
    for g in SLOPES:
        h = decay * h + (1 - decay) * g * g
        p = p - lr * g / (math.sqrt(h) + 1e-7)
    return p


def adam(p, lr=0.1, beta1=0.9, beta2=0.999):
    m = v = 0
    for t, g in enumerate(SLOPES, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        p = p - lr * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + 1e-8)
    return p


@pytest.mark.parametrize(
    ("optimizer", "formula"),
    list(zip(EVERY, [sgd, momentum, nesterov, adagrad, rmsprop, adam], strict=True)),
)
def test_published_formula(optimizer, formula):
    p = np.array([[1.0, 1.0]])
    rule = optimizer(lr=0.1)
    for g in SLOPES:
        rule.update([p], [np.full_like(p, g)])
    np.testing.assert_allclose(p, formula(1.0), rtol=1e-12)


@pytest.mark.parametrize("optimizer", EVERY)
def test_float32_stays_and_slopes_are_left_alone(optimizer):
    p, g = np.ones(3, np.float32), np.full(3, 0.5, np.float32)
    parameters = [p]
    rule = optimizer(lr=0.1)
    rule.update(parameters, [g])
    assert parameters[0] is p and p.dtype == np.float32
    np.testing.assert_array_equal(g, 0.5)
    assert (p < 1).all()


@pytest.mark.parametrize("optimizer", EVERY)
def test_finds_the_bottom_of_a_bowl(optimizer):
    p = np.array([3.0, -2.0])
    rule = optimizer(lr=0.1)
    for _ in range(3000):
        rule.update([p], [p * [1, 5]])
    assert np.abs(p).max() < 0.06


@pytest.mark.parametrize("lr", [0, -1, math.nan, math.inf, "fast", None])
@pytest.mark.parametrize("optimizer", EVERY)
def test_a_learning_rate_is_above_zero(optimizer, lr):
    with pytest.raises(ValueError, match="lr must be a number above 0"):
        optimizer(lr=lr)


@pytest.mark.parametrize("wrong", [1, -0.1, 5, math.nan, True, "0.9"])
@pytest.mark.parametrize(
    ("optimizer", "name"),
    [
        (Momentum, "momentum"),
        (Nesterov, "momentum"),
        (RMSProp, "decay"),
        (Adam, "beta1"),
        (Adam, "beta2"),
    ],
)
def test_what_is_kept_of_the_last_step_is_a_fraction(optimizer, name, wrong):
    with pytest.raises(ValueError, match=f"{name} must be at least 0 and below 1"):
        optimizer(**{name: wrong})


@pytest.mark.parametrize("optimizer", [Momentum, Nesterov, AdaGrad, RMSProp, Adam])
def test_an_optimizer_belongs_to_one_network(optimizer):
    rule = optimizer()
    rule.update([np.ones(3)], [np.ones(3)])
    with pytest.raises(ValueError, match="another network; make a new one"):
        rule.update([np.ones(4)], [np.ones(4)])
    with pytest.raises(ValueError):
        rule.update([np.ones(3)], [])


def test_weight_decay_is_the_slope_of_the_squared_weights():
    rng = np.random.default_rng(0)
    W, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    dW, db = rng.normal(size=(3, 2)), rng.normal(size=2)
    penalty = numerical_gradient(lambda W: 0.2 / 2 * np.sum(W**2), W)
    expected = W - 0.1 * (dW + penalty), b - 0.1 * db
    before = dW.copy()
    WeightDecay(SGD(0.1), 0.2).update([W, b], [dW, db])
    np.testing.assert_allclose(W, expected[0], atol=1e-9)
    np.testing.assert_allclose(b, expected[1], atol=1e-9)
    np.testing.assert_array_equal(dW, before)


def test_weight_decay_works_with_any_rule():
    W = np.ones((1, 1))
    optimizer = WeightDecay(Adam(0.01), 0.1)
    for _ in range(3):
        optimizer.update([W], [np.zeros((1, 1))])
    assert W[0, 0] < 0.98
    with pytest.raises(ValueError, match="decay must be a number above 0"):
        WeightDecay(SGD(0.1), 0)


def test_linear_decay_takes_shorter_and_shorter_steps():
    p, rule = np.zeros(1), LinearDecay(SGD(0.8), 4)
    places = []
    for _ in range(6):
        rule.update([p], [np.ones(1)])
        places.append(p[0])
    np.testing.assert_allclose(np.diff(places, prepend=0), [-0.8, -0.6, -0.4, -0.2, 0, 0])
    with pytest.raises(ValueError, match="steps must be a whole number"):
        LinearDecay(SGD(0.1), 0.5)


@pytest.mark.parametrize("optimizer", EVERY)
def test_wrappers_in_every_order(optimizer):
    """Either way, each step is the plain one with the penalty's slope and a falling rate."""
    p = [np.ones((1, 1)) for _ in range(3)]
    plain = optimizer(0.1)
    inside = LinearDecay(WeightDecay(optimizer(0.1), 0.2), 4)
    outside = WeightDecay(LinearDecay(optimizer(0.1), 4), 0.2)
    for step in range(5):
        g = np.full((1, 1), SLOPES[step])
        plain.lr = 0.1 * (1 - step / 4)
        plain.update([p[0]], [g + 0.2 * p[0]])
        inside.update([p[1]], [g])
        outside.update([p[2]], [g])
        np.testing.assert_allclose(p[1], p[0], rtol=1e-12)
        np.testing.assert_allclose(p[2], p[0], rtol=1e-12)


@pytest.mark.parametrize("optimizer", EVERY)
def test_the_learning_rate_of_weight_decay_is_that_of_the_rule_inside(optimizer):
    rule = optimizer(0.3)
    decay = WeightDecay(WeightDecay(rule, 0.1), 0.2)
    assert decay.lr == 0.3
    decay.lr = 0.05
    assert rule.lr == 0.05
    p, expected = np.ones((2, 1)), np.ones((2, 1))
    decay.update([p], [np.full((2, 1), 0.5)])
    optimizer(0.05).update([expected], [np.full((2, 1), 0.5 + 0.1 + 0.2)])
    np.testing.assert_allclose(p, expected, rtol=1e-12)


class WithoutRate:
    """A learner's own rule, with the learning rate written into it."""

    def update(self, parameters, gradients):
        for p, g in zip(parameters, gradients, strict=True):
            p -= 0.1 * g


@pytest.mark.parametrize(
    ("wrapped", "message"),
    [
        (lambda: LinearDecay(WithoutRate(), 3), "needed that has lr, but a WithoutRate has none"),
        (lambda: LinearDecay(WeightDecay(WithoutRate()), 3), "has lr, but a WeightDecay has none"),
        (lambda: LinearDecay(LinearDecay(SGD(), 3), 3), "has lr, but a LinearDecay has none"),
        (lambda: LinearDecay(WeightDecay(LinearDecay(SGD(), 3)), 3), "a WeightDecay has none"),
        (lambda: LinearDecay(0.1, 3), "a rule is needed that has update, but a float has none"),
        (lambda: WeightDecay(0.1), "a rule is needed that has update, but a float has none"),
        (
            lambda: WeightDecay(SGD),
            r"SGD is a class. Write SGD\(...\), with brackets, to make a ru",
        ),
        (lambda: LinearDecay(Adam, 3), "Adam is a class. Write"),
    ],
)
def test_a_rule_that_cannot_be_wrapped_gets_a_sentence(wrapped, message):
    with pytest.raises(TypeError, match=message):
        wrapped()


def test_weight_decay_needs_no_learning_rate():
    W = np.ones((1, 1))
    WeightDecay(WithoutRate(), 0.5).update([W], [np.zeros((1, 1))])
    assert W[0, 0] == pytest.approx(0.95)
