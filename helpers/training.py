"""Training: forward, backward, update, again and again, and watching how it goes."""

import numpy as np

from helpers.checks import (
    check_array,
    check_count,
    check_finite,
    check_labels,
    check_made,
    check_same_length,
    check_same_width,
    check_table,
)
from helpers.losses import CrossEntropy, MeanSquaredError
from helpers.progress import Progress


def batches(n, batch_size, rng):
    """Return the numbers 0 to n - 1 in a new random order, in pieces of batch_size."""
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def train_step(network, x, t, loss, optimizer):
    """Forward, backward, update with the rows x (B, D) and their targets t.

    Return the loss before the update.
    """
    value = loss.forward(network.forward(x), t)
    network.backward(loss.backward())
    optimizer.update(network.parameters(), network.gradients())
    return value


def evaluate(network, x, t, criterion=None):
    """Return the mean loss and the accuracy (0 to 1) of the network on x (N, D), t (N,).

    criterion is the loss, CrossEntropy() unless given. If the targets are not labels, the accuracy
    is None. It takes 500 rows at a time, so that it needs little memory.
    """
    check_same_length(x, t)
    if criterion is not None and not has_labels(criterion, t):
        return mean_loss(network, x, t, criterion), None
    loss, right = 0, 0
    for start in range(0, len(x), 500):
        rows = slice(start, start + 500)
        y = network.forward(x[rows])
        loss += (criterion or CrossEntropy()).forward(y, t[rows]) * len(y)
        right += np.sum(np.argmax(y, axis=1) == t[rows])
    return loss / len(x), right / len(x)


def mean_loss(network, x, t, loss):
    """Return the mean loss of the network on x (N, D) with its targets t, 500 rows at a time."""
    total = 0
    for start in range(0, len(x), 500):
        rows = slice(start, start + 500)
        y = network.forward(x[rows])
        total += loss.forward(y, t[rows]) * len(y)
    return total / len(x)


def accuracy(network, x, t):
    """Return the share (0 to 1) of the rows of x (N, D) whose answer is the one in t (N,)."""
    return evaluate(network, x, t)[1]


def train(
    network, x_train, t_train, x_test, t_test, epochs, batch_size, optimizer, rng,
    loss=None, names=("training data", "test data"),
):  # fmt: skip
    """Train the network in mini-batches, show how it goes, and return the history.

    x_train (N, D) and x_test (M, D) hold one example in each row (or are images (N, H, W, C) and
    (M, H, W, C)), t_train (N,) and t_test (M,) the classes 0, 1, 2, ... An epoch shows every
    training example once, in a new random order drawn from rng, and ends with the loss and the
    accuracy on both whole sets. The table and the curves call the sets by their names; for
    validation data, names=("training data", "validation data").

    The loss is CrossEntropy() unless given. For MeanSquaredError(), t_train and t_test have the
    shape of the network's answers, (N, K) and (M, K), and there is no accuracy.

    The history is a dictionary of four lists with one number for each finished epoch:
    "train_loss", "train_accuracy", "test_loss", "test_accuracy"; without accuracy, of two.

    The stop button (KeyboardInterrupt) ends the training early, and so does a loss that is no
    longer a number: the network keeps what it has learnt, and the history so far is returned.
    Raises ValueError or TypeError if the data do not fit the network or one another.
    """
    loss = loss or CrossEntropy()
    check_data(network, x_train, t_train, x_test, t_test, loss)
    check_made("rule", optimizer, "update")
    check_count("epochs", epochs)
    check_count("batch_size", batch_size)
    with Progress(
        epochs, len(x_train) / batch_size, names=names, accuracy=has_labels(loss, t_train)
    ) as progress:
        for epoch in range(epochs):
            for rows in batches(len(x_train), batch_size, rng):
                x, t = x_train[rows], t_train[rows]
                value = train_step(network, x, t, loss, optimizer)
                progress.step(value)
            progress.epoch(
                evaluate(network, x_train, t_train, criterion=loss),
                evaluate(network, x_test, t_test, criterion=loss),
            )
    return progress.history


def has_labels(loss, t):
    """Return whether the targets are labels: our losses tell, and for any other the targets do."""
    if isinstance(loss, CrossEntropy | MeanSquaredError):
        return isinstance(loss, CrossEntropy)
    return np.ndim(t) == 1 and np.asarray(t).dtype.kind in "iu"


def check_data(network, x_train, t_train, x_test, t_test, loss):
    """Raise unless both sets are complete and fit the network; one row goes through it to test."""
    check_made("loss", loss, "forward", "backward")
    for name, x in ("x_train", x_train), ("x_test", x_test):
        check_table(name, x, images=True)
        check_finite(name, x)
    check_same_width(x_train, x_test)
    y = network.forward(x_train[:1])
    for name, x, t in ("t_train", x_train, t_train), ("t_test", x_test, t_test):
        if isinstance(loss, CrossEntropy) or (has_labels(loss, t) and y.size > 1):
            check_labels(t, len(x), y.size, name=name)
        else:
            check_targets(t, (len(x), *y.shape[1:]), name=name)


def check_targets(t, shape, name="t"):
    """Raise unless t is an array of real numbers of this shape, that of the answers."""
    check_array(name, t)
    if t.shape != shape:
        cure = ""
        if (*t.shape, 1) == shape:
            cure = f" Use {name}.reshape(-1, 1)."
        elif t.ndim == 1 and t.dtype.kind in "iu" and len(shape) == 2:
            cure = f" If it holds labels, use np.eye({shape[1]})[{name}]."
        raise ValueError(
            f"The network answers these {shape[0]} rows with an array of shape {shape}, so {name} "
            f"must have that shape, too. But its shape is {t.shape}.{cure}"
        )
    if t.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold numbers, but it holds {t.dtype}.")
    check_finite(name, t)
