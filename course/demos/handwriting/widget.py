"""The drawing pad as a widget: it is drawn on in the browser, by pad.js."""

from pathlib import Path

import anywidget
import traitlets

from course.demos.handwriting import mnist_preprocessing

HERE = Path(__file__).parent


class PadWidget(anywidget.AnyWidget):
    """A white square for strokes by mouse, finger, pen or keyboard.

    strokes is a list of strokes, each a list of [x, y] from 0 to 1, y downwards; it changes when
    a stroke ends. pen is the width of the lines, and frame a dashed box [left, top, right,
    bottom] or [], in the same unit. size is the width in pixels of the page. words are
    the labels: label, help, undo, clear, drawn {count}, and up and down {row} {column} {cells}.
    What comes from the browser is cleaned, and never raises an error.
    """

    _esm = HERE / "pad.js"
    _css = HERE / "pad.css"
    strokes = traitlets.Any().tag(sync=True)
    pen = traitlets.Any(0.07).tag(sync=True)
    frame = traitlets.List().tag(sync=True)
    size = traitlets.Int(280).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    @traitlets.default("strokes")
    def _no_strokes(self):
        return []

    @traitlets.validate("strokes")
    def _clean_strokes(self, proposal):
        return mnist_preprocessing.clean(proposal["value"])

    @traitlets.validate("pen")
    def _clean_pen(self, proposal):
        pen = proposal["value"]
        return min(max(float(pen), 0.01), 0.3) if mnist_preprocessing.is_point([pen, pen]) else 0.07

    def undo(self):
        """Take the last stroke away."""
        self.strokes = self.strokes[:-1]

    def clear(self):
        """Take all strokes away."""
        self.strokes = []
