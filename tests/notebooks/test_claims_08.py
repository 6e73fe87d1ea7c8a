"""What lesson 08's prose claims, where it is not an output that nbval compares.

With the bundled digits, and with MNIST where MNIST_DIR names it.
"""

import numpy as np
import pytest
from lessons import EDITIONS

from course import competition
from helpers import datasets
from helpers.plots.search import Trials
from helpers.saving import load_network

pytestmark = pytest.mark.mnist


def test_08_three_parts(lesson, is_mnist):
    parts = [len(lesson["split"][name]) for name in ("x_train", "x_val", "x_test")]
    assert parts == ([50000, 10000, 10000] if is_mnist else [1250, 250, 297])
    rows = lesson["split"]["order"]
    assert len(np.unique(rows)) == len(rows), "no picture is in two parts"


def test_08_the_setting_to_beat(lesson, is_mnist):
    reached = lesson["baseline"]["history"]["test_accuracy"][-1]
    assert 0.75 < reached < 0.85 if is_mnist else reached < 0.2


def test_08_one_change_at_a_time(lesson, is_mnist):
    names = lesson["one-change"]
    found = []
    for sizes, bend, batch_size, rate, epochs in names["settings"]:
        rng = np.random.default_rng(0)
        network = names["build"](sizes, bend, rng)
        data = names["x_small"], names["t_small"]
        names["fit"](network, *data, epochs, batch_size, names["SGD"](rate), rng)
        found.append(names["accuracy"](network, names["x_val"], names["t_val"]))
    base, layers, nodes, longer, batch, relu, rate = found
    least = min(layers, longer, batch, relu, rate) - base
    assert abs(nodes - base) < least - 0.05, "more nodes hardly matter"
    assert base + 0.1 < longer < rate
    assert base + 0.1 < layers < relu and base + 0.1 < batch < relu < rate == max(found)
    assert abs(base - (0.33 if is_mnist else 0.14)) < 0.15
    assert abs(rate - (0.91 if is_mnist else 0.94)) < 0.05


def spreads(names, weights, activation):
    return [np.std(x) for x in names["five_layers"](weights, activation)]


def test_08_signals_vanish_explode_and_stay(lesson):
    names = lesson["xavier"]
    relu, sigmoid = names["ReLU"](), names["Sigmoid"]()
    small, large = (spreads(names, names[kind], relu) for kind in ("small", "large"))
    np.testing.assert_allclose(np.divide(small[1:], small[:-1]), 0.07, atol=0.011)
    np.testing.assert_allclose(np.divide(large[1:], large[:-1]), 7, atol=1.2)
    assert 1.5e-6 < small[-1] < 2.5e-6
    assert all(0.8 < spread < 1.05 for spread in spreads(names, names["he"], relu))
    flat = spreads(names, names["small"], sigmoid)[-1]
    assert 8 < spreads(names, names["xavier"], sigmoid)[-1] / flat < 12
    ends = [
        np.mean((x < 0.02) | (x > 0.98)) for x in names["five_layers"](names["xavier"], sigmoid)
    ]
    assert max(ends) < 0.02
    crowded = names["five_layers"](names["large"], sigmoid)
    assert all(np.mean((x < 0.02) | (x > 0.98)) > 0.5 for x in crowded)
    alike = [x.std(axis=0).mean() for x in names["five_layers"](names["xavier"], sigmoid)]
    assert np.all(np.diff(alike) < 0) and alike[-1] < 0.001, "from row to row more and more alike"
    middle = names["five_layers"](names["small"], sigmoid)
    assert all(np.abs(x - 0.5).max() < 0.15 for x in middle)


