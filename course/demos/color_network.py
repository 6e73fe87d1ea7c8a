"""The network of lesson 06 while it learns what colours are called, and the survey's colours."""

import copy
import functools
from typing import NamedTuple

import numpy as np

from helpers import datasets
from helpers.layers import Affine, ReLU
from helpers.losses import CrossEntropy, softmax
from helpers.network import Network
from helpers.optimizers import SGD
from helpers.plots import color_charts
from helpers.training import batches, train_step

EPOCHS, BATCH, RATE, SEED = 20, 5, 0.01, 1  # as in the lesson
RUDE = "barf booger poop puke shit snot vomit".split()  # people typed what they liked


class Epoch(NamedTuple):
    """The network after an epoch: on the 240 colours, on the 78 new ones, and on a map."""

    network: Network
    loss: float
    right: int
    new_loss: float
    new_right: int
    scores: np.ndarray  # (51, 91, 3), at the places of color_charts.grid(91, 51)


class Named(NamedTuple):
    """Colours of the survey: x (N, 3), N names, and whether the network learns from them."""

    x: np.ndarray
    names: list[str]
    learnt: np.ndarray


def build(rng):
    """Return the network of the lesson, before it has learnt."""
    return Network(
        Affine(3, 50, rng), ReLU(), Affine(50, 100, rng), ReLU(), Affine(100, 50, rng), ReLU(),
        Affine(50, 3, rng),
    )  # fmt: skip


@functools.cache
def data():
    """Return x and t of the 240 colours to learn from, then x and t of the 78 new ones."""
    colors = datasets.colors()
    x_new = np.concatenate([colors.x_test, colors.x_more])
    return colors.x_train, colors.t_train, x_new, np.concatenate([colors.t_test, colors.t_more])


@functools.cache
def learning():
    """Train as the lesson does; return an `Epoch` for before, and one after each epoch."""
    rng = np.random.default_rng(SEED)
    network, loss, optimizer = build(rng), CrossEntropy(), SGD(RATE)
    x, t = data()[0] / 255, data()[1]
    epochs = [look_at(network)]
    for _ in range(EPOCHS):
        for rows in batches(len(x), BATCH, rng):
            train_step(network, x[rows], t[rows], loss, optimizer)
        epochs.append(look_at(network))
    return epochs


def look_at(network):
    """Return the `Epoch` of a network: a copy of it, and how good it is."""
    network = copy.deepcopy(network)
    numbers = []
    for x, t in (data()[:2], data()[2:]):
        y = network.forward(x / 255)
        numbers += [CrossEntropy().forward(y, t), int(np.sum(np.argmax(y, axis=1) == t))]
    x = color_charts.colors(*color_charts.grid(91, 51))
    return Epoch(network, *numbers, network.forward(x.reshape(-1, 3) / 255).reshape(x.shape))


@functools.cache
def named():
    """Return the survey's colours as `Named`, except the ten whose names are rude."""
    colors = datasets.colors()
    x = np.concatenate([colors.x_train, colors.x_test, colors.x_more])
    names = colors.names_train + colors.names_test + colors.names_more
    fine = np.array([not set(RUDE) & set(name.split()) for name in names])
    learnt = np.arange(len(x)) < len(colors.x_train)
    return Named(x[fine], [name for name, is_fine in zip(names, fine, strict=True) if is_fine],
                 learnt[fine])  # fmt: skip


def nearest(color, count=3):
    """Return the names of the nearest colours of the survey, their amounts (count, 3), distances.

    The distance is the square root of the sum of the squared differences of the three amounts.
    """
    x, names, _ = named()
    away = np.sqrt(np.sum((x - np.asarray(color)) ** 2, axis=1))
    order = np.argsort(away, kind="stable")[:count]
    return [names[i] for i in order], x[order], away[order]


def probabilities(network, x):
    """Return what a network answers for colours x (N, 3), 0 to 255: probabilities (N, 3)."""
    return softmax(network.forward(np.asarray(x) / 255))


def variations(color):
    """Return the colours (3, 256, 3) that result if one of its amounts goes from 0 to 255."""
    x = np.tile(np.asarray(color), (3, 256, 1))
    for amount in range(3):
        x[amount, :, amount] = np.arange(256)
    return x


def next_change(color, answers):
    """Return which amount (0, 1, 2), changed least, changes the answer, and to what value.

    answers (3, 256) are those for `variations(color)`. If no amount alone does it, return None.
    """
    now = answers[0, color[0]]
    found = [(abs(value - color[a]), a, value) for a, value in np.argwhere(answers != now)]
    return tuple(map(int, min(found)[1:])) if found else None
