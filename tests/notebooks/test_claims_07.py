"""What the lessons' prose claims, where it is not an output that nbval compares.

Lesson 07 is asserted twice: with the bundled digits, and with MNIST where MNIST_DIR names it.
"""

import os

import numpy as np
import pytest
from lessons import run

from course import competition
from helpers import datasets, mnist
from helpers.folders import DATA
from helpers.layers import Sigmoid
from helpers.saving import load_network
from helpers.training import accuracy

pytestmark = pytest.mark.mnist
needs_mnist = pytest.mark.skipif(
    os.environ["MNIST_DIR"] == "bundled", reason="set MNIST_DIR to the folder of the real MNIST"
)


def test_trained_network_reads_both_hands(is_mnist):
    path = DATA / "trained_784_50_100_10.npz"
    assert path.stat().st_size < 250_000
    network = load_network(path)
    assert [p.shape for p in network.parameters()[::2]] == [(784, 50), (50, 100), (100, 10)]
    assert {p.dtype for p in network.parameters()} == {np.dtype(np.float32)}
    assert isinstance(network.layers[1], Sigmoid)
    x_train, _, x, t = datasets.digits()
    assert len(x_train) + 60000 == 61500, "lesson 00 says from how many pictures it learnt"
    right = accuracy(network, x, t) * len(t)
    assert round(right) == 284 and right / len(t) >= 0.95
    if is_mnist:
        assert accuracy(network, *datasets.mnist()[2:]) >= 0.975


def test_00_shows_a_mistake_where_it_says_so():
    after = run("00")["count"]
    wrong = np.flatnonzero(after["answers"] != after["labels"])
    assert any(50 <= place < 60 for place in wrong)


def test_07_sizes_of_the_data():
    assert round(sum(size for size, _ in mnist.FILES.values()) / 1e6) == 12, "MB to download"
    assert len(datasets.digits()[0]) * 40 == 60000, "forty times fewer"


def test_07_there_are_45360_numbers(lesson):
    assert sum(p.size for p in lesson["shapes"]["network"].parameters()) == 45360
    assert 784 * 50 + 50 == 39250


def test_07_a_fixed_answer_is_right_one_time_in_ten(lesson, is_mnist):
    ones = np.mean(lesson["load"]["t_test"] == 1)
    assert 0.09 < ones < 0.12
    if is_mnist:
        assert round(100 * ones) == 11


def test_07_an_untrained_network_gives_the_same_few_answers(lesson):
    before = lesson["before"]
    assert accuracy(before["network"], before["x_test"], before["t_test"]) < 0.2
    assert len(np.unique(np.argmax(before["y"], axis=1))) <= 3


def test_07_five_small_steps_go_down(lesson):
    steps = lesson["few-steps"]
    loss = steps["loss"].forward(steps["network"].forward(steps["x"]), steps["t"])
    assert loss < steps["value"] < 2.8 and loss > np.log(10) > 2.3


def test_07_small_steps_with_sigmoid(lesson, is_mnist):
    test_accuracy = lesson["first-training"]["history"]["test_accuracy"]
    if is_mnist:
        np.testing.assert_allclose(test_accuracy, [0.40, 0.55, 0.60], atol=0.1)
    else:
        assert max(test_accuracy) < 0.2


def ten_epochs(lesson, activation, lr):
    """Return the test accuracy after ten epochs with the functions that the lesson typed."""
    names = lesson["second-training"]
    rng = np.random.default_rng(0)
    network = names["build"](names[activation], rng)
    data = [names[name] for name in ("x_train", "t_train", "x_test", "t_test")]
    history = names["train"](network, *data, 10, 100, names["SGD"](lr=lr), rng)
    return history["test_accuracy"][-1]


@pytest.fixture(scope="module")
def slow(lesson):
    """Return the test accuracy after ten epochs of the lesson's first setting."""
    return ten_epochs(lesson, "Sigmoid", 0.01)


@needs_mnist
def test_07_ten_epochs_of_small_steps(slow):
    assert 0.80 < slow < 0.86


def test_08_what_the_competition_says_of_lesson_07(lesson, slow, is_mnist):
    fast = lesson["second-training"]["history"]["test_accuracy"][-1]
    n, room = (10000, 0.01) if is_mnist else (297, 0.03)
    for (title, counts), setting, reached in zip(
        competition.LESSON_07.items(),
        ["Sigmoid, lr 0.01, 10 epochs", "ReLU, lr 0.2, 10 epochs"],
        [slow, fast],
        strict=True,
    ):
        assert setting in title and abs(reached - counts[n] / n) < room


def test_07_relu_has_about_eight_times_the_slope(lesson):
    slopes = []
    names = lesson["slopes"]
    for activation in names["Sigmoid"], names["ReLU"]:
        trial = names["build"](activation, np.random.default_rng(0))
        names["train_step"](trial, names["x"], names["t"], names["loss"], names["SGD"](lr=0.01))
        slopes.append(np.mean(np.abs(trial.layers[0].dW)))
    assert 7 < slopes[1] / slopes[0] < 9.5


def test_07_relu_alone(lesson, is_mnist):
    test_accuracy = lesson["relu-training"]["history"]["test_accuracy"][-1]
    assert test_accuracy > 0.9 if is_mnist else 0.25 < test_accuracy < 0.7


def test_07_relu_and_larger_steps(lesson, is_mnist):
    history = lesson["second-training"]["history"]
    if is_mnist:
        assert 0.93 < history["test_accuracy"][0] < 0.96
        assert max(history["test_accuracy"]) > 0.97
    else:
        assert 0.86 < history["test_accuracy"][-1] < 0.94
    assert history["train_accuracy"][-1] > history["test_accuracy"][-1] + 0.01


@needs_mnist
@pytest.mark.parametrize(
    ("activation", "lr", "lowest", "highest"),
    [("ReLU", 0.02, 0.90, 0.96), ("ReLU", 2, 0.08, 0.13), ("Sigmoid", 0.5, 0.955, 0.975)],
)
def test_07_exercise_4(lesson, activation, lr, lowest, highest):
    assert lowest < ten_epochs(lesson, activation, lr) < highest


def test_07_what_is_saved_comes_back(lesson):
    saved = lesson["load-again"]
    assert saved["path"].exists() and saved["again"] is not saved["network"]
