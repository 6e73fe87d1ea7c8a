"""Draw sunflower.png: 700 seeds, each turned by the golden angle against the one before."""

import math
from pathlib import Path

import matplotlib.pyplot as plt

from helpers import plots

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

figure, axes = plt.subplots(figsize=(4.2, 4.2))
for seed in range(700):
    distance, angle = math.sqrt(seed), seed * GOLDEN_ANGLE
    axes.plot(
        distance * math.cos(angle),
        distance * math.sin(angle),
        "o",
        color=plots.ORANGE if seed % 2 else plots.BLUE,
        markersize=2 + 0.006 * seed,
    )
axes.set_aspect("equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