def test_08_half_of_the_numbers_pass_relu_and_slopes_vanish_and_explode_as_signals_do(lesson):
    names, slopes = lesson["xavier"], {}
    for kind in "small", "large", "he":
        rng = np.random.default_rng(0)
        x, layers = rng.normal(size=(1000, 100)), []
        for _ in range(5):
            layer = names["Affine"](100, 100, rng)
            layer.W = names[kind](100, 100, rng)
            layers += [layer, names["ReLU"]()]
        dy = rng.normal(size=(1000, 100))
        for layer in layers:
            x = layer.forward(x)
        assert all(0.45 < np.mean(layer.positive) < 0.56 for layer in layers[1::2])
        slopes[kind] = []
        for layer in reversed(layers):
            dy = layer.backward(dy)
            slopes[kind].append(np.std(dy))
    ratios = {kind: np.divide(s[3::2], s[1:-1:2]) for kind, s in slopes.items()}
    np.testing.assert_allclose(ratios["small"], 0.07, atol=0.011)
    np.testing.assert_allclose(ratios["large"], 7, atol=1.2)
    np.testing.assert_allclose(ratios["he"], 1, atol=0.15)


def test_08_the_start_decides_what_is_learnt(lesson, is_mnist):
    names, found = lesson["three-starts"], []
    for kind in "small", "large", "he":
        rng = np.random.default_rng(0)
        network = names["build"]([784, 50, 100, 10], names["ReLU"], rng)
        for layer in network.layers[::2]:
            layer.W = names[kind](*layer.W.shape, rng).astype(np.float32)
        data = names["x_small"], names["t_small"]
        with np.errstate(all="ignore"):
            names["fit"](network, *data, 10, 100, names["SGD"](0.1), rng)
        found.append(names["accuracy"](network, names["x_val"], names["t_val"]))
    assert found[2] > (0.88 if is_mnist else 0.9)
    if is_mnist:
        np.testing.assert_allclose(found[:2], [0.61, 0.20], atol=0.1)
    else:
        assert found[0] < 0.2, "hardly better than guessing"
        assert found[1] < 0.5, "far behind"


def test_08_exercise_1(lesson):
    names = lesson["xavier"]

    def growth(size):
        found = spreads(names, lambda d, h, rng: rng.normal(0, size, (d, h)), names["ReLU"]())
        return found[-1] / found[0]

    assert 0.2 < growth(0.1) < 0.32 and 1.3 < growth(0.2) ** (1 / 4) < 1.5
    assert round(np.sqrt(2 / 100), 3) == 0.141


def test_08_paths(lesson):
    names = lesson["see-adapting"]
    walk, low = names["walk"], names["loss"]
    ends = {
        rule: walk(names[rule], lr)[-1]
        for rule, lr in (("sgd", 0.038), ("momentum", 0.01), ("nesterov", 0.01))
    }
    assert low(ends["nesterov"]) < low(ends["momentum"]) < low(ends["sgd"])
    assert ends["sgd"][1] > 2
    assert ends["momentum"][1] < 0 and ends["nesterov"][1] < 0, "both roll past the lowest point"
    distances = {rule: round(float(np.hypot(*end)), 1) for rule, end in ends.items()}
    assert distances == {"sgd": 2.2, "momentum": 0.9, "nesterov": 0.7}
    swings = [np.abs(np.array(walk(names[rule], 0.01))[10:, 0]).max() for rule in distances]
    assert swings[2] < 0.2 * swings[1], "Nesterov calms down sooner"
    assert min(point[1] for point in walk(names["adam"], 0.5)) < 0, "as the opening picture shows"
    first = np.diff(walk(names["adagrad"], 1.5), axis=0)[0]
    np.testing.assert_allclose(np.abs(first), 1.5, rtol=1e-3)
    assert abs(walk(names["adagrad"], 1.5)[1][0]) < 1e-6, "1.5 is exactly the way to the middle"
    across = np.array(walk(names["adagrad"], 2.5))[:5, 0]
    assert np.all(across[1:] * across[:-1] < 0) and abs(across[-1]) < 0.1, "swings, then calms down"
    assert 1 - 0.9**1 == pytest.approx(0.1) and round(0.9**20, 2) == 0.12
    adagrad = np.diff(walk(names["adagrad"], 1.5), axis=0)[:, 1]
    assert np.all(np.diff(np.abs(adagrad)) < 0), "slower and slower"
    assert abs(walk(names["sgd"], 0.041)[-1][0]) > 2.5
    assert abs(walk(names["sgd"], 0.02)[1][0]) < 1e-9
    for rule, lr in (("adagrad", 0.15), ("adam", 0.05)):
        assert walk(names[rule], lr)[-1][1] > 5, "a short way"


