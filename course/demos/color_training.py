"""A demo of lesson 06: the map of what a network calls the colours, while it learns."""

import functools

import numpy as np

from course.demos import color_network
from course.demos.base import Blitting, Demo
from course.demos.stepper import Stepper
from helpers import plots
from helpers.plots import color_charts

ASKED = {"yellow": (255, 255, 0), "white": (255, 255, 255), "black": (0, 0, 0)}
RULE = 226, 74  # right answers of the lesson's rule, the largest amount
WIDE, HIGH = 446, 216  # pixels of the map


def stretched(scores, rows=HIGH, columns=WIDE):
    """Return scores (rows, columns, 3), between those (H, W, 3) that are known at fewer places."""
    down, across = weights(rows, scores.shape[0]), weights(columns, scores.shape[1])
    return (np.tensordot(down, scores, 1).transpose(0, 2, 1) @ across.T).transpose(0, 2, 1)


def weights(many, few):
    """Return the weights (many, few) of straight lines between `few` places from end to end."""
    place = np.linspace(0, few - 1, many)[:, None]
    return np.maximum(0, 1 - np.abs(place - np.arange(few)))


@functools.cache
def picture_of(at):
    """Return the map after epoch `at` as a picture, and for each answer the place of its word.

    A place is a hue and a lightness, or None where that is never the answer.
    """
    scores = color_network.learning()[at].scores
    picture = color_charts.hatched(np.argmax(stretched(scores), axis=2))
    coarse = np.argmax(scores, axis=2)[::2, ::2]
    places = [color_charts.roomiest(coarse == label) for label in range(3)]
    return picture, [place and (8 * place[1] - 60, 4 * place[0]) for place in places]


class ColorTraining(Demo):
    """A slider over the epochs; the map after each, beside the loss and the accuracy."""

    key = "decision"
    size = 7.6, 4.5

    def __init__(self):
        super().__init__()
        self.epochs = color_network.learning()
        self.stepper = Stepper(self.language, self.say("epoch"), len(self.epochs) - 1, interval=600)
        self.controls, self.watched = [self.stepper.at, self.stepper.buttons], [self.stepper.at]
        self.prepare_maps()
        self.prepare_curves()
        border = self.map.axes.spines.values()
        self.blitting = Blitting(self.canvas, [self.map, *border, *self.names, *self.marks])
        self.start()

    def prepare_maps(self):
        """Draw the colours, and make room for what they are called."""
        x = color_charts.colors(*color_charts.grid(WIDE // 2, HIGH // 2)).round().astype(np.uint8)
        wide, high = WIDE / self.figure.bbox.width, HIGH / self.figure.bbox.height
        left, right = (self.figure.add_axes((0.09, y, wide, high)) for y in (0.6, 0.13))
        area = {"extent": (-60, 300, 0, 100), "origin": "lower", "aspect": "auto"}
        left.imshow(x, **area)
        self.map = right.imshow(np.zeros((HIGH, WIDE, 3), np.uint8), **area)
        color_charts.set_map_axes(left, right)
        left.set(xlabel="", xticklabels=[])
        left.set_ylabel("lightness (%)")
        right.set_ylabel("lightness (%)")
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        self.names = [
            right.text(0, 0, name, ha="center", va="center", weight="bold", bbox=box)
            for name in color_charts.NAMES
        ]

    def prepare_curves(self):
        """Draw the loss and the accuracy, and a mark in both for the epoch that is shown."""
        wide, high = 0.34, HIGH / self.figure.bbox.height
        above, below = (self.figure.add_axes((0.63, y, wide, high)) for y in (0.6, 0.13))
        places = range(len(self.epochs))
        for axes, fields, scale in (
            (above, ("loss", "new_loss"), (1, 1)),
            (below, ("right", "new_right"), (100 / 240, 100 / 78)),
        ):
            for field, name, factor, marker in zip(
                fields, ("240 colours", "78 new ones"), scale, "os", strict=True
            ):
                values = [factor * getattr(epoch, field) for epoch in self.epochs]
                axes.plot(places, values, marker=marker, markersize=4, label=name)
            axes.set(xlim=(-0.7, len(self.epochs) - 0.3), xticks=range(0, len(self.epochs), 5))
        above.set(title="loss", xticklabels=[], ylim=(0, None))
        below.set(title="accuracy (%)", xlabel="epoch", ylim=(0, 103))
        above.legend(loc="upper right")
        below.axhline(100 * RULE[0] / 240, color=plots.GREY, linestyle=":", zorder=1)
        below.text(len(self.epochs) - 1.5, 90, "rule", color=plots.GREY, ha="right", va="top")
        line = {"color": "black", "linewidth": 1.5, "zorder": 1}
        self.marks = [axes.axvline(0, **line) for axes in (above, below)]

    def draw(self):
        """Bring the map and the marks to the epoch."""
        picture, places = picture_of(self.stepper.at.value)
        self.map.set_data(picture)
        for name, place in zip(self.names, places, strict=True):
            name.set_visible(place is not None)
            if place:
                name.set_position(place)
        for mark in self.marks:
            mark.set_xdata([self.stepper.at.value] * 2)

    def sentence(self):
        """Return how good the network is after this epoch, and what it calls three colours."""
        at = self.stepper.at.value
        epoch = self.epochs[at]
        right, new = epoch.right, epoch.new_right
        lines = [
            self.say("after" if at else "before", epoch=at, steps=f"{48 * at:,}", right=right,
                     new=new, loss=f"{epoch.loss:.3f}"),
            self.compared(right, new),
            self.say("asked", **self.calls(epoch.network)),
        ]  # fmt: skip
        return "<br>".join(lines)

    def compared(self, right, new):
        """Say whether the rule is better."""
        better = right > RULE[0], new > RULE[1]
        worse = right < RULE[0] and new < RULE[1]
        return self.say("ahead" if all(better) else "behind" if worse else "between")

    def calls(self, network):
        """Return what a network calls yellow, white and black, as words."""
        labels = color_network.probabilities(network, list(ASKED.values())).argmax(axis=1)
        names = [self.say(color_charts.NAMES[label]) for label in labels]
        return dict(zip(ASKED, names, strict=True))
