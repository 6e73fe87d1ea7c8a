"""What each layer of the trained CNN makes of a picture, as numbers."""

from typing import NamedTuple

import numpy as np

from course.demos.trained_networks import network
from helpers.losses import softmax


class Seen(NamedTuple):
    """A picture x (28, 28), and what comes out of the layers for it, in their order."""

    x: np.ndarray
    sums: np.ndarray  # (24, 24, 30), after the convolution
    pooled: np.ndarray  # (12, 12, 30)
    rectified: np.ndarray  # (12, 12, 30), after ReLU
    hundred: np.ndarray  # (100,), after an affine layer and ReLU
    scores: np.ndarray  # (10,)
    percents: np.ndarray  # (10,), the scores after softmax


def seen(picture):
    """Return what the layers make of a picture (28, 28), as `Seen`."""
    found, y = [], np.asarray(picture, np.float32).reshape(1, 28, 28, 1)
    for layer in network("CNN").layers:
        y = layer.forward(y)
        found.append(y[0])
    sums, pooled, rectified, _, _, hundred, scores = found
    return Seen(picture, sums, pooled, rectified, hundred, scores, 100 * softmax(y)[0])


def filters():
    """Return the thirty filters (5, 5, 30)."""
    return network("CNN").layers[0].W.reshape(5, 5, -1)


def votes(hundred, k):
    """Return what number k of the hundred adds to each of the ten scores: (10,)."""
    return hundred[k] * network("CNN").layers[-1].W[k]


def largest(numbers):
    """Return row and column of the largest number of a table, the first of several."""
    return tuple(int(place) for place in np.unravel_index(np.argmax(numbers), numbers.shape))


def tiles(maps, columns):
    """Return the maps (H, W, C) as one table, `columns` in a row, with gaps (nan) between them.

    Each number of a small map is repeated, so that the gaps stay narrow.
    """
    if len(maps) < 10:
        maps = maps.repeat(4, axis=0).repeat(4, axis=1)
    height, width, count = maps.shape
    rows = -(-count // columns)
    cells = np.full((rows * columns, height + 2, width + 2), np.nan, np.float32)
    cells[:count, 1:-1, 1:-1] = np.moveaxis(maps, -1, 0)
    cells = cells.reshape(rows, columns, height + 2, width + 2)
    return cells.transpose(0, 2, 1, 3).reshape(rows * (height + 2), columns * (width + 2))


def as_picture(given):
    """Return a picture (28, 28), float32 from 0 to 1, of an array or of what holds one.

    Raises ValueError if it is no such picture. Nothing (None) is empty paper.
    """
    if given is None:
        return np.zeros((28, 28), np.float32)
    try:
        picture = np.asarray(given, np.float32)
    except (TypeError, ValueError):
        picture = np.zeros(0)
    if picture.size != 784 or not np.isfinite(picture).all():
        raise ValueError(
            "inside takes a picture of 28 x 28 numbers from 0 to 1, "
            f"but it got {type(given).__name__} {getattr(given, 'shape', '')}."
        )
    return np.clip(picture.reshape(28, 28), 0, 1)
