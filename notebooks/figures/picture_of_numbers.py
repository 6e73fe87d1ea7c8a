"""Draw picture_of_numbers.png: a handwritten 3, and beside it the 28x28 numbers that it is."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from helpers import datasets, plots

digit = datasets.digits()[0][3].reshape(28, 28)
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 5))
left.imshow(digit)
right.imshow(digit, vmax=2.2)
for (row, column), value in np.ndenumerate((9 * digit).round().astype(int)):
    weight, ink = ("bold", "black") if value else ("normal", plots.GREY)
    right.text(column, row, value, ha="center", va="center", fontsize=7.5, weight=weight, color=ink)
for axes in left, right:
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=plots.GREY)
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
