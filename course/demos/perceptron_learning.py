"""The demo of lesson 03: a perceptron with two inputs, by hand and by its learning rule."""

import ipywidgets
import numpy as np

from course.demos.base import Demo, button, choice, formatted, slider
from course.texts import DEMOS
from helpers import plots
from helpers.plots import decision_boundary

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
TARGETS = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}
LOW, HIGH = decision_boundary.LOW, decision_boundary.HIGH
SIDE = np.linspace(LOW, HIGH, 201)
PLANE = np.stack(np.meshgrid(SIDE, SIDE), axis=2)


def answers(X, w, b):
    """Return 1 where X (..., 2) @ w (2,) + b is above 0, else 0."""
    return (X @ np.asarray(w, float) + b > 0).astype(int)


def learn(x, t, w, b):
    """Return w, b and the error t - y after the perceptron learning rule has seen one point.

    w = w + (t - y) x and b = b + (t - y) (Rosenblatt, 1958).
    """
    error = t - answers(x, w, b)
    return w + error * x, b + error, error


def ends(w, b):
    """Return points (2, 2) of the line w1 x1 + w2 x2 + b = 0 beyond the picture, or none (0, 2)."""
    w = np.asarray(w, float)
    if not np.any(w):
        return np.empty((0, 2))
    middle = np.full(2, (LOW + HIGH) / 2)
    foot = middle - (middle @ w + b) / (w @ w) * w
    along = np.array([-w[1], w[0]]) / np.hypot(*w) * 2 * (HIGH - LOW)
    return np.array([foot - along, foot + along])


class PerceptronLearning(Demo):
    """Two weights and a bias as sliders, four points, and the line between the answers."""

    key = "perceptron"
    size = 3.6, 3.6

    def __init__(self):
        super().__init__()
        self.problem = choice(self.say("problem"), list(TARGETS))
        self.w1, self.w2, self.b = (
            slider(self.say(name), 0.0, -4.0, 4.0, 0.5) for name in ("w1", "w2", "b")
        )
        self.turn, self.news = 0, ""
        again = button(DEMOS.say("reset", self.language), self.again)
        buttons = ipywidgets.HBox([button(self.say("learn"), self.step), again])
        self.controls = [self.problem, self.w1, self.w2, self.b, buttons]
        self.watched = [self.problem, self.w1, self.w2, self.b]
        self.prepare()
        self.start()

    def prepare(self):
        """Draw what does not move, and keep what does."""
        axes = self.figure.add_axes((0.13, 0.13, 0.84, 0.84))
        decision_boundary.set_axes(axes, ("x1", "x2"))
        area = LOW, HIGH, LOW, HIGH
        self.shade = axes.imshow(
            np.zeros((201, 201)),
            cmap=decision_boundary.SHADES,
            vmin=0,
            vmax=1,
            origin="lower",
            extent=area,
        )
        (self.line,) = axes.plot([], [], color="black", linestyle="-", linewidth=2)
        axes.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH))
        self.points = [
            axes.plot([], [], marker, color=color, markeredgecolor="black", markersize=11)[0]
            for marker, color in (("s", "white"), ("o", plots.BLUE))
        ]
        ring = {"color": "none", "edgecolor": plots.RED, "linewidth": 2, "linestyle": "--"}
        self.rings = axes.scatter([], [], s=420, zorder=5, **ring)

    @property
    def state(self):
        """The weights, the bias, and the targets that the controls show."""
        w = np.array([self.w1.value, self.w2.value])
        return w, self.b.value, np.array(TARGETS[self.problem.value])

    def update(self, change=None):
        """As in `Demo`. A control moved by hand makes the last step old news."""
        if change:
            self.news = ""
        super().update(change)

    def draw(self):
        """Move the line, the shade, the points and the rings."""
        w, b, t = self.state
        self.shade.set_data(answers(PLANE, w, b))
        self.line.set_data(*ends(w, b).T)
        for target, points in enumerate(self.points):
            points.set_data(*X[t == target].T)
        self.rings.set_offsets(X[answers(X, w, b) != t])

    def sentence(self):
        """Return the weighted sum and how many points are wrong, after what was learnt."""
        w, b, t = self.state
        wrong = np.sum(answers(X, w, b) != t)
        lines = [self.news] if self.news else []
        w1, w2, b = map(formatted, (*w, b))
        lines.append(self.say("sum", w1=w1, w2=w2, b=b))
        if not np.any(w):
            lines.append(self.say("no-line"))
        lines.append(self.say("wrong", count=wrong) if wrong else self.say("right"))
        return "<br>".join(lines)

    def step(self):
        """Show the perceptron the next point, and let it learn."""
        w, b, t = self.state
        k = self.turn % 4
        y = answers(X[k], w, b)
        w, b, error = learn(X[k], t[k], w, b)
        x1, x2 = X[k]
        news = self.say(
            "step" if error else "kept", x1=x1, x2=x2, t=t[k], y=y, error=formatted(error)
        )
        self.show(w, b, self.turn + 1, news)

    def again(self):
        """Begin with zeros, and with the first point."""
        self.show((0, 0), 0, 0, "")

    def show(self, w, b, turn, news):
        """Set the sliders to w, b, as far as they go."""
        self.turn, self.news = turn, news
        with self.together():
            self.w1.value, self.w2.value, self.b.value = *w, b
