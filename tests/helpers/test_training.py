"""Training: what it does to a network, what it shows, and what happens when it is stopped."""

import numpy as np
import pytest

from helpers import training
from helpers.gradients import numerical_gradient
from helpers.layers import Affine, ReLU, Tanh
from helpers.losses import CrossEntropy, MeanSquaredError
from helpers.network import Network
from helpers.optimizers import SGD, Adam


class Example:
    """Two clouds of points, a small network, and what `train` needs for them."""

    def __init__(self):
        self.rng = np.random.default_rng(0)
        self.t = self.rng.integers(0, 2, 120)
        self.x = self.rng.normal(size=(120, 2)) + 3 * self.t[:, np.newaxis]
        self.network = Network(Affine(2, 4, self.rng), ReLU(), Affine(4, 2, self.rng))

    def train(self, epochs=3, batch_size=10, lr=0.1, **others):
        return training.train(
            self.network,
            self.x[:100],
            self.t[:100],
            self.x[100:],
            self.t[100:],
            epochs=epochs,
            batch_size=batch_size,
            **{"optimizer": SGD(lr), "rng": self.rng, **others},
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
    assert history["test_accuracy"][-1] > 0.7
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


def test_the_sets_are_called_by_their_names(example, capsys):
    history = example.train(epochs=2, names=("training data", "validation data"))
    assert list(history) == ["train_loss", "train_accuracy", "test_loss", "test_accuracy"]
    assert capsys.readouterr().out.splitlines()[:2] == [
        "          training data   validation data",
        "epoch    loss  accuracy    loss  accuracy",
    ]


def test_long_names_stand_above_their_columns(example, capsys):
    example.train(epochs=1, names=("the pictures of last year", "new"))
    title, heading, row = capsys.readouterr().out.splitlines()
    assert len(title) == len(heading) == len(row)
    assert heading.index("accuracy") + len("accuracy") == title.index("year") + len("year")


@pytest.mark.parametrize("names", ["ab", ("one",), ("one", "two", "three"), (1, 2)])
def test_names_are_two_texts(example, names):
    with pytest.raises(ValueError, match="names must be two texts, one for each set of data, not"):
        example.train(names=names)


# Other losses


class Regression:
    """One number to foretell from two others, and a small network for it."""

    def __init__(self):
        self.rng = np.random.default_rng(0)
        self.x = self.rng.normal(size=(80, 2))
        self.t = self.x @ np.array([[2.0], [-1.0]]) + 0.5 * self.x[:, :1] ** 2
        self.network = Network(Affine(2, 8, self.rng), Tanh(), Affine(8, 1, self.rng))

    def train(self, epochs=100, loss=None, **others):
        return training.train(
            self.network, self.x[:60], self.t[:60], self.x[60:], self.t[60:], epochs, 10,
            Adam(0.01), self.rng, loss=loss or MeanSquaredError(), **others,
        )  # fmt: skip


@pytest.fixture
def regression():
    return Regression()


def test_a_regression_learns_and_has_no_accuracy(regression, capsys):
    before = training.evaluate(regression.network, regression.x[60:], regression.t[60:],
                               MeanSquaredError())  # fmt: skip
    history = regression.train(names=("training data", "validation data"))
    assert list(history) == ["train_loss", "test_loss"]
    assert [len(values) for values in history.values()] == [100, 100]
    assert before[1] is None
    assert history["test_loss"][-1] < 0.2 * before[0]
    y = regression.network.forward(regression.x[60:])
    expected = np.mean((y - regression.t[60:]) ** 2) / 2
    assert history["test_loss"][-1] == pytest.approx(expected)
    title, heading, row, *_ = capsys.readouterr().out.splitlines()
    assert title == "       training data  validation data"
    assert heading == "epoch           loss             loss"
    assert row == f"    1{history['train_loss'][0]:15.4g}{history['test_loss'][0]:17.4g}"


def test_a_step_of_a_regression_goes_down_the_slope(regression):
    network, x, t = regression.network, regression.x[:7], regression.t[:7]
    loss = MeanSquaredError()

    def value(_):
        return loss.forward(network.forward(x), t)

    slopes = [numerical_gradient(value, parameter) for parameter in network.parameters()]
    before = [parameter.copy() for parameter in network.parameters()]
    training.train_step(network, x, t, loss, SGD(0.1))
    for was, now, slope in zip(before, network.parameters(), slopes, strict=True):
        np.testing.assert_allclose(now, was - 0.1 * slope, atol=1e-9)


def test_evaluate_with_another_loss_in_pieces_is_at_once():
    rng = np.random.default_rng(0)
    network = Network(Affine(3, 2, rng))
    x, t = rng.normal(size=(1203, 3)), rng.normal(size=(1203, 2))
    loss, accuracy = training.evaluate(network, x, t, MeanSquaredError())
    assert loss == pytest.approx(MeanSquaredError().forward(network.forward(x), t))
    assert accuracy is None


class Doubled:
    """A learner's own loss for labels."""

    def forward(self, x, t):
        self.inside = CrossEntropy()
        return 2 * self.inside.forward(x, t)

    def backward(self):
        return 2 * self.inside.backward()


def test_a_loss_of_the_learner_with_labels_has_an_accuracy(example):
    plain = Example()
    history = example.train(loss=Doubled(), lr=0.05)
    expected = plain.train(lr=0.1)
    assert list(history) == list(expected)
    np.testing.assert_allclose(history["test_loss"], 2 * np.array(expected["test_loss"]))
    assert history["test_accuracy"] == expected["test_accuracy"]


def test_a_regression_that_is_stopped_at_once_has_an_empty_history(regression, monkeypatch):
    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "train_step", stop)
    assert regression.train() == {"train_loss": [], "test_loss": []}


