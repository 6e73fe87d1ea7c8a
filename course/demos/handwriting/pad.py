"""The demo of lesson 07: draw a digit, and see what a network sees, what it answers, and why."""

import base64
import html
from pathlib import Path

import anywidget
import ipywidgets
import numpy as np
import traitlets

from course.demos.base import TRAINED, Demo, button, choice, formatted, png, trained_network
from course.demos.handwriting import kept_digits, mnist_preprocessing
from helpers import plots
from helpers.losses import softmax

HERE = Path(__file__).parent
SHAPES = {"MLP": (-1, 784), "CNN": (-1, 28, 28, 1)}
WORDS = "label", "help", "undo", "clear", "drawn", "up", "down"  # of the pad itself
SURE = 80  # percent: below that, the second answer is named too
SCALE = 12  # pixels of a picture for one of the 28x28
WIDTH = 28 * SCALE // 2  # on the page, half as many: for sharp screens
SOLID, HATCHED, CROSS = (
    np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])
    for color in (plots.BLUE, plots.RED, plots.ORANGE)
)
CELL = "padding: 0 4px; border: 0; line-height: 17px; color: inherit; font-weight: inherit;"


class PadWidget(anywidget.AnyWidget):
    """A white square for strokes by mouse, finger, pen or keyboard.

    strokes is a list of strokes, each a list of [x, y] from 0 to 1, y downwards; it changes when
    a stroke ends. What comes from the browser is cleaned, and never raises an error. pen is the
    width of the lines, and bounding_box a dashed box [left, top, right, bottom] or [], in the same
    unit. size is the width in pixels of the page. words are the labels: label, help, undo, clear,
    drawn {count}, and up and down {row} {column} {cells}.
    """

    _esm = HERE / "pad.js"
    _css = HERE / "pad.css"
    strokes = traitlets.Any().tag(sync=True)
    pen = traitlets.Float(0.07).tag(sync=True)
    bounding_box = traitlets.List().tag(sync=True)
    size = traitlets.Int(280).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    @traitlets.default("strokes")
    def _no_strokes(self):
        return []

    @traitlets.validate("strokes")
    def _clean_strokes(self, proposal):
        return mnist_preprocessing.clean(proposal["value"])


# The answers of a network, and why


def scores(name, x):
    """Return the scores (N, 10) that a network gives to the pictures x (N, 784)."""
    return trained_network(name).forward(np.reshape(x, SHAPES[name]).astype(np.float32))


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
    dy = np.zeros_like(scores(name, picture))  # forward: backward needs what the layers keep of it
    dy[0, digit] = 1
    for layer in reversed(trained_network(name).layers):
        dy = layer.backward(dy)
    return picture * dy.reshape(picture.shape)


def right(name, x, t):
    """Return how many of the pictures x (N, 784) a network reads as their labels t (N,)."""
    return int(np.sum(np.argmax(scores(name, x), axis=1) == t)) if len(t) else 0


# Pictures and bars, as HTML. No meaning depends on colour alone


def large(picture):
    """Return a picture with each pixel as a square of SCALE x SCALE."""
    return picture.repeat(SCALE, axis=0).repeat(SCALE, axis=1)


def ink(picture):
    """Return colours of a picture (28, 28), black on white, with a cross in its middle."""
    found = np.repeat(255 * (1 - large(picture))[..., None], 3, axis=2)
    middle, arm = found.shape[0] // 2 + SCALE // 2, SCALE
    for cross in (
        np.s_[middle - 2 : middle + 2, middle - arm : middle + arm],
        np.s_[middle - arm : middle + arm, middle - 2 : middle + 2],
    ):
        found[cross] = CROSS
    return found


def signs(picture, c):
    """Return colours of what speaks for (c > 0: blue) and against (c < 0: red, hatched).

    c and the picture are (28, 28). The strongest pixel has the full colour; the ink is grey.
    """
    strength = np.sqrt(np.abs(c) / max(np.abs(c).max(), 1e-12))
    grey = 255 - 45 * picture
    color = np.where((c > 0)[..., None], SOLID, HATCHED)
    found = grey[..., None] * (1 - strength[..., None]) + color * strength[..., None]
    found = large(found)
    rows, columns = np.indices(found.shape[:2])
    stripes = large(c < 0) & large(strength > 0.1) & ((rows + columns) % SCALE < SCALE / 3)
    found[stripes] = 255
    return found


def panel(picture, c, y, said, alts):
    """Return HTML: what the network sees, what speaks for and against, and the answers y (10,)."""
    key = (
        f'<span style="{swatch(f"rgb{tuple(SOLID.tolist())}")}"></span> {said["for"]} '
        f'<span style="{swatch(stripes())}"></span> {said["against"]}'
    )
    figures = (
        figure(said["sees"], png(ink(picture)), alts[0], said["how"]),
        figure(said["speaks"], png(signs(picture, c)), alts[1], key),
    )
    return (
        '<div style="display: flex; flex-wrap: wrap; gap: 4px 18px; line-height: 1.5">'
        f"{''.join(figures)}{bars(y, said['bars'])}</div>"
    )


