"""Demos to play with, one line each: `from helpers import demos`, then `demos.perceptron()`.

They need JupyterLab and its widgets. Elsewhere a picture and a sentence stand in their place, and
no lesson needs them to go on. Each speaks the language of the lesson it stands in;
`demos.language("ja")` or `demos.language("en")` chooses another one.
"""

from helpers.live.activations import Activations as activations
from helpers.live.colours import Colour as colour
from helpers.live.decision import Decision as decision
from helpers.live.descent import Descent as descent
from helpers.live.flow import Flow as flow
from helpers.live.inside import Inside as inside
from helpers.live.pad import Pad as pad
from helpers.live.perceptron import Perceptron as perceptron
from helpers.live.product import MatrixProduct as matrix_product
from helpers.live.race import Race as race
from helpers.live.sliding import Sliding as sliding
from helpers.live.words import language

__all__ = [
    "activations", "colour", "decision", "descent", "flow", "inside", "language",
    "matrix_product", "pad", "perceptron", "race", "sliding",
]  # fmt: skip
