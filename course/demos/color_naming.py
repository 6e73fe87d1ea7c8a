"""A demo of lesson 06: choose a colour, and see what the network calls it, and how sure it is."""

import copy

import ipywidgets
import numpy as np
from matplotlib.colors import to_hex, to_rgb

from course.demos import color_network
from course.demos.base import CONTROL, LABEL, Blitting, Demo, button, slider
from helpers import plots
from helpers.plots import color_charts

NAMES = color_charts.NAMES
FIRST = 233, 63, 127  # the strong pink of the lesson
ROOM = 40  # of 256 steps, for a word


def amounts(text):
    """Return the colour (red, green, blue), 0 to 255, that is written in words or as #ff0000.

    None if it cannot be read.
    """
    try:
        return tuple(round(255 * part) for part in to_rgb(text.strip().lower()))
    except ValueError:
        return None


def longest(answers, label):
    """Return the first place and the length of the longest stretch of a label, or (0, 0)."""
    edges = np.flatnonzero(np.diff(np.pad(answers == label, 1).astype(int)))
    starts, lengths = edges[::2], np.diff(edges)[::2]
    best = np.argmax(lengths) if len(lengths) else None
    return (0, 0) if best is None else (int(starts[best]), int(lengths[best]))


class ColorPicture:
    """A colour, its bars and neighbours, and a strip for each amount."""

    def __init__(self, figure):
        self.figure = figure
        self.prepare_answer()
        self.prepare_nearest()
        figure.text(0.19, 0.39, "one amount changed, the others kept", fontsize=10)
        self.strips = [Strip(figure, row, name) for row, name in enumerate(NAMES)]
        self.moving = [
            self.chip.patch, *self.chip.spines.values(), self.word, *self.bars, *self.shares,
            self.chips, self.gaps, *self.near, *self.away,
        ]  # fmt: skip
        for strip in self.strips:
            self.moving += strip.moving

    def prepare_answer(self):
        """Make room for the colour and the answer, and for the probabilities."""
        self.chip = self.figure.add_axes((0.02, 0.7, 0.25, 0.28), xticks=[], yticks=[])
        self.chip.spines[:].set(visible=True, color=plots.GREY)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 3}
        self.word = self.chip.text(0.5, 0.5, "", ha="center", va="center", weight="bold", bbox=box)
        axes = self.figure.add_axes((0.4, 0.7, 0.46, 0.28), xlim=(0, 100), xticks=[])
        axes.spines["bottom"].set_visible(False)
        self.bars = axes.barh(NAMES, 0, 0.75, color=color_charts.SHADES, edgecolor="black")
        for bar, hatch in zip(self.bars, color_charts.HATCHES, strict=True):
            bar.set_hatch(hatch)
        axes.invert_yaxis()
        self.shares = [axes.text(0, row, "", va="center") for row in range(3)]

    def prepare_nearest(self):
        """Make room for the nearest colours of the survey."""
        self.figure.text(0.02, 0.63, "nearest colours of the survey", fontsize=10)
        self.figure.text(0.98, 0.63, "distance", fontsize=10, ha="right")
        axes = self.figure.add_axes((0.02, 0.45, 0.96, 0.165), xlim=(0, 1), ylim=(3, 0))
        axes.axis("off")
        self.chips = axes.imshow(
            np.zeros((3, 1, 3), np.uint8), extent=(0, 0.1, 3, 0), aspect="auto"
        )
        axes.set(xlim=(0, 1), ylim=(3, 0))
        self.gaps = axes.hlines([1, 2], 0, 0.1, color="white", linewidth=3)
        self.near = [axes.text(0.12, row + 0.5, "", va="center") for row in range(3)]
        self.away = [axes.text(1, row + 0.5, "", va="center", ha="right") for row in range(3)]

    def show(self, color, shares, near, x, answers):
        """Show a colour, its probabilities (3,), the three nearest colours, and the strips.

        near are names, amounts (3, 3) and distances; x are colours (3, 256, 3), one row for each
        strip, and answers (3, 256) their labels.
        """
        self.chip.set_facecolor(np.array(color) / 255)
        self.word.set_text(NAMES[np.argmax(shares)])
        for bar, text, share in zip(self.bars, self.shares, 100 * shares, strict=True):
            bar.set_width(share)
            text.set(x=share + 3, text=f"{share:.0f} %")
        self.show_nearest(*near)
        for strip, *news in zip(self.strips, x, answers, color, strict=True):
            strip.show(*news)

    def show_nearest(self, names, x, away):
        """Write the nearest colours of the survey."""
        self.chips.set_data(x[:, None].astype(np.uint8))
        for row in range(3):
            self.near[row].set_text(names[row])
            self.away[row].set_text(f"{away[row]:.0f}")


