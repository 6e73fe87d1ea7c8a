"""The demo of lesson 04: numbers flow through the network 2-3-2-2, layer by layer."""

import ipywidgets
import numpy as np

from course.demos.activation_functions import sigmoid
from course.demos.base import Blitting, Demo, formatted, slider
from course.demos.stepper import Stepper
from helpers.plots import network_diagram

WEIGHTS = [
    np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
    np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
    np.array([[0.1, 0.3], [0.2, 0.4]]),
]
BIASES = [np.array([0.1, 0.2, 0.3]), np.array([0.1, 0.2]), np.array([0.1, 0.2])]
NAMES = "x", "a1", "a2", "y"
LAYERS = len(WEIGHTS)
FAINT = 0.3  # of lines that no number has passed yet
SCALE = 0.8  # inches of a unit of the diagram


def forward(x):
    """Return [x, a1, a2, y]: what each layer of the lesson's network makes of the inputs x."""
    values = [np.asarray(x, float)]
    for layer, (W, b) in enumerate(zip(WEIGHTS, BIASES, strict=True), 1):
        z = values[-1] @ W + b
        values.append(z if layer == LAYERS else sigmoid(z))
    return values


def weighted_sum(x, layer, neuron):
    """Return how a neuron of layer 1 to 3 makes its weighted sum, as text, and the sum."""
    w, b = WEIGHTS[layer - 1][:, neuron], BIASES[layer - 1][neuron]
    pairs = [f"{_factor(a, 3)} × {_factor(weight, 1)}" for a, weight in zip(x, w, strict=True)]
    return " + ".join([*pairs, formatted(b, 1)]), x @ w + b


def _factor(value, digits):
    text = formatted(value, digits)
    return f"({text})" if value < 0 else text


class ForwardPass(Demo):
    """Two inputs as sliders, and the network through which they flow."""

    key = "flow"
    size = tuple(SCALE * side for side in network_diagram.extent((2, 3, 2, 2)))

    def __init__(self):
        super().__init__()
        self.x1, self.x2 = (
            slider(self.say(name), value, -20.0, 20.0, 0.5, readout_format=".1f")
            for name, value in (("x1", 1.0), ("x2", 0.5))
        )
        self.stepper = Stepper(self.language, self.say("at"), LAYERS, at=LAYERS, interval=1800)
        self.controls = [self.x1, self.x2, self.stepper.at, self.stepper.buttons]
        self.watched = [self.x1, self.x2, self.stepper.at]
        self.drawn = None  # up to which layer the lines are not faint
        axes = self.figure.add_axes((0, 0, 1, 1))
        self.network = network_diagram.NetworkDiagram(axes, self.values(), WEIGHTS, NAMES)
        numbers = [text for column in self.network.numbers for text in column]
        circles = [circle for column in self.network.circles for circle in column]
        self.blitting = Blitting(self.canvas, [*circles, *numbers])
        self.start()

    def layout(self):
        """Return the demo with its controls above the picture, since that is wide."""
        halves = [
            ipywidgets.VBox(half, layout={"margin": "0 16px 8px 0"})
            for half in (self.controls[:2], self.controls[2:])
        ]
        controls = ipywidgets.HBox(halves, layout={"flex_flow": "row wrap"})
        return ipywidgets.VBox([controls, self.picture, self.words])

    def values(self):
        """Return what the layers make of the inputs that the sliders show."""
        return forward([self.x1.value, self.x2.value])

    def draw(self):
        """Write the numbers as far as they have flowed, and make the lines beyond them faint."""
        at = self.stepper.at.value
        self.network.show([v if k <= at else None for k, v in enumerate(self.values())])
        if at == self.drawn:
            return
        self.drawn, self.blitting.background = at, None
        for layer, lines in enumerate(self.network.lines, 1):
            for line in lines:
                line.set_alpha(None if layer <= at else FAINT)

    def sentence(self):
        """Return how the last layer reached has made its numbers, neuron by neuron."""
        at, values = self.stepper.at.value, self.values()
        if at == 0:
            inputs = " ".join(formatted(x) for x in values[0])
            return self.say("inputs", x=inputs)
        lines = [self.say("output" if at == LAYERS else "layer", layer=at, name=NAMES[at])]
        for neuron, value in enumerate(values[at]):
            terms, z = weighted_sum(values[at - 1], at, neuron)
            line = f"{terms} = {formatted(z, 3)}"
            if at < LAYERS:
                line += f", sigmoid({formatted(z, 3)}) = {formatted(value, 3)}"
            lines.append(line)
        return "<br>".join(lines)
