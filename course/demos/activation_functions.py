"""The demo of lesson 04: four activation functions, their values and their slopes at one place."""

import numpy as np

from course.demos.base import Blitting, Demo, formatted, selection_slider, slider
from helpers import plots
from helpers.layers import ReLU, Sigmoid, Tanh

LOW, HIGH = -5.0, 5.0  # of z
GAINS = -1, 0, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 100
CURVE = np.sort([*np.linspace(LOW, HIGH, 401), -1e-9, 1e-9])  # the jump at 0 is vertical
TANGENT = np.array([-2.0, 2.0])


def step(z):
    """Return 1 where z is above 0, else 0."""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


sigmoid = Sigmoid().forward
FUNCTIONS = {"step": step, "sigmoid": sigmoid, "tanh": Tanh().forward, "relu": ReLU().forward}


def slope(name, z, gain=1):
    """Return the slope of f(gain z) at z, or None where there is no single slope."""
    got = gain * z
    if name == "sigmoid":
        return float(gain * sigmoid(got) * sigmoid(-got))
    if name == "tanh":
        return float(gain / np.cosh(got) / np.cosh(got))
    if got == 0 and gain:
        return None
    return float(gain) if name == "relu" and got > 0 else 0.0


def hides(name, value, z, gain):
    """Return whether three decimals turn a value into a 0, 1 or -1 that it is not."""
    smooth = name in ("sigmoid", "tanh") and gain * z != 0
    return smooth and formatted(value, 3) in (formatted(-1), "0", "1")


class ActivationFunctions(Demo):
    """Step, sigmoid, tanh and ReLU with a gain, and a point that moves along all of them."""

    key = "activations"
    size = 5.6, 4.2

    def __init__(self):
        super().__init__()
        self.z = slider(self.say("z"), 0.5, LOW, HIGH, 0.1, readout_format=".1f")
        self.gain = selection_slider(self.say("gain"), GAINS, 1)
        self.controls = [self.z, self.gain]
        self.panels = {}
        for k, name in enumerate(FUNCTIONS):
            area = 0.09 + 0.49 * (k % 2), 0.585 - 0.475 * (k // 2), 0.4, 0.335
            axes = self.figure.add_axes(area, xlim=(LOW, HIGH), ylim=(-1.3, 1.3))
            axes.set(xticks=[-5, 0, 5], yticks=[-1, 0, 1])
            if name == "relu":
                axes.set(ylim=(-0.65, 5.4), yticks=[0, 5])
            self.panels[name] = Panel(axes, name)
        self.blitting = Blitting(self.canvas, [a for p in self.panels.values() for a in p.moving])
        self.start()

    def at(self):
        """Return z as the slider shows it, and the gain."""
        return round(self.z.value, 1) + 0.0, self.gain.value

    def draw(self):
        """Move the curves, the points and the tangents."""
        z, gain = self.at()
        for name, panel in self.panels.items():
            panel.show(name, z, gain)

    def sentence(self):
        """Return what goes into all functions, and a table of their answers and slopes."""
        z, gain = self.at()
        by = f"({formatted(z)})" if z < 0 else formatted(z)
        got = self.say("got", gain=formatted(gain), z=by, product=formatted(gain * z))
        rises = [self.said(name, slope(name, z, gain)) for name in FUNCTIONS]
        values = [self.said(name, float(f(gain * z))) for name, f in FUNCTIONS.items()]
        rows = [
            _row("th", self.say("function"), FUNCTIONS),
            _row("td", self.say("value"), values),
            _row("td", self.say("slope"), rises),
        ]
        return f"{got}<table>{''.join(rows)}</table>{self.say(self.lesson(z, gain))}"

    def said(self, name, value):
        """Return a value or a slope as text; "almost 0" where it is not quite 0."""
        if value is None:
            return self.say(f"none-{name}")
        text = formatted(value, 3)
        return self.say("almost", value=text) if hides(name, value, *self.at()) else text

    def lesson(self, z, gain):
        """Return the key of what there is to see here."""
        if gain == 0:
            return "flat"
        if z == 0:
            return "middle"
        if abs(gain * z) >= 5:
            return "far-left" if gain * z < 0 else "far-right"
        return "left" if gain * z < 0 else "right"


def _row(tag, head, cells):
    """Return a row of a table in HTML, closer together than the page's own."""
    style = 'style="text-align: left; line-height: 1.5; padding: 0 20px 0 0"'
    cells = "".join(f"<{tag} {style}>{cell}</{tag}>" for cell in cells)
    return f'<tr><th scope="row" {style}>{head}</th>{cells}</tr>'


class Panel:
    """One function: its curve, that with gain 1, the point at z and the tangent there."""

    def __init__(self, axes, name):
        self.axes = axes
        axes.axhline(0, color=plots.GREY, linewidth=0.6)
        axes.plot(CURVE, FUNCTIONS[name](CURVE), color=plots.GREY, linestyle=":", linewidth=1.4)
        (self.curve,) = axes.plot([], [], color=plots.BLUE, linestyle="-", linewidth=2)
        (self.tangent,) = axes.plot([], [], color=plots.RED, linestyle="--", linewidth=2)
        (self.upright,) = axes.plot([], [], color=plots.GREY, linestyle="-", linewidth=0.8)
        (self.point,) = axes.plot(
            [], [], "o", color=plots.ORANGE, markeredgecolor="black", markersize=9, clip_on=False
        )
        self.title = axes.set_title("", fontsize=10.5)
        self.moving = self.upright, self.curve, self.tangent, self.point, self.title
        axes.set_xlabel("z")
        axes.xaxis.set_label_coords(0.75, -0.06)
        axes.set_ylabel("a", rotation=0, labelpad=-2)
        axes.tick_params(labelsize=9)

    def show(self, name, z, gain):
        """Draw f(gain z), with its point and its tangent at z."""
        f, rise = FUNCTIONS[name], slope(name, z, gain)
        value, (low, high) = float(f(gain * z)), self.axes.get_ylim()
        self.curve.set_data(CURVE, f(gain * CURVE))
        self.upright.set_data([z, z], [low, min(value, high)])
        self.tangent.set_data([], [])
        if rise is not None:
            along = TANGENT / np.hypot(1, rise)
            self.tangent.set_data(z + along, value + rise * along)
        self.point.set_data([z], [min(value, high)])
        self.point.set_marker("o" if value <= high else "^")
        sign = "\N{ALMOST EQUAL TO}" if hides(name, value, z, gain) else "="
        self.title.set_text(f"{name}:  a {sign} {formatted(value, 3)}")
