"""A file for what a network has learnt: numbers and names only, checked when they are read."""

import zipfile

import numpy as np

from helpers.folders import new_path
from helpers.layers import Affine, ReLU, Sigmoid, Tanh
from helpers.network import Network

ACTIVATIONS = {"ReLU": ReLU, "Sigmoid": Sigmoid, "Tanh": Tanh}


def save_network(network, path):
    """Write the network to an .npz file and return the file's path.

    The file holds "layers", the names of the layers in order, and W1, b1, W2, b2, ... of those
    that learn. Nothing is overwritten: if the name is taken, name_2 is used, then name_3.
    """
    names = [type(layer).__name__ for layer in network.layers]
    for name in names:
        if name != "Affine" and name not in ACTIVATIONS:
            raise ValueError(f"{name} is a layer of your own: `load_network` would not know it.")
    arrays = {}
    for i, parameter in enumerate(network.parameters()):
        arrays[f"{'Wb'[i % 2]}{i // 2 + 1}"] = parameter
    path = new_path(path)
    np.savez(path, layers=np.array(names), **arrays)
    return path


def load_network(path):
    """Return the network that `save_network` wrote to path.

    Nothing in the file is executed (allow_pickle=False), so that a file from someone else can
    do no harm. Raises ValueError if it is damaged or is not such a network.
    """
    arrays = read_arrays(path)
    affine = 0
    layers = []
    for name in arrays["layers"].tolist():
        if name == "Affine":
            affine += 1
            layers.append(affine_from(arrays.get(f"W{affine}"), arrays.get(f"b{affine}"), path))
        elif name in ACTIVATIONS:
            layers.append(ACTIVATIONS[name]())
        else:
            raise ValueError(f"{path} holds a layer {name!r} that this course does not know.")
    check_chain([layer for layer in layers if isinstance(layer, Affine)], path)
    return Network(*layers)


def read_arrays(path):
    """Return the arrays of an .npz file by name; raise ValueError if it is not one of ours."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise
    except (OSError, ValueError, EOFError, AttributeError, TypeError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"{path} cannot be read as a saved network: it is damaged, or it is something else."
        ) from error
    layers = arrays.get("layers")
    if layers is None or layers.ndim != 1 or layers.dtype.kind != "U":
        raise ValueError(f"{path} is no network of this course: it holds no list of layers.")
    return arrays


def affine_from(W, b, path):
    """Return an Affine layer with the weights W (D, H) and the biases b (H,)."""
    if W is None or b is None:
        raise ValueError(f"{path} lacks the weights or the biases of a layer.")
    if W.ndim != 2 or b.shape != W.shape[1:] or W.dtype.kind != "f" or b.dtype != W.dtype:
        raise ValueError(
            f"{path}: weights are a table (D, H) and biases a row (H,) of decimal numbers, "
            f"but here are {W.dtype} {W.shape} and {b.dtype} {b.shape}."
        )
    if not (np.isfinite(W).all() and np.isfinite(b).all()):
        raise ValueError(f"{path}: some weights are not numbers (nan) or are infinite.")
    layer = Affine(*W.shape, np.random.default_rng(0))
    layer.W, layer.b = W, b
    return layer


def check_chain(layers, path):
    """Raise unless there are layers that learn, and each gives what the next one takes."""
    if not layers:
        raise ValueError(f"{path} holds no layer that has learnt anything.")
    for first, second in zip(layers, layers[1:], strict=False):
        if first.W.shape[1] != second.W.shape[0]:
            raise ValueError(
                f"{path}: a layer gives {first.W.shape[1]} numbers, "
                f"but the next one takes {second.W.shape[0]}."
            )
