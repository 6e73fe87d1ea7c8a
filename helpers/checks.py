"""Checks of what the learner passes in: an error says what was expected, what came, what to do."""

import math

import numpy as np


def check_rows_of_numbers(name, x):
    """Raise unless x is a NumPy array (N, D) of at least one row, without NaN or infinity."""
    if not isinstance(x, np.ndarray):
        raise TypeError(
            f"{name} must be a NumPy array, but it is a {type(x).__name__}. Use np.array({name})."
        )
    if x.size == 0:
        raise ValueError(f"{name} is empty: its shape is {x.shape}. At least one row is needed.")
    if x.ndim != 2:
        raise ValueError(
            f"{name} must have rows and columns, one row for each example, but its shape is "
            f"{x.shape}. A single example of D numbers becomes one row by {name}.reshape(1, -1)."
        )
    if not np.issubdtype(x.dtype, np.number):
        raise TypeError(f"{name} must hold numbers, but it holds {x.dtype}.")
    if not (math.isfinite(x.min()) and math.isfinite(x.max())):
        row = np.flatnonzero(~np.isfinite(x).all(axis=1))[0]
        raise ValueError(
            f"{name} holds a value that is not a number (nan) or is infinite, first in row {row}. "
            f"Look at {name}[{row}] and repair or leave out that row."
        )


def check_labels(t, n, classes, name="t"):
    """Raise unless t is an array of n whole numbers from 0 to classes - 1."""
    if not isinstance(t, np.ndarray):
        raise TypeError(
            f"{name} must be a NumPy array, but it is a {type(t).__name__}. Use np.array({name})."
        )
    if t.shape != (n,):
        raise ValueError(
            f"There are {n} rows, so {name} must hold {n} labels, one for each row: shape ({n},). "
            f"But its shape is {t.shape}."
        )
    if not np.issubdtype(t.dtype, np.integer):
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
    if not isinstance(x, np.ndarray):
        raise TypeError(f"{layer} needs a NumPy array, but got a {type(x).__name__}. Use np.array.")
    if x.ndim != 2 or x.shape[1] != W.shape[0]:
        raise ValueError(
            f"{layer} has weights of shape {W.shape}, so every row of its input must hold "
            f"{W.shape[0]} numbers: shape (rows, {W.shape[0]}). But the input has shape {x.shape}."
        )


def check_same_width(x_train, x_test):
    """Raise unless the rows of both hold equally many numbers."""
    if x_train.shape[1] != x_test.shape[1]:
        raise ValueError(
            f"Each row of x_train holds {x_train.shape[1]} numbers, so each row of x_test must "
            f"hold as many, but it holds {x_test.shape[1]}."
        )


def check_same_shape(what, came, expected):
    """Raise unless two arrays have the same shape."""
    if np.shape(came) != np.shape(expected):
        raise ValueError(
            f"{what}: expected shape {np.shape(expected)}, but got shape {np.shape(came)}."
        )


def check_positive(name, value):
    """Raise unless value is a number above 0."""
    if not isinstance(value, (int, float, np.number)) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a number above 0, but it is {value!r}.")


def check_count(name, value):
    """Raise unless value is a whole number of at least 1."""
    if not isinstance(value, (int, np.integer)) or value < 1:
        raise ValueError(f"{name} must be a whole number, 1 or more, but it is {value!r}.")
