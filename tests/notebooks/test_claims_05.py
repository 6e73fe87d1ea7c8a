"""What lesson 05 claims in its prose, where it is not an output that nbval compares."""

import re

import numpy as np
import pytest
from lessons import EDITIONS


def factor(lr, steepness):
    """Return by how much a step multiplies the distance to the bottom."""
    return 1 - lr * steepness


def printed(cell_id):
    """Return the text that a code cell shows."""
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == "05"]
    (cell,) = [cell for cell in lesson.code if cell.id == cell_id]
    return "".join(output.get("text", "") for output in cell.outputs)


def learn_gate(end, t):
    """Return the weights after learning the gate t as the last cell does."""
    w = np.zeros(3)
    for _ in range(1000):
        w = w - end["X"].T @ (end["sigmoid"](end["X"] @ w) - t) / 4
    return w


def test_the_history_of_the_source():
    history = """
      0 50.416000 1.980000 -0.672800
      1 40.291163 1.960200 -0.383555
      2 32.371142 1.940598 -0.127863
      3 26.174246 1.921192 0.098169
      4 21.324050 1.901980 0.297982
      5 17.526391 1.882960 0.474616
    195 2.309214 0.278951 1.820690
    199 2.306147 0.267959 1.820690"""
    lines = [line.split() for line in printed("train").splitlines()]
    for line in history.strip().splitlines():
        assert line.split() in lines


def test_the_wrong_axis(end):
    wrong = end["people"].mean(axis=1)
    np.testing.assert_allclose(wrong, [112.35, 125.85, 116.55, 121.7, 114.55])
    np.testing.assert_allclose(end["means"], [171, 65.4])


def test_nobody_is_nearer_than_5_kg(lesson):
    error = lesson["error"]["error"]
    assert round(error.mean(), 6) == 2 and np.abs(error).min() == pytest.approx(5)


def test_25_errors_of_5_people(lesson):
    assert lesson["column-mistake"]["wrong"].size == 25


def test_trying_and_the_formula_agree_everywhere(end):
    rng = np.random.default_rng(0)
    for w in rng.normal(0, 3, size=(50, 2)):
        trying = end["slope_by_trying"](end["loss"], w)
        np.testing.assert_allclose(trying, end["slope"](w), rtol=1e-6, atol=1e-6)
    for w in rng.normal(size=(50, 3)):
        error = end["sigmoid"](end["X"] @ w) - end["t_gate"]
        trying = end["slope_by_trying"](end["cross_entropy"], w)
        np.testing.assert_allclose(trying, end["X"].T @ error / 4, atol=1e-6)


def test_the_slope_is_the_mean_of_error_times_input(lesson):
    names = lesson["formula"]
    error = names["x"] @ names["w"] - names["t"]
    products = (error[:, np.newaxis] * names["x"]).mean(axis=0)
    np.testing.assert_allclose(products, [2, -32.72])
    np.testing.assert_allclose(names["slope"](names["w"]), [2, -32.72])


def test_with_the_wrong_sign_it_climbs_faster_and_faster(end):
    w, losses = np.array([2, -1]), []
    for _ in range(20):
        losses.append(end["loss"](w))
        w = w + 0.01 * end["slope"](w)
    rises = np.diff(losses)
    assert np.all(rises > 0) and np.all(np.diff(rises) > 0)


def test_one_person_shows_the_formula(lesson):
    names = lesson["products"]
    e, x = names["error"][0], names["x"][0, 1]
    assert (round(e, 6), x, round(e * x, 6)) == (13.7, -5, -68.5)
    h = 1e-6
    assert ((e + h * x) ** 2 - e**2) / h == pytest.approx(2 * e * x, rel=1e-4)
    assert names["products"].round(6).tolist().index(0) == 2


def test_the_first_weight_no_longer_changes():
    last = [line.split() for line in printed("train").splitlines()[-5:]]
    assert {line[3] for line in last} == {"1.820690"}
    assert len({line[2] for line in last}) == 5


def test_what_the_maps_of_the_learning_rates_show(end):
    limits, paths = end["limits"], [np.array(path) for path in end["paths"]]
    bottom = [0, 1.820690]
    away = [np.linalg.norm(path - bottom, axis=1) for path in paths]
    assert away[0][-1] > 0.8 * away[0][0], "0.001 has moved only a little"
    assert away[2][-1] == min(distances[-1] for distances in away), "0.1 is best"
    jumps = paths[2][:6, 1] - bottom[1]
    assert np.all(jumps[1:] * jumps[:-1] < 0), "0.1 changes the side in every step"
    np.testing.assert_allclose(jumps[1:] / jumps[:-1], -0.16, atol=1e-3)
    seen = np.abs(jumps) > 0.05  # the width of a mark on the map
    assert seen.tolist() == [True, True, True, False, False, False], "two jumps are seen"
    assert np.all(np.diff(np.abs(paths[3][:, 1] - bottom[1])) > 0), "0.18 never comes back"
    assert paths[3][:, 1].max() > limits[3]


