"""Training: what it does to a network, what it shows, and what happens when it is stopped."""

import numpy as np
import pytest

from helpers import training
from helpers.layers import Affine, ReLU
from helpers.losses import CrossEntropy
from helpers.network import Network
from helpers.optimizers import SGD


class Example:
    """Two clouds of points, a small network, and what `train` needs for them."""

    def __init__(self):
        self.rng = np.random.default_rng(0)
        self.t = self.rng.integers(0, 2, 120)
        self.x = self.rng.normal(size=(120, 2)) + 3 * self.t[:, np.newaxis]
        self.network = Network(Affine(2, 4, self.rng), ReLU(), Affine(4, 2, self.rng))

    def train(self, epochs=3, batch_size=10, lr=0.1):
        return training.train(
            self.network,
            self.x[:100],
            self.t[:100],
            self.x[100:],
            self.t[100:],
            epochs=epochs,
            batch_size=batch_size,
            optimizer=SGD(lr),
            rng=self.rng,
        )


@pytest.fixture
def example():
    return Example()


def test_batches_give_every_row_once_in_a_new_order():
    rng = np.random.default_rng(0)
    first = list(training.batches(10, 4, rng))
    second = list(training.batches(10, 4, rng))
    assert [len(rows) for rows in first] == [4, 4, 2]
    assert sorted(np.concatenate(first)) == list(range(10))
    assert not np.array_equal(np.concatenate(first), np.concatenate(second))


def test_evaluate_in_pieces_is_evaluate_at_once():
    rng = np.random.default_rng(0)
    network = Network(Affine(3, 4, rng))
    x, t = rng.normal(size=(2500, 3)), rng.integers(0, 4, 2500)
    loss, accuracy = training.evaluate(network, x, t)
    y = network.forward(x)
    assert loss == pytest.approx(CrossEntropy().forward(y, t))
    assert accuracy == np.mean(y.argmax(axis=1) == t) == training.accuracy(network, x, t)


def test_train_learns_and_tells(example, capsys):
    history = example.train()
    assert list(history) == ["train_loss", "train_accuracy", "test_loss", "test_accuracy"]
    assert [len(values) for values in history.values()] == [3, 3, 3, 3]
    assert history["train_loss"][-1] < history["train_loss"][0]
    assert history["test_accuracy"][-1] >= 0.9
    head1, head2, *lines = capsys.readouterr().out.splitlines()
    assert "training data" in head1 and "accuracy" in head2
    assert [int(line.split()[0]) for line in lines] == [1, 2, 3]
    assert f"{history['test_accuracy'][-1]:.1%}" in lines[-1]


def test_train_is_the_plain_loop():
    shown, plain = Example(), Example()
    shown.train(epochs=2)
    loss, optimizer = CrossEntropy(), SGD(0.1)
    for _ in range(2):
        order = plain.rng.permutation(100)
        for start in range(0, 100, 10):
            rows = order[start : start + 10]
            loss.forward(plain.network.forward(plain.x[rows]), plain.t[rows])
            plain.network.backward(loss.backward())
            optimizer.update(plain.network.parameters(), plain.network.gradients())
    for a, b in zip(shown.network.parameters(), plain.network.parameters(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_stop_button_keeps_network_and_history(example, capsys, monkeypatch):
    steps = []
    real = training.train_step

    def step(*args):
        steps.append(1)
        if len(steps) == 25:
            raise KeyboardInterrupt
        return real(*args)

    before = example.network.parameters()[0].copy()
    monkeypatch.setattr(training, "train_step", step)
    history = example.train(epochs=5)
    assert len(history["test_accuracy"]) == 2
    assert not np.array_equal(example.network.parameters()[0], before)
    assert "Stopped in epoch 3, after 24 steps. The network keeps" in capsys.readouterr().out


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_loss_that_is_no_number_ends_the_training(example, capsys):
    history = example.train(epochs=50, lr=1e200)
    assert len(history["train_loss"]) < 50
    assert "try a smaller learning rate" in capsys.readouterr().out


@pytest.mark.filterwarnings("error")
def test_a_loss_that_is_no_number_only_after_the_last_step(example, capsys):
    history = example.train(epochs=1, batch_size=100, lr=1e200)
    assert history["train_loss"] == []
    assert "the loss is no longer a number" in capsys.readouterr().out


def test_each_row_needs_its_label(example):
    with pytest.raises(ValueError, match="there are 100 rows and 120 labels"):
        training.evaluate(example.network, example.x[:100], example.t)
    with pytest.raises(ValueError, match="there are 0 rows and 0 labels"):
        training.accuracy(example.network, example.x[:0], example.t[:0])


def test_other_errors_are_not_swallowed(example, monkeypatch):
    def broken(*args):
        raise RuntimeError("broken")

    monkeypatch.setattr(training, "train_step", broken)
    with pytest.raises(RuntimeError, match="broken"):
        example.train()


def with_nan(example):
    example.x[7, 1] = np.nan


def with_short_labels(example):
    example.t = example.t[:90]


def with_unknown_label(example):
    example.t[3] = 2


def with_swapped_axes(example):
    example.x = example.x.T


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (with_nan, "x_train holds a value that is not a number .* row 7"),
        (with_short_labels, "There are 100 rows, so t_train must hold 100 labels"),
        (with_unknown_label, "labels go from 0 to 1, but t_train goes from 0 to 2"),
        (with_swapped_axes, "x_test is empty"),
    ],
)
def test_data_that_do_not_fit(example, spoil, message):
    spoil(example)
    before = [p.copy() for p in example.network.parameters()]
    with pytest.raises(ValueError, match=message):
        example.train()
    for was, now in zip(before, example.network.parameters(), strict=True):
        np.testing.assert_array_equal(was, now)


@pytest.mark.parametrize("wrong", [{"epochs": 0}, {"epochs": 1.5}, {"batch_size": 0}])
def test_epochs_and_batch_size_are_counts(example, wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} must be a whole number"):
        example.train(**wrong)
