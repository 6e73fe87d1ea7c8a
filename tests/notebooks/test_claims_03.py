"""What lesson 03 claims in its prose, where it is not an output that nbval compares."""

import numpy as np
import pytest

from helpers.plots import decision_boundary


def answers(end, w, b):
    return end["step"](end["X"] @ np.array(w) + b).tolist()


def learn(end, t, w, b, rounds):
    """Return the weights and the bias after each round."""
    w, history = np.array(w), []
    for _ in range(rounds):
        w, b = end["one_round"](end["X"], t, w, b)
        history.append((w.tolist(), int(b)))
    return history


def test_the_longest_wait(end):
    waits = np.diff(end["years"])
    assert end["years"][np.argmax(waits)] == 1943 and 2012 - 1943 == 69


def test_which_days_i_go_for_a_walk(end):
    assert answers(end, (3, 2), -2.5) == [0, 0, 1, 1], "the friend makes no difference"
    assert 3 * 0 + 2 * 1 - 2.5 == -0.5


@pytest.mark.parametrize(
    ("gate", "outside", "inside"),
    [("t_and", (-5, -2.99), (-4.99, -4, -3)), ("t_or", (-2, 0.01), (-1.99, -1, 0))],
)
def test_which_biases_make_and_and_or(end, gate, outside, inside):
    assert all(answers(end, (3, 2), b) == end[gate].tolist() for b in inside)
    assert all(answers(end, (3, 2), b) != end[gate].tolist() for b in outside)


def test_without_a_bias_nand_is_wrong_three_times(end):
    assert np.sum(answers(end, (-3, -2), 0) != end["t_nand"]) == 3
    z = end["X"] @ np.array([-3, -2]) + 4
    assert z.tolist() == [4, 2, 1, -1]


def test_the_curve_jumps_at_two_thirds(end):
    assert len(np.arange(-3, 3, 0.01)) == 600
    x1 = np.arange(-1, 2, 0.01)
    y = end["step"](3 * x1 + 2 * 1 - 4)
    assert round(x1[np.argmax(y)], 2) == 0.67
    assert np.sum(np.diff(y) != 0) == 1


def test_and_is_learnt_in_five_rounds_and_got_worse_once(lesson):
    names = lesson["rounds"]
    right = [np.sum(answers(names, w, b) == names["t_and"]) for w, b in names["history"]]
    assert right[1:] == [1, 2, 3, 2, 4, 4]


def test_what_the_pictures_of_the_rounds_show(lesson):
    history = lesson["rounds"]["history"]
    sides = np.array([decision_boundary.LOW, decision_boundary.HIGH])
    corners = np.array([(x1, x2) for x1 in sides for x2 in sides])
    seen = [min(corners @ w + b) < 0 < max(corners @ w + b) for w, b in history]
    assert seen == [False, False, True, True, True, True, True]
    w, b = history[-1]
    assert (lesson["rounds"]["X"] @ w + b).tolist().count(0) == 1, "through a point"


def test_exercise_5(end):
    w, b = np.array([1, 1]), 1
    error = 0 - end["step"](end["X"][0] @ w + b)
    assert error == -1 and (w + error * end["X"][0]).tolist() == [1, 1] and b + error == 0


def test_exercise_6(end):
    w, b = np.array([0, 0]), 0
    for n in range(1, 4):
        for x, t in zip(end["X"], end["t_and"], strict=True):
            error = t - end["step"](x @ w + b)
            w, b = w - error * x, b - error
        assert w.tolist() == [-n, -n]
    history = learn(end, end["t_and"], (5, -5), 3, 20)
    right = [answers(end, w, b) == end["t_and"].tolist() for w, b in history]
    assert right.index(True) + 1 == 10
    assert history[9] == history[-1] == ([2, 2], -3)


def test_xor_goes_in_circles(end):
    history = learn(end, end["t_xor"], (0, 0), 0, 200)
    assert set(map(str, history[1:])) == {"([-1, 0], 1)"}
    w, b = np.array([-1, 0]), 1
    for x, t in zip(end["X"], end["t_xor"], strict=True):
        error = t - end["step"](x @ w + b)
        assert error != 0, "each of the four points changes the numbers"
        w, b = w + error * x, b + error
    assert w.tolist() == [-1, 0] and b == 1


def test_the_two_sums_are_equal(end):
    rng = np.random.default_rng(0)
    for w1, w2, b in rng.normal(size=(100, 3)):
        z = end["X"] @ (w1, w2) + b
        np.testing.assert_allclose([z[0] + z[3], z[1] + z[2]], w1 + w2 + 2 * b)


def test_the_gates_are_gates(end):
    x1, x2 = end["X"].T
    for name, target in ("AND", "t_and"), ("OR", "t_or"), ("NAND", "t_nand"):
        np.testing.assert_array_equal(end[name](x1, x2), end[target])


def test_the_network_of_nine_numbers(end):
    np.testing.assert_array_equal(end["network"](end["X"]), end["t_xor"])
    assert end["W1"].size + end["w2"].size == 6 and end["b1"].size + 1 == 3
    assert {tuple(h) for h in end["h"]} == {(1, 0), (1, 1), (0, 1)}, "four points become three"
    assert end["h"][end["t_xor"] == 1].tolist() == [[1, 1], [1, 1]]
    assert 784 * 50 + 50 + 50 * 100 + 100 + 100 * 10 + 10 == 45360


def test_two_layers_without_a_step_are_one(end):
    W, b = end["W1"] @ end["w2"], end["b1"] @ end["w2"] + end["b2"]
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 2))
    np.testing.assert_allclose((X @ end["W1"] + end["b1"]) @ end["w2"] + end["b2"], X @ W + b)
