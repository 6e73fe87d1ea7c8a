"""Draw rolling_downhill.png: a line that fits five points better and better, and the way of a ball.

Left, the line after 0, 3, 8 and 200 steps. Right, the loss of every line, and where these are.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from helpers import datasets, plots
from helpers.plots import loss_surface

LIMITS = (-2.5, 2.5, -1.4, 4.5)
SHOWN = [  # step, colour and style of its line; on both sides
    (0, plots.RED, ":", 2), (3, plots.ORANGE, "--", 2), (8, plots.GREEN, "-.", 2),
    (200, "black", "-", 3),
]  # fmt: skip
INK = {plots.RED: "white", plots.ORANGE: "black", plots.GREEN: "white", "black": "white"}
NUMBER = {"ha": "center", "va": "center_baseline", "fontsize": 11, "weight": "bold"}

people = datasets.heights_and_weights()
people = people - people.mean(axis=0)
x, t = np.insert(people[:, 0:1], 0, 1, axis=1), people[:, 1]


def loss(w):
    return np.mean((x @ w - t) ** 2) / 2


path = [np.array([2.0, -1.0])]
for _ in range(200):
    path.append(path[-1] - 0.01 * x.T @ (x @ path[-1] - t) / len(t))
path = np.array(path)

figure = plt.figure(figsize=(9, 3.9), layout="none")
left = figure.add_axes((0.01, 0.03, 0.4, 0.94))
right = figure.add_axes((0.44, -0.3, 0.58, 1.5), projection="3d", computed_zorder=False)
left.scatter(x[:, 1], t, s=130, color=plots.BLUE, edgecolor="black", zorder=4)
for step, color, style, width in SHOWN:
    ends = np.array([-6.5, 6.5])
    heights = path[step] @ np.array([np.ones(2), ends])
    left.plot(ends, heights, color=color, linestyle=style, linewidth=width)
    left.plot(ends[1], heights[1], "o", color=color, markersize=22, markeredgecolor="black")
    left.text(ends[1], heights[1], step, color=INK[color], **NUMBER)
left.set(xlim=(-7.3, 7.3), ylim=(-13, 14), xticks=(), yticks=())
left.spines[:].set(visible=True, color=plots.GREY)

side = np.linspace(0, 1, loss_surface.GRID)
w0, w1 = np.meshgrid(LIMITS[0] + 5 * side, LIMITS[2] + 5.9 * side)
right.plot_surface(
    w0, w1, loss_surface.heights(loss, LIMITS), cmap=loss_surface.SHADES, edgecolor="#5A7A8C",
    linewidth=0.15, rcount=loss_surface.GRID, ccount=loss_surface.GRID, zorder=1,
)  # fmt: skip
z = np.array([loss(w) for w in path])
right.plot(*path.T, z, color="black", linewidth=1.5, linestyle="-", zorder=5)
for step, color, _, _ in SHOWN:
    right.plot(
        *path[step : step + 1].T, z[step : step + 1] + 1.5, "o", color=color, markersize=22,
        markeredgecolor="black", zorder=6,
    )  # fmt: skip
    right.text(*path[step], z[step] + 1.5, step, color=INK[color], zorder=7, **NUMBER)
right.view_init(28, 158)  # from here, the ball also comes down the page
right.set_axis_off()
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
