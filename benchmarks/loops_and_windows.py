"""How fast one matrix product of all windows is, compared with loops: the race of lesson 09.

    python benchmarks/loops_and_windows.py [--threads 1]

Both slide 30 filters of 5x5 pixels over 10 images of 28x28, in turn: once with the lesson's loops
over filters, images and places, once with `windows`, `as_columns` and `slide`. The figure is the
median ratio of 9 rounds, on one thread: loops cannot use more.
"""

import argparse
import statistics
from timeit import timeit

from common import set_threads

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--threads", type=int, default=1)
set_threads(parser.parse_args().threads)

import numpy as np  # noqa: E402  (after the number of threads is set)

from helpers.convolution import as_columns, slide, windows  # noqa: E402

rng = np.random.default_rng(0)
x, W, b = rng.random((10, 28, 28, 1)), rng.normal(size=(25, 30)), np.zeros(30)


def slide_by_hand(image, f):
    rows = image.shape[0] - len(f) + 1
    columns = image.shape[1] - len(f) + 1
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + len(f), j : j + len(f)]
            y[i, j] = np.sum(window * f)
    return y


def with_loops():
    y = np.zeros((10, 24, 24, 30))
    for n in range(10):
        for f in range(30):
            y[n, :, :, f] = slide_by_hand(x[n, :, :, 0], W[:, f].reshape(5, 5)) + b[f]
    return y


def with_windows():
    found = windows(x, 5)
    return slide(as_columns(found), W, b, found.shape[3:])


np.testing.assert_allclose(with_loops(), with_windows())
ratios = [timeit(with_loops, number=1) / (timeit(with_windows, number=20) / 20) for _ in range(9)]
print(f"one matrix product is {statistics.median(ratios):,.0f} times as fast as loops")
