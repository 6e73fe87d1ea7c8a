"""Demos to play with, one line each: `from course import demos`, then `demos.perceptron()`.

They need JupyterLab and its widgets. Elsewhere a picture and a sentence stand in their place, and
no lesson needs them to go on. Each speaks the language of the lesson it stands in;
`demos.language("ja")` or `demos.language("en")` chooses another one.
"""

from course import texts
from course.demos.activation_functions import Activations as activations
from course.demos.cnn import Inside as inside
from course.demos.color_naming import Color as color
from course.demos.color_training import Decision as decision
from course.demos.convolution import Sliding as sliding
from course.demos.forward_pass import Flow as flow
from course.demos.gradient_descent import Descent as descent
from course.demos.handwriting.pad import Pad as pad
from course.demos.matrix_multiplication import MatrixProduct as matrix_product
from course.demos.optimizer_race import Race as race
from course.demos.perceptron_learning import Perceptron as perceptron

__all__ = [
    "activations", "color", "decision", "descent", "flow", "inside", "language",
    "matrix_product", "pad", "perceptron", "race", "sliding",
]  # fmt: skip


def language(name=None):
    """Choose the language of all demos from now on: "en" or "ja". Returns the one in use."""
    if name is not None:
        texts.use(name)
    return texts.language()
