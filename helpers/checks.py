"""Checks of what the learner passes in: an error says what was expected, what came, what to do."""

import math

import numpy as np


def check_made(what, thing, *needed):
    """Raise if thing is a class, not an object made of it, or lacks an attribute it needs."""
    name = thing.__name__ if isinstance(thing, type) else type(thing).__name__
    if isinstance(thing, type):
        made = f"Write {name}(...), with brackets, to make a {what} of it."
        raise TypeError(f"{name} is a class. {made}")
    for attribute in needed:
        if not hasattr(thing, attribute):
            raise TypeError(f"Here a {what} is needed that has {attribute}, but a {name} has none.")


def check_array(name, x):
    """Raise unless x is a NumPy array."""
    if not isinstance(x, np.ndarray):
        raise TypeError(
            f"{name} must be a NumPy array, but it is a {type(x).__name__}. Use np.array({name})."
        )


def check_table(name, x, images=False):
    """Raise unless x is an array of real numbers with rows and columns that is not empty.

    With images=True, x may also have more axes than these two.
    """
    check_array(name, x)
    if x.size == 0:
        raise ValueError(f"{name} is empty: its shape is {x.shape}. At least one row is needed.")
    if x.ndim < 2 or (x.ndim > 2 and not images):
        cure = f"{name}.reshape(1, -1)" if x.ndim < 2 else f"{name}.reshape(len({name}), -1)"
        raise ValueError(
            f"{name} must have rows and columns, one row for each example, but its shape is "
            f"{x.shape}. Use {cure}."
        )
    if x.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold numbers, but it holds {x.dtype}.")


def check_finite(name, x):
    """Raise if a value of x is nan or infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        if math.isfinite(np.vdot(x, x)):  # one quick look; only a doubtful table gets a closer one
            return
    bad_rows = np.flatnonzero(~np.isfinite(x).reshape(len(x), -1).all(axis=1))
    if len(bad_rows):
        raise ValueError(
            f"{name} holds a value that is not a number (nan) or is infinite, first in row "
            f"{bad_rows[0]}. Look at {name}[{bad_rows[0]}] and repair or leave out that row."
        )


def check_labels(t, n, classes, name="t"):
    """Raise unless t is an array of n whole numbers from 0 to classes - 1."""
    check_array(name, t)
    if t.shape != (n,):
        cure = ""
        if t.shape == (n, 1):
            cure = f" Use {name}.ravel()."
        elif t.shape == (n, classes):
            cure = f" If the largest of each row marks the label, use {name}.argmax(axis=1)."
        raise ValueError(
            f"There are {n} rows, so {name} must hold {n} labels, one for each row: shape ({n},). "
            f"But its shape is {t.shape}.{cure}"
        )
    if t.dtype.kind not in "iu":
        raise TypeError(
            f"Labels are whole numbers (0, 1, 2, ...), but {name} holds {t.dtype}. "
            f"If they are whole anyway, use {name}.astype(int)."
        )
    if t.min() < 0 or t.max() >= classes:
        raise ValueError(
            f"There are {classes} outputs, so labels go from 0 to {classes - 1}, "
            f"but {name} goes from {t.min()} to {t.max()}."
        )


def check_columns(layer, x, W):
    """Raise unless x is an array (N, D) that fits the weights W (D, H) of the layer."""
    check_array("x", x)
    if x.ndim != 2 or x.shape[1] != W.shape[0]:
        cure = " Use x.reshape(len(x), -1), or a Flatten layer." if x.ndim > 2 else ""
        raise ValueError(
            f"{layer} has weights of shape {W.shape}, so every row of its input must hold "
            f"{W.shape[0]} numbers: shape (rows, {W.shape[0]}). But the input has shape "
            f"{x.shape}.{cure}"
        )


def check_images(layer, x, size, channels=None):
    """Raise unless x is an array (N, H, W, C) with at least size pixels each way, and C channels.

    channels=None allows any number of channels.
    """
    check_array("x", x)
    if x.ndim != 4:
        cure = " For MNIST, use x.reshape(-1, 28, 28, 1)." if x.shape[1:] == (784,) else ""
        raise ValueError(
            f"{layer} takes images of shape (images, rows, columns, channels), but its input has "
            f"shape {x.shape}.{cure}"
        )
    if channels not in (None, x.shape[3]):
        raise ValueError(
            f"{layer} was made for images with {channels} channels (the last axis), but its input "
            f"has shape {x.shape}: {x.shape[3]} channels."
        )
    if min(x.shape[1:3]) < size:
        raise ValueError(
            f"{layer} needs images of at least {size} x {size} pixels, but its input has shape "
            f"{x.shape}: {x.shape[1]} x {x.shape[2]} pixels."
        )


def check_same_length(x, t):
    """Raise unless there are as many labels in t as rows in x, and at least one."""
    if len(x) != len(t) or len(x) == 0:
        raise ValueError(
            f"Each row needs its label, but there are {len(x)} rows and {len(t)} labels."
        )


def check_same_width(x_train, x_test):
    """Raise unless both have rows of the same length, or images of the same size."""
    if x_train.shape[1:] != x_test.shape[1:]:
        raise ValueError(
            f"The examples of x_train and x_test must have the same size, but x_train has shape "
            f"{x_train.shape} and x_test {x_test.shape}."
        )


def check_same_shape(what, came, expected):
    """Raise unless two arrays have the same shape."""
    if np.shape(came) != np.shape(expected):
        raise ValueError(
            f"{what}: expected shape {np.shape(expected)}, but got shape {np.shape(came)}."
        )


def check_positive(name, value):
    """Raise unless value is a number above 0."""
    if not is_number(value) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a number above 0, but it is {value!r}.")


def check_fraction(name, value):
    """Raise unless value is a number from 0 up to, but not including, 1."""
    if not is_number(value) or not 0 <= value < 1:
        raise ValueError(f"{name} must be at least 0 and below 1, but it is {value!r}.")


def check_count(name, value, least=1):
    """Raise unless value is a whole number of at least `least`."""
    if not is_number(value) or int(value) != value or value < least:
        raise ValueError(f"{name} must be a whole number, {least} or more, but it is {value!r}.")


def check_float(dtype):
    """Raise unless dtype is a kind of decimal number."""
    if np.dtype(dtype).kind != "f":
        raise TypeError(f"dtype must be np.float32 or np.float64, but it is {dtype!r}.")


def is_number(value):
    """Return whether value is a single number, which True and nan are not."""
    is_single = isinstance(value, (int, float, np.integer, np.floating))
    return is_single and not isinstance(value, bool) and math.isfinite(value)
