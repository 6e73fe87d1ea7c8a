"""A file for what a network has learnt: plain arrays only, checked when they are read."""

import zipfile
from pathlib import Path

import numpy as np

from helpers.folders import new_path
from helpers.layers import Affine, ReLU, Sigmoid, Tanh
from helpers.network import Network

LAYERS = {layer.__name__: layer for layer in (Affine, ReLU, Sigmoid, Tanh)}
LARGEST = 100_000_000  # bytes that a file may unpack to


def save_network(network, path):
    """Write the network to an .npz file and return the file's path.

    The file holds "layers", the names of the layers in order, and W1, b1, W2, b2, ... of those
    that learn. Nothing is overwritten: if the name is taken, name_2 is used, then name_3.
    Raises ValueError if the network could not be loaded again.
    """
    names = [type(layer).__name__ for layer in network.layers]
    for name, layer in zip(names, network.layers, strict=True):
        if type(layer) is not LAYERS.get(name):
            raise ValueError(
                f"{name} is a class of your own, which `load_network` does not know. "
                f"Take it from the course: from helpers.layers import {name}"
            )
    arrays = {"layers": np.array(names)}
    for i, parameter in enumerate(network.parameters()):
        arrays[f"{'Wb'[i % 2]}{i // 2 + 1}"] = parameter
    network_from(arrays, "This network")
    path = Path(path).expanduser()
    if path.suffix != ".npz":
        path = path.with_name(path.name + ".npz")
    path = new_path(path)
    np.savez(path, **arrays)
    return path


def load_network(path):
    """Return the network that `save_network` wrote to path.

    Nothing in the file is executed (allow_pickle=False), so that a file from someone else can
    do no harm. Raises ValueError if it is damaged or is not such a network.
    """
    return network_from(read_arrays(path), path)


def read_arrays(path):
    """Return the arrays of an .npz file by name. Raises ValueError if they cannot be read."""
    try:
        with zipfile.ZipFile(path) as file:
            size = sum(member.file_size for member in file.infolist())
        if size > LARGEST:
            raise ValueError(f"it would unpack to {size:,} bytes")
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if not all(isinstance(array, np.ndarray) for array in arrays.values()):
            raise ValueError("it holds something else than arrays")
    except (FileNotFoundError, PermissionError):
        raise
    except Exception as error:  # a damaged file can fail in any part of what unpacks it
        raise ValueError(
            f"{path} cannot be read as a saved network: it is damaged, or it is something else."
        ) from error
    return arrays


def network_from(arrays, name):
    """Return the network that the arrays describe. Raises ValueError, which begins with name."""
    kinds = arrays.get("layers", np.zeros(1))
    if kinds.ndim != 1 or kinds.dtype.kind != "U":
        raise ValueError(f"{name} is no network of this course: it holds no list of layers.")
    layers, outputs = [], None
    for kind in kinds.tolist():
        if kind not in LAYERS:
            raise ValueError(f"{name} holds a layer {kind!r} that this course does not know.")
        if kind != "Affine":
            layers.append(LAYERS[kind]())
            continue
        number = sum(isinstance(layer, Affine) for layer in layers) + 1
        W, b = arrays.get(f"W{number}"), arrays.get(f"b{number}")
        check_parameters(W, b, outputs, f"{name}, Affine layer {number}")
        layers.append(Affine(*W.shape, np.random.default_rng(0)))
        layers[-1].W, layers[-1].b = W, b
        outputs = len(b)
    if outputs is None:
        raise ValueError(f"{name} holds no layer that has learnt anything.")
    return Network(*layers)


def check_parameters(W, b, inputs, where):
    """Raise unless W (D, H) and b (H,) make a layer that takes `inputs` numbers (None: any)."""
    if W is None or b is None:
        raise ValueError(f"{where}: the weights or the biases are missing.")
    if W.ndim != 2 or b.shape != W.shape[1:] or W.dtype.kind != "f" or b.dtype != W.dtype:
        raise ValueError(
            f"{where}: weights are a table (D, H) and biases a row (H,) of decimal numbers, "
            f"but here are {W.dtype} {W.shape} and {b.dtype} {b.shape}."
        )
    if W.size == 0 or not (np.isfinite(W).all() and np.isfinite(b).all()):
        raise ValueError(f"{where}: some numbers are missing, not numbers (nan) or infinite.")
    if inputs not in (None, W.shape[0]):
        raise ValueError(
            f"{where}: the layer before it gives {inputs} numbers, but it takes {W.shape[0]}."
        )