def without_a_column(r):
    r.t = r.t.ravel()


def with_whole_numbers(r):
    r.t = np.arange(80)


def with_a_gap(r):
    r.t[3] = np.nan


def with_words(r):
    r.t = r.t.astype(str)


def with_a_list(r):
    r.t = r.t.tolist()


COLUMN = (
    r"The network answers these 60 rows with an array of shape \(60, 1\), so t_train must have "
    r"that shape, too. But its shape is \(60,\). Use t_train.reshape\(-1, 1\)."
)


@pytest.mark.parametrize("loss", [MeanSquaredError(), Doubled()])
@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        (without_a_column, ValueError, COLUMN),
        (with_whole_numbers, ValueError, COLUMN),
        (with_a_gap, ValueError, "t_train holds a value that is not a number .* row 3"),
        (with_words, TypeError, "t_train must hold numbers, but it holds <U"),
        (with_a_list, TypeError, "t_train must be a NumPy array, but it is a list"),
    ],
)
def test_targets_that_do_not_fit(regression, loss, spoil, error, message, capsys):
    spoil(regression)
    with pytest.raises(error, match=message):
        regression.train(loss=loss)
    assert capsys.readouterr().out == "", "nothing may have begun"


def test_labels_for_a_loss_that_takes_none(example):
    with pytest.raises(ValueError, match=r"If it holds labels, use np.eye\(2\)\[t_train\]"):
        example.train(loss=MeanSquaredError())
    example.t = np.eye(2)[example.t]
    history = example.train(epochs=20, lr=0.01, loss=MeanSquaredError())
    assert history["test_loss"][-1] < history["test_loss"][0]
    with pytest.raises(ValueError, match=r"use t_train.argmax\(axis=1\)"):
        example.train()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"loss": MeanSquaredError}, r"MeanSquaredError is a class. Write MeanSquaredError\(...\)"),
        ({"loss": "mse"}, "Here a loss is needed that has forward, but a str has none"),
        ({"optimizer": SGD}, r"SGD is a class. Write SGD\(...\), with brackets, to make a rule"),
        ({"optimizer": 0.1}, "Here a rule is needed that has update, but a float has none"),
    ],
)
def test_a_loss_and_a_rule_are_made_first(example, wrong, message):
    with pytest.raises(TypeError, match=message):
        example.train(**wrong)
