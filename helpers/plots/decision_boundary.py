"""Pictures of a decision in the plane: points, the part that answers 1, and the line between."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from helpers import plots

LOW, HIGH = -0.5, 1.5  # the part of the plane that is drawn, along both axes
SHADES = ListedColormap(["white", "#BFDDF0"])  # of the answers 0 and 1


def points(X, t, names=("x1", "x2")):
    """Draw the points X (N, 2): filled blue circles where t (N,) is 1, white squares where it is 0.

    names are the titles of the axes. Returns the figure.
    """
    figure, axes = _one()
    set_axes(axes, names)
    _points(axes, X, t)
    _legend(figure, axes)
    return figure


def region(X, t, answer, names=("x1", "x2")):
    """Draw the points X (N, 2) with their targets t (N,), and shade where `answer` gives 1.

    answer is a function that takes points (M, 2) and returns an array of M zeros and ones. Points
    of X where its answer is not t have a ring. Returns the figure.
    """
    figure, axes = _one()
    set_axes(axes, names)
    _shade(axes, answer)
    _points(axes, X, t, np.asarray(answer(np.asarray(X))))
    _legend(figure, axes, shaded=True)
    return figure


def line(X, t, w, b, names=("x1", "x2")):
    """Draw the points X (N, 2) and what a perceptron makes of the plane. Returns the figure.

    Its line w1 x1 + w2 x2 + b = 0 is solid (with w = (0, 0) there is none), and the side where
    w1 x1 + w2 x2 + b > 0, where it answers 1, is shaded. Points that it gets wrong have a ring.
    """
    figure, axes = _one()
    set_axes(axes, names)
    _decision(axes, X, t, w, b)
    _legend(figure, axes, shaded=True)
    return figure


def lines(X, t, steps, columns=5):
    """Draw a small picture as in `line` for each (w, b) of steps, numbered from 0.

    Returns the figure.
    """
    rows = -(-len(steps) // columns)
    figure, spots = plt.subplots(
        rows, columns, figsize=(1.75 * columns, 2.1 * rows), squeeze=False, sharex=True, sharey=True
    )
    for axes in spots.flat[len(steps) :]:
        axes.axis("off")
    for number, (axes, (w, b)) in enumerate(zip(spots.flat, steps, strict=False)):
        set_axes(axes, ("", ""))
        _decision(axes, X, t, w, b)
        axes.set_title(number, fontsize=11)
    return figure


def _one():
    """Return a figure with room for a legend on the right, and its axes."""
    return plt.subplots(figsize=(4.8, 3.3))


def set_axes(axes, names):
    """Set the limits, ticks and titles of the axes."""
    axes.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xticks=(0, 1), yticks=(0, 1), aspect="equal")
    axes.set_xlabel(names[0])
    axes.set_ylabel(names[1], rotation=0, labelpad=8)
    axes.spines[:].set_visible(True)
    axes.spines[:].set_color(plots.GREY)


def _shade(axes, answer):
    """Shade the part of the plane where the answer is 1."""
    side = np.linspace(LOW, HIGH, 401)
    plane = np.stack(np.meshgrid(side, side), axis=2).reshape(-1, 2)
    answers = np.reshape(answer(plane), (401, 401))
    axes.imshow(answers, cmap=SHADES, vmin=0, vmax=1, origin="lower", extent=(LOW, HIGH, LOW, HIGH))


def _decision(axes, X, t, w, b):
    """Shade the side of the perceptron (w, b) that answers 1; draw its line, and the points."""
    w1, w2, b = float(w[0]), float(w[1]), float(b)

    def answer(X):
        return np.asarray(X) @ (w1, w2) + b > 0

    _shade(axes, answer)
    style = {"color": "black", "linestyle": "-", "linewidth": 2}
    if abs(w2) > 1e-9 * abs(w1):
        axes.axline((0, -b / w2), slope=-w1 / w2, **style)
    elif w1:
        axes.axvline(-b / w1, **style)
    _points(axes, X, t, answer(X))


def _points(axes, X, t, answers=None):
    """Draw the points, with a ring around those that are answered wrongly."""
    X, t = np.asarray(X), np.asarray(t)
    for target, marker, color in (0, "s", "white"), (1, "o", plots.BLUE):
        x1, x2 = X[t == target].T
        axes.scatter(
            x1, x2, s=75, marker=marker, color=color, edgecolor="black", zorder=4,
            label=f"t = {target}",
        )  # fmt: skip
    if answers is not None and np.any(answers != t):
        x1, x2 = X[answers != t].T
        axes.scatter(
            x1, x2, s=330, color="none", edgecolor=plots.RED, linewidth=2, linestyle="--",
            zorder=5, label="wrong",
        )  # fmt: skip


def _legend(figure, axes, shaded=False):
    """Explain the signs, to the right of the picture."""
    signs, words = axes.get_legend_handles_labels()
    if shaded:
        signs.append(Patch(facecolor=SHADES(1), edgecolor=plots.GREY))
        words.append("y = 1")
    figure.legend(signs, words, loc="outside right center", labelspacing=1.1)