class Strip:
    """One amount from 0 to 255: above, the colours; below, what they are called."""

    def __init__(self, figure, row, name):
        self.name = name
        axes = figure.add_axes((0.19, 0.285 - 0.105 * row, 0.78, 0.09), xticks=[], yticks=[])
        self.colors, self.called = (
            axes.imshow(np.zeros((1, 1, 3), np.uint8), extent=(-0.5, 255.5, *place), aspect="auto")
            for place in ((1, 2), (0, 1))
        )
        ticks = range(0, 256, 51) if row == 2 else []
        axes.set(xlim=(-0.5, 255.5), ylim=(0, 2), xticks=ticks)
        self.title = axes.text(-8, 1, "", ha="right", va="center")
        self.mark = [
            axes.plot([], [], linestyle="-", clip_on=False, **style)[0]
            for style in (
                {"color": "white", "linewidth": 5},
                {"color": "black", "linewidth": 2, "marker": "v", "markersize": 8,
                 "markevery": [0], "markeredgecolor": "white"},
            )
        ]  # fmt: skip
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        self.words = [
            axes.text(0, 0.46, word, ha="center", va="center", fontsize=9, bbox=box)
            for word in NAMES
        ]
        self.moving = [self.title, self.colors, self.called, *self.mark, *self.words]
        self.moving += axes.spines.values()

    def show(self, x, answers, value):
        """Show the colours x (256, 3), their labels (256,), and where the slider is."""
        self.title.set_text(f"{self.name} {value}")
        self.colors.set_data(x[None].astype(np.uint8))
        called = color_charts.hatched(np.tile(np.repeat(answers, 3), (30, 1)))
        self.called.set_data(called[::-1])
        for line in self.mark:
            line.set_data([value, value], [2, 0])
        for label, word in enumerate(self.words):
            start, length = longest(answers, label)
            word.set(x=start + length / 2, visible=length >= ROOM)


class ColorNaming(Demo):
    """A colour chooser and three sliders; the answer, the nearest colours, where it changes."""

    key = "color"
    size = 5.2, 4.7

    def __init__(self, network=None):
        super().__init__()
        self.network = self.checked(network)
        self.sliders = [
            slider(self.say(name), value, 0, 255, 1)
            for name, value in zip(NAMES, FIRST, strict=True)
        ]
        self.picker = ipywidgets.ColorPicker(
            value=to_hex(np.array(FIRST) / 255), description=self.say("color"),
            style=LABEL, layout=CONTROL,
        )  # fmt: skip
        self.words.layout.max_width = self.picture.layout.width
        self.turn = 0
        more = button(self.say("new"), self.show_new)
        self.controls, self.watched = [self.picker, *self.sliders, more], self.sliders
        self.drawing = ColorPicture(self.figure)
        self.blitting = Blitting(self.canvas, self.drawing.moving)
        self.start()
        self.picker.observe(self.pick, "value")

    def checked(self, network):
        """Return a copy of a network, after a trial. Raises ValueError if it does not fit."""
        if network is None:
            return color_network.learning()[-1].network
        try:
            network = copy.deepcopy(network)
            with np.errstate(all="ignore"):
                y = np.asarray(network.forward(np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])), float)
        except Exception:  # a network of the learner's own can fail in any way
            raise ValueError(self.say("misfit")) from None
        if y.shape != (2, 3):
            raise ValueError(self.say("misfit"))
        if not np.isfinite(y).all():
            raise ValueError(self.say("nan"))
        return network

    @property
    def color(self):
        """The amounts that the sliders show: red, green, blue."""
        return tuple(slider.value for slider in self.sliders)

    def pick(self, change):
        """Bring the sliders to the colour chosen in the picker."""
        chosen = amounts(change["new"])
        if chosen is None:
            self.picker.value = to_hex(np.array(self.color) / 255)
        elif chosen != self.color:
            self.show(chosen)

    def show(self, color):
        """Bring all three sliders to a colour."""
        with self.together():
            for control, amount in zip(self.sliders, color, strict=True):
                control.value = int(amount)

    def show_new(self):
        """Show the next colour of the survey that the network has not learnt from."""
        x, _, learnt = color_network.named()
        new = x[~learnt]
        self.turn += 1
        self.show(new[(self.turn - 1) % len(new)])

    def update(self, change=None):
        """As in `Demo`, and the picker shows the colour of the sliders."""
        super().update(change)
        self.picker.value = to_hex(np.array(self.color) / 255)

    def draw(self):
        """Ask the network, and show what it answers."""
        x = color_network.variations(self.color)
        self.shares = color_network.probabilities(self.network, [self.color])[0]
        answers = color_network.probabilities(self.network, x.reshape(-1, 3)).argmax(axis=1)
        self.answers = answers.reshape(3, 256)
        self.near = color_network.nearest(self.color)
        self.drawing.show(self.color, self.shares, self.near, x, self.answers)

    def sentence(self):
        """Return the answer, the nearest colours, and what would change the answer."""
        shares = [f"{100 * share:.0f}" for share in self.shares]
        names, _, away = self.near
        first, second, third = (
            self.say("near", name=name, away=f"{distance:.0f}")
            for name, distance in zip(names, away, strict=True)
        )
        lines = [
            self.say("answer", answer=self.say(NAMES[np.argmax(self.shares)]),
                     red=shares[0], green=shares[1], blue=shares[2]),
            self.say("nearest", first=first, second=second, third=third),
            self.change(),
        ]  # fmt: skip
        return "<br>".join(lines)

    def change(self):
        """Say which slider would change the answer soonest."""
        found = color_network.next_change(self.color, self.answers)
        if found is None:
            return self.say("firm")
        amount, value = found
        key = "more" if value > self.color[amount] else "less"
        answer = NAMES[self.answers[amount, value]]
        return self.say(key, amount=self.say(NAMES[amount]), value=value, answer=self.say(answer))
