"""Draw sliding_filter.png: a filter on its way over a handwritten 3, and the edges it finds."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import ConnectionPatch, Rectangle

from helpers import datasets, plots
from helpers.convolution import as_columns, slide, windows

digit = datasets.digits()[0][3].reshape(28, 28)
f = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
found = windows(digit.reshape(1, 28, 28, 1), 3)
sums = slide(as_columns(found), f.reshape(9, 1), np.zeros(1), found.shape[3:])[0, :, :, 0]

figure, (left, middle, right) = plt.subplots(1, 3, figsize=(10, 4), width_ratios=(1, 0.42, 1))
left.imshow(digit)
left.annotate(
    "", (22.5, 8), (3.5, 8), arrowprops={"arrowstyle": "-|>", "ls": "--", "color": plots.GREY}
)
for column, width in (2, 1.5), (9, 2.5), (16, 4):
    frame = Rectangle((column - 0.5, 6.5), 3, 3, fill=False, edgecolor=plots.ORANGE, lw=width)
    left.add_patch(frame)
limit = np.abs(sums).max()
middle.imshow(f, cmap="RdBu", vmin=-2, vmax=2)
for (row, column), weight in np.ndenumerate(f):
    middle.text(column, row, weight, ha="center", va="center", fontsize=15)
right.imshow(sums, cmap="RdBu", vmin=-limit, vmax=limit)
right.add_patch(Rectangle((15.5, 6.5), 1, 1, fill=False, edgecolor=plots.ORANGE, lw=3))
for start, axes_a, stop, axes_b in [
    ((18.5, 8), left, (-0.5, 1), middle), ((2.5, 1), middle, (15.5, 7), right)
]:  # fmt: skip
    arrow = ConnectionPatch(
        start, stop, axes_a.transData, axes_b.transData, arrowstyle="-|>", color=plots.ORANGE, lw=2,
        mutation_scale=18,
    )  # fmt: skip
    figure.add_artist(arrow)
for axes in left, middle, right:
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=plots.GREY)
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
