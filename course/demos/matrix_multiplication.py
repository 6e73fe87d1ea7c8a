"""The demo of lesson 02: a matrix product step by step."""

import ipywidgets
import numpy as np

from course.demos.base import Demo, button, slider
from course.demos.blitting import Stage
from course.demos.pairing import counting, finished, place, steps
from course.demos.product_picture import HEIGHT, MOST, WIDTH, ProductPicture
from course.demos.stepper import Player

SIDE = 0.37  # inches of a box


class MatrixProduct(Demo):
    """Two matrices whose shapes are chosen, and their product, pair by pair."""

    key = "product"
    size = SIDE * WIDTH, SIDE * HEIGHT

    def __init__(self):
        super().__init__()
        names = "rows-a", "columns-a", "rows-b", "columns-b"
        self.sizes = [
            slider(self.say(name), size, 1, MOST, 1)
            for name, size in zip(names, (2, 3, 3, 2), strict=True)
        ]
        self.player = Player(self.language, self.say("at"), 12)
        self.rng = np.random.default_rng(2)
        self.drawing = ProductPicture(self.figure)
        self.stage = Stage(self.canvas, self.drawing.moving)
        self.numbers = [
            button(self.say("counting"), lambda: self.begin(counting)),
            button(self.say("other"), lambda: self.begin(self.random)),
        ]
        self.controls = [*self.sizes, *self.numbers, self.player.at, self.player.buttons]
        self.watched = [*self.sizes, self.player.at]
        self.make = counting
        self.fill()
        self.start()

    def layout(self):
        """Return the demo with its controls above the picture, those of A left of those of B."""
        room = {"margin": "0 16px 0 0"}
        a, b = (ipywidgets.VBox(part, layout=room) for part in (self.sizes[:2], self.sizes[2:]))
        at = ipywidgets.VBox([self.player.at], layout=room)
        rows = [[a, b], self.numbers, [at, self.player.buttons]]
        rows = [ipywidgets.HBox(row, layout={"flex_flow": "row wrap"}) for row in rows]
        return ipywidgets.VBox([*rows, self.picture, self.words])

    def random(self, rows, columns):
        """Return a matrix of whole numbers from 0 to 9."""
        return self.rng.integers(0, 10, (rows, columns))

    def begin(self, make):
        """Begin anew with numbers that `make(rows, columns)` returns."""
        self.make = make
        with self.together():
            self.fill()

    def fill(self):
        """Make matrices of the chosen shapes, and no step."""
        a, b, c, d = (control.value for control in self.sizes)
        self.A, self.B = self.make(a, b), self.make(c, d)
        needed = steps(self.A, self.B)
        self.player.restart(needed or a * b * d, usable=needed > 0)
        self.drawing.arrange(self.A, self.B)
        self.stage.kept = None

    def update(self, change=None):
        """As in `Demo`. With another size, all begins anew."""
        if change and change["owner"] in self.sizes:
            self.watch(False)
            self.fill()
            self.watch(True)
        super().update(change)

    def draw(self):
        """Show the step that the slider shows."""
        self.drawing.show(self.A, self.B, self.player.at.value)

    def sentence(self):
        """Return what meets what, or why there is no product."""
        (a, b), (c, d) = self.A.shape, self.B.shape
        if b != c:
            return self.impossible(a, b, c, d)
        step = self.player.at.value
        if not step:
            return self.say("fits", a=a, b=b, d=d)
        i, j, done = place(step, self.A, self.B)
        row, column = self.A[i], self.B[:, j]
        pairs = zip(row[:done], column[:done], strict=True)
        sum_ = " + ".join(f"{x} × {y}" for x, y in pairs)
        lines = [
            self.say("meets", row=" ".join(map(str, row)), column=" ".join(map(str, column))),
            f"{sum_} = {row[:done] @ column[:done]}",
        ]
        lines.append(self.say("sum", i=i, j=j) if done == b else self.say("so-far", left=b - done))
        ready = len(finished(step, self.A, self.B))
        if ready == a * d:
            lines.append(self.say("done", a=a, d=d))
        return "<br>".join(lines)

    def impossible(self, a, b, c, d):
        """Return why (a, b) @ (c, d) has no result."""
        left = self.say("left-in-row" if b > c else "left-in-column", count=abs(b - c))
        return "<br>".join([self.say("impossible", a=a, b=b, c=c, d=d), left, self.say("repair")])
