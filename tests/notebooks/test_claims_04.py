"""What lesson 04 claims in its prose, where it is not an output that nbval compares."""

import ast

import numpy as np
import pytest
from lessons import EDITIONS, NOTEBOOKS, in_helper, typed


def cell(cell_id):
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == "04"]
    return next(cell for cell in lesson.code if cell.id == cell_id)


def right(end, f):
    """Return how many test digits are read with another activation function."""
    a1 = f(end["x_test"] @ end["W1"] + end["b1"])
    scores = f(a1 @ end["W2"] + end["b2"]) @ end["W3"] + end["b3"]
    return np.sum(scores.argmax(axis=1) == end["t_test"])


def test_the_opening_picture_shows_the_lesson_s_own_function():
    script = (NOTEBOOKS / "figures/forward_pass.py").read_text(encoding="utf-8")
    (code,) = [
        node.value.value
        for node in ast.parse(script).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CODE"
    ]
    assert cell("forward").source.startswith(code) and len(code.splitlines()) == 4


def test_the_gain(end):
    sigmoid, z = end["sigmoid"], np.arange(-5, 5, 0.01)
    far = np.abs(z) > 0.1
    np.testing.assert_allclose(sigmoid(z, 100)[far], end["step"](z)[far], atol=1e-4)
    assert np.all(sigmoid(z, 0) == 0.5) and np.all(np.diff(sigmoid(z, -1)) < 0)
    straight = np.polyval(np.polyfit(z, sigmoid(z, 0.2), 1), z)
    assert np.abs(sigmoid(z, 0.2) - straight).max() < 0.01, "nearly straight"
    np.testing.assert_allclose(sigmoid(z, 3), sigmoid(3 * z))


def test_tanh_is_tanh(end):
    z = np.arange(-5, 5, 0.01)
    np.testing.assert_allclose(end["tanh"](z), np.tanh(z), atol=1e-12)


@pytest.mark.parametrize("z", [np.array([-2, -1, 0, 1, 3]), np.array([0.5, 1.5])])
def test_max_the_other_way_round_fails(z):
    with pytest.raises(TypeError):
        np.max(0, z)


def test_slopes(end):
    z, small = np.array([-8, -2, -0.3, 0.3, 2, 8]), 1e-6
    slopes = {f.__name__: (f(z + small) - f(z - small)) / (2 * small) for f in end["functions"]}
    assert np.all(slopes["step"] == 0)
    np.testing.assert_allclose(slopes["relu"], [0, 0, 0, 1, 1, 1], atol=1e-6)
    for name in "sigmoid", "tanh":
        assert np.all(slopes[name] > 0) and slopes[name][-1] < 0.001, "very small far out"
    half = [(end["sigmoid"](0.5 + d) - end["sigmoid"](0.5)) / d for d in (0.1, 1e-4, 1e-6)]
    np.testing.assert_allclose(half, [0.23, 0.235, 0.235], atol=0.005)
    np.testing.assert_allclose(half[1:], 0.235, atol=5e-4)
    relu = end["relu"]
    left, right_side = (relu(0) - relu(-small)) / small, (relu(small) - relu(0)) / small
    assert (left, right_side) == (0, 1), "a kink"


def test_one_neuron(lesson):
    names = lesson["one-neuron"]
    np.testing.assert_allclose(names["x"] * names["w"], [12.2, 13.2, 28.2])
    z = names["x"] @ names["w"] - 60
    assert round(float(z), 1) == -6.4 and names["relu"](z) == 0
    assert str(names["sigmoid"](54.1)) == "1.0"


def test_exercise_4(lesson):
    names = lesson["through"]
    x = np.array([10.0, -20.0])
    z1 = x @ names["W1"] + names["b1"]
    np.testing.assert_allclose(z1, [-2.9, -4.8, -6.7])
    assert names["sigmoid"](z1).round(3).tolist() == [0.052, 0.008, 0.001]
    turned = names["a2"] @ names["W3"].T + names["b3"]
    assert turned.round(8).tolist() == [0.39392815, 0.63365415]


def test_the_small_network_has_23_parameters(lesson):
    names = lesson["through"]
    assert sum(names[w].size for w in ("W1", "W2", "W3")) == 16
    assert sum(names[b].size for b in ("b1", "b2", "b3")) == 7


def test_softmax_is_the_helper_s_and_never_overflows(end):
    assert typed("04", "softmax") == in_helper("losses", "softmax")
    with np.errstate(over="raise", invalid="raise"):
        y = end["softmax"](np.array([[1000, 1000.1, 1005.3], [-1000, 0, 700]]))
    np.testing.assert_allclose(y.sum(axis=1), 1)


def test_how_long_exp_of_1000_is():
    assert int(1000 * np.log10(np.e)) + 1 == 435
    assert int(np.log10(np.finfo(float).max)) + 1 == 309


def test_the_powers_of_e():
    np.testing.assert_allclose(np.exp([3, 2, 1, 0]), [np.e**3, np.e * np.e, np.e, 1])
    assert str(np.e).startswith("2.718") and round(float(np.exp(-1)), 2) == 0.37


def test_a_larger_gain_is_larger_weights_and_a_larger_bias(lesson):
    names = lesson["through"]
    x, W, b, sigmoid = (names[name] for name in ("x", "W1", "b1", "sigmoid"))
    np.testing.assert_allclose(sigmoid(x @ W + b, 7), sigmoid(x @ (7 * W) + 7 * b))


def test_the_network_has_not_seen_the_test_digits(end):
    seen = {row.tobytes() for row in end["x_train"]}
    assert not any(row.tobytes() in seen for row in end["x_test"])


def test_the_seven(end):
    x_train, t_train, x = end["x_train"], end["t_train"], end["x_test"][95]
    means = np.array([x_train[t_train == d].mean(axis=0) for d in range(10)])
    assert end["t_test"][95] == 7 and np.argmax(x @ means.T) == 1
    assert round(float(100 * end["softmax"](end["y"])[95].max())) == 100
    answers = np.argmax(end["x_test"] @ means.T, axis=1)
    assert np.sum(answers == end["t_test"]) == 220


def test_284_are_right_and_the_first_wrong_one_is_very_sure(end):
    assert len(end["t_test"]) - len(end["wrong"]) == 284
    assert end["softmax"](end["y"])[end["wrong"][0]].max() > 0.99


def test_other_activation_functions_read_fewer(end):
    found = [right(end, end[name]) for name in ("sigmoid", "step", "relu")]
    np.testing.assert_allclose(found, [284, 266, 142], atol=2)  # a step is never quite stable


def test_many_neurons_are_clearly_decided(end):
    a1 = end["sigmoid"](end["x_test"] @ end["W1"] + end["b1"])
    assert np.mean((a1 < 0.1) | (a1 > 0.9)) > 0.5
