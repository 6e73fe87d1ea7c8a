"""Draw vgg16.png: the layers of VGG16 (Simonyan and Zisserman, 2014) as a row of boxes.

13 convolutions and 5 max poolings, then 3 affine layers: the 16 that learn gave it its name. The
height of a box tells the side of its picture, the number below how many channels come out.
"""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import Patch, Rectangle

from helpers import plots

BLOCKS = [(2, 64, 224), (2, 128, 112), (3, 256, 56), (3, 512, 28), (3, 512, 14)]
KINDS = {  # name: colour, hatching
    "convolution + ReLU": ("#BFDDF0", ""), "max pooling": ("white", "////"),
    "affine (+ ReLU)": ("#F6DDA6", "..."), "softmax": ("#D9D9D9", "xx"),
}  # fmt: skip

boxes = []  # kind, height, what comes out
for count, channels, side in BLOCKS:
    boxes += [("convolution + ReLU", side, channels)] * count + [("max pooling", side / 2, "")]
boxes += [("affine (+ ReLU)", 60, size) for size in (4096, 4096, 1000)] + [("softmax", 60, "")]

figure, axes = plt.subplots(figsize=(10.4, 3.1), layout="constrained")
x = 0
for kind, side, size in boxes:
    color, hatch = KINDS[kind]
    width, height = (0.62 if kind != "max pooling" else 0.36), 0.35 + 2.2 * (side / 224) ** 0.6
    axes.add_patch(
        Rectangle(
            (x, 1.6 - height / 2), width, height, facecolor=color, hatch=hatch, edgecolor="black"
        )
    )
    axes.text(x + width / 2, 0.02, size, ha="center", fontsize=8, rotation=90 if size else 0)
    x += width + 0.16
for place in (-0.75, x + 0.02):
    arrowprops = {"arrowstyle": "-|>", "lw": 1.8, "color": plots.BLUE}
    axes.annotate("", (place + 0.62, 1.6), (place, 1.6), arrowprops=arrowprops)
handles = [Patch(facecolor=c, hatch=h, edgecolor="black", label=k) for k, (c, h) in KINDS.items()]
figure.legend(handles=handles, loc="outside lower center", ncols=4, fontsize=10)
axes.set(xlim=(-0.8, x + 0.75), ylim=(-0.02, 3.0))
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
