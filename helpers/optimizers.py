"""Rules for a step downhill: how a parameter p changes, given its slope g and learning rate lr.

`update(parameters, gradients)` changes the arrays themselves. A rule that remembers something
for each parameter belongs to one network: make a new one for a new network.
"""

import numpy as np

from helpers.checks import check_count, check_fraction, check_made, check_positive, check_same_shape


class SGD:
    """Stochastic gradient descent (Robbins and Monro, 1951): p = p - lr g."""

    def __init__(self, lr=0.01):
        check_positive("lr", lr)
        self.lr = lr

    def update(self, parameters, gradients):
        """Take one step."""
        for p, g in zip(parameters, gradients, strict=True):
            p -= self.lr * g


class Momentum:
    """A ball that rolls (Polyak, 1964): v = momentum v - lr g; p = p + v."""

    def __init__(self, lr=0.01, momentum=0.9):
        check_positive("lr", lr)
        check_fraction("momentum", momentum)
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, parameters, gradients):
        """Take one step."""
        self.v = remember(self.v, parameters)
        for p, g, v in zip(parameters, gradients, self.v, strict=True):
            v *= self.momentum
            v -= self.lr * g
            p += v


class Nesterov(Momentum):
    """Momentum that looks ahead (Nesterov, 1983; in the form of Bengio et al., 2013).

    v = momentum v - lr g; p = p + momentum v - lr g.
    """

    def update(self, parameters, gradients):
        """Take one step."""
        self.v = remember(self.v, parameters)
        for p, g, v in zip(parameters, gradients, self.v, strict=True):
            v *= self.momentum
            v -= self.lr * g
            p += self.momentum * v - self.lr * g


class AdaGrad:
    """Smaller steps where it was steep (Duchi et al., 2011).

    h = h + g^2; p = p - lr g / (sqrt(h) + 1e-7).
    """

    def __init__(self, lr=0.01):
        check_positive("lr", lr)
        self.lr = lr
        self.h = None

    def update(self, parameters, gradients):
        """Take one step."""
        self.h = remember(self.h, parameters)
        for p, g, h in zip(parameters, gradients, self.h, strict=True):
            h += g**2
            p -= self.lr * g / (np.sqrt(h) + 1e-7)


class RMSProp:
    """AdaGrad that forgets (Tieleman and Hinton, 2012).

    h = decay h + (1 - decay) g^2; p = p - lr g / (sqrt(h) + 1e-7).
    """

    def __init__(self, lr=0.01, decay=0.9):
        check_positive("lr", lr)
        check_fraction("decay", decay)
        self.lr = lr
        self.decay = decay
        self.h = None

    def update(self, parameters, gradients):
        """Take one step."""
        self.h = remember(self.h, parameters)
        for p, g, h in zip(parameters, gradients, self.h, strict=True):
            h *= self.decay
            h += (1 - self.decay) * g**2
            p -= self.lr * g / (np.sqrt(h) + 1e-7)


class Adam:
    """Momentum and RMSProp together (Kingma and Ba, 2015).

    m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
    p = p - lr (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + 1e-8) at step t = 1, 2, ...
    """

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        check_positive("lr", lr)
        check_fraction("beta1", beta1)
        check_fraction("beta2", beta2)
        self.lr, self.beta1, self.beta2 = lr, beta1, beta2
        self.m, self.v, self.t = None, None, 0

    def update(self, parameters, gradients):
        """Take one step."""
        self.m = remember(self.m, parameters)
        self.v = remember(self.v, parameters)
        self.t += 1
        m_part = 1 - self.beta1**self.t
        v_part = 1 - self.beta2**self.t
        for p, g, m, v in zip(parameters, gradients, self.m, self.v, strict=True):
            m += (1 - self.beta1) * (g - m)
            v += (1 - self.beta2) * (g**2 - v)
            p -= self.lr * (m / m_part) / (np.sqrt(v / v_part) + 1e-8)


class WeightDecay:
    """Another rule, with weights that shrink a little at each step (Krogh and Hertz, 1992).

    It adds decay W to the slope of each weight, as if the loss had decay / 2 times the sum of
    all W^2 added to it. Biases do not shrink: an array with one axis is a bias. With Adam, what is
    added goes through its means, too: a penalty on W^2, not AdamW (Loshchilov and Hutter, 2019).
    """

    def __init__(self, optimizer, decay=1e-4):
        check_made("rule", optimizer, "update")
        check_positive("decay", decay)
        self.optimizer = optimizer
        self.decay = decay

    @property
    def lr(self):
        """The learning rate of the other rule."""
        return self.optimizer.lr

    @lr.setter
    def lr(self, lr):
        self.optimizer.lr = lr

    def update(self, parameters, gradients):
        """Take one step of the other rule."""
        slopes = []
        for p, g in zip(parameters, gradients, strict=True):
            slopes.append(g + self.decay * p if p.ndim > 1 else g)
        self.optimizer.update(parameters, slopes)


class LinearDecay:
    """Another rule, whose learning rate falls in a straight line from where it is to 0.

    Large steps to get ahead, small ones at the end, when the mini-batches disagree about the way:
    in step k = 0, 1, 2, ... it is lr (1 - k / steps).
    Raises TypeError if the other rule has no learning rate lr, such as another LinearDecay.
    """

    def __init__(self, optimizer, steps):
        check_made("rule", optimizer, "update", "lr")
        check_count("steps", steps)
        self.optimizer = optimizer
        self.start = optimizer.lr
        self.steps = steps
        self.done = 0

    def update(self, parameters, gradients):
        """Take one step of the other rule."""
        self.optimizer.lr = self.start * max(0, 1 - self.done / self.steps)
        self.optimizer.update(parameters, gradients)
        self.done += 1


def remember(memory, parameters):
    """Return the memory, one array for each parameter, or zeros if it is None."""
    if memory is None:
        return [np.zeros_like(p) for p in parameters]
    for kept, p in zip(memory, parameters, strict=True):
        check_same_shape("This optimizer has worked on another network; make a new one", p, kept)
    return memory
