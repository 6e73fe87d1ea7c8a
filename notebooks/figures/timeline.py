"""Draw timeline.png: neural networks from 1943 to 2012, and their two winters."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from helpers import plots
from helpers.plots.decision_boundary import SHADES

EVENTS = [  # years, where, sign, names, and on which side of the line they stand
    ("1943", 1943, "\N{GREEK CAPITAL LETTER SIGMA}", "McCulloch\nPitts", 1),
    ("1958", 1958, "/", "Rosenblatt", 1),
    ("1969", 1969, "\N{CIRCLED PLUS}", "Minsky\nPapert", -1),
    ("1980", 1980, "\N{SQUARE WITH ORTHOGONAL CROSSHATCH FILL}", "Fukushima", 1),
    ("1986", 1986, "\N{LEFTWARDS ARROW}", "Rumelhart\nHinton\nWilliams", -1),
    ("1989-1998", 1993.5, "\N{SQUARE WITH ORTHOGONAL CROSSHATCH FILL}", "LeCun et al.", 1),
    ("2006", 2006, "\N{IDENTICAL TO}", "Hinton\nOsindero\nTeh", -1),
    ("2012", 2012, "\N{BLACK STAR}", "Krizhevsky\nSutskever\nHinton", 1),
]
WINTERS = [(1969, 1986), (1995, 2006)]
FADE = 3  # years: nobody can date the beginning and the end of a winter

figure, axes = plt.subplots(figsize=(10, 3.9), layout="constrained")
for start, end in WINTERS:
    years = np.linspace(start - FADE / 2, end + FADE / 2, 300)
    depth = np.minimum(years - years[0], years[-1] - years) / FADE
    axes.imshow(
        np.clip(depth, 0, 1)[np.newaxis], extent=(years[0], years[-1], -2.6, 2.6), aspect="auto",
        cmap=LinearSegmentedColormap.from_list("", ["white", SHADES(1)]),
        vmin=0, vmax=1,
    )  # fmt: skip
    axes.text(
        start + 4, 1.9 if start < 1980 else -2, "\N{SNOWFLAKE}", fontsize=30,
        ha="center", va="center", color=plots.BLUE, alpha=0.5,
    )  # fmt: skip
axes.plot((1939, 2016), (0, 0), color="black", linewidth=2, linestyle="-")
axes.plot((1989, 1998), (0, 0), color=plots.BLUE, linewidth=7, linestyle="-")
for label, year, sign, names, side in EVENTS:
    axes.plot((year, year), (0, 0.95 * side), color=plots.GREY, linewidth=1, linestyle="-")
    axes.plot(year, 0.62 * side, marker="o", markersize=27, color="white", markeredgecolor="black")
    axes.text(year, 0.6 * side, sign, fontsize=16, ha="center", va="center")
    axes.text(
        year, 1.12 * side, label, weight="bold", fontsize=13, ha="center",
        va="bottom" if side > 0 else "top",
    )  # fmt: skip
    axes.text(
        year, 1.5 * side, names, fontsize=11, ha="center", va="bottom" if side > 0 else "top",
    )  # fmt: skip
    axes.plot(year, 0, marker="o", markersize=7, color=plots.BLUE)
axes.set(xlim=(1937, 2018), ylim=(-2.8, 2.8))
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
