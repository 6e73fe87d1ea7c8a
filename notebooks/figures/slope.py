"""Draw slope.png: the loss of five people over w1, with w0 = 2, and its slope at w1 = -1."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from helpers import datasets, plots

HERE, STEP = -1, 1  # where we stand, and how wide the drawn triangle is

people = datasets.heights_and_weights()
people = people - people.mean(axis=0)
x, t = np.insert(people[:, 0:1], 0, 1, axis=1), people[:, 1]


def loss(w1):
    return np.mean((x @ np.array([2, w1]) - t) ** 2) / 2


slope = np.mean((x @ np.array([2, HERE]) - t) * x[:, 1])
foot, low = loss(HERE), loss(HERE) + slope * STEP

figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
w1 = np.linspace(-2, 5.6, 200)
axes.plot(w1, [loss(v) for v in w1], color=plots.BLUE, linestyle="-", linewidth=2.5)
ends = np.array([-0.9, 1.25])
axes.plot(HERE + ends, foot + slope * ends, color=plots.RED, linestyle="--", linewidth=2)
axes.plot([HERE, HERE, HERE + STEP], [foot, low, low], color=plots.GREY, linestyle=":")
axes.text(HERE - 0.12, (foot + low) / 2, f"{slope:.2f}", color=plots.RED, ha="right", va="center")
axes.text(HERE + STEP / 2, low - 1.5, f"{STEP}", color=plots.GREY, ha="center", va="top")
axes.plot(HERE, foot, "o", color="black", markersize=16, zorder=5)
axes.annotate(
    "", (HERE + 1.3, foot - 12), (HERE + 0.35, foot + 6),
    arrowprops={"arrowstyle": "-|>", "color": "black", "linewidth": 2.5, "shrinkA": 0},
)  # fmt: skip
axes.set(xlim=(-2.2, 5.8), ylim=(0, 95), xlabel="w1   (w0 = 2)", ylabel="loss")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
