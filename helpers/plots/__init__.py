"""The pictures that more than one lesson draws, all in one style."""

from helpers.plots.digit_pictures import answers, digits, weights
from helpers.plots.style import BLUE, GREEN, GREY, ORANGE, RED, use_style
from helpers.plots.training_pictures import confusion_matrix, learning_curves

__all__ = [
    "BLUE", "GREEN", "GREY", "ORANGE", "RED",
    "answers", "confusion_matrix", "digits", "learning_curves", "use_style", "weights",
]  # fmt: skip

use_style()
