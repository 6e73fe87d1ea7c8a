"""Tables of numbers in boxes, drawn once and then changed."""

from matplotlib.patches import Rectangle

from helpers import plots

PALE = {plots.BLUE: "#CFE6F5", plots.ORANGE: "#FBE6B8", plots.GREEN: "#C5E8DC"}
STRONG = {plots.BLUE: "#8FC6E8", plots.ORANGE: "#F3C55C", plots.GREEN: "#83D0B4"}


class Table:
    """At most `most` rows and columns of boxes, each of side 1, under a name."""

    def __init__(self, axes, name, most):
        self.boxes, self.texts = {}, {}
        for place in ((i, j) for i in range(most) for j in range(most)):
            self.boxes[place] = axes.add_patch(Rectangle((0, 0), 1, 1, edgecolor=plots.GREY))
            self.texts[place] = write(axes, 0, 0, "")
        self.frame = axes.add_patch(Rectangle((0, 0), 1, 1, fill=False, linewidth=2.4, zorder=3))
        self.name = write(axes, 0, 0, name, weight="bold")
        self.moving = [*self.boxes.values(), *self.texts.values(), self.frame]

    def place(self, left, top, shape):
        """Move the table, with `shape` rows and columns. Without any, nothing is seen."""
        self.left, self.top = left, top
        for (i, j), box in self.boxes.items():
            seen = i < shape[0] and j < shape[1]
            box.set(xy=(left + j, top + i), visible=seen)
            self.texts[i, j].set(position=(left + j + 0.5, top + i + 0.5), visible=seen)
        self.name.set(position=(left + shape[1] / 2, top - 0.5), visible=shape[0] > 0)
        self.frame.set_visible(False)

    def write(self, numbers):
        """Write {(row, column): text} into the boxes; the others become empty and white."""
        for place, text in self.texts.items():
            text.set(text=str(numbers.get(place, "")), weight="normal", color="black")
            self.boxes[place].set(facecolor="white", hatch=None, edgecolor=plots.GREY)
            self.texts[place].set_bbox(None)

    def light(self, places, color, strong=()):
        """Colour boxes, put a frame around them, and make some of them bold."""
        for place in places:
            self.boxes[place].set_facecolor((STRONG if place in strong else PALE)[color])
            self.texts[place].set_weight("bold" if place in strong else "normal")
        (top, left), (bottom, right) = places[0], places[-1]
        self.frame.set(
            xy=(self.left + left, self.top + top), width=right - left + 1,
            height=bottom - top + 1, edgecolor=color, visible=True,
        )  # fmt: skip

    def strike(self, places):
        """Hatch boxes that have no partner."""
        for place in places:
            self.boxes[place].set(facecolor="white", edgecolor=plots.RED, hatch="////")
            self.texts[place].set(color=plots.RED, weight="bold")
            self.texts[place].set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def write(axes, x, y, text, **style):
    """Write a number or a sign with its middle at x, y. Returns the text."""
    return axes.text(x, y, text, **{"ha": "center", "va": "center", "fontsize": 11, **style})


def boxed(axes, x, y, text, color, **style):
    """Write a number with a coloured border."""
    box = {"facecolor": "white", "edgecolor": color, "boxstyle": "round,pad=0.25", "lw": 1.6}
    return write(axes, x, y, text, bbox=box, **style)
