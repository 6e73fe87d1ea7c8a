"""The demo of lesson 05: gradient descent on the loss of a line through five people."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.ticker import FuncFormatter

from course.demos.base import Blitting, Demo, formatted, selection_slider, slider
from course.demos.stepper import Stepper
from helpers import datasets, plots
from helpers.plots import loss_surface

PEOPLE = datasets.heights_and_weights()
PEOPLE = PEOPLE - PEOPLE.mean(axis=0)
X, T = np.insert(PEOPLE[:, 0:1], 0, 1, axis=1), PEOPLE[:, 1]
STEEPNESS = (X**2).mean(axis=0)  # along w0 and w1; the inputs are not correlated
BEST = np.linalg.lstsq(X, T, rcond=None)[0]
BORDER = 2 / STEEPNESS.max()  # learning rates above it diverge
LIMITS = -4, 4, -3, 7
STEPS = 200
RATES = (
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.086, 0.1, 0.12, 0.15, 0.16, 0.17, 0.172, 0.173, 0.18,
    0.2,
)  # fmt: skip


def loss(w):
    """Return half the mean squared error of the line with the weights w (2,)."""
    return np.mean((X @ w - T) ** 2) / 2


def slope(w):
    """Return the gradient (2,) of the loss: the mean of error times input."""
    return X.T @ (X @ w - T) / len(T)


def descend(start, lr, steps):
    """Return the path (steps + 1, 2) of gradient descent: w = w - lr slope(w)."""
    path = [np.asarray(start, float)]
    for _ in range(steps):
        path.append(path[-1] - lr * slope(path[-1]))
    return np.array(path)


def factors(lr):
    """Return the factors by which a step multiplies the distance to the bottom, along w0 and w1."""
    return 1 - lr * STEEPNESS


def verdict(lr):
    """Return the key of the words for what a learning rate does along w1."""
    factor = factors(lr)[1]
    if factor < -1:
        return "diverges"
    if abs(factor) < 0.01:
        return "lands"
    if factor < 0:
        return "jumps"
    return "creeps" if factor > 0.97 else "nears"


def compact(value, digits=3):
    """Return a number as text, with a power of ten if it is very large: 2.8e+04."""
    if abs(value) < 1e5:
        return formatted(value, digits)
    return f"{value:.1e}".replace("-", "\N{MINUS SIGN}", 1)


class GradientDescent(Demo):
    """Start and learning rate as sliders, and the steps of the descent in three pictures."""

    key = "descent"
    size = 6.2, 3.8

    def __init__(self):
        super().__init__()
        self.words.layout.max_width = self.picture.layout.width  # so they stand beside the controls
        self.w0 = slider(self.say("w0"), 2.0, *LIMITS[:2], 0.5, readout_format=".1f")
        self.w1 = slider(self.say("w1"), -1.0, *LIMITS[2:], 0.5, readout_format=".1f")
        self.rate = selection_slider(self.say("rate"), RATES, 0.01)
        self.stepper = Stepper(self.language, self.say("at"), STEPS, at=20, interval=200)
        self.watched = [self.w0, self.w1, self.rate, self.stepper.at]
        self.controls = [*self.watched, self.stepper.buttons]
        self.prepare_map()
        self.prepare_line()
        self.prepare_curve()
        moving = *self.path, self.errors, self.line, self.people, self.curve.axes
        self.blitting = Blitting(self.canvas, moving)
        self.start()

    def prepare_map(self):
        """Draw the contours of the loss, its lowest point, and an empty path."""
        axes = self.figure.add_axes((0.1, 0.13, 0.41, 0.84))
        loss_surface.shade(axes, loss_surface.heights(loss, LIMITS), LIMITS)
        axes.plot(*BEST, "k+", markersize=9, zorder=4)
        self.path = loss_surface.draw_path(axes, [(0, 0)], LIMITS)

    def prepare_line(self):
        """Draw the five people, and keep the line and the errors."""
        axes = self.figure.add_axes((0.64, 0.62, 0.34, 0.35))
        (self.people,) = axes.plot(X[:, 1], T, "o", color=plots.BLUE, markersize=6, zorder=3)
        (self.line,) = axes.plot([], [], color="black", linewidth=2)
        self.errors = LineCollection([], colors=plots.GREY, linestyles=":")
        axes.add_collection(self.errors, autolim=False)
        axes.set(xlim=(-7, 7), ylim=(-16, 16))
        axes.set_xlabel("height (cm from the mean)", fontsize=9)
        axes.set_ylabel("kg from the mean", fontsize=9)
        axes.yaxis.set_label_coords(-0.23, 0.5)
        axes.tick_params(labelsize=9)

    def prepare_curve(self):
        """Keep the learning curve."""
        axes = self.figure.add_axes((0.64, 0.13, 0.34, 0.3))
        (self.curve,) = axes.plot([], [], color=plots.BLUE, marker="o", markersize=2.5)
        (self.now,) = axes.plot(
            [], [], "*", color=plots.RED, markersize=11, markerfacecolor="white", clip_on=False
        )
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, position: f"{value:.4g}"))
        axes.set_xlabel("step", fontsize=9)
        axes.set_title("loss", loc="left", fontsize=9, pad=3)  # beside the axis, numbers grow wide
        axes.tick_params(labelsize=9)

    @property
    def walked(self):
        """The path (K, 2) up to the step that the slider shows."""
        return descend((self.w0.value, self.w1.value), self.rate.value, self.stepper.at.value)

    def draw(self):
        """Move the path, the line with its errors, and the curve."""
        walked = self.walked
        for artist, points in zip(self.path, loss_surface.parts(walked, LIMITS), strict=True):
            artist.set_data(*points.T)
        w = walked[-1]
        ends = np.array([[1, -7], [1, 7]])
        self.line.set_data(ends[:, 1], ends @ w)
        self.errors.set_segments(
            [[(x, t), (x, y)] for x, t, y in zip(X[:, 1], T, X @ w, strict=True)]
        )
        losses = ((walked @ X.T - T) ** 2).mean(axis=1) / 2
        self.curve.set_data(np.arange(len(losses)), losses)
        self.now.set_data([len(losses) - 1], losses[-1:])
        self.curve.axes.set(xlim=(0, max(20, len(losses) - 1)), ylim=(0, 1.08 * losses.max()))

    def sentence(self):
        """Return where the ball is, and what the learning rate does in each step."""
        walked, lr = self.walked, self.rate.value
        w0, w1 = map(compact, walked[-1])
        slope0, slope1 = map(compact, slope(walked[-1]))
        lines = [
            self.say("place", step=len(walked) - 1, w0=w0, w1=w1, loss=compact(loss(walked[-1]))),
            self.say("slopes", slope0=slope0, slope1=slope1),
            self.say("factors", lr=f"{lr:g}", w0=formatted(factors(lr)[0], 3),
                     steep=formatted(STEEPNESS[1]), w1=formatted(factors(lr)[1], 4)),
            self.say(verdict(lr), border=formatted(BORDER, 4), steep=formatted(STEEPNESS[1])),
        ]  # fmt: skip
        if loss_surface.steps_inside(walked, LIMITS) < len(walked):
            lines.append(self.say("left"))
        return "<br>".join(lines)
