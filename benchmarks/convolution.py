"""How long one epoch of lesson 09's network takes: the course's NumPy and PyTorch, side by side.

    python -m pip install torch==2.13.0     (for this script only)
    python benchmarks/convolution.py [--rounds 5] [--threads 2]

All train 30 filters 5x5, 2x2 max pooling, ReLU, 100, 10, with Adam, batches of 100, float32, on
the same 60,000 images (real MNIST if it is there, else random pixels: the time does not depend on
them). They take turns, epoch by epoch; figures are medians and their ratios. "ReLU, then pooling"
is the same network with these two layers in the other order, which gives the same answers.
An epoch is the training alone, without the evaluation after it. First comes the peak memory of a
Jupyter kernel that loads MNIST, trains for one epoch and draws the curves.
"""

import argparse
import os

from common import epoch_of, images, in_turn, kernel_memory, print_ratios, set_threads

BATCH, FILTERS, SIZE, HIDDEN, CLASSES = 100, 30, 5, 100, 10
PLACES = (28 - SIZE + 1) ** 2  # of a filter in an image
POOLED = FILTERS * PLACES // 4
KERNEL = """
import matplotlib.pyplot as plt
import numpy as np
from helpers import datasets
from helpers.convolution import Convolution, Flatten, MaxPooling
from helpers.layers import Affine, ReLU
from helpers.network import Network
from helpers.optimizers import Adam
from helpers.training import train
x_train, t_train, x_test, t_test = datasets.mnist()
x_train, x_test = (x.reshape(-1, 28, 28, 1) for x in (x_train, x_test))
rng = np.random.default_rng(0)
network = Network(Convolution(1, 30, 5, rng, dtype=np.float32), MaxPooling(2), ReLU(), Flatten(),
                  Affine(4320, 100, rng, np.float32), ReLU(), Affine(100, 10, rng, np.float32))
train(network, x_train, t_train, x_test, t_test, 1, 100, Adam(), rng)
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    return parser.parse_args()


def course(x, t, pooling_first):
    """Return a function that trains one epoch with the course's helpers."""
    import numpy as np

    from helpers.convolution import Convolution, Flatten, MaxPooling
    from helpers.layers import Affine, ReLU
    from helpers.network import Network
    from helpers.optimizers import Adam

    rng = np.random.default_rng(0)
    middle = [MaxPooling(2), ReLU()] if pooling_first else [ReLU(), MaxPooling(2)]
    network = Network(
        Convolution(1, FILTERS, SIZE, rng, dtype=np.float32), *middle, Flatten(),
        Affine(POOLED, HIDDEN, rng, np.float32), ReLU(), Affine(HIDDEN, CLASSES, rng, np.float32),
    )  # fmt: skip
    x = x.reshape(-1, 28, 28, 1)
    network.forward(x[:500])  # as each evaluation does: later steps use this memory again
    return epoch_of(network, Adam(), x, t, BATCH, rng)


def pytorch(x, t, pooling_first):
    """Return a function that trains one epoch with PyTorch, on indexed tensors in memory."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    x, t = torch.from_numpy(x.reshape(-1, 1, 28, 28)), torch.from_numpy(t)
    middle = [nn.MaxPool2d(2), nn.ReLU()] if pooling_first else [nn.ReLU(), nn.MaxPool2d(2)]
    network = nn.Sequential(
        nn.Conv2d(1, FILTERS, SIZE), *middle, nn.Flatten(),
        nn.Linear(POOLED, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CLASSES),
    )  # fmt: skip
    loss, optimizer = nn.CrossEntropyLoss(), torch.optim.Adam(network.parameters())

    def epoch():
        for rows in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            loss(network(x[rows]), t[rows]).backward()
            optimizer.step()

    return epoch


def bare_products(n):
    """Return a function that does the matrix products of one epoch and nothing else.

    Forward, the slopes of the weights, and the slopes of the inputs of all layers but the first.
    All windows of the images are the rows of one matrix.
    """
    import numpy as np

    rng = np.random.default_rng(0)
    sizes = [(BATCH * PLACES, SIZE**2, FILTERS), (BATCH, POOLED, HIDDEN), (BATCH, HIDDEN, CLASSES)]
    arrays = [
        [rng.random(shape, dtype=np.float32) for shape in ((rows, k), (k, m), (rows, m))]
        for rows, k, m in sizes
    ]

    def epoch():
        for _ in range(n // BATCH):
            for layer, (x, W, dy) in enumerate(arrays):
                x @ W
                x.T @ dy
                if layer:
                    dy @ W.T

    return epoch


def main():
    options = arguments()
    set_threads(options.threads)
    memory = kernel_memory(KERNEL)
    print(f"peak memory of a kernel that trains: {memory or float('nan'):.0f} MB")
    import torch

    torch.set_num_threads(options.threads)
    x, t = images()
    contestants = {
        "this course (NumPy)": course(x, t, pooling_first=True),
        "bare matrix products (NumPy)": bare_products(len(x)),
        "PyTorch": pytorch(x, t, pooling_first=True),
        "this course, ReLU, then pooling": course(x, t, pooling_first=False),
        "PyTorch, ReLU, then pooling": pytorch(x, t, pooling_first=False),
    }
    seconds = in_turn(contestants, options.rounds)
    print(f"one epoch, {options.threads} threads, median of {options.rounds} rounds in turn")
    print_ratios(seconds, "this course (NumPy)")
    a, b = (seconds[f"{name}, ReLU, then pooling"] for name in ("this course", "PyTorch"))
    print(f"ReLU, then pooling: this course / PyTorch {sum(a) / sum(b):.2f}")


if __name__ == "__main__":
    main()
