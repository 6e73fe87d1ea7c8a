"""Draw xor_network.png: two inputs, NAND and OR beside each other, AND behind them."""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Circle

from helpers import plots

NODES = [  # sign, place, name of the gate
    ("$x_1$", (0.6, 3.2), ""),
    ("$x_2$", (0.6, 0.9), ""),
    ("$h_1$", (3.9, 3.2), "NAND"),
    ("$h_2$", (3.9, 0.9), "OR"),
    ("$y$", (7.2, 2.05), "AND"),
]
EDGES = [  # from, to, weight, where on the way its number stands
    (0, 2, -1, 0.5), (1, 2, -1, 0.3), (0, 3, 1, 0.3), (1, 3, 1, 0.5), (2, 4, 1, 0.5), (3, 4, 1, 0.5)
]  # fmt: skip
BIASES = {2: "+1.5", 3: "-0.5", 4: "-1.5"}

figure, axes = plt.subplots(figsize=(7.4, 3.6), layout="constrained")
for start, end, weight, way in EDGES:
    (x1, y1), (x2, y2) = NODES[start][1], NODES[end][1]
    color, style = (plots.BLUE, "-") if weight > 0 else (plots.RED, "--")
    axes.plot((x1, x2), (y1, y2), color=color, linestyle=style, linewidth=2, zorder=1)
    axes.text(
        x1 + way * (x2 - x1), y1 + way * (y2 - y1), weight, fontsize=15, ha="center", va="center",
        color=color, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5}, zorder=2,
    )  # fmt: skip
for number, (sign, place, name) in enumerate(NODES):
    shade = "#BFDDF0" if name else "white"
    axes.add_patch(Circle(place, 0.48, facecolor=shade, edgecolor="black", lw=1.5, zorder=3))
    axes.text(*place, sign, fontsize=19, ha="center", va="center", zorder=4)
    axes.text(place[0], place[1] + 0.62, name, fontsize=14, weight="bold", ha="center")
    axes.text(place[0], place[1] - 0.85, BIASES.get(number, ""), fontsize=14, ha="center")
axes.set(xlim=(0, 7.9), ylim=(-0.1, 4.3), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
