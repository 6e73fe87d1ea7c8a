"""Draw neuron.png: two inputs and a one, times their weights, added, through the step function."""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Circle, Rectangle

from helpers import plots

INPUTS = [("$x_1$", "$w_1$", 4.0), ("$x_2$", "$w_2$", 2.5), ("$1$", "$b$", 1.0)]
MIDDLE = (4.2, 2.5)

figure, axes = plt.subplots(figsize=(8.2, 3.4), layout="constrained")
arrow = {"arrowstyle": "-|>", "color": "black", "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
for name, weight, y in INPUTS:
    axes.annotate("", (MIDDLE[0] - 0.66, MIDDLE[1] + 0.2 * (y - 2.5)), (1.0, y), arrowprops=arrow)
    axes.add_patch(Circle((0.6, y), 0.42, facecolor="white", edgecolor="black", linewidth=1.5))
    axes.text(0.6, y, name, fontsize=19, ha="center", va="center")
    place = (2.15, MIDDLE[1] + (y - 2.5) * 0.62)
    axes.text(
        *place, weight, fontsize=19, ha="center", va="center", color=plots.BLUE,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
    )  # fmt: skip
axes.add_patch(Circle(MIDDLE, 0.65, facecolor="#BFDDF0", edgecolor="black", linewidth=1.5))
axes.text(*MIDDLE, r"$\Sigma$", fontsize=26, ha="center", va="center")
axes.annotate("", (6.5, 2.5), (4.85, 2.5), arrowprops=arrow)
axes.text(5.65, 2.8, "$z$", fontsize=19, ha="center")
axes.add_patch(Rectangle((6.5, 1.85), 1.7, 1.3, facecolor="#BFDDF0", edgecolor="black", lw=1.5))
axes.plot((6.7, 7.35, 7.35, 8.0), (2.15, 2.15, 2.85, 2.85), color="black", linewidth=3, ls="-")
axes.annotate("", (9.6, 2.5), (8.2, 2.5), arrowprops=arrow)
axes.text(9.95, 2.5, "$y$", fontsize=19, ha="center", va="center")
axes.set(xlim=(0.1, 10.2), ylim=(0.45, 4.5), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
