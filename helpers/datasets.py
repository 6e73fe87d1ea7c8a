"""The data of the lessons, ready as NumPy arrays: one row for each example."""

import csv
import gzip
import io
from typing import NamedTuple

import numpy as np

from helpers.folders import DATA
from helpers.mnist import find as find_mnist

COLOR_LABELS = ("red", "green", "blue")


def heights_and_weights():
    """Return five people as an array (5, 2): the height in cm and the weight in kg."""
    return np.array([[166, 58.7], [176, 75.7], [171, 62.1], [173, 70.4], [169, 60.1]])


class Colors(NamedTuple):
    """Colours in three parts: 240 to train, 20 to test, and 58 more.

    Each part has x (N, 3), the amounts of red, green and blue from 0 to 255; t (N,), the label
    0 for red, 1 for green, 2 for blue; and a list of N names.
    """

    x_train: np.ndarray
    t_train: np.ndarray
    names_train: list[str]
    x_test: np.ndarray
    t_test: np.ndarray
    names_test: list[str]
    x_more: np.ndarray
    t_more: np.ndarray
    names_more: list[str]


def colors():
    """Return the 318 colours whose names end in red, green or blue, as `Colors`.

    Source: data/colors.csv, from the xkcd color survey (Randall Munroe, 2010), in which
    visitors to a website named the colours they saw. Integers are int64.
    """
    with (DATA / "colors.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    train, test, more = (color_part(table, part) for part in ("train", "test", "more"))
    return Colors(*train, *test, *more)


def color_part(table, part):
    """Return x (N, 3), t (N,) and the N names of one part of the table."""
    rows = [row for row in table if row["part"] == part]
    x = np.array([[row["red"], row["green"], row["blue"]] for row in rows]).astype(np.int64)
    t = np.array([COLOR_LABELS.index(row["label"]) for row in rows], dtype=np.int64)
    return x, t, [row["name"] for row in rows]


def digits():
    """Return x_train (1500, 784), t_train (1500,), x_test (297, 784), t_test (297,).

    Each row of x is a handwritten digit of 28x28 pixels, float32 from 0 (paper) to 1 (ink);
    t says which digit it is, int64 from 0 to 9.

    Source: data/digits.npz, from "Optical Recognition of Handwritten Digits" (Alpaydin and
    Kaynak, UCI, 1998), drawn in the manner of MNIST by tools/make_data.py.
    """
    with np.load(DATA / "digits.npz") as file:
        return (
            file["x_train"].astype(np.float32) / 255,
            file["t_train"].astype(np.int64),
            file["x_test"].astype(np.float32) / 255,
            file["t_test"].astype(np.int64),
        )


def mnist():
    """Return x_train (60000, 784), t_train (60000,), x_test (10000, 784), t_test (10000,).

    The arrays are like those of `digits`. If MNIST is not available, they are those of `digits`,
    and a printed line says so. MNIST is downloaded once; see data/README.md.

    Source: MNIST (LeCun, Cortes and Burges, 1998).
    """
    files = find_mnist()
    if files is None:
        return digits()
    return (
        read_images(files["train-images-idx3-ubyte.gz"]),
        read_labels(files["train-labels-idx1-ubyte.gz"]),
        read_images(files["t10k-images-idx3-ubyte.gz"]),
        read_labels(files["t10k-labels-idx1-ubyte.gz"]),
    )


def read_images(packed):
    """Return the images in a gzipped IDX file as an array (N, height * width), float32, 0 to 1.

    It goes row by row, so that there is never a second copy of them all in memory.
    """
    with gzip.open(io.BytesIO(packed), "rb") as file:
        _, count, height, width = np.frombuffer(file.read(16), dtype=">i4")
        x = np.empty((count, height * width), dtype=np.float32)
        for row in x:
            row[:] = np.frombuffer(file.read(height * width), dtype=np.uint8)
    x /= 255
    return x


def read_labels(packed):
    """Return the labels in a gzipped IDX file as an array (N,), int64."""
    return np.frombuffer(gzip.decompress(packed), dtype=np.uint8, offset=8).astype(np.int64)