def test_08_the_rules_of_the_lesson_are_those_of_the_helpers(lesson):
    from helpers import optimizers

    names = lesson["see-adapting"]
    rules = {"sgd": "SGD", "momentum": "Momentum", "nesterov": "Nesterov", "adagrad": "AdaGrad",
             "rmsprop": "RMSProp", "adam": "Adam"}  # fmt: skip
    for function, kind in rules.items():
        p, rule, path = np.array([-1.5, 7.0]), getattr(optimizers, kind)(0.02), []
        for _ in range(30):
            rule.update([p], [names["slope"](p)])
            path.append(p.copy())
        np.testing.assert_allclose(names["walk"](names[function], 0.02)[1:], path, rtol=1e-9)


def test_08_adam_of_the_lesson_is_that_of_the_helpers(lesson):
    from helpers.optimizers import Adam

    ours, theirs = [np.ones((3, 2))], [np.ones((3, 2))]
    rules = lesson["adam-class"]["Adam"](), Adam()
    rng = np.random.default_rng(0)
    for _ in range(5):
        g = rng.normal(size=(3, 2))
        rules[0].update(ours, [g])
        rules[1].update(theirs, [g])
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_08_the_best_of_forty_is_lucky(lesson, is_mnist):
    names = lesson["forty"]
    tiny, fresh = names["pairs"][names["best"]]
    expected = [0.86, 0.79] if is_mnist else [0.96, 0.92]
    np.testing.assert_allclose([tiny, fresh], expected, atol=0.1)
    ahead = [tiny, fresh] - names["pairs"].mean(axis=0)
    assert ahead[0] > 0.03 and ahead[1] < ahead[0] - 0.01
    assert abs(ahead[1]) < 0.06, "hardly better than the others"


def test_08_standard_errors():
    errors = [np.sqrt(0.9 * 0.1 / n) for n in (50, 250, 10000)]
    assert [f"{error:.1%}" for error in errors] == ["4.2%", "1.9%", "0.3%"]


def test_08_all_combinations():
    assert 5**6 == 15625 and 15625 * 3 == 46875 and round(46875 / 3600) == 13


def test_08_the_search(lesson, is_mnist):
    results = lesson["run-search"]["results"]
    assert len(results) == 30
    groups = {"Adam": [], "SGD": []}
    for score, lr, _, _, rule in results:
        groups[rule.__name__].append((lr, score))
    top = max(results)[0]
    assert all(s > top - 0.09 for lr, s in groups["Adam"] if 0.001 < lr < 0.03)
    assert all(s > 0.75 for lr, s in groups["SGD"] if 0.05 < lr < 0.26)
    assert 0.05 < max(groups["SGD"], key=lambda pair: pair[1])[0] < 0.5
    assert all(s < 0.25 for lr, s in groups["Adam"] if lr > 0.2)
    assert is_mnist or all(s < 0.25 for lr, s in groups["SGD"] if lr > 0.5)
    assert all(s < 0.5 for lr, s in groups["SGD"] if lr < 0.0015)
    assert np.isclose(top, 0.927 if is_mnist else 0.976, atol=0.02)
    for place in 2, 3:  # clouds: every batch size and number of nodes has good and bad trials
        for value in {result[place] for result in results}:
            scores = [result[0] for result in results if result[place] == value]
            assert max(scores) > top - 0.06 and min(scores) < top - 0.15


def test_08_the_winner_again(lesson, is_mnist):
    names = lesson["best"]
    top, lr, batch_size, nodes, rule = max(names["results"])
    found = []
    for seed in range(100, 105):
        rng = np.random.default_rng(seed)
        network = names["build"]([784, nodes, nodes, 10], names["ReLU"], rng)
        data = names["x_small"], names["t_small"]
        names["fit"](network, *data, 5, batch_size, rule(lr), rng)
        found.append(names["accuracy"](network, names["x_val"], names["t_val"]))
    low, high = (0.90, 0.95) if is_mnist else (0.89, 0.995)
    assert low < min(found) and max(found) < high
    assert is_mnist or np.mean(found) < top, "it was lucky"


