"""Draw computational_graph.png: a product, a sum, an error, a loss; numbers there, slopes back.

Blue numbers above the solid arrows are values; red numbers in dashed boxes are slopes of L.
"""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Circle

from helpers import plots

NODES = {  # sign: place
    "$\\times$": (2.6, 2.2), "$+$": (5.2, 2.2), "$-$": (7.8, 2.2), "$e^2/2$": (10.4, 2.2)
}  # fmt: skip
WIRES = [  # from, to, value, slope
    ((0.3, 3.3), (2.6, 2.2), "x = 2", "6"),
    ((0.3, 1.1), (2.6, 2.2), "w = 3", "4"),
    ((2.6, 2.2), (5.2, 2.2), "z = 6", "2"),
    ((5.2, 0.2), (5.2, 2.2), "b = 1", "2"),
    ((5.2, 2.2), (7.8, 2.2), "y = 7", "2"),
    ((7.8, 0.2), (7.8, 2.2), "t = 5", ""),
    ((7.8, 2.2), (10.4, 2.2), "e = 2", "2"),
    ((10.4, 2.2), (12.6, 2.2), "L = 2", "1"),
]
RADIUS = 0.48

figure, axes = plt.subplots(figsize=(9.6, 3.2), layout="constrained")
for (x1, y1), (x2, y2), value, slope in WIRES:
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    first = RADIUS if (x1, y1) in NODES.values() else 0
    last = RADIUS if (x2, y2) in NODES.values() else 0
    start = x1 + ux * first, y1 + uy * first
    end = x2 - ux * last, y2 - uy * last
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "lw": 1.8, "color": plots.BLUE})
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if ux == 0:  # upright
        value_place, slope_place = (x1 - 0.62, middle[1]), (x1 + 0.42, middle[1])
    else:
        value_place, slope_place = (middle[0], middle[1] + 0.36), (middle[0], middle[1] - 0.42)
    style = {"ha": "center", "va": "center", "fontsize": 13}
    axes.text(*value_place, value, color=plots.BLUE, **style)
    if slope:
        box = {
            "boxstyle": "round,pad=0.2",
            "facecolor": "white",
            "edgecolor": plots.RED,
            "ls": "--",
        }
        axes.text(*slope_place, slope, color=plots.RED, weight="bold", bbox=box, **style)
for sign, place in NODES.items():
    axes.add_patch(Circle(place, RADIUS, facecolor="white", edgecolor="black", lw=1.5, zorder=3))
    size = 12 if "2" in sign else 20
    axes.text(*place, sign, ha="center", va="center", fontsize=size, zorder=4)
axes.annotate(
    "", (0.6, 3.85), (12.4, 3.85),
    arrowprops={"arrowstyle": "-|>", "lw": 1.8, "color": plots.RED, "ls": "--"},
)  # fmt: skip
axes.set(xlim=(-0.1, 12.8), ylim=(0, 4.1), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
