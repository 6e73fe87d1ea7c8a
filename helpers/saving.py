"""A file for what a network has learnt: plain arrays only, checked when they are read."""

import re
import zipfile
from pathlib import Path

import numpy as np

from helpers.convolution import Convolution, Flatten, MaxPooling
from helpers.folders import new_path
from helpers.layers import Affine, Dropout, ReLU, Sigmoid, Tanh
from helpers.network import Network

KINDS = (Affine, ReLU, Sigmoid, Tanh, Convolution, MaxPooling, Flatten)
LAYERS = {layer.__name__: layer for layer in KINDS}
SETTINGS = {"Convolution": ("size", "stride", "padding"), "MaxPooling": ("size",)}
LARGEST = 100_000_000  # bytes that a file may unpack to


def save_network(network, path):
    """Write the network to an .npz file and return the file's path.

    The file holds "layers", the names of the layers in order, some with whole numbers after them
    ("Convolution 5 1 0": size, stride, padding; "MaxPooling 2": size), and W1, b1, W2, b2, ... of
    those that learn. Dropout is left out, because it is for training only. Nothing is
    overwritten: if the name is taken, name_2 is used, then name_3.
    Raises ValueError if the network could not be loaded again.
    """
    names = [describe(layer) for layer in network.layers if type(layer) is not Dropout]
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


def describe(layer):
    """Return the name of a layer, and its settings after it."""
    name = type(layer).__name__
    known = LAYERS.get(name)
    if type(layer) is not known:
        cure = f" Take it from the course: from {known.__module__} import {name}" if known else ""
        raise ValueError(
            f"{name} is a class of your own, which `load_network` does not know.{cure}"
        )
    return " ".join([name, *(str(getattr(layer, setting)) for setting in SETTINGS.get(name, ()))])


def load_network(path):
    """Return the network that `save_network` wrote to path.

    Nothing in the file is executed (allow_pickle=False), so that a file from someone else can
    do no harm. Numbers in float16, which save space in a file, become float32, which is faster.
    Raises ValueError if the file is damaged or is not such a network.
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
    except Exception as error:  # a damaged file can fail at any stage of unpacking
        raise ValueError(
            f"{path} cannot be read as a saved network: it is damaged, or it is something else."
        ) from error
    return arrays


def network_from(arrays, name):
    """Return the network that the arrays describe; the message of a ValueError begins with name."""
    kinds = arrays.get("layers", np.zeros(1))
    if kinds.ndim != 1 or kinds.dtype.kind != "U":
        raise ValueError(f"{name} is no network of this course: it holds no list of layers.")
    layers, outputs, number = [], None, 0
    for text in kinds.tolist():
        kind, *settings = text.split() or [text]
        settings = whole_numbers(kind, settings, name)
        if kind in ("Affine", "Convolution"):
            number += 1
            where = f"{name}, {kind} layer {number}"
            layer, outputs = learnt(arrays, number, settings, outputs, where)
        else:
            layer = LAYERS[kind](*settings)
            outputs = None if kind == "Flatten" else outputs
        layers.append(layer)
    if not number:
        raise ValueError(f"{name} holds no layer that has learnt anything.")
    return Network(*layers)


def whole_numbers(kind, settings, name):
    """Return the settings as numbers; raise unless they suit a layer that is known."""
    if kind not in LAYERS:
        raise ValueError(f"{name} holds a layer {kind!r} that this course does not know.")
    expected = SETTINGS.get(kind, ())
    numbers = [int(setting) for setting in settings if re.fullmatch("[0-9]{1,2}", setting)]
    if not len(numbers) == len(settings) == len(expected) or 0 in numbers[:2]:
        raise ValueError(
            f"{name}: for {kind}, {len(expected)} whole numbers below 100 are needed {expected}, "
            f"but here are {settings}."
        )
    return numbers


def learnt(arrays, number, settings, inputs, where):
    """Return learning layer number 1, 2, ... with its parameters, and the number of its outputs."""
    W, b = arrays.get(f"W{number}"), arrays.get(f"b{number}")
    windows = settings[0] ** 2 if settings else 1
    check_parameters(W, b, None if inputs is None else inputs * windows, where)
    if W.dtype == np.float16:
        W, b = W.astype(np.float32), b.astype(np.float32)
    channels, rest = divmod(len(W), windows)
    if rest:
        raise ValueError(f"{where}: {len(W)} weights are no whole number of {windows} pixels.")
    rng = np.random.default_rng(0)
    if settings:
        layer = Convolution(channels, len(b), settings[0], rng, *settings[1:])
    else:
        layer = Affine(*W.shape, rng)
    layer.W, layer.b = W, b
    return layer, len(b)


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
