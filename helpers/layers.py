"""The layers of a network: each turns x into y, and a slope for y into a slope for x.

Rows are examples: x is (N, D). A layer keeps from `forward` what its `backward` needs.
"""

import numpy as np

from helpers.checks import check_columns, check_count, check_float, check_fraction


class Affine:
    """Weighted sums plus a bias: y = x @ W + b.

    x is (N, D), W is (D, H), b is (H,), y is (N, H). The weights start as random numbers
    of standard deviation sqrt(2 / D) (He et al., 2015), so that with ReLU the
    size of the signal stays about the same from layer to layer; the biases start at zero.

    backward, for the slope dy of the loss: dW = x.T @ dy, db = the sum of dy over its rows,
    dx = dy @ W.T.
    """

    def __init__(self, inputs, outputs, rng, dtype=np.float64):
        check_count("inputs", inputs)
        check_count("outputs", outputs)
        check_float(dtype)
        W = rng.normal(0, np.sqrt(2 / inputs), (inputs, outputs))
        self.W = W.astype(dtype)
        self.b = np.zeros(outputs, dtype)

    def forward(self, x):
        """Return y (N, H) for x (N, D). Raises ValueError if the columns of x are not D."""
        check_columns("Affine", x, self.W)
        self.x = x
        return x @ self.W + self.b

    def backward(self, dy):
        """Keep dW (D, H) and db (H,), return dx (N, D), for dy (N, H)."""
        self.slopes(dy)
        return dy @ self.W.T

    def slopes(self, dy):
        """Keep dW and db only: the first layer of a network needs no dx."""
        self.dW = self.x.T @ dy
        self.db = dy.sum(axis=0)


class ReLU:
    """Negative numbers become 0, the others stay: y = max(x, 0).

    backward: dx = dy where x was positive, 0 elsewhere.
    """

    def forward(self, x):
        """Return y, of the same shape as x."""
        self.positive = x > 0
        return np.maximum(x, 0)

    def backward(self, dy):
        """Return dx, of the same shape as dy."""
        return dy * self.positive


class Sigmoid:
    """Every number is squeezed between 0 and 1: y = 1 / (1 + exp(-x)).

    backward: dx = dy y (1 - y).
    """

    def forward(self, x):
        """Return y, of the same shape as x."""
        with np.errstate(over="ignore"):  # exp(1000) is inf, and 1 / (1 + inf) is rightly 0
            self.y = 1 / (1 + np.exp(-x))
        return self.y

    def backward(self, dy):
        """Return dx, of the same shape as dy."""
        return dy * self.y * (1 - self.y)


class Tanh:
    """Every number is squeezed between -1 and 1: y = tanh(x).

    backward: dx = dy (1 - y^2).
    """

    def forward(self, x):
        """Return y, of the same shape as x."""
        self.y = np.tanh(x)
        return self.y

    def backward(self, dy):
        """Return dx, of the same shape as dy."""
        return dy * (1 - self.y**2)


class Dropout:
    """At each training step, different nodes are switched off at random (Srivastava et al., 2014).

    Each number of x becomes 0 with probability `rate`; the others are divided by 1 - rate, so
    that the mean stays the same: y = x kept / (1 - rate). backward: dx = dy kept / (1 - rate).

    It is for training only. A network that answers has the same layers without the Dropout.
    """

    def __init__(self, rate, rng):
        check_fraction("rate", rate)
        self.rate = rate
        self.rng = rng

    def forward(self, x):
        """Return y, of the same shape as x."""
        self.kept = self.rng.random(x.shape) >= self.rate
        return x * self.kept / (1 - self.rate)

    def backward(self, dy):
        """Return dx, of the same shape as dy."""
        return dy * self.kept / (1 - self.rate)
