"""Pictures of what a filter makes of an image, all numbers drawn as squares.

Ink is black on white, from 0 to the largest number. Where numbers may be negative, blue is above
0, red below, white 0; the numbers themselves, or a bar with the scale, say the same.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from helpers import plots


def window(image, f, y, row, column):
    """Draw an image, a filter and the result y as numbers, with one window and its sum framed.

    image (H, W) and f (size, size) hold numbers with few digits. The framed window begins at
    (row, column), and so does its sum in y. Returns the figure.
    """
    image, f, y = (np.asarray(numbers) for numbers in (image, f, y))
    widths = [numbers.shape[1] + 0.4 for numbers in (image, f, y)]
    height = max(len(image), len(y))
    figure, spots = plt.subplots(
        1, 3, figsize=(0.42 * sum(widths) + 1, 0.42 * height + 0.5), width_ratios=widths
    )
    _numbers(spots[0], image, "image", below_zero=False)
    _numbers(spots[1], f, "filter")
    _numbers(spots[2], y, "sums")
    frame(spots[0], row, column, len(f))
    frame(spots[2], row, column, 1)
    return figure


def beside(image, f, y):
    """Draw an image (H, W), a filter and the result y side by side. Returns the figure."""
    figure, (left, middle, right) = plt.subplots(
        1, 3, figsize=(9, 3.3), width_ratios=(1, 0.45, 1.12)
    )
    left.imshow(image, vmin=0)
    left.set_title("image")
    _numbers(middle, np.asarray(f), "filter")
    picture = signed(right, y)
    right.set_title("sums")
    figure.colorbar(picture, ax=right, fraction=0.05)
    for axes in left, right:
        bare(axes)
    return figure


def maps(y, columns=10):
    """Draw the channels of y (H, W, C), each as a picture on one scale. Returns the figure."""
    return _row_of_pictures(np.moveaxis(np.asarray(y), -1, 0), columns, "sum")


def filters(W, size, title="", columns=10):
    """Draw each column of W (size * size, F) as a picture on one scale. Returns the figure."""
    figure = _row_of_pictures(np.asarray(W).T.reshape(-1, size, size), columns, "weight")
    if title:
        figure.set_figheight(figure.get_figheight() + 0.3)
        figure.suptitle(title)
    return figure


def _row_of_pictures(pictures, columns, name):
    """Draw signed pictures (N, H, W), `columns` in a row, with a bar for their scale."""
    rows = -(-len(pictures) // columns)
    width = min(columns, len(pictures))
    figure, spots = plt.subplots(rows, width, figsize=(0.92 * width + 1, 0.95 * rows + 0.1))
    limit = scale(pictures)
    for axes in np.ravel(spots):
        axes.axis("off")
    for axes, numbers in zip(np.ravel(spots), pictures, strict=False):
        axes.axis("on")
        picture = signed(axes, numbers, limit)
        bare(axes)
    figure.colorbar(picture, ax=spots, label=name, fraction=0.04)
    return figure


def scale(numbers):
    """Return the largest absolute value, rounded up to tenths, so that scales stay comparable."""
    return np.ceil(10 * np.abs(numbers).max()) / 10 or 1


def _numbers(axes, numbers, title, below_zero=True):
    """Draw a table of numbers in squares."""
    limit = np.abs(numbers).max() or 1
    if below_zero:
        signed(axes, numbers, 2 * limit)
    else:
        axes.imshow(numbers, vmin=0, vmax=2.5 * limit)
    for (row, column), value in np.ndenumerate(numbers):
        axes.text(column, row, f"{value:g}", ha="center", va="center", fontsize=11)
    squares(axes, *numbers.shape)
    axes.set_title(title)
    bare(axes)


def squares(axes, rows, columns):
    """Draw the thin lines between squares."""
    for edge in np.arange(0.5, rows - 1):
        axes.axhline(edge, color=plots.GREY, linewidth=0.6)
    for edge in np.arange(0.5, columns - 1):
        axes.axvline(edge, color=plots.GREY, linewidth=0.6)


def signed(axes, numbers, limit=None):
    """Draw numbers in red below 0, white at 0, blue above."""
    limit = limit or np.abs(numbers).max() or 1
    return axes.imshow(numbers, cmap="RdBu", vmin=-limit, vmax=limit)


def frame(axes, row, column, size, width=4):
    """Draw a thick frame around squares. Returns it."""
    return axes.add_patch(
        Rectangle(
            (column - 0.5, row - 0.5), size, size, fill=False, edgecolor=plots.ORANGE,
            linewidth=width, clip_on=False, zorder=5,
        )
    )  # fmt: skip


def bare(axes):
    """Take the ticks away and leave a grey border."""
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=plots.GREY)
