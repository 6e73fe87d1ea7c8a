"""Demos to play with, one line each: `from course import demos`, then `demos.perceptron()`.

They need JupyterLab and its widgets. Elsewhere a picture and a sentence take their place, and no
lesson needs them to go on. Each speaks the language of the lesson it is in;
`demos.language("ja")` or `demos.language("en")` chooses another one.
"""

from course import texts
from course.demos.activation_functions import ActivationFunctions as activations
from course.demos.cnn import CNNDemo as inside
from course.demos.color_naming import ColorNaming as color
from course.demos.color_training import ColorTraining as decision
from course.demos.convolution import ConvolutionDemo as sliding
from course.demos.forward_pass import ForwardPass as flow
from course.demos.gradient_descent import GradientDescent as descent
from course.demos.handwriting.pad import Pad as pad
from course.demos.matrix_multiplication import MatrixMultiplication as matrix_product
from course.demos.optimizer_race import OptimizerRace as race
from course.demos.perceptron_learning import PerceptronLearning as perceptron

__all__ = [
    "activations", "color", "decision", "descent", "flow", "inside", "language",
    "matrix_product", "pad", "perceptron", "race", "sliding",
]  # fmt: skip


def language(name=None):
    """Choose the language of all demos from now on: "en" or "ja". Returns the one in use."""
    if name is not None:
        texts.use(name)
    return texts.language()
