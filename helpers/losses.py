"""Losses: one number for how wrong the answers are, and its slope for each of them."""

import numpy as np

from helpers.checks import check_labels, check_same_shape, check_table


def softmax(x):
    """Turn each row of scores x (N, K) into K probabilities: y = exp(x) / (sum of exp(x)).

    The largest score of a row is subtracted first: that changes no probability, and keeps exp
    from overflowing.
    """
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class MeanSquaredError:
    """Half the mean of the squared errors of N examples: L = sum((y - t)^2) / (2 N).

    With K outputs, the squares of an example are added up, not averaged.
    backward: dy = (y - t) / N. The half is there so that no 2 is left in the slope.
    """

    def forward(self, y, t):
        """Return the loss for answers y and targets t of the same shape, (N,) or (N, K)."""
        check_same_shape("The targets t", t, y)
        self.error = y - t
        return float(np.sum(self.error**2) / (2 * len(t)))

    def backward(self):
        """Return the slope dy, of the same shape as y."""
        return self.error / len(self.error)


class CrossEntropy:
    """Softmax, then the mean surprise about the right answer: L = -mean(log y[n, t[n]]).

    x (N, K) are the scores of the last layer, t (N,) the right classes 0..K-1. With
    y = exp(x) / total, log y is x - log(total), so log 0 never occurs.

    backward: dx = (y - one-hot t) / N.
    """

    def forward(self, x, t):
        """Return the loss. Raises ValueError if a label is not one of 0..K-1."""
        check_table("The scores x", x)
        check_labels(t, *x.shape)
        self.right = np.arange(len(t)), t
        x = x - x.max(axis=1, keepdims=True)
        e = np.exp(x)
        total = e.sum(axis=1, keepdims=True)
        self.y = e / total
        return float(np.log(total).sum() - x[self.right].sum()) / len(t)

    def backward(self):
        """Return the slope dx (N, K)."""
        dx = self.y.copy()
        dx[self.right] -= 1
        return dx / len(dx)
