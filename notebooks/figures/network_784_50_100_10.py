"""Draw network_784_50_100_10.png: a digit flowing through the trained network of data/.

Circles are numbers of the network, darker where they are larger; only some of each layer are
drawn. Lines are weights: solid blue above zero, dashed red below.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from helpers import datasets, plots
from helpers.folders import DATA
from helpers.losses import softmax
from helpers.saving import load_network

network = load_network(DATA / "trained_784_50_100_10.npz")
image = datasets.digits()[2][4]
values = [image.reshape(1, -1)]
for layer in network.layers:
    values.append(layer.forward(values[-1]))
weights = [layer.W for layer in network.layers if hasattr(layer, "W")]

row = 10 * 28 + np.arange(8, 24, 2)  # eight pixels of one row
shown = [row, np.arange(8), np.arange(8), np.arange(10)]
numbers = [image, values[2][0], values[4][0], softmax(values[5])[0]]
places = [np.linspace(5.2, 0.8, len(column)) for column in shown]
COLUMNS, SIZES = [5.0, 7.5, 10.0, 12.5], [784, 50, 100, 10]

figure, axes = plt.subplots(figsize=(10, 4.4))
axes.imshow(image.reshape(28, 28), extent=(0, 4, 1, 5), zorder=3)
axes.add_patch(plt.Rectangle((0, 1), 4, 4, fill=False, edgecolor=plots.GREY, zorder=4))
for k, W in enumerate(weights):
    limit = np.abs(W).max()
    for i, y1 in zip(shown[k], places[k], strict=True):
        for j, y2 in zip(shown[k + 1], places[k + 1], strict=True):
            axes.plot(
                COLUMNS[k : k + 2], [y1, y2], linewidth=1, zorder=1,
                color=plots.BLUE if W[i, j] > 0 else plots.RED,
                linestyle="-" if W[i, j] > 0 else "--",
                alpha=min(0.08 + 1.2 * abs(W[i, j]) / limit, 1),
            )  # fmt: skip
for x, column, ys, number, size in zip(COLUMNS, shown, places, numbers, SIZES, strict=True):
    axes.scatter(
        [x] * len(ys), ys, s=150, c=number[column], cmap="gray_r", vmin=0, vmax=1,
        edgecolor="black", zorder=5,
    )  # fmt: skip
    axes.text(x, 5.75, size, ha="center", va="center", fontsize=14, weight="bold")
    if size > len(ys):
        axes.text(x, 0.35, "...", ha="center", va="center", fontsize=16, rotation=90)
for digit, (y, sure) in enumerate(zip(places[-1], numbers[-1], strict=True)):
    axes.text(12.9, y, digit, va="center", fontsize=12, weight="bold" if sure > 0.5 else "normal")
    axes.barh(y, 1.6 * sure, height=0.28, left=13.4, color=plots.BLUE)
axes.set(xlim=(-0.1, 15.1), ylim=(0, 6.1), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
