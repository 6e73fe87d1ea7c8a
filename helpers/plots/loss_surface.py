"""Pictures of a loss over two parameters: contour lines or a surface, with the paths of descents.

In all of them, loss is a function that takes an array (2,) and returns one number; limits are
(left, right, bottom, top) of the part that is drawn; paths are arrays (K, 2), the points that a
descent went through. A path begins at a large ring, shows its steps, and ends at a star. One that
leaves the landscape is drawn up to there, and has no star.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers import plots

GRID = 61  # points along each side of the landscape
LEVELS = 12  # contour lines; denser where the loss is low
SHADES = LinearSegmentedColormap.from_list("depth", ["#7DBBE2", "#D6EAF6", "#F5FAFD"])
STYLES = [  # colour, line, marker: one for each path
    (plots.RED, "-", "o"), ("black", "--", "s"), (plots.GREEN, "-.", "^"),
    ("#8A5A00", ":", "D"), (plots.BLUE, "-", "v"), (plots.GREY, "--", "P"),
]  # fmt: skip


def contours(loss, limits, paths=(), labels=(), names=("w0", "w1")):
    """Draw the landscape as a map, and all paths on it. Returns the figure.

    labels are the names of the paths, names those of the two axes.
    """
    figure, axes = plt.subplots(figsize=(5.2, 4.4))
    shades = shade(axes, heights(loss, limits), limits, names)
    figure.colorbar(shades, ax=axes, label="loss", format="{x:.3g}")
    for number, path in enumerate(paths):
        draw_path(axes, path, limits, number, _label(labels, number))
    if labels:
        figure.legend(loc="outside lower center", ncols=2)
    return figure


def side_by_side(loss, limits, paths, labels, names=("w0", "w1")):
    """Draw a map of the landscape for each path, under its label. Returns the figure."""
    figure, spots = plt.subplots(
        1, len(paths), figsize=(2.6 * len(paths), 3.2), squeeze=False, sharex=True, sharey=True
    )
    height = heights(loss, limits)
    for axes, path, label in zip(spots[0], paths, labels, strict=True):
        shade(axes, height, limits, names)
        draw_path(axes, path, limits)
        axes.set_title(label, fontsize=11)
        axes.label_outer()
    return figure


def surface(loss, limits, paths=(), labels=(), names=("w0", "w1"), view=(28, 158)):
    """Draw the landscape as a surface in space, and all paths on it. Returns the figure.

    view is the direction to look from: how high above the ground, and which side, in degrees.
    """
    figure = plt.figure(figsize=(6, 4.4))
    axes = figure.add_subplot(projection="3d", computed_zorder=False)
    axes.plot_surface(
        *_grid(limits), heights(loss, limits), cmap=SHADES, rcount=GRID, ccount=GRID,
        edgecolor="#5A7A8C", linewidth=0.15, zorder=1,
    )  # fmt: skip
    for number, path in enumerate(paths):
        draw_path(axes, path, limits, number, _label(labels, number), loss)
    axes.set(xlim=limits[:2], ylim=limits[2:], xlabel=names[0], ylabel=names[1])
    axes.set_zlabel("loss", labelpad=6)
    axes.view_init(*view)
    axes.set_box_aspect(None, zoom=0.95)
    if labels:
        figure.legend(loc="outside lower center", ncols=2)
    return figure


def shade(axes, height, limits, names=("w0", "w1")):
    """Shade a landscape, given its `heights`, and draw its contour lines, to scale."""
    low, high = height.min(), height.max()
    levels = low + (high - low) * np.linspace(0, 1, LEVELS + 1) ** 2
    shades = axes.contourf(*_grid(limits), height, levels, cmap=SHADES)
    axes.contour(*_grid(limits), height, levels, colors=plots.GREY, linewidths=0.6, linestyles="-")
    axes.set(xlim=limits[:2], ylim=limits[2:], aspect="equal", xlabel=names[0])
    axes.set_ylabel(names[1], rotation=0, labelpad=8)
    return shades


def draw_path(axes, path, limits, number=0, label=None, loss=None):
    """Draw a path above everything else; in space, if a loss says how high its points lie.

    Returns its line, its ring and its star, whose data are the three `parts` of the path.
    """
    color, line, marker = STYLES[number % len(STYLES)]
    points, start, end = parts(path, limits)
    if loss:  # pictures in space do not end at their limits, so the path must
        inside = points[: steps_inside(path, limits)]
        points = np.array([[*point, loss(point)] for point in inside]).reshape(-1, 3)
        start, end = points[:1], points[-1:] if len(end) else points[:0]
    artists = axes.plot(*points.T, color=color, linestyle=line, linewidth=1.6, marker=marker,
                        markersize=3, zorder=5, label=label)  # fmt: skip
    for place, sign, size in (start, "o", 11), (end, "*", 13):
        artists += axes.plot(*place.T, color=color, linestyle="", marker=sign, markersize=size,
                             markeredgecolor=color, markerfacecolor="white", zorder=6)  # fmt: skip
    return artists


def parts(path, limits):
    """Return the points of a path that are drawn, its start, and its end (none if it leaves)."""
    path, inside = np.asarray(path, dtype=float), steps_inside(path, limits)
    points = path[: inside + 1]
    return points, points[:1], points[-1:] if inside == len(path) else points[:0]


def heights(loss, limits):
    """Return the loss at each point of a grid over the landscape, as an array (GRID, GRID)."""
    grid = np.stack(_grid(limits), axis=-1)
    return np.array([[loss(point) for point in row] for row in grid], dtype=float)


def steps_inside(path, limits):
    """Return how many points a path goes through before it leaves the landscape."""
    left, right, bottom, top = limits
    w0, w1 = np.asarray(path, dtype=float).T
    inside = (w0 >= left) & (w0 <= right) & (w1 >= bottom) & (w1 <= top)
    return len(inside) if inside.all() else int(np.argmin(inside))


def _grid(limits):
    """Return the first and the second parameter at each point of the grid."""
    left, right, bottom, top = limits
    return np.meshgrid(np.linspace(left, right, GRID), np.linspace(bottom, top, GRID))


def _label(labels, number):
    """Return the label of a path, None if it has none."""
    return labels[number] if number < len(labels) else None
