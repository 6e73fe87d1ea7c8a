"""The demo of lesson 09: what each layer of the trained CNN sees of a digit."""

import functools

import ipywidgets
import numpy as np
import traitlets

from course.demos import cnn_layers
from course.demos.base import Demo, choice, number, reach, slider
from course.demos.blitting import Stage
from course.demos.cnn_layout import HEIGHT, WIDTH
from course.demos.cnn_picture import MAPS, InsidePicture
from course.demos.trained_networks import network
from helpers import datasets

LAYERS = "filters", "convolution", "pooling", "relu", "hundred", "scores"
COUNTS = 30, 30, 30, 30, 100, 10  # parts of each layer
PARTS = "map", "map", "map", "map", "number", "score"  # what they are called


@functools.cache
def examples():
    """Return the test digits x (297, 28, 28) of the course, and their labels t (297,)."""
    _, _, x, t = datasets.digits()
    return x.reshape(-1, 28, 28), t


class Inside(Demo):
    """A digit, all layers of the CNN in small, one layer in large, and one part of it.

    picture is an array (28, 28) from 0 (paper) to 1 (ink), or something that has one, such as a
    drawing pad: then the demo follows what is drawn. Without it, there are test digits only.
    """

    key = "inside"
    size = WIDTH, HEIGHT

    def __init__(self, picture=None):
        super().__init__()
        self.source = picture
        self.own()  # raises if it is no picture
        x, _ = examples()
        sources = [(self.say("test"), "test")]
        if picture is not None:
            sources.insert(0, (self.say("own"), "own"))
        self.which = choice(self.say("from"), sources)
        self.digit = slider(self.say("digit"), 0, 0, len(x) - 1, 1)
        self.layer = choice(
            self.say("layer"), [(self.say(name), i) for i, name in enumerate(LAYERS)], value=1
        )
        self.part = slider(self.say("map"), 10, 0, 29, 1)
        self.controls = [self.digit, self.layer, self.part]
        if picture is not None:
            self.controls.insert(0, self.which)
        self.watched = [self.which, self.digit, self.layer, self.part]
        self.drawing = InsidePicture(self.figure)
        self.stage = Stage(self.canvas, self.drawing.moving)
        self.follow()
        self.start()

    def follow(self):
        """Draw anew when the picture changes that somebody draws."""
        if isinstance(self.source, traitlets.HasTraits) and self.source.has_trait("picture"):
            self.source.observe(self.update, "picture")
        elif hasattr(self.source, "pad"):  # the demo that holds a pad
            self.source.pad.observe(self.update, "strokes")

    def own(self):
        """Return the learner's own picture (28, 28)."""
        picture = getattr(self.source, "picture", self.source)
        if isinstance(picture, ipywidgets.Widget):  # of a demo that shows what it has drawn
            picture = getattr(self.source, "image", None)
        return cnn_layers.as_picture(picture)

    def update(self, change=None):
        """As in `Demo`. Another layer has other parts, and what is drawn goes through all layers.

        A drawing that comes while a test digit is shown waits until it is chosen.
        """
        if change and change["owner"] is self.layer:
            self.watch(False)
            self.name_parts()
            self.watch(True)
        self.digit.disabled = self.which.value == "own"
        super().update(change)

    def name_parts(self):
        """Let the slider of parts count those of the layer."""
        layer = self.layer.value
        self.part.value = min(self.part.value, COUNTS[layer] - 1)
        reach(self.part, COUNTS[layer] - 1)
        self.part.description = self.say(PARTS[layer])

    def draw(self):
        """Send the picture through the layers, and show what they see."""
        if self.which.value == "own":
            picture, self.label = self.own(), None
        else:
            x, t = examples()
            picture, self.label = x[self.digit.value], t[self.digit.value]
        self.seen = cnn_layers.seen(picture)
        self.drawing.show(self.seen, self.layer.value, self.part.value)

    def sentence(self):
        """Return what the part of the layer shows, and what the network answers."""
        lines = [self.describe(self.layer.value, self.part.value), self.answer()]
        if self.say("names"):
            lines.append(self.say("names"))
        return "<br>".join(lines)

    def answer(self):
        """Return what the network reads, and if it is known, whether that is right."""
        if not self.seen.x.any():
            return self.say("empty")
        percents = self.seen.percents
        answer = int(np.argmax(percents))
        said = {"answer": answer, "percent": percent(percents[answer]), "label": self.label}
        if self.label is None:
            return self.say("answer", **said)
        return self.say("right" if answer == self.label else "wrong", **said)

    def describe(self, layer, k):
        """Return in words what part k of a layer shows."""
        if layer >= MAPS:
            return self.describe_number(layer, k)
        maps = cnn_layers.filters(), self.seen.sums, self.seen.pooled, self.seen.rectified
        numbers = maps[layer][:, :, k]
        row, column = cnn_layers.largest(numbers)
        key = LAYERS[layer] if numbers.any() else "silent-map"
        return self.say(
            f"{key}-seen", k=k, low=number(numbers.min()), high=number(numbers.max()),
            row=row, column=column, count=np.sum(numbers > 0),
            b=number(network("CNN").layers[0].b[k]),
        )  # fmt: skip

    def describe_number(self, layer, k):
        """Return in words what number k of the hundred does, or score k."""
        if layer > MAPS:
            score, share = self.seen.scores[k], self.seen.percents[k]
            return self.say("scores-seen", k=k, score=number(score), percent=percent(share))
        value = self.seen.hundred[k]
        if value == 0:
            return self.say("silent-seen", k=k)
        votes = cnn_layers.votes(self.seen.hundred, k)
        high, low = int(np.argmax(votes)), int(np.argmin(votes))
        return self.say(
            "hundred-seen", k=k, value=number(value), high=high, low=low,
            plus=number(votes[high]), minus=number(votes[low]),
        )  # fmt: skip


def percent(value):
    """Return a percent as text, never 0 or 100 where it is not."""
    if 0 < value < 0.05:
        return "< 0.1"
    return number(min(value, 99.9) if value < 100 else value, 1)
