"""How long slopes by trying take, compared with backpropagation: the network of lesson 06.

    python benchmarks/backpropagation.py

Both find the 10,503 slopes of the network 3-50-100-50-3 for one mini-batch of 5 colours, in turn:
by trying, that takes 2 forward passes for each of them; by backpropagation, one forward and one
backward. The figure is the median ratio of 7 rounds.
"""

import statistics
from timeit import timeit

import numpy as np

from helpers import datasets
from helpers.gradients import numerical_gradient
from helpers.layers import Affine, ReLU
from helpers.losses import CrossEntropy
from helpers.network import Network

rng = np.random.default_rng(0)
network = Network(
    Affine(3, 50, rng), ReLU(), Affine(50, 100, rng), ReLU(),
    Affine(100, 50, rng), ReLU(), Affine(50, 3, rng),
)  # fmt: skip
colors, loss = datasets.colors(), CrossEntropy()
x, t = colors.x_train[:5] / 255, colors.t_train[:5]


def value(_):
    return loss.forward(network.forward(x), t)


def by_trying():
    return [numerical_gradient(value, parameter) for parameter in network.parameters()]


def by_backpropagation():
    value(None)
    network.backward(loss.backward())
    return network.gradients()


for tried, came in zip(by_trying(), by_backpropagation(), strict=True):
    np.testing.assert_allclose(came, tried, atol=1e-7)
ratios = [
    timeit(by_trying, number=1) / (timeit(by_backpropagation, number=200) / 200) for _ in range(7)
]
count = sum(parameter.size for parameter in network.parameters())
print(f"{count:,} slopes: backpropagation is {statistics.median(ratios):,.0f} times as fast")