def figure(title, data, alt, below=""):
    """Return a picture with a title above it, and words below."""
    source = base64.b64encode(data).decode()
    return (
        f'<div style="width: {WIDTH + 2}px"><div>{title}</div>'
        f'<img width="{WIDTH}" height="{WIDTH}" alt="{html.escape(alt)}" '
        f'style="border: 1px solid {plots.GREY}" '
        f'src="data:image/png;base64,{source}"><div style="font-size: 12px">{below}</div></div>'
    )


def swatch(background):
    """Return the style of a small square that explains a colour."""
    return (
        "display: inline-block; width: 12px; height: 12px; vertical-align: -1px; "
        f"border: 1px solid {plots.GREY}; background: {background}"
    )


def stripes():
    """Return the red hatching as a CSS background."""
    return f"repeating-linear-gradient(-45deg, {plots.RED} 0 3px, white 3px 5px)"


def bars(y, title):
    """Return ten bars for the percents y (10,); the largest is bold and has an arrow."""
    best = np.argmax(y) if y.any() else -1
    rows = []
    for digit, value in enumerate(y):
        mark = " font-weight: bold;" if digit == best else ""
        arrow = "\N{LEFTWARDS ARROW}" if digit == best else ""
        rows.append(
            f'<tr style="background: none;{mark}"><th scope="row" style="{CELL}">{digit}</th>'
            f'<td style="{CELL}"><div style="width: 100px; height: 12px; '
            'background: var(--jp-layout-color2, #eee)"><div style="height: 100%; '
            f'width: {value:.1f}%; background: {plots.BLUE}"></div></div></td>'
            f'<td style="{CELL} text-align: right; min-width: 3.2em">{value:.1f}</td>'
            f'<td style="{CELL} min-width: 1em">{arrow}</td></tr>'
        )
    return (
        '<table style="border: 0; border-collapse: collapse; margin: 0; font-size: 12px">'
        f'<caption style="text-align: left; padding: 0; color: inherit">{title}</caption>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


# The demo


class Pad(Demo):
    """A pad, the 28x28 picture made of it, ten bars, and the pixels for and against."""

    key = "pad"
    size = WIDTH / 100, WIDTH / 100

    def __init__(self):
        super().__init__()
        blanks = {name: f"{{{name}}}" for name in ("count", "row", "column", "cells")}
        self.pad = PadWidget(words={name: self.say(name, **blanks) for name in WORDS})
        self.name = choice(self.say("network"), list(TRAINED))
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
        self.pad.bounding_box = mnist_preprocessing.bounding_box(self.pad.strokes, self.pad.pen)
        self.is_empty = not self.image.any()
        name, y, c = self.name.value, np.zeros(10), np.zeros((28, 28))
        if not self.is_empty:
            y = percents(name, self.image)
            c = contributions(name, self.image, int(np.argmax(y)))
        self.answers = y
        said = {key: self.say(key) for key in ("sees", "how", "speaks", "bars", "for", "against")}
        alts = self.say("sees-alt"), self.say("speaks-alt", digit=np.argmax(y))
        self.seen.value = panel(self.image, c, y, said, alts)
        self.words.value = f'<div role="status">{self.sentence()}</div>'
        if self.is_empty:
            self.digit.value = ""

    def tell(self, text):
        """Write about the learner's own test set."""
        style = 'aria-live="polite" style="line-height: 1.5"'
        self.taught.value = f"<div {style}>{html.escape(text)}</div>"

    def png(self):
        """Return the picture that the network sees, as the bytes of a PNG file."""
        return png(ink(self.image))

    def still(self):
        """As in `Demo`: the picture is that of a pad that nobody has drawn on yet."""
        self.picture.value = self.png()
        return super().still()

    def sentence(self):
        """Return what the network reads, and the next best answer if it is not sure."""
        if self.is_empty:
            return self.say("empty")
        second, first = np.argsort(self.answers)[-2:]
        percent, rest = (formatted(self.answers[digit], 1) for digit in (first, second))
        said = {"name": self.name.value, "digit": first, "percent": percent}
        if self.answers[first] >= SURE:
            return self.say("answer", **said)
        return self.say("unsure", **said, second=second, rest=rest)

    def own(self):
        """Return how many of the learner's own digits each network reads."""
        try:
            x, t = kept_digits.load()
        except (ValueError, OSError):
            return self.say("own-damaged", file=kept_digits.PATH.name)
        if not len(t):
            return self.say("own-none")
        counts = {name.lower(): right(name, x, t) for name in TRAINED}
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
            new, aside = kept_digits.add(self.image, int(self.digit.value))
        except OSError as error:
            return self.say("add-failed", error=error.strerror or error)
        news = self.say("added" if new else "add-again", digit=self.digit.value)
        return news if aside is None else f"{self.say('aside', file=aside.name)} {news}"
