"""Bars for the numbers of a layer, quick to draw anew."""

import numpy as np
from matplotlib.collections import PolyCollection

from course.demos.base import number
from helpers import plots


class Bars:
    """Bars beside one another: blue above 0, red and hatched below; one may be marked."""

    def __init__(self, axes, count, fontsize=9, written=0):
        self.axes = axes
        self.above = PolyCollection([], facecolor=plots.BLUE)
        self.below = PolyCollection([], facecolor="white", edgecolor=plots.RED, hatch="////")
        axes.add_collection(self.above, autolim=False)
        axes.add_collection(self.below, autolim=False)
        self.zero = axes.axhline(0, color="black", linewidth=0.8)
        axes.spines[:].set_visible(False)
        axes.set(yticks=[], xlim=(-0.7, count - 0.3), xticks=range(0, count, max(count // 10, 1)))
        axes.tick_params(length=0, labelsize=fontsize)
        (self.mark,) = axes.plot([], [], "v", color=plots.ORANGE, markeredgecolor="black")
        style = {"ha": "center", "fontsize": written}
        self.texts = [axes.text(i, 0, "", **style) for i in range(count)] if written else []

    def show(self, values, chosen=None, top=None):
        """Show values, as high as `top` (else as they need), with a mark above the chosen one."""
        high = top or max(np.max(values), -np.min(values), 1e-6)
        low = 0 if np.min(values) >= 0 else 1.15 * np.min(values) - 0.12 * high
        self.axes.set_ylim(low, 1.35 * high)
        shapes = [
            [(i - 0.38, 0), (i - 0.38, value), (i + 0.38, value), (i + 0.38, 0)]
            for i, value in enumerate(values)
        ]
        pairs = list(zip(shapes, values, strict=True))
        self.above.set_verts([shape for shape, value in pairs if value > 0])
        self.below.set_verts([shape for shape, value in pairs if value < 0])
        for i, text in enumerate(self.texts):
            text.set(position=(i, values[i]), text=number(values[i], 1))
            text.set(va="top" if values[i] < 0 else "bottom")
        places = [] if chosen is None else [chosen]
        above = 0.2 if self.texts else 0.08
        self.mark.set_data(places, [max(values[i], 0) + above * high for i in places])
