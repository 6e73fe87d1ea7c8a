"""What lesson 06 claims in its prose, where it is not an output that nbval compares."""

import numpy as np
import pytest
from lessons import in_helper, typed

from course.demos import color_network
from helpers import datasets
from helpers.layers import Affine, ReLU
from helpers.losses import CrossEntropy, softmax
from helpers.network import Network
from helpers.optimizers import SGD
from helpers.plots import color_charts
from helpers.training import batches, train_step

COLORS = datasets.colors()
X_NEW = np.concatenate([COLORS.x_test, COLORS.x_more])
T_NEW = np.concatenate([COLORS.t_test, COLORS.t_more])
TYPED = {
    "layers": ("Affine", "ReLU", "Sigmoid"),
    "losses": ("softmax", "CrossEntropy"),
    "network": ("Network", "collect", "only_slopes"),
    "optimizers": ("SGD",),
    "gradients": ("numerical_gradient",),
}


def trained(build, x, t, seed, epochs=20, batch_size=5):
    """Return a network trained as in the lesson, without its pictures."""
    rng = np.random.default_rng(seed)
    network, loss, optimizer = build(rng), CrossEntropy(), SGD(lr=0.01)
    for _ in range(epochs):
        for rows in batches(len(x), batch_size, rng):
            train_step(network, x[rows], t[rows], loss, optimizer)
    return network


def build(rng):
    """Return the network of the lesson, of the helpers' layers."""
    return Network(
        Affine(3, 50, rng), ReLU(), Affine(50, 100, rng), ReLU(),
        Affine(100, 50, rng), ReLU(), Affine(50, 3, rng),
    )  # fmt: skip


def right(network, x, t):
    return int(np.sum(np.argmax(network.forward(x / 255), axis=1) == t))


def test_the_lesson_types_the_helpers_in_their_words():
    for module, names in TYPED.items():
        for name in names:
            assert typed("06", name) == in_helper(module, name), name


@pytest.mark.parametrize("seed", range(5))
def test_the_network_beats_the_rule(seed):
    network = trained(build, COLORS.x_train / 255, COLORS.t_train, seed)
    assert right(network, COLORS.x_test, COLORS.t_test) >= 19
    rule = np.sum(np.argmax(X_NEW, axis=1) == T_NEW)
    assert rule == 74
    assert right(network, X_NEW, T_NEW) >= 76 > rule


