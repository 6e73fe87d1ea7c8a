"""Demos to play with, one line each: `from helpers import demos`, then `demos.perceptron()`.

They need JupyterLab and its widgets. Elsewhere a picture and a sentence stand in their place, and
no lesson needs them to go on. Each speaks the language of the lesson it stands in;
`demos.language("ja")` or `demos.language("en")` chooses another one.
"""

from helpers.live.perceptron import Perceptron as perceptron
from helpers.live.words import language

__all__ = ["language", "perceptron"]
