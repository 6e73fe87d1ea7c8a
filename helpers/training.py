"""Training: forward, backward, update, again and again, and watching how it goes."""

import numpy as np

from helpers.checks import (
    check_count,
    check_finite,
    check_labels,
    check_same_length,
    check_same_width,
    check_table,
)
from helpers.losses import CrossEntropy
from helpers.progress import Progress


def batches(n, batch_size, rng):
    """Return the numbers 0 to n - 1 in a new random order, in pieces of batch_size."""
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def train_step(network, x, t, loss, optimizer):
    """Forward, backward, update with the rows x (B, D) and their classes t (B,).

    Return the loss before the update.
    """
    value = loss.forward(network.forward(x), t)
    network.backward(loss.backward())
    optimizer.update(network.parameters(), network.gradients())
    return value


def evaluate(network, x, t):
    """Return the mean loss and the accuracy (0 to 1) of the network on x (N, D), t (N,).

    500 rows at a time, so that it needs little memory.
    """
    check_same_length(x, t)
    loss, right = 0, 0
    for start in range(0, len(x), 500):
        rows = slice(start, start + 500)
        y = network.forward(x[rows])
        loss += CrossEntropy().forward(y, t[rows]) * len(y)
        right += np.sum(np.argmax(y, axis=1) == t[rows])
    return loss / len(x), right / len(x)


def accuracy(network, x, t):
    """Return the share (0 to 1) of the rows of x (N, D) whose answer is the one in t (N,)."""
    return evaluate(network, x, t)[1]


def train(network, x_train, t_train, x_test, t_test, epochs, batch_size, optimizer, rng):
    """Train the network in mini-batches, show how it goes, and return the history.

    x_train (N, D) and x_test (M, D) hold one example in each row (or are images (N, H, W, C) and
    (M, H, W, C)), t_train (N,) and t_test (M,) the classes 0, 1, 2, ... An epoch shows every
    training example once, in a new random order drawn from rng, and ends with the loss and the
    accuracy on all of both sets.

    The history is a dictionary of four lists with one number for each finished epoch:
    "train_loss", "train_accuracy", "test_loss", "test_accuracy".

    The stop button (KeyboardInterrupt) ends the training early: the network keeps what it has
    learnt, and the history so far is returned. So does a loss that is no longer a number.
    Raises ValueError or TypeError if the data do not fit the network or one another.
    """
    check_data(network, x_train, t_train, x_test, t_test)
    check_count("epochs", epochs)
    check_count("batch_size", batch_size)
    loss = CrossEntropy()
    with Progress(epochs, len(x_train) / batch_size) as progress:
        for epoch in range(epochs):
            for rows in batches(len(x_train), batch_size, rng):
                x, t = x_train[rows], t_train[rows]
                value = train_step(network, x, t, loss, optimizer)
                progress.step(value)
            progress.epoch(
                evaluate(network, x_train, t_train),
                evaluate(network, x_test, t_test),
            )
    return progress.history


def check_data(network, x_train, t_train, x_test, t_test):
    """Raise unless both sets are whole and fit the network; one row goes through it to see."""
    for name, x in ("x_train", x_train), ("x_test", x_test):
        check_table(name, x, images=True)
        check_finite(name, x)
    check_same_width(x_train, x_test)
    classes = network.forward(x_train[:1]).shape[1]
    check_labels(t_train, len(x_train), classes, name="t_train")
    check_labels(t_test, len(x_test), classes, name="t_test")
