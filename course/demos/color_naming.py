"""A demo of lesson 06: choose a colour, and see what the network calls it, and how sure it is."""

import copy

import ipywidgets
import numpy as np
from matplotlib.colors import to_hex, to_rgb

from course.demos import color_network
from course.demos.base import Demo, button, slider
from course.demos.blitting import Stage
from course.demos.color_picture import ColorPicture
from helpers.plots import color_charts

NAMES = color_charts.NAMES
FIRST = 233, 63, 127  # the strong pink of the lesson


def amounts(text):
    """Return the colour (red, green, blue), 0 to 255, that is written in words or as #ff0000.

    None if it cannot be read.
    """
    try:
        return tuple(round(255 * part) for part in to_rgb(text.strip().lower()))
    except ValueError:
        return None


class Color(Demo):
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
            style={"description_width": "110px"}, layout={"width": "330px"},
        )  # fmt: skip
        self.words.layout.max_width = self.picture.layout.width
        self.turn = 0
        more = button(self.say("new"), self.show_new)
        self.controls, self.watched = [self.picker, *self.sliders, more], self.sliders
        self.drawing = ColorPicture(self.figure)
        self.stage = Stage(self.canvas, self.drawing.moving)
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
        """Show the next colour of the survey from which the network has not learnt."""
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
