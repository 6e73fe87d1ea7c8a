"""Draw after_vgg16.png: a block of ResNet and one of the transformer, as boxes with detours.

ResNet: He et al., 2015; with 152 layers it has 50 such blocks. Transformer: Vaswani et al., 2017;
6 such blocks read the text. What normalises the numbers in between is left out.
"""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Circle, Rectangle

from helpers import plots

BLUE, YELLOW, GREEN = ("#BFDDF0", ""), ("#F6DDA6", "..."), ("#BFE6D8", "//")
ROWS = [  # name, times, groups of boxes; each group has a detour
    ("ResNet\n2015", "x 50", [[("conv\n1x1", BLUE), ("ReLU", ("white", "")), ("conv\n3x3", BLUE),
                               ("ReLU", ("white", "")), ("conv\n1x1", BLUE)]]),
    ("Trans-\nformer\n2017", "x 6", [[("attention", GREEN)],
                                     [("affine", YELLOW), ("ReLU", ("white", "")),
                                      ("affine", YELLOW)]]),
]  # fmt: skip
ARROW = {"arrowstyle": "-|>", "lw": 1.6, "color": "black", "shrinkA": 0, "shrinkB": 0}
DETOUR = {**ARROW, "color": plots.ORANGE, "lw": 2.4}

figure, axes = plt.subplots(figsize=(9, 3.4), layout="constrained")
for number, (name, times, groups) in enumerate(ROWS):
    x, y = 1.2, 2.7 - 2.6 * number
    axes.text(-0.35, y, name, ha="center", va="center", weight="bold", fontsize=12)
    for group in groups:
        start = x - 0.35
        for text, (color, hatch) in group:
            axes.annotate("", (x, y), (x - 0.55, y), arrowprops=ARROW)
            width = 1.5 if text == "attention" else 1.05
            axes.add_patch(
                Rectangle((x, y - 0.5), width, 1, facecolor=color, hatch=hatch, edgecolor="black")
            )
            axes.text(
                x + width / 2, y, text, ha="center", va="center", fontsize=11,
                bbox={"facecolor": color, "edgecolor": "none", "pad": 1.5},
            )  # fmt: skip
            x += width + 0.55
        axes.annotate("", (x, y), (x - 0.55, y), arrowprops=ARROW)
        plus = x + 0.22
        axes.add_patch(Circle((plus, y), 0.22, facecolor="white", edgecolor="black"))
        axes.text(plus, y, "+", ha="center", va="center", fontsize=15)
        axes.plot((start, start, plus), (y, y + 0.95, y + 0.95), color=plots.ORANGE, lw=2.4, ls="-")
        axes.annotate("", (plus, y + 0.22), (plus, y + 0.98), arrowprops=DETOUR)
        x = plus + 0.22 + 0.55
    axes.annotate("", (x + 0.1, y), (x - 0.55, y), arrowprops=ARROW)
    axes.text(x + 0.3, y, times, va="center", fontsize=13)
axes.set(xlim=(-1, 11.2), ylim=(-0.65, 3.75), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