def test_the_lesson_trains_like_this(lesson):
    network = trained(build, COLORS.x_train / 255, COLORS.t_train, 1)
    taught = lesson["train"]["network"]
    for ours, theirs in zip(network.parameters(), taught.parameters(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-9)


def test_five_and_twenty_were_chosen_on_a_part_of_the_training_colors():
    """Four parts of 60 colours, each in turn set aside: about 98 % of them are right."""
    order, found = np.random.default_rng(100).permutation(240), 0
    for part in range(4):
        aside = order[60 * part : 60 * part + 60]
        rest = np.setdiff1d(order, aside)
        network = trained(build, COLORS.x_train[rest] / 255, COLORS.t_train[rest], 0)
        found += right(network, COLORS.x_train[aside], COLORS.t_train[aside])
    assert found >= 0.96 * 240


def test_the_rule_and_what_it_gets_wrong(lesson):
    names = lesson["rule-wrong"]
    x, t, wrong = names["x_train"], names["t_train"], names["wrong"]
    assert len(wrong) == 14 and np.sum(t[wrong] == 2) == 13
    blue = x[wrong][t[wrong] == 2]
    assert np.all(blue[:, 1] >= blue[:, 2]) and np.sum(blue[:, 1] == blue[:, 2]) == 3
    assert np.sum(blue[:, 1] > blue[:, 2]) == 10
    assert np.sum(t == 1) == 129 and len(t) == 240
    light = blue[blue[:, 1] == blue[:, 2]]
    assert np.all(light.min(axis=1) > 200)
    assert round(100 * 226 / 240, 1) == 94.2 and round(100 * 74 / 78, 1) == 94.9


def test_names_that_are_shown_say_a_color_and_nothing_rude(lesson):
    shown = {*lesson["rule-wrong"]["names"], *COLORS.names_test[:4]}
    names = lesson["wrong"]
    shown |= {names["names"][i] for i in names["wrong"]}
    plain = """blue green red brown light pale greeny ice really very greenish duck egg seafoam
    dark soft twilight""".split()
    assert {word for name in shown for word in name.split()} <= set(plain)


def test_the_squared_error_has_a_slope_a_hundred_times_as_small(lesson):
    names, scores = lesson["try-slopes"], np.array([0, 0.1, 5.3])
    a = names["numerical_gradient"](names["surprise"], scores)
    b = names["numerical_gradient"](names["half_square"], scores)
    assert 90 < a[0] / b[0] < 110
    np.testing.assert_allclose(a, softmax(scores) - [1, 0, 0], atol=1e-8)
    assert round(softmax(scores)[2], 2) == 0.99, "99 % of the total"


def test_a_layer_and_its_relu_keep_the_size_on_average():
    """Root mean square after and before, for the three hidden layers and colours of the lesson."""
    ratios, before = np.empty((50, 3)), COLORS.x_train / 255
    for seed in range(50):
        x, layers = before, build(np.random.default_rng(seed)).layers
        for i in range(3):
            y = layers[2 * i + 1].forward(layers[2 * i].forward(x))
            ratios[seed, i] = np.sqrt(np.mean(y**2) / np.mean(x**2))
            x = y
    np.testing.assert_allclose(ratios.mean(axis=0), 1, atol=0.1)


def test_slopes_of_a_number_used_in_several_places_are_added():
    x = 3.0
    plus, minus = ((x + h) * 2 + (x + h) * 5 for h in (1e-5, -1e-5))
    assert round((plus - minus) / 2e-5, 6) == 2 + 5


def test_how_many_forward_passes():
    steps = 20 * 240 // 5
    assert steps == 960 and 20e6 < steps * 21006 < 20.5e6
    assert 2.5 < 10_000 / 3600 < 3, "hours instead of a second"
    assert [3 * 50 + 50, 50 * 100 + 100, 100 * 50 + 50, 50 * 3 + 3] == [200, 5100, 5050, 153]


def test_exercise_2():
    for x, t, expected in (2, 9, (-2, -4, -6)), (0, 5, (-4, 0, -12)):
        e = x * 3 + 1 - t
        assert (e, e * x, e * 3) == expected


def test_unscaled_amounts_explode(lesson):
    names, loss = lesson["scaling"], CrossEntropy()
    for scale, falls in (1, False), (255, True):
        x, t, values = names["x_train"][:5] / scale, names["t_train"][:5], []
        network, optimizer = build(np.random.default_rng(1)), SGD(lr=0.01)
        for _ in range(4):
            values.append(train_step(network, x, t, loss, optimizer))
        assert (np.diff(values) < 0).all() if falls else max(values) > 100 * values[0]


def test_the_curve(lesson):
    history = lesson["train"]["history"]
    assert len(history["train_loss"]) == 20
    assert max(history["train_accuracy"][:8]) > 226 / 240, "overtakes the rule after a few epochs"
    assert history["train_accuracy"][-1] > 0.97 and history["test_accuracy"][-1] > 0.97
    assert history["test_loss"][-1] < history["test_loss"][2] / 2, "no overfitting"


def test_all_four_mistakes_speak_of_both(lesson):
    names = lesson["wrong"]
    wrong = [names["names"][i] for i in names["wrong"]]
    assert len(wrong) == 4 and all("green" in n and "blue" in n for n in wrong)
    assert any("greenish" in n for n in wrong)
    assert names["names"][names["wrong"][-1]] == "blue green" and names["wrong"][-1] >= 240


def test_the_map(lesson):
    classify = lesson["map"]["classify"]
    yellow, white, black = np.array([[255, 255, 0], [255, 255, 255], [0, 0, 0]])
    assert classify(np.array([yellow, white, black])).tolist() == [1, 2, 1]
    line = np.arange(120, 241)
    answers = classify(color_charts.colors(line, np.full(121, 50)))
    border = line[np.argmax(answers == 2)]
    assert 145 < border < 175, "further left than the rule's 180"
    rule = np.argmax(color_charts.colors(line, np.full(121, 50)), axis=1)
    assert line[np.argmax(rule == 2)] == 181


def test_pink_white_and_black(lesson):
    network = lesson["own"]["network"]
    pink, white, black = np.array([[233, 63, 127], [255, 255, 255], [0, 0, 0]])
    shares = softmax(network.forward(np.array([pink, white, black]) / 255))
    assert shares.argmax(axis=1).tolist() == [0, 2, 1]
    sure = shares.max(axis=1)
    assert round(100 * sure[0]) == 96 and abs(sure[0] - sure[1]) < 0.04 and sure[2] < 0.8


@pytest.mark.parametrize("seed", range(5))
def test_the_check_of_exercise_5_tells_the_network_from_the_rule(seed):
    tries = np.array([[233, 63, 127], [60, 160, 70], [215, 255, 254]])
    network = trained(build, COLORS.x_train / 255, COLORS.t_train, seed)
    assert np.argmax(network.forward(tries / 255), axis=1).tolist() == [0, 1, 2]
    assert np.argmax(tries, axis=1).tolist() == [0, 1, 1]


def test_one_hidden_layer_is_enough():
    def shallow(rng):
        return Network(Affine(3, 50, rng), ReLU(), Affine(50, 3, rng))

    network = trained(shallow, COLORS.x_train / 255, COLORS.t_train, 1)
    parts = (COLORS.x_train, COLORS.t_train), (COLORS.x_test, COLORS.t_test), (X_NEW, T_NEW)
    assert [right(network, *part) for part in parts] == [237, 20, 77]


def whole_steps(rows, seed):
    """Return a network after step 3,000 on these training colours, and its losses on the new."""
    x, t, losses = COLORS.x_train[rows] / 255, COLORS.t_train[rows], {}
    network, loss, optimizer = build(np.random.default_rng(seed)), CrossEntropy(), SGD(lr=0.01)
    for step in range(3001):
        train_step(network, x, t, loss, optimizer)
        if step in (300, 1000, 3000):
            losses[step] = CrossEntropy().forward(network.forward(X_NEW / 255), T_NEW)
    return network, losses


def test_the_lesson_takes_four_reds_three_greens_three_blues(end):
    assert COLORS.t_train[end["rows"]].tolist() == [0] * 4 + [1] * 3 + [2] * 3


@pytest.mark.parametrize("seed", range(5))
def test_ten_colors_are_learnt_by_heart(end, seed):
    rows = end["rows"]
    network, losses = whole_steps(rows, seed)
    assert right(network, COLORS.x_train[rows], COLORS.t_train[rows]) == 10
    assert right(network, X_NEW, T_NEW) < 74 and losses[3000] > 1.05 * losses[300]
    if seed == 1:
        assert losses[300] < losses[1000] < losses[3000] and right(network, X_NEW, T_NEW) == 69


def test_another_ten_colors_are_not():
    network, losses = whole_steps(np.arange(40, 50), 1)
    assert losses[3000] < losses[1000] < losses[300] and right(network, X_NEW, T_NEW) >= 77


@pytest.mark.parametrize("seed", range(2))
def test_all_240_colors_do_not_overfit(seed):
    _, losses = whole_steps(np.arange(240), seed)
    assert losses[3000] < 0.04


def test_vgg16_has_138_million_parameters():
    """13 convolutions of 3x3 in five blocks, then 7 x 7 x 512 -> 4096 -> 4096 -> 1000."""
    count, before = 0, 3
    for layers, channels in (2, 64), (2, 128), (3, 256), (3, 512), (3, 512):
        for _ in range(layers):
            count += 9 * before * channels + channels
            before = channels
    for inputs, outputs in (7 * 7 * 512, 4096), (4096, 4096), (4096, 1000):
        count += inputs * outputs + outputs
    assert round(count / 1e6) == 138


def test_the_map_while_the_network_learns():
    """What the lesson says below its demo."""
    epochs = color_network.learning()
    green = [np.mean(np.argmax(epoch.scores, axis=2) == 1) for epoch in epochs]
    assert round(4 * green[1]) == 3 and max(green) == green[1]
    assert np.argmax(np.bincount(COLORS.t_train)) == 1
    ahead = [epoch.right > 226 and epoch.new_right > 74 for epoch in epochs]
    assert ahead == [False] * 5 + [True] * 16
    white = [color_network.probabilities(epoch.network, [[255] * 3])[0] for epoch in epochs]
    assert [np.argmax(answer) for answer in white] == [1] * 9 + [2] * 12
