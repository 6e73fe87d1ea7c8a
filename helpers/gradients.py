"""Slopes by trying: change a number a little and see how the loss changes."""

import numpy as np

from helpers.checks import check_positive


def numerical_gradient(f, x, h=1e-5):
    """Return the slope of f at x, (f(x + h) - f(x - h)) / 2h for each number of x in turn.

    f takes the array x and returns one number. x must be float64: float32 has too few digits
    for so small a step. x is changed in place for each call of f, and put back afterwards, so it
    may also be the weights of a network that f runs.
    """
    check_float64(x)
    check_positive("h", h)
    slope = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        value = x[i]
        try:
            x[i] = value + h
            above = f(x)
            x[i] = value - h
            below = f(x)
        finally:
            x[i] = value
        slope[i] = (above - below) / (2 * h)
    return slope


def check_float64(x):
    """Raise unless x is a float64 array."""
    if not isinstance(x, np.ndarray) or x.dtype != np.float64:
        came = x.dtype if isinstance(x, np.ndarray) else type(x).__name__
        raise TypeError(f"x must be an array of float64, but it is {came}: use x.astype(float).")
