"""Draw forward_pass.png: a handwritten 7, the four lines of lesson 04, and the ten answers.

The four lines are run, with the trained network of data/: the bars are what they answer.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch

from helpers import datasets, plots
from helpers.folders import DATA
from helpers.losses import softmax

CODE = """\
def forward(x):
    a1 = sigmoid(x @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    return a2 @ W3 + b3
"""


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


with np.load(DATA / "trained_784_50_100_10.npz", allow_pickle=False) as file:
    names = {name: file[name] for name in file.files} | {"sigmoid": sigmoid}
exec(CODE, names)
image = datasets.digits()[2][95]
shares = softmax(names["forward"](image))


def arrow(axes, start, end):
    axes.annotate(
        "", (end, 2.35), (start, 2.35), zorder=5,
        arrowprops={"arrowstyle": "-|>,head_width=0.45,head_length=0.8", "lw": 2.5, "color": "0.3"},
    )  # fmt: skip


figure, axes = plt.subplots(figsize=(10, 3.7))
axes.imshow(image.reshape(28, 28), extent=(0, 3.4, 0.65, 4.05), zorder=3)
axes.add_patch(plt.Rectangle((0, 0.65), 3.4, 3.4, fill=False, edgecolor=plots.GREY, zorder=4))
card = FancyBboxPatch((4.9, 1.0), 5.7, 2.7, boxstyle="round,pad=0,rounding_size=0.2")
card.set(facecolor="#F2F7FB", edgecolor=plots.BLUE, linewidth=1.5, zorder=2)
axes.add_patch(card)
for i, line in enumerate(CODE.splitlines()):
    axes.text(
        5.15, 3.3 - 0.63 * i, line, family="DejaVu Sans Mono", fontsize=13, va="center", zorder=5
    )
for x, text in (1.7, "784"), (7.75, "50      100"), (12.3, "10"):
    axes.text(x, 0.25, text, ha="center", va="center", fontsize=13, weight="bold")
arrow(axes, 3.6, 4.75)
arrow(axes, 10.75, 11.9)
for digit, share in enumerate(shares):
    y, sure = 4.25 - 0.4 * digit, share > 0.5
    axes.text(
        12.3, y, digit, va="center", ha="center", fontsize=11, weight="bold" if sure else "normal"
    )
    axes.barh(y, 2 * share, height=0.26, left=12.6, color=plots.BLUE)
axes.set(xlim=(-0.1, 14.8), ylim=(0, 4.6), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
