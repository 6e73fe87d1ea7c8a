"""Draw color_map.png: all hues from dark to light, and what the network of lesson 06 calls them.

The network is trained here as in the lesson: the same seed, the same steps.
"""

from pathlib import Path

import numpy as np

from helpers import datasets
from helpers.layers import Affine, ReLU
from helpers.losses import CrossEntropy
from helpers.network import Network
from helpers.optimizers import SGD
from helpers.plots import color_charts
from helpers.training import batches, train_step

colors = datasets.colors()
rng = np.random.default_rng(1)
network = Network(
    Affine(3, 50, rng), ReLU(), Affine(50, 100, rng), ReLU(),
    Affine(100, 50, rng), ReLU(), Affine(50, 3, rng),
)  # fmt: skip
loss, optimizer = CrossEntropy(), SGD(lr=0.01)
for epoch in range(20):
    for rows in batches(len(colors.x_train), 5, rng):
        train_step(network, colors.x_train[rows] / 255, colors.t_train[rows], loss, optimizer)


def classify(x):
    return np.argmax(network.forward(x / 255), axis=1)


figure = color_charts.answer_map(classify)
for axes in figure.axes:
    axes.set_title("")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
