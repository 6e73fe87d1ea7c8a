"""How long one epoch of lesson 07 takes: the course's NumPy, PyTorch, scikit-learn, side by side.

    python -m pip install scikit-learn torch==2.13.0     (for this script only)
    python benchmarks/mnist_training.py [--rounds 7] [--threads 2]

All train 784-50-100-10 with ReLU, plain SGD, batches of 100, float32, on the same 60,000 images
(real MNIST if it is there, else random pixels: the time does not depend on them). They take
turns, so that a machine that slows down slows all of them; figures are medians and their ratios.
An epoch is the training alone, without the evaluation after it. First comes the peak memory of a
Jupyter kernel that loads MNIST, trains for one epoch and draws the curves.
"""

import argparse
import os
import warnings

from common import epoch_of, images, in_turn, kernel_memory, print_ratios, set_threads

BATCH, LR, SIZES = 100, 0.1, (784, 50, 100, 10)
KERNEL = """
import matplotlib.pyplot as plt
import numpy as np
from helpers import datasets
from helpers.layers import Affine, ReLU
from helpers.network import Network
from helpers.optimizers import SGD
from helpers.training import train
data = datasets.mnist()
rng = np.random.default_rng(0)
network = Network(Affine(784, 50, rng, np.float32), ReLU(),
                  Affine(50, 100, rng, np.float32), ReLU(), Affine(100, 10, rng, np.float32))
train(network, *data, 1, 100, SGD(0.1), rng)
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    return parser.parse_args()


def course(x, t):
    """Return a function that trains one epoch with the course's helpers."""
    import numpy as np

    from helpers.layers import Affine, ReLU
    from helpers.network import Network
    from helpers.optimizers import SGD

    rng = np.random.default_rng(0)
    layers = []
    for inputs, outputs in zip(SIZES, SIZES[1:], strict=False):
        layers += [Affine(inputs, outputs, rng, np.float32), ReLU()]
    return epoch_of(Network(*layers[:-1]), SGD(LR), x, t, BATCH, rng)


def bare_products(x, t):
    """Return a function that does the matrix products of one epoch and nothing else.

    Forward, the slopes of the weights, and the slopes of the inputs of all layers but the first.
    """
    import numpy as np

    rng = np.random.default_rng(0)
    shapes = list(zip(SIZES, SIZES[1:], strict=False))
    weights = [rng.random(shape, dtype=np.float32) for shape in shapes]
    hidden = [rng.random((BATCH, size), dtype=np.float32) for size in SIZES[1:]]

    def epoch():
        for start in range(0, len(x), BATCH):
            inputs = [x[start : start + BATCH], *hidden[:-1]]
            for a, W, dy in zip(inputs, weights, hidden, strict=True):
                a @ W
                a.T @ dy
            for dy, W in zip(hidden[1:], weights[1:], strict=True):
                dy @ W.T

    return epoch


def pytorch(x, t, threads):
    """Return two functions that train one epoch: with indexed tensors, and with a DataLoader."""
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    x, t = torch.from_numpy(x), torch.from_numpy(t)
    layers = []
    for inputs, outputs in zip(SIZES, SIZES[1:], strict=False):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    network, loss = nn.Sequential(*layers[:-1]), nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(network.parameters(), lr=LR)
    dataset = torch.utils.data.TensorDataset(x, t)
    loader = torch.utils.data.DataLoader(dataset, BATCH, shuffle=True)

    def step(x, t):
        optimizer.zero_grad()
        loss(network(x), t).backward()
        optimizer.step()

    def indexed():
        for rows in torch.randperm(len(x)).split(BATCH):
            step(x[rows], t[rows])

    def loaded():
        for batch in loader:
            step(*batch)

    return indexed, loaded


def scikit_learn(x, t):
    """Return a function that trains one epoch with scikit-learn's MLPClassifier."""
    from sklearn.neural_network import MLPClassifier

    warnings.filterwarnings("ignore", module="sklearn")
    network = MLPClassifier(
        SIZES[1:-1],
        solver="sgd",
        alpha=0,
        batch_size=BATCH,
        learning_rate_init=LR,
        momentum=0,
        max_iter=1,
        warm_start=True,
        random_state=0,
    )
    return lambda: network.fit(x, t)


def main():
    options = arguments()
    set_threads(options.threads)
    memory = kernel_memory(KERNEL)
    print(f"peak memory of a kernel that trains: {memory or float('nan'):.0f} MB")
    x, t = images()
    indexed, loaded = pytorch(x, t, options.threads)
    contestants = {
        "this course (NumPy)": course(x, t),
        "bare matrix products (NumPy)": bare_products(x, t),
        "PyTorch, indexed tensors": indexed,
        "PyTorch, DataLoader": loaded,
        "scikit-learn MLPClassifier": scikit_learn(x, t),
    }
    seconds = in_turn(contestants, options.rounds)
    print(f"one epoch, {options.threads} threads, median of {options.rounds} rounds in turn")
    print_ratios(seconds, "this course (NumPy)")


if __name__ == "__main__":
    main()