def test_08_a_stopped_search_goes_on_where_it_stopped(lesson, capsys):
    """The stop button in the middle of a trial: no half result, quiet, the same results later."""
    names = dict(lesson["results"])

    def quick(rng):
        return (rng.random(),)

    whole = [quick(np.random.default_rng(number)) for number in range(6)]
    results, calls = [], []

    def interrupted(rng):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return quick(rng)

    source = "\n".join(
        line.replace("30", "6") for line in cell_source("run-search").splitlines()
    )  # the cell of the lesson itself
    names.update(results=results, trial=interrupted)
    exec(source, names)
    assert results == whole[:3] and "Stopped" in capsys.readouterr().out
    exec(source, names)
    assert results == whole
    exec(source, names)
    assert results == whole, "a finished search adds nothing"


def cell_source(cell_id):
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == "08"]
    return next(cell.source for cell in lesson.code if cell.id == cell_id)


def test_08_by_heart_and_cured(lesson, is_mnist):
    names = lesson["cures"]
    wrong = np.sum(names["t_few"] != names["t_train"][:300])
    assert 50 < wrong <= 60
    free, decay, dropped = (np.array(names[n]) for n in ("free", "decay", "dropped"))
    assert free[-1, 0] > 0.98 and free[:, 1].max() > free[-1, 1] + 0.01
    ends = [history[-10:, 1].mean() for history in (decay, dropped, free)]
    expected = [0.74, 0.73, 0.71] if is_mnist else [0.89, 0.88, 0.84]
    np.testing.assert_allclose(ends, expected, atol=0.08)
    assert ends[0] > ends[2] + 0.01 and ends[1] > ends[2] + 0.005


def test_08_exercise_6(lesson, is_mnist):
    names = lesson["cures"]
    adam = names["Adam"](0.001)
    network = names["build"]([784, 100, 10], names["ReLU"], np.random.default_rng(0))
    much = names["watch"](network, network, names["WeightDecay"](adam, 0.3))
    assert np.mean(much[-10:], axis=0)[1] < np.mean(names["decay"][-10:], axis=0)[1] - 0.1
    assert abs(much[-1][1] - (0.45 if is_mnist else 0.65)) < 0.15
    rng = np.random.default_rng(0)
    first = names["Affine"](784, 100, rng, np.float32)
    last = names["Affine"](100, 10, rng, np.float32)
    noisy = names["Network"](first, names["ReLU"](), names["Dropout"](0.9, rng), last)
    plain = names["Network"](first, names["ReLU"](), last)
    learnt, end = np.mean(names["watch"](noisy, plain, names["Adam"](0.001))[-10:], axis=0)
    own, new = np.mean(names["dropped"][-10:], axis=0)
    assert learnt < own - 0.05, "less of the nonsense"
    assert end < max(new, names["decay"][-1][1]) + 0.03, "but more of a cure is not better"
    assert is_mnist or 0.8 < end < 0.95


def test_08_the_competition(lesson, is_mnist):
    names = lesson["enter"]
    validation = names["history"]["test_accuracy"][-1]
    _, _, x, t = datasets.mnist()
    test = competition.score(names["path"], x, t) / len(t)
    if is_mnist:
        assert abs(validation - test) < 0.01 and 0.955 < test < 0.985
    else:
        assert 0.92 < validation < 0.995 and 0.84 < test < 0.93
        assert validation - test > 0.03, "more than the standard error"
    assert load_network(names["path"]) is not names["network"]
    note = (names["path"].parent / competition.NOTES).read_text(encoding="utf-8")
    assert f" {len(t)} {round(test * len(t))}\n" in note


def test_trials_is_what_the_lesson_uses(lesson):
    assert isinstance(lesson["run-search"]["trials"], Trials)
