"""The demo of lesson 08: six rules for a step, racing from one place on one surface."""

import ipywidgets
import numpy as np

from course.demos.base import Blitting, Demo, button, choice, formatted, selection_slider
from course.demos.stepper import Stepper
from helpers.optimizers import SGD, AdaGrad, Adam, Momentum, Nesterov, RMSProp
from helpers.plots import loss_surface

LIMITS = -2.5, 2.5, -3, 8
START = -1.5, 7.0
STEPS = 100
RULES = {  # each with the learning rate of the lesson
    "SGD": (SGD, 0.038), "Momentum": (Momentum, 0.01), "Nesterov": (Nesterov, 0.01),
    "AdaGrad": (AdaGrad, 1.5), "RMSProp": (RMSProp, 0.4), "Adam": (Adam, 0.5),
}  # fmt: skip
RATES = (
    0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.038, 0.041, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5,
    0.8, 1, 1.5, 2.5,
)  # fmt: skip
DEPTH, PLACE, WIDTH = 6, 4, 0.7  # of the hollow on the way
BOTTOM = 0, 3.66  # of that hollow


def bowl(p):
    """Return the loss of the lesson's valley at p (2,)."""
    return (50 * p[0] ** 2 + p[1] ** 2) / 2


def bowl_slope(p):
    """Return the gradient (2,) of `bowl`."""
    return np.array([50 * p[0], p[1]])


def hollow(p):
    """Return the loss of the same valley with a hollow on the way down."""
    away = (p[1] - PLACE) / WIDTH
    return bowl(p) - DEPTH * np.exp(-(away**2) / 2)


def hollow_slope(p):
    """Return the gradient (2,) of `hollow`."""
    away = (p[1] - PLACE) / WIDTH
    return bowl_slope(p) + np.array([0, DEPTH / WIDTH * away * np.exp(-(away**2) / 2)])


SURFACES = {"bowl": (bowl, bowl_slope), "hollow": (hollow, hollow_slope)}


def walk(rule, slope, steps):
    """Return the path (steps + 1, 2) of a new rule of helpers.optimizers from START."""
    p = np.array(START)
    path = [p.copy()]
    for _ in range(steps):
        rule.update([p], [slope(p)])
        path.append(p.copy())
    return np.array(path)


def standings(walked):
    """Return (name, distance from the lowest point) of paths {name: path} inside, nearest first."""
    inside = {name: path[-1] for name, path in walked.items() if name not in left(walked)}
    distances = [(name, float(np.hypot(*place))) for name, place in inside.items()]
    return sorted(distances, key=lambda pair: pair[1])


def left(walked):
    """Return {name: step} of the paths that have left the surface: the first step outside."""
    steps = {name: loss_surface.steps_inside(path, LIMITS) for name, path in walked.items()}
    return {name: step for name, step in steps.items() if step < len(walked[name])}


def in_hollow(walked):
    """Return the names of the paths {name: path} that end near the bottom of the hollow."""
    return [n for n, path in walked.items() if np.hypot(*(path[-1] - BOTTOM)) < 0.4]


class OptimizerRace(Demo):
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
        self.stepper = Stepper(self.language, self.say("at"), STEPS, at=30, interval=250)
        rows = [ipywidgets.HBox(pair) for pair in zip(self.boxes, self.rates, strict=True)]
        lesson = button(self.say("lesson"), self.lesson)
        self.watched = [self.surface, *self.boxes, *self.rates, self.stepper.at]
        self.controls = [self.surface, *rows, lesson, self.stepper.at, self.stepper.buttons]
        self.prepare()
        self.start()

    def rate(self, name):
        """Return the slider for the learning rate of a rule."""
        said = {"tooltip": self.say("rate", rule=name), "layout": {"width": "320px"}}
        return selection_slider(f"{name} lr", RATES, RULES[name][1], **said)

    def prepare(self):
        """Draw the maps of all surfaces, the axes of the distances, and paths without steps."""
        axes = self.figure.add_axes((0.09, 0.11, 0.35, 0.86))
        self.maps = {name: drawn(axes, loss) for name, (loss, _) in SURFACES.items()}
        (cross,) = axes.plot(0, 0, "k+", markersize=9, zorder=7)
        far = self.figure.add_axes((0.54, 0.39, 0.42, 0.58))
        far.set(xlim=(0, STEPS), ylim=(0, 8), xlabel="step", ylabel="distance from +")
        self.paths, self.distances = [], []
        for number, name in enumerate(RULES):
            color, line, marker = loss_surface.STYLES[number]
            self.paths.append(loss_surface.draw_path(axes, [(0, 0)], LIMITS, number))
            self.paths[-1][1].set_markeredgecolor("black")  # all begin at one place
            style = {"color": color, "linestyle": line, "marker": marker, "markersize": 4}
            self.distances += far.plot([], [], label=name, markevery=10, **style)
        self.figure.legend(loc=(0.47, 0.04), ncols=2, fontsize=10, handlelength=3.2)
        paths = [artist for artists in self.paths for artist in artists]
        self.blitting = Blitting(self.canvas, [*paths, *self.distances, cross])
        self.backgrounds = {name: self.background(name) for name in SURFACES}

    def background(self, surface):
        """Return the part of the picture that does not move, with this surface."""
        for name, collections in self.maps.items():
            for collection in collections:
                collection.set_visible(name == surface)
        self.blitting.background = None
        self.blitting.draw()
        return self.blitting.background

    @property
    def walked(self):
        """The paths of the chosen rules up to the step that the slider shows: {name: path}."""
        _, slope = SURFACES[self.surface.value]
        chosen = zip(RULES, self.boxes, self.rates, strict=True)
        return {
            name: walk(RULES[name][0](rate.value), slope, self.stepper.at.value)
            for name, box, rate in chosen
            if box.value
        }

    def draw(self):
        """Take the map of the chosen surface, and move the paths and the distances."""
        self.blitting.background = self.backgrounds[self.surface.value]
        walked = self.walked
        for name, artists, far in zip(RULES, self.paths, self.distances, strict=True):
            path = walked.get(name, np.empty((0, 2)))
            parts = loss_surface.parts(path, LIMITS)
            for artist, points in zip(artists, parts, strict=True):
                artist.set_data(*points.T)
            far.set_data(np.arange(len(parts[0])), np.hypot(*parts[0].T))

    def sentence(self):
        """Return the distances from the lowest point, in order, and which rules have left."""
        walked = self.walked
        if not walked:
            return self.say("nobody")
        inside = [
            f"{rank}. {name} {formatted(distance)}"
            for rank, (name, distance) in enumerate(standings(walked), 1)
        ]
        lines = [self.say("taken", step=self.stepper.at.value)]
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
