"""The demo of lesson 09: what each layer of the trained CNN sees of a digit."""

import functools
from typing import NamedTuple

import numpy as np

from course.demos.base import Blitting, Demo, choice, formatted, set_last, slider, trained_network
from course.demos.cnn_picture import HEIGHT, MAPS, WIDTH, CNNPicture
from course.demos.handwriting.pad import Pad
from helpers import datasets
from helpers.losses import softmax

LAYERS = "filters", "convolution", "pooling", "relu", "hundred", "scores"
COUNTS = 30, 30, 30, 30, 100, 10  # parts of each layer
PARTS = "map", "map", "map", "map", "number", "score"  # what they are called


class Seen(NamedTuple):
    """A picture x (28, 28), and what each layer of the CNN makes of it, in order."""

    x: np.ndarray
    filters: np.ndarray  # (5, 5, 30), the same for all pictures
    sums: np.ndarray  # (24, 24, 30), after the convolution
    pooled: np.ndarray  # (12, 12, 30)
    rectified: np.ndarray  # (12, 12, 30), after ReLU
    hundred: np.ndarray  # (100,), after an affine layer and ReLU
    scores: np.ndarray  # (10,)
    percents: np.ndarray  # (10,), the scores after softmax

    @property
    def maps(self):
        """The layers of maps: filters, convolution, pooling, ReLU."""
        return self.filters, self.sums, self.pooled, self.rectified

    def largest(self, layer, k):
        """Return row and column of the largest number of map k of a layer, the first of several."""
        numbers = self.maps[layer][:, :, k]
        return tuple(int(i) for i in np.unravel_index(np.argmax(numbers), numbers.shape))

    def votes(self, k):
        """Return what number k of the hundred adds to each of the ten scores: (10,)."""
        return self.hundred[k] * trained_network("CNN").layers[-1].W[k]


def seen(picture):
    """Return what the layers of the trained CNN make of a picture (28, 28), as `Seen`."""
    found, y = [], np.asarray(picture, np.float32).reshape(1, 28, 28, 1)
    layers = trained_network("CNN").layers
    for layer in layers:
        y = layer.forward(y)
        found.append(y[0])
    sums, pooled, rectified, _, _, hundred, scores = found
    filters, percents = layers[0].W.reshape(5, 5, -1), 100 * softmax(y)[0]
    return Seen(picture, filters, sums, pooled, rectified, hundred, scores, percents)


@functools.cache
def examples():
    """Return the test digits x (297, 28, 28) of the course, and their labels t (297,)."""
    _, _, x, t = datasets.digits()
    return x.reshape(-1, 28, 28), t


def as_picture(given):
    """Return a picture (28, 28), float32 from 0 to 1, of an array.

    Raises ValueError if it is not such a picture. None is empty paper.
    """
    if given is None:
        return np.zeros((28, 28), np.float32)
    try:
        picture = np.asarray(given, np.float32)
    except (TypeError, ValueError):
        picture = np.zeros(0)
    if picture.size != 784 or not np.isfinite(picture).all():
        raise ValueError(
            "inside takes a picture of 28 x 28 numbers from 0 to 1, "
            f"but it got {type(given).__name__} {getattr(given, 'shape', '')}."
        )
    return np.clip(picture.reshape(28, 28), 0, 1)


class CNNDemo(Demo):
    """A digit, all layers of the CNN in small pictures, one layer enlarged, and one part of it.

    picture is an array (28, 28) from 0 (paper) to 1 (ink), or the demo of the drawing pad: then
    this one follows what is drawn. Without it, there are test digits only.
    """

    key = "inside"
    size = WIDTH, HEIGHT

    def __init__(self, picture=None):
        super().__init__()
        self.source = picture
        self.own()  # raises if it is not a picture
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
        self.drawing = CNNPicture(self.figure)
        self.blitting = Blitting(self.canvas, self.drawing.moving)
        if isinstance(self.source, Pad):
            self.source.pad.observe(self.update, "strokes")
        self.start()

    def own(self):
        """Return the learner's own picture (28, 28)."""
        return as_picture(self.source.image if isinstance(self.source, Pad) else self.source)

    def update(self, change=None):
        """As in `Demo`. Another layer has other parts, and what is drawn goes through all layers.

        A drawing made while a test digit is shown waits until it is chosen.
        """
        if change and change["owner"] is self.layer:
            self.watch(False)
            self.name_parts()
            self.watch(True)
        self.digit.disabled = self.which.value == "own"
        super().update(change)

    def name_parts(self):
        """Fit the slider of parts to the layer."""
        layer = self.layer.value
        self.part.value = min(self.part.value, COUNTS[layer] - 1)
        set_last(self.part, COUNTS[layer] - 1)
        self.part.description = self.say(PARTS[layer])

    def draw(self):
        """Send the picture through the layers, and show what they see."""
        if self.which.value == "own":
            picture, self.label = self.own(), None
        else:
            x, t = examples()
            picture, self.label = x[self.digit.value], t[self.digit.value]
        self.seen = seen(picture)
        self.drawing.show(self.seen, self.layer.value, self.part.value)

    def sentence(self):
        """Return what the part of the layer shows, and what the network answers."""
        lines = [self.describe(self.layer.value, self.part.value), self.answer()]
        if self.say("names"):
            lines.append(self.say("names"))
        return "<br>".join(lines)

    def answer(self):
        """Return what the network reads and, if it is known, whether that is right."""
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
        numbers = self.seen.maps[layer][:, :, k]
        row, column = self.seen.largest(layer, k)
        key = LAYERS[layer] if numbers.any() else "silent-map"
        return self.say(
            f"{key}-seen", k=k, low=formatted(numbers.min()), high=formatted(numbers.max()),
            row=row, column=column, count=np.sum(numbers > 0),
            b=formatted(trained_network("CNN").layers[0].b[k]),
        )  # fmt: skip

    def describe_number(self, layer, k):
        """Return in words what number k of the hundred does, or score k."""
        if layer > MAPS:
            score, share = self.seen.scores[k], self.seen.percents[k]
            return self.say("scores-seen", k=k, score=formatted(score), percent=percent(share))
        value = self.seen.hundred[k]
        if value == 0:
            return self.say("silent-seen", k=k)
        votes = self.seen.votes(k)
        high, low = int(np.argmax(votes)), int(np.argmin(votes))
        return self.say(
            "hundred-seen", k=k, value=formatted(value), high=high, low=low,
            plus=formatted(votes[high]), minus=formatted(votes[low]),
        )  # fmt: skip


def percent(value):
    """Return a percentage as text, 0 or 100 only if it is exactly that."""
    if 0 < value < 0.05:
        return "< 0.1"
    return formatted(min(value, 99.9) if value < 100 else value, 1)
