"""Pictures of a small network with the numbers that flow through it."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle

from helpers import plots

RADIUS, ACROSS, DOWN = 0.42, 3.0, 1.3  # of a circle; from column to column, from row to row
LIGHT = np.array([191, 221, 240]) / 255  # the blue of the largest number of a layer


def network(values, weights, names=None):
    """Draw a fully connected network, a column of circles for each layer. Returns the figure.

    values is a list of vectors, one for each layer from the inputs to the outputs; they stand in
    the circles, the bluer the farther from 0. weights is the list of the matrices between them:
    weights[k][i, j], of shape (D, H), leads from circle i of column k to circle j of the next. A
    line is blue where its weight is above 0, red and dashed where it is below 0, grey and dotted
    where it is 0, and the thicker, the farther the weight is from 0. names stand above the
    columns: x, a1, a2, ..., y unless given. Raises ValueError if the shapes do not fit.
    """
    check_shapes(values, weights)
    width, height = extent([len(column) for column in values])
    figure, axes = plt.subplots(figsize=(0.85 * width, 0.85 * height))
    NetworkDiagram(axes, values, weights, names)
    return figure


def extent(sizes):
    """Return the width and the height of a network, given the number of circles in each column."""
    width = ACROSS * (len(sizes) - 1) + 2 * RADIUS + 0.4
    return width, 2 * _top(max(sizes)) + 0.5


class NetworkDiagram:
    """The picture of `network` on axes, with numbers in its circles that can be changed.

    circles[k][i] and numbers[k][i] are circle i of column k and the number in it; lines[k] is a
    list of everything that is drawn for weights k.
    """

    def __init__(self, axes, values, weights, names=None):
        names = names or ["x", *[f"a{k}" for k in range(1, len(values) - 1)], "y"]
        places = [_column(k, len(column)) for k, column in enumerate(values)]
        top = _top(max(map(len, values)))
        pairs = zip(weights, places, places[1:], strict=False)
        self.lines = [_lines(axes, np.asarray(W, float), *ends) for W, *ends in pairs]
        columns = [_circles(axes, spots) for spots in places]
        self.circles, self.numbers = zip(*columns, strict=True)
        for name, spots in zip(names, places, strict=True):
            axes.text(spots[0][0], top + 0.1, name, fontsize=13, weight="bold", ha="center")
        width, height = extent([len(column) for column in values])
        axes.set(xlim=(-RADIUS - 0.2, width - RADIUS - 0.2), ylim=(-top, height - top))
        axes.set_aspect("equal")
        axes.axis("off")
        self.show(values)

    def show(self, values):
        """Write a vector into each column of circles; None leaves a column empty."""
        for column, circles, numbers in zip(values, self.circles, self.numbers, strict=True):
            known = np.zeros(len(circles)) if column is None else np.asarray(column, float)
            largest = np.abs(known).max() or 1
            for value, circle, text in zip(known, circles, numbers, strict=True):
                circle.set_facecolor(1 - (1 - LIGHT) * abs(value) / largest)
                text.set_text("" if column is None else number(value))


def check_shapes(values, weights):
    """Raise ValueError unless each matrix of weights leads from one vector to the next."""
    sizes = [np.shape(column) for column in values]
    wanted = [left + right for left, right in zip(sizes, sizes[1:], strict=False)]
    found = [np.shape(W) for W in weights]
    if any(len(size) != 1 for size in sizes) or len(sizes) < 2 or wanted != found:
        raise ValueError(
            "The values must be one vector for each layer, and weights k must have the shape "
            f"(size of vector k, size of vector k + 1). Vectors: {sizes}. Weights: {found}."
        )


def number(value):
    """Return a number as short text: three decimals at most, fewer where it is large."""
    text = f"{value:.{3 if abs(value) < 10 else 1 if abs(value) < 1000 else 0}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _column(k, count):
    """Return the places of the circles of column k, from top to bottom."""
    return [(ACROSS * k, DOWN * ((count - 1) / 2 - i)) for i in range(count)]


def _top(most):
    """Return how far the circles of a column of `most` reach above the middle."""
    return _column(0, most)[0][1] + RADIUS + 0.15


def _lines(axes, W, left, right):
    """Draw the lines of the weights W, with their numbers if there are not too many."""
    largest = np.abs(W).max() or 1
    way = np.clip(0.72 / len(right), 0.2, 0.3)  # the numbers stand before the lines cross
    drawn = []
    for (i, j), weight in np.ndenumerate(W):
        (x1, y1), (x2, y2) = left[i], right[j]
        color, style = _sign(weight)
        thickness = 0.8 + 1.8 * abs(weight) / largest
        drawn += axes.plot(
            (x1, x2), (y1, y2), color=color, linestyle=style, linewidth=thickness, zorder=1
        )
        if W.size <= 9:
            text = axes.text(
                x1 + way * (x2 - x1), y1 + way * (y2 - y1), number(weight), fontsize=9.5,
                color=color, ha="center", va="center", zorder=2,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )  # fmt: skip
            drawn.append(text)
    return drawn


def _circles(axes, spots):
    """Draw a column of circles, with room for their numbers. Returns both."""
    circles = [Circle(spot, RADIUS, edgecolor="black", lw=1.3, zorder=3) for spot in spots]
    for circle in circles:
        axes.add_patch(circle)
    style = {"fontsize": 10.5, "ha": "center", "va": "center", "zorder": 4}
    return circles, [axes.text(*spot, "", **style) for spot in spots]


def _sign(weight):
    """Return the colour and the style of a line."""
    if weight == 0:
        return plots.GREY, ":"
    return (plots.BLUE, "-") if weight > 0 else (plots.RED, "--")
