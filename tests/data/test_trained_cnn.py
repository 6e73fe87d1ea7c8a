"""data/trained_cnn.npz: the network of lesson 09 as the course ships it."""

import os
from pathlib import Path

import numpy as np
import pytest

from helpers import datasets, mnist
from helpers.convolution import Convolution, Flatten, MaxPooling
from helpers.folders import DATA
from helpers.layers import Affine, ReLU
from helpers.saving import load_network, read_arrays
from helpers.training import accuracy

PATH = DATA / "trained_cnn.npz"
MNIST_DIR = Path(os.environ.get("MNIST_DIR", "bundled"))
MNIST_IS_THERE = all((MNIST_DIR / name).is_file() for name in mnist.FILES)


@pytest.fixture(scope="module")
def network():
    return load_network(PATH)


def test_its_layers_and_its_size(network):
    kinds = [Convolution, MaxPooling, ReLU, Flatten, Affine, ReLU, Affine]
    assert [type(layer) for layer in network.layers] == kinds
    assert [p.shape for p in network.parameters()[::2]] == [(25, 30), (4320, 100), (100, 10)]
    assert PATH.stat().st_size < 1_500_000
    assert {a.dtype.name for name, a in read_arrays(PATH).items() if name != "layers"} == {
        "float16"
    }
    assert {p.dtype for p in network.parameters()} == {np.dtype(np.float32)}


def test_it_reads_the_bundled_digits(network):
    _, _, x, t = datasets.digits()
    assert round(accuracy(network, x.reshape(-1, 28, 28, 1), t) * len(t)) == 289


@pytest.mark.mnist
@pytest.mark.skipif(not MNIST_IS_THERE, reason="needs the real MNIST: MNIST_DIR names its folder")
def test_it_reads_mnist(network):
    _, _, x, t = datasets.mnist()
    assert accuracy(network, x.reshape(-1, 28, 28, 1), t) > 0.991
