"""What the race of the optimisers is made of: two surfaces, six rules, and their paths."""

import numpy as np

from helpers.optimizers import SGD, AdaGrad, Adam, Momentum, Nesterov, RMSProp
from helpers.plots import loss_surface

LIMITS = -2.5, 2.5, -3, 8
START = -1.5, 7.0
STEPS = 100
RULES = {  # each with the learning rate of the lesson
    "SGD": (SGD, 0.038), "Momentum": (Momentum, 0.01), "Nesterov": (Nesterov, 0.01),
    "AdaGrad": (AdaGrad, 1.5), "RMSProp": (RMSProp, 0.4), "Adam": (Adam, 0.5),
}  # fmt: skip
RATES = (
    0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.038, 0.041, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5,
    0.8, 1, 1.5, 2.5,
)  # fmt: skip
DEPTH, PLACE, WIDTH = 6, 4, 0.7  # of the hollow on the way
BOTTOM = 0, 3.66  # of that hollow


def bowl(p):
    """Return the loss of the lesson's valley at p (2,)."""
    return (50 * p[0] ** 2 + p[1] ** 2) / 2


def bowl_slope(p):
    """Return the gradient (2,) of `bowl`."""
    return np.array([50 * p[0], p[1]])


def hollow(p):
    """Return the loss of the same valley with a hollow on the way down."""
    away = (p[1] - PLACE) / WIDTH
    return bowl(p) - DEPTH * np.exp(-(away**2) / 2)


def hollow_slope(p):
    """Return the gradient (2,) of `hollow`."""
    away = (p[1] - PLACE) / WIDTH
    return bowl_slope(p) + np.array([0, DEPTH / WIDTH * away * np.exp(-(away**2) / 2)])


SURFACES = {"bowl": (bowl, bowl_slope), "hollow": (hollow, hollow_slope)}


def walk(rule, slope, steps):
    """Return the path (steps + 1, 2) of a new rule of helpers.optimizers from START."""
    p = np.array(START)
    path = [p.copy()]
    for _ in range(steps):
        rule.update([p], [slope(p)])
        path.append(p.copy())
    return np.array(path)


def standings(walked):
    """Return (name, distance from the lowest point) of paths {name: path} inside, nearest first."""
    inside = {name: path[-1] for name, path in walked.items() if name not in left(walked)}
    distances = [(name, float(np.hypot(*place))) for name, place in inside.items()]
    return sorted(distances, key=lambda pair: pair[1])


def left(walked):
    """Return {name: step} of the paths that have left the surface: the first step outside."""
    steps = {name: loss_surface.steps_inside(path, LIMITS) for name, path in walked.items()}
    return {name: step for name, step in steps.items() if step < len(walked[name])}


def in_hollow(walked):
    """Return the names of the paths {name: path} that end near the bottom of the hollow."""
    return [n for n, path in walked.items() if np.hypot(*(path[-1] - BOTTOM)) < 0.4]
