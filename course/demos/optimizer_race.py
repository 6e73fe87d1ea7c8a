"""The demo of lesson 08: six rules for a step, racing from one place on one surface."""

import ipywidgets
import numpy as np

from course.demos.base import Demo, button, choice, number
from course.demos.blitting import Stage
from course.demos.optimizer_paths import (
    LIMITS,
    RATES,
    RULES,
    STEPS,
    SURFACES,
    in_hollow,
    left,
    standings,
    walk,
)
from course.demos.stepper import Player
from helpers.plots import loss_surface


class Race(Demo):
    """Rules chosen by tick boxes, each with its own learning rate, and their paths."""

    key = "race"
    size = 6.2, 4.6

    def __init__(self):
        super().__init__()
        self.words.layout.max_width = self.picture.layout.width  # so they stand beside the controls
        options = [(self.say(name), name) for name in SURFACES]
        self.surface = choice(self.say("surface"), options)
        self.boxes = [
            ipywidgets.Checkbox(True, description=name, indent=False, layout={"width": "100px"})
            for name in RULES
        ]
        self.rates = [self.rate(name) for name in RULES]
        self.player = Player(self.language, self.say("at"), STEPS, at=30, interval=250)
        rows = [ipywidgets.HBox(pair) for pair in zip(self.boxes, self.rates, strict=True)]
        lesson = button(self.say("lesson"), self.lesson)
        self.watched = [self.surface, *self.boxes, *self.rates, self.player.at]
        self.controls = [self.surface, *rows, lesson, self.player.at, self.player.buttons]
        self.prepare()
        self.start()

    def rate(self, name):
        """Return the slider for the learning rate of a rule."""
        return ipywidgets.SelectionSlider(
            options=[(f"{rate:g}", rate) for rate in RATES], value=RULES[name][1],
            description=f"{name} lr", tooltip=self.say("rate", rule=name),
            style={"description_width": "110px"}, layout={"width": "320px"},
        )  # fmt: skip

    def prepare(self):
        """Draw the maps of all surfaces, the frame of the distances, and paths without steps."""
        axes = self.figure.add_axes((0.09, 0.11, 0.35, 0.86))
        self.maps = {name: drawn(axes, loss) for name, (loss, _) in SURFACES.items()}
        (cross,) = axes.plot(0, 0, "k+", markersize=9, zorder=7)
        far = self.figure.add_axes((0.54, 0.39, 0.42, 0.58))
        far.set(xlim=(0, STEPS), ylim=(0, 8), xlabel="step", ylabel="distance from +")
        self.paths, self.distances = [], []
        for place, name in enumerate(RULES):
            color, line, marker = loss_surface.STYLES[place]
            self.paths.append(loss_surface.draw_path(axes, [(0, 0)], LIMITS, place))
            self.paths[-1][1].set_markeredgecolor("black")  # all begin at one place
            style = {"color": color, "linestyle": line, "marker": marker, "markersize": 4}
            self.distances += far.plot([], [], label=name, markevery=10, **style)
        self.figure.legend(loc=(0.47, 0.04), ncols=2, fontsize=10, handlelength=3.2)
        paths = [artist for artists in self.paths for artist in artists]
        self.stage = Stage(self.canvas, [*paths, *self.distances, cross])
        self.kept = {name: self.background(name) for name in SURFACES}

    def background(self, surface):
        """Return what stands still of the picture with this surface."""
        for name, collections in self.maps.items():
            for collection in collections:
                collection.set_visible(name == surface)
        self.stage.kept = None
        self.stage.draw()
        return self.stage.kept

    @property
    def walked(self):
        """The paths of the chosen rules up to the step that the slider shows: {name: path}."""
        _, slope = SURFACES[self.surface.value]
        chosen = zip(RULES, self.boxes, self.rates, strict=True)
        return {
            name: walk(RULES[name][0](rate.value), slope, self.player.at.value)
            for name, box, rate in chosen
            if box.value
        }

    def draw(self):
        """Take the map of the chosen surface, and move the paths and the distances."""
        self.stage.kept = self.kept[self.surface.value]
        walked = self.walked
        for name, artists, far in zip(RULES, self.paths, self.distances, strict=True):
            path = walked.get(name, np.empty((0, 2)))
            parts = loss_surface.parts(path, LIMITS)
            for artist, points in zip(artists, parts, strict=True):
                artist.set_data(*points.T)
            far.set_data(np.arange(len(parts[0])), np.hypot(*parts[0].T))

    def sentence(self):
        """Return the distances from the lowest point, in order, and who has left."""
        walked = self.walked
        if not walked:
            return self.say("nobody")
        inside = [
            f"{place}. {name} {number(distance)}"
            for place, (name, distance) in enumerate(standings(walked), 1)
        ]
        lines = [self.say("taken", step=self.player.at.value)]
        if inside:
            lines.append(self.say("order", order=self.say("comma").join(inside)))
        resting = self.surface.value == "hollow" and in_hollow(walked)
        if resting:
            lines.append(self.say("in-hollow", names=self.say("comma").join(resting)))
        outside = [f"{name} ({step})" for name, step in left(walked).items()]
        if outside:
            lines.append(self.say("left", names=self.say("comma").join(outside)))
        return "<br>".join(lines)

    def lesson(self):
        """Give each rule the learning rate of the lesson."""
        with self.together():
            for rate, (_, own) in zip(self.rates, RULES.values(), strict=True):
                rate.value = own


def drawn(axes, loss):
    """Draw the map of a surface, and return the artists that were added."""
    before = list(axes.collections)
    loss_surface.shade(axes, loss_surface.heights(loss, LIMITS), LIMITS)
    return [collection for collection in axes.collections if collection not in before]
