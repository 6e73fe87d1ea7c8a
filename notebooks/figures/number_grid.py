"""Draw matrices as boxes of numbers: what the figures of lesson 02 share."""

from pathlib import Path

import matplotlib.pyplot as plt

from helpers import plots

PALE = {plots.BLUE: "#CFE6F5", plots.ORANGE: "#FBE6B8", plots.GREEN: "#C5E8DC"}


def canvas(width, height):
    """Return a figure and its axes, on which one unit is the side of a box, y downwards."""
    figure, axes = plt.subplots(figsize=(0.55 * width, 0.55 * height))
    axes.set(xlim=(0, width), ylim=(height, 0), aspect="equal")
    axes.axis("off")
    return figure, axes


def grid(axes, left, top, numbers, colors=None):
    """Draw rows of numbers in boxes; colours {(row, column): colour} fills some of them."""
    for i, row in enumerate(numbers):
        for j, number in enumerate(row):
            fill = PALE.get((colors or {}).get((i, j)), "white")
            box = plt.Rectangle((left + j, top + i), 1, 1, facecolor=fill, edgecolor=plots.GREY)
            axes.add_patch(box)
            write(axes, left + j + 0.5, top + i + 0.5, number)


def write(axes, x, y, text, **style):
    """Write a number or a sign with its middle at x, y."""
    axes.text(x, y, text, **{"ha": "center", "va": "center", "fontsize": 14, **style})


def save(figure, script):
    """Save the figure beside the script that draws it."""
    figure.savefig(Path(script).with_suffix(".png"), metadata={"Software": None})
