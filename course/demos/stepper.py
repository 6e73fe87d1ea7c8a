"""Steps to walk through: a slider, and buttons in words for back, on, play and start again."""

import ipywidgets

from course.demos.base import button, set_last, slider
from course.texts import DEMOS


class Stepper:
    """A slider `at` for the steps 0 to last, and `buttons` that move it.

    While it plays, the browser counts: the kernel stays free, and only hears of each step.
    """

    def __init__(self, language, label, last, at=0, interval=900):
        self.at = slider(label, at, 0, last, 1)
        self.clock = ipywidgets.Play(
            value=at, min=0, max=last, interval=interval, layout={"display": "none"}
        )
        self.link = ipywidgets.jslink((self.clock, "value"), (self.at, "value"))
        self.names = {name: DEMOS.say(name, language) for name in ("play", "pause")}
        self.play_button = button(self.names["play"], self.play)
        self.clock.observe(self.rename, "playing")
        row = [
            button(DEMOS.say("back", language), lambda: self.go(self.at.value - 1)),
            button(DEMOS.say("step", language), lambda: self.go(self.at.value + 1)),
            self.play_button,
            button(DEMOS.say("reset", language), lambda: self.go(0)),
        ]
        self.buttons = ipywidgets.HBox([*row, self.clock], layout={"flex_flow": "row wrap"})
        self.parts = [self.at, *row]

    def go(self, at):
        """Stop, and move to a step; beyond an end, to that end."""
        self.clock.playing = False
        self.move(at)

    def move(self, at):
        """Move to a step."""
        self.at.value = self.clock.value = min(max(at, 0), self.at.max)

    def play(self):
        """Play from here on, or from the start if this is the end; or pause."""
        if self.clock.playing:
            self.clock.playing = False
            return
        if self.at.value >= self.at.max:
            self.move(0)
        self.clock.playing = True

    def rename(self, change):
        """Label the play button with what it does next."""
        self.play_button.description = self.names["pause" if change["new"] else "play"]

    def restart(self, last, usable=True):
        """Start again with other steps, or with none that can be taken."""
        self.go(0)
        set_last(self.at, last)
        self.clock.max = last
        for part in self.parts:
            part.disabled = not usable
