"""Weights to begin with: a signal should neither die nor explode on its way through the layers."""

import numpy as np


def he(inputs, outputs, rng):
    """Return weights (inputs, outputs) of standard deviation sqrt(2 / inputs), for ReLU.

    ReLU lets half of the signal through, hence the 2 (He et al., 2015).
    """
    return rng.normal(0, np.sqrt(2 / inputs), (inputs, outputs))


def xavier(inputs, outputs, rng):
    """Return weights (inputs, outputs) of standard deviation sqrt(2 / (inputs + outputs)).

    For sigmoid and tanh; it is made for the way forward and the way back (Glorot and Bengio, 2010).
    """
    return rng.normal(0, np.sqrt(2 / (inputs + outputs)), (inputs, outputs))
