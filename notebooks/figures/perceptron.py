"""Draw perceptron.png: a line learns AND, no line separates XOR, two lines do.

Circles are the points whose answer is 1, squares those whose answer is 0.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from helpers import plots
from helpers.plots.decision_boundary import HIGH, LOW, SHADES

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND, XOR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 0])
MOVING = [(1, -0.2, 0.25), (1.4, 1, -0.7), (1, 0.8, -1), (1, 1, -1.5)]  # w1, w2, b
TRIALS = [(1, 1, -0.4), (1, -1, 0.4), (1, 0.1, -0.6), (0.2, 1, -0.4)]
STRIPE = [(1, 1, -0.5), (-1, -1, 1.5)]


def draw(axes, t, answer):
    """Draw the points, and shade where the answer is above 0."""
    side = np.linspace(LOW, HIGH, 401)
    shaded = answer(*np.meshgrid(side, side)) > 0
    extent = (LOW, HIGH, LOW, HIGH)
    axes.imshow(shaded, cmap=SHADES, vmin=0, vmax=1, origin="lower", extent=extent)
    for target, marker, color in (0, "s", "white"), (1, "o", plots.BLUE):
        x1, x2 = X[t == target].T
        axes.scatter(x1, x2, s=170, marker=marker, color=color, edgecolor="black", zorder=4)
    axes.set(xlim=extent[:2], ylim=extent[2:], xticks=(), yticks=(), aspect="equal")
    axes.spines[:].set(visible=True, color=plots.GREY)


def line(axes, w1, w2, b, **style):
    axes.axline((0, -b / w2), slope=-w1 / w2, **style)


figure, (left, middle, right) = plt.subplots(1, 3, figsize=(8.4, 2.8), layout="constrained")
w1, w2, b = MOVING[-1]
draw(left, AND, lambda x1, x2: w1 * x1 + w2 * x2 + b)
for number, trial in enumerate(MOVING[:-1]):
    line(left, *trial, color=plots.GREY, linewidth=1 + number / 2, linestyle=":")
line(left, *MOVING[-1], color="black", linewidth=3)
draw(middle, XOR, lambda x1, x2: 0 * x1)
for trial in TRIALS:
    line(middle, *trial, color=plots.RED, linewidth=2, linestyle="--")
middle.text(
    0.5, 0.5, "?", fontsize=38, ha="center", va="center", weight="bold", zorder=5,
    bbox={"facecolor": "white", "edgecolor": "none", "boxstyle": "circle,pad=0.05"},
)  # fmt: skip
draw(right, XOR, lambda x1, x2: np.minimum(x1 + x2 - 0.5, 1.5 - x1 - x2))
for edge in STRIPE:
    line(right, *edge, color="black", linewidth=3)
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
