"""Train the networks of data/ that read digits.

    MNIST_DIR=... python tools/train_network.py trained_784_50_100_10
    MNIST_DIR=... python tools/train_network.py trained_cnn

They learn from the 60,000 images of MNIST and from the bundled training digits, so that they read
both kinds of handwriting; in every epoch, each image is shifted afresh by up to one pixel. The
script ends with an error if the result falls short of what the course promises. The same seed
gives the same network on the same machine; on another one, the last digits of the weights may
differ.
"""

import sys

import numpy as np

from helpers import datasets
from helpers.convolution import Convolution, Flatten, MaxPooling
from helpers.folders import DATA
from helpers.layers import Affine, ReLU, Sigmoid
from helpers.losses import CrossEntropy
from helpers.network import Network
from helpers.optimizers import Adam, LinearDecay
from helpers.saving import save_network
from helpers.training import accuracy, batches, train_step

BATCH, REPEATS = 100, 20


def layers_784_50_100_10(rng):
    """Return the layers of the network that lessons 00 and 04 read digits with."""
    return (
        Affine(784, 50, rng, np.float32), Sigmoid(),
        Affine(50, 100, rng, np.float32), Sigmoid(),
        Affine(100, 10, rng, np.float32),
    )  # fmt: skip


def layers_cnn(rng):
    """Return the layers of lesson 09's network."""
    return (
        Convolution(1, 30, 5, rng, dtype=np.float32), MaxPooling(2), ReLU(), Flatten(),
        Affine(4320, 100, rng, np.float32), ReLU(),
        Affine(100, 10, rng, np.float32),
    )  # fmt: skip


# What to train: the layers, the shape of an example, epochs, the first learning rate, the kind of
# number in the file, and the accuracies that the course promises for MNIST and the bundled digits.
NETWORKS = {
    "trained_784_50_100_10": (layers_784_50_100_10, (784,), 60, 0.003, np.float32, (0.975, 0.95)),
    "trained_cnn": (layers_cnn, (28, 28, 1), 8, 0.003, np.float16, (0.99, 0.96)),
}


def shifted(x, rng):
    """Return the images x (N, 784), all moved by the same 0 or 1 pixel in each direction."""
    down, right = rng.integers(-1, 2, 2)
    return np.roll(x.reshape(-1, 28, 28), (down, right), axis=(1, 2)).reshape(x.shape)


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in NETWORKS:
        raise SystemExit(f"Say which one: {', '.join(NETWORKS)}")
    name = sys.argv[1]
    layers, shape, epochs, lr, dtype, promised = NETWORKS[name]
    x_mnist, t_mnist, x_test, t_test = datasets.mnist()
    if len(x_mnist) != 60000:
        raise SystemExit("The real MNIST is needed: let MNIST_DIR name its folder.")
    x_digits, t_digits, x_bundled, t_bundled = datasets.digits()
    x = np.concatenate([x_mnist, *[x_digits] * REPEATS])
    t = np.concatenate([t_mnist, *[t_digits] * REPEATS])
    x_test, x_bundled = (array.reshape(-1, *shape) for array in (x_test, x_bundled))

    rng = np.random.default_rng(0)
    network = Network(*layers(rng))
    optimizer, loss = LinearDecay(Adam(lr), epochs * len(x) // BATCH), CrossEntropy()
    for epoch in range(epochs):
        for rows in batches(len(x), BATCH, rng):
            images = shifted(x[rows], rng).reshape(-1, *shape)
            train_step(network, images, t[rows], loss, optimizer)
        scores = accuracy(network, x_test, t_test), accuracy(network, x_bundled, t_bundled)
        print(f"epoch {epoch + 1:2d}: MNIST {scores[0]:.2%}, bundled {scores[1]:.2%}", flush=True)

    if scores[0] < promised[0] or scores[1] < promised[1]:
        raise SystemExit(f"That is less than the {promised} that are promised.")
    for layer in network.layers:
        if hasattr(layer, "W"):
            layer.W, layer.b = layer.W.astype(dtype), layer.b.astype(dtype)
    path = DATA / f"{name}.npz"
    path.unlink(missing_ok=True)
    save_network(network, path)


if __name__ == "__main__":
    main()
