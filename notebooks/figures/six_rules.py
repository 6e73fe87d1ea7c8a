"""Draw six_rules.png: the ways that six rules for a step take in one long, narrow valley.

Thirty steps each, from the same place, with the learning rates of lesson 08.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from helpers.optimizers import SGD, AdaGrad, Adam, Momentum, Nesterov, RMSProp
from helpers.plots import loss_surface

LIMITS = (-3, 8, -2.5, 2.5)
RULES = [SGD(0.038), Momentum(0.01), Nesterov(0.01), AdaGrad(1.5), RMSProp(0.4), Adam(0.5)]


def loss(p):
    return (p[0] ** 2 + 50 * p[1] ** 2) / 2


def walk(rule):
    p = np.array([7.0, -1.5])
    path = [p.copy()]
    for _ in range(30):
        rule.update([p], [np.array([p[0], 50 * p[1]])])
        path.append(p.copy())
    return np.array(path)


left, right, bottom, top = LIMITS
w0, w1 = np.meshgrid(
    np.linspace(left, right, loss_surface.GRID), np.linspace(bottom, top, loss_surface.GRID)
)
height = loss_surface.heights(loss, LIMITS)
levels = height.max() * np.linspace(0, 1, loss_surface.LEVELS + 1) ** 2
figure, spots = plt.subplots(2, 3, figsize=(9, 3.3))
for axes, rule, (color, line, marker) in zip(spots.flat, RULES, loss_surface.STYLES, strict=True):
    path = walk(rule)
    axes.contourf(w0, w1, height, levels, cmap=loss_surface.SHADES)
    axes.contour(w0, w1, height, levels, colors="#767676", linewidths=0.4, linestyles="-")
    axes.plot(*path.T, color=color, linestyle=line, marker=marker, markersize=4, linewidth=1.6)
    for place, sign, size in (path[0], "o", 12), (path[-1], "*", 16):
        axes.plot(
            *place, sign, color=color, markersize=size, markerfacecolor="white",
            markeredgewidth=1.5, zorder=6,
        )  # fmt: skip
    axes.plot(0, 0, "k+", markersize=9, zorder=5)
    axes.set(xlim=LIMITS[:2], ylim=LIMITS[2:], xticks=(), yticks=())
    axes.set_title(type(rule).__name__, fontsize=12)
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
