"""Train data/trained_784_50_100_10.npz, the network that lessons 00 and 04 read digits with.

    MNIST_DIR=... python tools/train_network.py

It learns from the 60,000 images of MNIST and from the bundled training digits, so that it reads
both hands, each image shifted anew by up to one pixel in every epoch. The script ends with an
error if the result falls short of what the course promises. The same seed gives the same
network on the same machine; on another one, the last digits of the weights may differ.
"""

import numpy as np

from helpers import datasets
from helpers.folders import DATA
from helpers.layers import Affine, Sigmoid
from helpers.losses import CrossEntropy
from helpers.network import Network
from helpers.optimizers import Adam
from helpers.saving import save_network
from helpers.training import accuracy, batches, train_step

EPOCHS, BATCH, REPEATS = 60, 100, 20
PROMISED = {"MNIST test images": 0.975, "bundled test digits": 0.95}


def shifted(x, rng):
    """Return the images x (N, 784), all moved by the same 0 or 1 pixel in each direction."""
    down, right = rng.integers(-1, 2, 2)
    return np.roll(x.reshape(-1, 28, 28), (down, right), axis=(1, 2)).reshape(x.shape)


def main():
    x_mnist, t_mnist, x_test, t_test = datasets.mnist()
    if len(x_mnist) != 60000:
        raise SystemExit("The real MNIST is needed: let MNIST_DIR name its folder.")
    x_digits, t_digits, x_bundled, t_bundled = datasets.digits()
    x = np.concatenate([x_mnist, *[x_digits] * REPEATS])
    t = np.concatenate([t_mnist, *[t_digits] * REPEATS])

    rng = np.random.default_rng(0)
    network = Network(
        Affine(784, 50, rng, np.float32), Sigmoid(),
        Affine(50, 100, rng, np.float32), Sigmoid(),
        Affine(100, 10, rng, np.float32),
    )  # fmt: skip
    optimizer, loss = Adam(), CrossEntropy()
    for epoch in range(EPOCHS):
        optimizer.lr = 0.003 * (1 - epoch / EPOCHS)
        for rows in batches(len(x), BATCH, rng):
            train_step(network, shifted(x[rows], rng), t[rows], loss, optimizer)
        scores = accuracy(network, x_test, t_test), accuracy(network, x_bundled, t_bundled)
        print(f"epoch {epoch + 1:2d}: MNIST {scores[0]:.2%}, bundled {scores[1]:.2%}", flush=True)

    for (name, promised), score in zip(PROMISED.items(), scores, strict=True):
        if score < promised:
            raise SystemExit(f"{name}: {score:.2%}, but {promised:.1%} is promised.")
    path = DATA / "trained_784_50_100_10.npz"
    path.unlink(missing_ok=True)
    save_network(network, path)


if __name__ == "__main__":
    main()
