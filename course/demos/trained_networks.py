"""The trained networks that come with the course, each loaded once."""

import functools

from helpers.folders import DATA
from helpers.saving import load_network

FILES = {"MLP": "trained_784_50_100_10.npz", "CNN": "trained_cnn.npz"}


@functools.cache
def network(name):
    """Return the trained network called "MLP" or "CNN"."""
    return load_network(DATA / FILES[name])
