"""Pictures of colours and of what they are called: red, green or blue.

Colours are rows (N, 3): the amounts of red, green and blue from 0 to 255. Labels are 0 for red,
1 for green, 2 for blue. A word, a sign or hatching shows the label, too, so that no eye has to
tell the colours apart.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap, rgb_to_hsv
from matplotlib.patches import Rectangle

from helpers import plots

NAMES = ("red", "green", "blue")
SHADES = ("#F4C7BE", "#BFE6D8", "#BFDDF0")  # pale: behind hatching that says the same
HATCHES = ("..", "//", "xx")


def chips(x, t, columns=24):
    """Draw the colours x (N, 3) as small squares, in a block for each label of t (N,).

    Each block is in order of hue, with its label and the number of its colours on the left.
    Returns the figure.
    """
    x, t = np.asarray(x), np.asarray(t)
    blocks = [_by_hue(x[t == label]) for label in range(len(NAMES))]
    heights = [max(1, -(-len(block) // columns)) for block in blocks]
    figure, spots = plt.subplots(
        len(blocks), 1, figsize=(0.32 * columns + 1.3, 0.36 * sum(heights) + 0.3),
        height_ratios=heights,
    )  # fmt: skip
    for axes, block, height, name in zip(spots, blocks, heights, NAMES, strict=True):
        for place, color in enumerate(block):
            row, column = divmod(place, columns)
            axes.add_patch(Rectangle((column, row), 0.92, 0.92, facecolor=color / 255))
        axes.text(-0.4, height / 2, f"{name}\n{len(block)}", ha="right", va="center")
        axes.set(xlim=(-2.9, columns), ylim=(height, 0), aspect="equal")
        axes.axis("off")
    return figure


def named(x, names, t, answers=None, columns=3):
    """Draw each colour of x (N, 3) beside its name and label (t), or its (label -> answer).

    Where the answer is not the label, the words are red and the colour has a dashed frame.
    Returns the figure.
    """
    rows = max(1, -(-len(x) // columns))
    figure, axes = plt.subplots(figsize=(3.05 * columns, 0.62 * rows + 0.1))
    for i, (color, name, label) in enumerate(zip(np.asarray(x), names, t, strict=True)):
        column, row = divmod(i, rows)
        wrong = answers is not None and answers[i] != label
        words = NAMES[label] if answers is None else f"{NAMES[label]} -> {NAMES[answers[i]]}"
        style = {"edgecolor": plots.RED, "linestyle": "--"} if wrong else {"edgecolor": plots.GREY}
        axes.add_patch(
            Rectangle((6 * column, row + 0.1), 1.3, 0.8, facecolor=color / 255, lw=1.5, **style)
        )
        axes.text(6 * column + 1.55, row + 0.3, name, va="center", fontsize=10)
        axes.text(
            6 * column + 1.55, row + 0.72, f"({words})", va="center", fontsize=10,
            color=plots.RED if wrong else "black",
        )  # fmt: skip
    axes.set(xlim=(-0.1, 6 * columns), ylim=(rows, 0))
    axes.axis("off")
    return figure


def answer_map(classify, saturation=1.0, wrong=None):
    """Draw the colours by hue and lightness, and beside them what `classify` calls them.

    classify is a function that takes rows (N, 3) from 0 to 255 and returns N class numbers.
    saturation, from 0 (grey) to 1, is the same for all colours. Colours in the rows of `wrong`, if
    there are any, are marked in both halves. Returns the figure.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), sharey=True)
    draw_map(left, right, classify, saturation)
    if wrong is not None and len(wrong):
        hue, lightness = hue_and_lightness(wrong)
        for axes in left, right:
            axes.plot(
                hue, lightness, "X", color="white", markeredgecolor="black", markersize=11,
                linestyle="none",
            )  # fmt: skip
    return figure