@pytest.mark.parametrize(
    ("lr", "number"),
    [(0.001, 0.988), (0.01, 0.884), (0.1, -0.16), (0.18, -1.088), (0.17, -0.97), (0.15, -0.74)],
)
def test_the_factor_of_a_step(end, lr, number):
    decimals = len(str(number).split(".")[1])
    assert round(factor(lr, 11.6), decimals) == number
    w = end["descend"](lr, 1)
    np.testing.assert_allclose(
        w[1] - end["best"], (w[0] - end["best"]) * (factor(lr, 1), factor(lr, 11.6)), atol=1e-9
    )


def test_the_border_of_the_learning_rate(end):
    assert round(2 / 11.6, 3) == 0.172
    for lr, far in (0.17, False), (0.172, False), (0.173, True), (0.18, True):
        assert (end["loss"](end["descend"](lr, 500)[-1]) > 50.416) == far


def test_without_moving_the_origin(end):
    x = end["x_raw"]
    assert round((x[:, 1] ** 2).mean(), 1) == 29252.6
    assert round(factor(0.01, np.linalg.eigvalsh(x.T @ x / 5).max())) == -292
    w, losses = np.array([2, -1]), []
    for _ in range(4):
        error = x @ w - end["people"][:, 1]
        losses.append(np.mean(error**2) / 2)
        w = w - 0.01 * x.T @ error / 5
    assert [f"{loss:.1e}" for loss in losses] == printed("not-moved").split()
    np.testing.assert_allclose(np.divide(losses[1:], losses[:-1]), 85000, rtol=1e-3)
    assert round(292 * 292, -3) == 85000


def test_how_far_the_descent_came(end):
    assert f"{2 * 0.99**200:.6f}" == f"{end['w'][0]:.6f}" == "0.267959"
    assert np.abs(end["best"] - [0, 1.820690]).max() < 5e-7
    np.testing.assert_allclose((end["x"] ** 2).mean(axis=0), [1, 11.6])


def test_the_people_whom_the_model_knows(end):
    heights = end["people"][:, 0]
    assert heights.min() == 166 and heights.max() == 176
    assert round(end["kg"]) == -64
    w, means = end["w"], end["means"]
    assert round(w[0] + w[1] * (150 - means[0]) + means[1]) == 27


def test_the_surprises_of_the_table():
    assert [f"{-np.log(p):.2f}" for p in (0.99, 0.5, 0.01)] == ["0.01", "0.69", "4.61"]
    assert printed("cross-entropy") == "[0.01 0.69 4.61]\n"
    assert round(np.exp(-0.69), 2) == 0.5


def test_and_is_learnt_with_a_distance_from_all_points(end):
    w = end["w_gate"]
    yes = end["sigmoid"](end["X"] @ w)
    assert round(yes[3], 2) == 0.97 and np.all((1 - yes[:3]).round(2) >= 0.98)
    distances = np.abs(end["X"] @ w) / np.linalg.norm(w[1:])
    assert distances.min() > 0.3


def test_or_is_learnt_and_xor_is_not(end):
    answers = end["sigmoid"](end["X"] @ learn_gate(end, np.array([0, 1, 1, 1])))
    assert answers.round(2).tolist() == [0.02, 0.99, 0.99, 1]
    assert learn_gate(end, np.array([0, 1, 1, 0])).tolist() == [0, 0, 0]


def test_zero_weights_are_the_lowest_point_for_xor(end):
    t, rng = np.array([0, 1, 1, 0]), np.random.default_rng(0)
    for w in rng.normal(size=(200, 3)):
        y = end["sigmoid"](end["X"] @ w)
        assert -np.mean(np.log(np.where(t == 1, y, 1 - y))) > np.log(2)


def test_a_line_that_gets_three_of_xor_right_has_a_larger_loss(end):
    X, t, rng = end["X"], np.array([0, 1, 1, 0]), np.random.default_rng(0)
    losses = []
    for w in rng.normal(size=(2000, 3)) * rng.uniform(0.01, 5, size=(2000, 1)):
        y = end["sigmoid"](X @ w)
        if np.sum((y > 0.5) == t) == 3:
            losses.append(-np.mean(np.log(np.where(t == 1, y, 1 - y))))
    assert len(losses) > 100 and min(losses) > np.log(2)


def test_the_same_numbers_stand_in_both_editions():
    numbers = "50.416 29,252.6 0.172 112.35 122.35 8.176 40.291 85,000 -68.5"
    for number in numbers.split():
        for edition in EDITIONS.values():
            (lesson,) = [lesson for lesson in edition if lesson.number == "05"]
            text = "\n".join(cell.source for cell in lesson.markdown)
            assert re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text), (lesson, number)
