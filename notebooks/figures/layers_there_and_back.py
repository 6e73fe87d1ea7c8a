"""Draw layers_there_and_back.png: the layers of 3-50-100-50-3, scores going right, slopes left."""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

from helpers import plots

BOXES = [  # name, numbers that come out, parameters
    ("Affine", 50, "200"), ("ReLU", 50, ""), ("Affine", 100, "5,100"), ("ReLU", 100, ""),
    ("Affine", 50, "5,050"), ("ReLU", 50, ""), ("Affine", 3, "153"), ("Cross\nEntropy", "loss", ""),
]  # fmt: skip
STEP, WIDTH = 1.75, 1.0

figure, axes = plt.subplots(figsize=(10.4, 2.5), layout="constrained")


def arrow(start, end, y, color, style):
    arrowprops = {"arrowstyle": "-|>", "lw": 1.8, "color": color, "ls": style}
    axes.annotate("", (end, y), (start, y), arrowprops=arrowprops)


arrow(-0.75, 0, 1.55, plots.BLUE, "-")
axes.text(-0.42, 1.85, 3, ha="center", color=plots.BLUE, fontsize=12)
for number, (name, outputs, parameters) in enumerate(BOXES):
    left = number * STEP
    learns = name == "Affine"
    axes.add_patch(
        FancyBboxPatch(
            (left, 0.55), WIDTH, 1.5, boxstyle="round,pad=0,rounding_size=0.12", lw=1.5,
            facecolor="#BFDDF0" if learns else "white", edgecolor="black",
        )
    )  # fmt: skip
    axes.text(left + WIDTH / 2, 1.3, name, ha="center", va="center", fontsize=11, weight="bold")
    axes.text(left + WIDTH / 2, 0.2, parameters, ha="center", va="center", fontsize=11)
    right = left + WIDTH
    arrow(right, left + STEP, 1.55, plots.BLUE, "-")
    axes.text(right + 0.36, 1.85, outputs, ha="center", color=plots.BLUE, fontsize=12)
    arrow(left + STEP, right, 1.0, plots.RED, "--")
    if number == len(BOXES) - 1:
        axes.text(right + 0.5, 0.62, 1, ha="center", color=plots.RED, fontsize=12)
axes.set(xlim=(-0.85, len(BOXES) * STEP + 0.1), ylim=(0, 2.35), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