def draw_map(left, right, classify, saturation=1.0):
    """Draw the two halves of `answer_map` into the axes left and right."""
    hue, lightness = grid(181, 101)
    x = colors(hue, lightness, saturation)
    answers = np.reshape(classify(x.reshape(-1, 3)), hue.shape)
    extent = (-61, 301, -0.5, 100.5)
    left.imshow(x / 255, origin="lower", extent=extent, aspect="auto")
    right.imshow(
        answers, cmap=ListedColormap(SHADES), vmin=0, vmax=2, origin="lower", extent=extent,
        aspect="auto",
    )  # fmt: skip
    for label in np.unique(answers):
        _region(right, hue, lightness, answers == label, label)
    left.set(ylabel="lightness (%)")
    set_map_axes(left, right)


def set_map_axes(left, right):
    """Write what the two halves of a map show; set the limits, ticks and titles of their axes."""
    left.set(title="the colours")
    right.set(title="what they are called")
    for axes in left, right:
        axes.set(xlabel="hue (degrees)", xticks=range(-60, 301, 60), xlim=(-60, 300), ylim=(0, 100))


def grid(columns, rows):
    """Return the hue and the lightness (rows, columns) of a map, from its lower left corner."""
    return np.meshgrid(np.linspace(-60, 300, columns), np.linspace(0, 100, rows))


def hatched(answers):
    """Return a picture (H, W, 3), uint8, of labels (H, W): shades, hatching, and black borders.

    Row 0 is at the bottom. It looks like the right half of `answer_map`, but takes a hundredth of
    the time, so that it can move.
    """
    answers = np.asarray(answers)
    row, column = np.indices(answers.shape)
    dots = ((row + 4) % 9 - 4) ** 2 + ((column + 4) % 9 - 4) ** 2 < 3
    up, down = (row - column) % 10 < 1, (row + column) % 10 < 1
    ink = np.choose(answers, (dots, up, up | down))
    picture = np.array([[int(shade[i : i + 2], 16) for i in (1, 3, 5)] for shade in SHADES])
    picture = np.where(ink[..., None], 70, picture[answers]).astype(np.uint8)
    across, along = answers[:, 1:] != answers[:, :-1], answers[1:] != answers[:-1]
    picture[:, 1:][across] = picture[:, :-1][across] = 0
    picture[1:][along] = picture[:-1][along] = 0
    return picture


def colors(hue, lightness, saturation=1.0):
    """Return the colours (..., 3), 0 to 255, of a hue in degrees and a lightness in percent.

    Source: the model HSL (Joblove and Greenberg, 1978), as CSS writes it.
    """
    hue, lightness = np.asarray(hue, float)[..., None], np.asarray(lightness, float)[..., None]
    k = (np.array([0, 8, 4]) + hue / 30) % 12
    a = saturation * np.minimum(lightness, 100 - lightness) / 100
    return 255 * (lightness / 100 - a * np.maximum(-1, np.minimum(np.minimum(k - 3, 9 - k), 1)))


def hue_and_lightness(x):
    """Return the hue (-60 to 300 degrees) and the lightness (0 to 100 percent) of rows x (N, 3)."""
    x = np.asarray(x, float)
    hue = 360 * rgb_to_hsv(x / 255)[:, 0]
    return (hue + 60) % 360 - 60, (x.max(axis=1) + x.min(axis=1)) / 5.1


def _by_hue(x):
    """Return the rows of x in order of hue, beginning after the purples."""
    return x[np.argsort(hue_and_lightness(x)[0], kind="stable")] if len(x) else x


def _region(axes, hue, lightness, inside, label):
    """Hatch and outline the places where `inside` is true; put the label where it has most room."""
    levels = (0.5, 1.5)
    axes.contourf(hue, lightness, inside, levels=levels, colors="none", hatches=[HATCHES[label]])
    if not inside.all():
        axes.contour(hue, lightness, inside, levels=levels[:1], colors="black", linewidths=0.8)
    place = roomiest(inside[::4, ::4])
    if place:
        place = 4 * place[0], 4 * place[1]
        axes.text(
            hue[place], lightness[place], NAMES[label], ha="center", va="center", weight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
        )  # fmt: skip


def roomiest(inside):
    """Return the row and column of the true place furthest from all false ones, or None."""
    here, others = np.argwhere(inside), np.argwhere(~np.pad(inside, 1)) - 1
    if not len(here):
        return None
    away = np.hypot(*(here[:, None] - others).transpose(2, 0, 1)).min(axis=1)
    return tuple(here[np.argmax(away)])
