"""The demo of lesson 07: draw a digit, and see what a network sees, what it answers, and why."""

import html

import ipywidgets
import numpy as np

from course.demos.base import Demo, button, choice, number
from course.demos.handwriting import mnist_preprocessing, own_digits, pictures
from course.demos.handwriting.widget import PadWidget
from course.demos.trained_networks import FILES, network
from helpers.losses import softmax

SHAPES = {"MLP": (-1, 784), "CNN": (-1, 28, 28, 1)}
WORDS = "label", "help", "undo", "clear", "drawn", "up", "down"  # of the pad itself
SURE = 80  # percent: below that, the second answer is named too


def scores(name, x):
    """Return the scores (N, 10) that a network gives to the pictures x (N, 784)."""
    return network(name).forward(np.reshape(x, SHAPES[name]).astype(np.float32))


def percents(name, picture):
    """Return the ten answers of a network to a picture (28, 28), in percent."""
    return 100 * softmax(scores(name, picture))[0]


def contributions(name, picture, digit):
    """Return what each pixel of a picture (28, 28) does for the score of a digit: (28, 28).

    c = x ds/dx: the ink x of the pixel times the slope of the score s of the digit, before
    softmax, with respect to it. The slope 1 for this score, 0 for the others, goes backward
    through all layers. Above 0, the pixel speaks for the digit; below 0, against it; paper (x = 0)
    does neither. Source: Shrikumar et al., 2016 ("gradient times input").
    """
    dy = np.zeros_like(scores(name, picture))
    dy[0, digit] = 1
    for layer in reversed(network(name).layers):
        dy = layer.backward(dy)
    return picture * dy.reshape(picture.shape)


def right(name, x, t):
    """Return how many of the pictures x (N, 784) a network reads as their labels t (N,)."""
    return int(np.sum(np.argmax(scores(name, x), axis=1) == t)) if len(t) else 0


class Pad(Demo):
    """A pad, the 28x28 picture made of it, ten bars, and the pixels for and against."""

    key = "pad"
    size = pictures.WIDTH / 100, pictures.WIDTH / 100

    def __init__(self):
        super().__init__()
        blanks = {name: f"{{{name}}}" for name in ("count", "row", "column", "cells")}
        self.pad = PadWidget(words={name: self.say(name, **blanks) for name in WORDS})
        self.name = choice(self.say("network"), list(FILES))
        self.digit = choice(
            self.say("digit"), [("\N{EN DASH}", ""), *((str(n), str(n)) for n in range(10))]
        )
        self.name.layout.width = self.digit.layout.width = "250px"
        self.taught = ipywidgets.HTML()
        self.seen = ipywidgets.HTML()
        self.controls = [self.name]
        self.watched = [self.name]
        self.pad.observe(self.update, "strokes")
        self.start()
        self.tell(self.own())

    def layout(self):
        """Return the pad, and beside it what the network makes of the drawing."""
        teach = ipywidgets.HBox(
            [self.digit, button(self.say("add"), self.add)], layout={"flex_flow": "row wrap"}
        )
        found = ipywidgets.VBox(
            [self.name, self.seen, self.words, teach, self.taught],
            layout={"flex": "1 1 420px", "min_width": "0"},
        )
        pad = ipywidgets.Box([self.pad], layout={"margin": "0 12px 8px 0", "overflow": "visible"})
        return ipywidgets.HBox([pad, found], layout={"flex_flow": "row wrap"})

    def update(self, change=None):
        """Show what the network chosen makes of the strokes that are on the pad now."""
        self.image = mnist_preprocessing.from_strokes(self.pad.strokes)
        self.pad.frame = mnist_preprocessing.frame(self.pad.strokes, self.pad.pen)
        self.is_empty = not self.image.any()
        name, y, c = self.name.value, np.zeros(10), np.zeros((28, 28))
        if not self.is_empty:
            y = percents(name, self.image)
            c = contributions(name, self.image, int(np.argmax(y)))
        self.answers = y
        said = {key: self.say(key) for key in ("sees", "how", "speaks", "bars", "for", "against")}
        alts = self.say("sees-alt"), self.say("speaks-alt", digit=np.argmax(y))
        self.seen.value = pictures.panel(self.image, c, y, said, alts)
        self.words.value = f'<div role="status">{self.sentence()}</div>'
        if self.is_empty:
            self.digit.value = ""

    def tell(self, text):
        """Write about the learner's own test set."""
        style = 'aria-live="polite" style="line-height: 1.5"'
        self.taught.value = f"<div {style}>{html.escape(text)}</div>"

    def png(self):
        """Return the picture that the network sees, as the bytes of a PNG file."""
        return pictures.png(pictures.ink(self.image))

    def still(self):
        """As in `Demo`: the picture is that of a pad that nobody has drawn on yet."""
        self.picture.value = self.png()
        return super().still()

    def sentence(self):
        """Return what the network reads, and the next best answer if it is not sure."""
        if self.is_empty:
            return self.say("empty")
        second, first = np.argsort(self.answers)[-2:]
        said = {"name": self.name.value, "digit": first, "percent": number(self.answers[first], 1)}
        if self.answers[first] >= SURE:
            return self.say("answer", **said)
        return self.say("unsure", **said, second=second, rest=number(self.answers[second], 1))

    def own(self):
        """Return how many of the learner's own digits each network reads."""
        try:
            x, t = own_digits.load()
        except (ValueError, OSError):
            return self.say("own-damaged", file=own_digits.PATH.name)
        if not len(t):
            return self.say("own-none")
        counts = {name.lower(): right(name, x, t) for name in FILES}
        return self.say("own", count=len(t), **counts)

    def add(self):
        """Add the picture and the digit chosen to the learner's own test set."""
        self.tell(f"{self.teach()} {self.own()}")

    def teach(self):
        """Add them, and return what came of it."""
        if self.is_empty:
            return self.say("add-empty")
        if not self.digit.value:
            return self.say("add-which")
        try:
            new, aside = own_digits.add(self.image, int(self.digit.value))
        except OSError as error:
            return self.say("add-failed", error=error.strerror or error)
        news = self.say("added" if new else "add-again", digit=self.digit.value)
        return news if aside is None else f"{self.say('aside', file=aside.name)} {news}"
