"""Draw ai_ml_dl.png: deep learning inside machine learning inside artificial intelligence."""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Ellipse

from helpers import plots

CIRCLES = [  # label, width, height, colour, the label's height above the common ground
    ("AI", 8.0, 4.4, "#CFE6F5", 3.55),
    ("ML", 5.6, 3.0, "#8FC5E8", 2.3),
    ("DL", 3.0, 1.6, plots.BLUE, 0.95),
]

figure, axes = plt.subplots(figsize=(5, 2.9))
for label, width, height, color, y in CIRCLES:
    middle = (0, height / 2 + 0.15)
    axes.add_patch(Ellipse(middle, width, height, facecolor=color, edgecolor="white"))
    ink = "white" if label == "DL" else "black"
    axes.text(0, y, label, ha="center", va="center", fontsize=20, weight="bold", color=ink)
axes.set(xlim=(-4.1, 4.1), ylim=(0, 4.7), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
