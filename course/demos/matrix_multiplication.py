"""The demo of lesson 02: a matrix product step by step."""

import ipywidgets
import numpy as np
from matplotlib.patches import Rectangle

from course.demos.base import Blitting, Demo, button, slider
from course.demos.stepper import Stepper
from helpers.plots import BLUE, GREEN, GREY, ORANGE, RED

MOST = 4  # rows and columns
SIDE = 0.37  # inches of a box
WIDTH, HEIGHT = 15.4, 9.4  # of the picture, in boxes
MIDDLE = 2.9  # of the tables, from the top; below are the pairs, their products, the rule:
PAIRS, PRODUCTS, RULE = 5.65, 6.6, 7.85
PAIR = 3.1  # the width of a pair
PALE = {BLUE: "#CFE6F5", ORANGE: "#FBE6B8", GREEN: "#C5E8DC"}
STRONG = {BLUE: "#8FC6E8", ORANGE: "#F3C55C", GREEN: "#83D0B4"}


# The product A @ B in single steps: which row meets which column, and how far they are


def counting(rows, columns):
    """Return a matrix that counts 1, 2, 3 ... row by row."""
    return np.arange(1, rows * columns + 1).reshape(rows, columns)


def steps(A, B):
    """Return how many products A @ B needs, one for each step, or 0 if it is impossible."""
    return A.size * B.shape[1] if A.shape[1] == B.shape[0] else 0


def position(step, A, B):
    """Return the row, the column and how many of their pairs are multiplied after a step.

    Before the first product, at step 0, row 0 and column 0 meet, and no pair is multiplied.
    """
    element, pair = divmod(max(step - 1, 0), A.shape[1])
    return *divmod(element, B.shape[1]), pair + 1 if step else 0


def finished(step, A, B):
    """Return {(row, column): sum} for the elements of A @ B that are complete after a step."""
    if not steps(A, B):
        return {}
    C, columns = A @ B, B.shape[1]
    places = [divmod(element, columns) for element in range(step // A.shape[1])]
    return {spot: int(C[spot]) for spot in places}


# The picture


class ProductPicture:
    """Draws A @ B after a step: what was drawn once is only moved and rewritten."""

    def __init__(self, figure):
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        axes.axis("off")
        self.tables = [Table(axes, name) for name in ("A", "B", "A @ B")]
        self.signs = [centered(axes, 0, MIDDLE, sign, fontsize=14) for sign in "@="]
        self.pairs = [Pair(axes, first=k == 0) for k in range(MOST)]
        self.equals = centered(axes, 0, PRODUCTS, "=")
        self.total = boxed(axes, 0, PRODUCTS, "", GREEN, weight="bold")
        self.rule = Rule(axes)
        parts = [part for table in self.tables for part in table.moving]
        pairs = [part for pair in self.pairs for part in (pair.left, pair.right, pair.product)]
        self.moving = [*parts, *pairs, self.total]

    def arrange(self, A, B):
        """Move everything to where the shapes of A and B have room."""
        (a, b), (c, d), fits = A.shape, B.shape, steps(A, B) > 0
        left = (WIDTH - b - d - (d + 3 if fits else 1.5)) / 2
        lefts = left, left + b + 1.5, left + b + d + 3
        shapes = (a, b), (c, d), (a, d) if fits else (0, 0)
        for table, x, shape in zip(self.tables, lefts, shapes, strict=True):
            table.move(x, MIDDLE - shape[0] / 2, shape)
        self.signs[0].set_x(lefts[1] - 0.75)
        self.signs[1].set(x=lefts[2] - 0.75, visible=fits)
        count = max(b, c)
        left = (WIDTH - PAIR * count - (1 if fits else -0.6)) / 2
        for k, pair in enumerate(self.pairs):
            pair.move(left + PAIR * k, k < count, fits)
        self.equals.set(x=left + PAIR * count - 0.3, visible=fits)
        self.total.set(x=left + PAIR * count + 0.7, visible=fits)
        self.rule.show(a, b, c, d)

    def show(self, A, B, step):
        """Show a step of A @ B, or why there is none."""
        left, right, result = self.tables
        left.fill(dict(np.ndenumerate(A)))
        right.fill(dict(np.ndenumerate(B)))
        i, j, done = position(step, A, B) if steps(A, B) else (0, 0, 0)
        row, column = ([(i, k) for k in range(A.shape[1])], [(k, j) for k in range(B.shape[0])])
        left.light(row, BLUE, [(i, done - 1)])
        right.light(column, ORANGE, [(done - 1, j)])
        left.strike(row[len(column) :])
        right.strike(column[len(row) :])
        for k, pair in enumerate(self.pairs):
            numbers = (list(M)[k] if k < len(M) else "?" for M in (A[i], B[:, j]))
            pair.show(*numbers, k, done)
        if steps(A, B):
            ready = finished(step, A, B)
            result.fill(ready | {(i, j): ready.get((i, j), "?")})
            result.light([(i, j)], GREEN, [(i, j)])
            self.total.set_text(ready.get((i, j), "?"))


class Pair:
    """Two numbers with their product below; a plus before all but the first."""

    def __init__(self, axes, first):
        self.left, self.right = (boxed(axes, 0, PAIRS, "", c) for c in (BLUE, ORANGE))
        self.times, self.product = centered(axes, 0, PAIRS, "×"), centered(axes, 0, PRODUCTS, "")
        self.pluses = [centered(axes, 0, y, "" if first else "+") for y in (PAIRS, PRODUCTS)]

    def move(self, x, seen, fits):
        """Move the pair to x, or hide it; its product is seen only where the shapes fit."""
        above = (self.left, 0.5), (self.times, 1.2), (self.right, 1.9), (self.pluses[0], -0.35)
        below = (self.product, 1.2), (self.pluses[1], -0.35)
        for part, offset in above:
            part.set(x=x + offset, visible=seen)
        for part, offset in below:
            part.set(x=x + offset, visible=seen and fits)

    def show(self, a, b, k, done):
        """Write a pair: multiplied already, at this moment (bold), or not yet (grey)."""
        for part, number, color in (self.left, a, BLUE), (self.right, b, ORANGE):
            edge = RED if number == "?" else color if k < done else GREY
            part.get_bbox_patch().set(edgecolor=edge, linestyle="--" if number == "?" else "-")
            self.show_number(part, number, RED if number == "?" else None, k, done)
        self.show_number(self.product, a * b if k < done else "?", None, k, done)

    def show_number(self, part, number, color, k, done):
        """Write one number of the pair."""
        part.set(
            text=number,
            weight="bold" if color or k == done - 1 else "normal",
            color=color or ("black" if k < done else GREY),
        )


class Rule:
    """The two shapes and that of the result; a line joins the numbers in the middle."""

    def __init__(self, axes):
        colors, shift = (BLUE, GREEN, GREEN, ORANGE, BLUE, ORANGE), 2.3
        places = np.array([1.2, 2.2, 5.1, 6.1, 8.7, 9.7]) + shift
        self.sizes = [
            boxed(axes, x, RULE, "", color, weight="bold")
            for x, color in zip(places, colors, strict=True)
        ]
        signs = zip((3.65, 1.7, 5.6, 0.6, 2.8, 4.5, 6.7), "@,,()()", strict=True)
        ends = zip((7.4, 9.2, 8.1, 10.3), "=,()", strict=True)
        for x, sign in signs:
            centered(axes, x + shift, RULE, sign, fontsize=13)
        self.end = [centered(axes, x + shift, RULE, sign, fontsize=13) for x, sign in ends]
        drop = np.array([0.42, 0.72, 0.72, 0.42])
        (self.line,) = axes.plot(places[[1, 1, 2, 2]], RULE + drop, linewidth=2)
        self.equal = centered(axes, 3.65 + shift, RULE + 1.05, "", weight="bold")

    def show(self, a, b, c, d):
        """Write the rule for (a, b) @ (c, d)."""
        for text, size in zip(self.sizes, (a, b, c, d, a, d), strict=True):
            text.set_text(size)
        for text in *self.sizes[4:], *self.end:
            text.set_visible(b == c)
        color, style = (GREEN, "-") if b == c else (RED, "--")
        self.line.set(color=color, linestyle=style)
        self.equal.set(text=f"{b} = {c}" if b == c else f"{b} ≠ {c}", color=color)
        for text in self.sizes[1:3]:
            text.get_bbox_patch().set(edgecolor=color, linestyle=style)


class Table:
    """At most MOST rows and columns of boxes, each of side 1, under a name."""

    def __init__(self, axes, name):
        self.boxes, self.texts = {}, {}
        for place in np.ndindex(MOST, MOST):
            self.boxes[place] = axes.add_patch(Rectangle((0, 0), 1, 1, edgecolor=GREY))
            self.texts[place] = centered(axes, 0, 0, "")
        self.border = axes.add_patch(Rectangle((0, 0), 1, 1, fill=False, linewidth=2.4, zorder=3))
        self.name = centered(axes, 0, 0, name, weight="bold")
        self.moving = [*self.boxes.values(), *self.texts.values(), self.border]

    def move(self, left, top, shape):
        """Move the table, with `shape` rows and columns; without any, hide it."""
        self.left, self.top = left, top
        for (i, j), box in self.boxes.items():
            seen = i < shape[0] and j < shape[1]
            box.set(xy=(left + j, top + i), visible=seen)
            self.texts[i, j].set(position=(left + j + 0.5, top + i + 0.5), visible=seen)
        self.name.set(position=(left + shape[1] / 2, top - 0.5), visible=shape[0] > 0)
        self.border.set_visible(False)

    def fill(self, numbers):
        """Write {(row, column): text} into the boxes; the others become empty and white."""
        for place, text in self.texts.items():
            text.set(text=str(numbers.get(place, "")), weight="normal", color="black")
            self.boxes[place].set(facecolor="white", hatch=None, edgecolor=GREY)
            self.texts[place].set_bbox(None)

    def light(self, places, color, strong=()):
        """Colour boxes, draw a border around them, and make some of them bold."""
        for place in places:
            self.boxes[place].set_facecolor((STRONG if place in strong else PALE)[color])
            self.texts[place].set_weight("bold" if place in strong else "normal")
        (top, left), (bottom, right) = places[0], places[-1]
        self.border.set(
            xy=(self.left + left, self.top + top), width=right - left + 1,
            height=bottom - top + 1, edgecolor=color, visible=True,
        )  # fmt: skip

    def strike(self, places):
        """Hatch boxes that have no partner."""
        for place in places:
            self.boxes[place].set(facecolor="white", edgecolor=RED, hatch="////")
            self.texts[place].set(color=RED, weight="bold")
            self.texts[place].set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def centered(axes, x, y, text, **style):
    """Write a number or a sign with its middle at x, y. Returns the text."""
    return axes.text(x, y, text, **{"ha": "center", "va": "center", "fontsize": 11, **style})


def boxed(axes, x, y, text, color, **style):
    """Write a number with a coloured border."""
    box = {"facecolor": "white", "edgecolor": color, "boxstyle": "round,pad=0.25", "lw": 1.6}
    return centered(axes, x, y, text, bbox=box, **style)


# The demo


class MatrixMultiplication(Demo):
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
        self.stepper = Stepper(self.language, self.say("at"), 12)
        self.rng = np.random.default_rng(2)
        self.drawing = ProductPicture(self.figure)
        self.blitting = Blitting(self.canvas, self.drawing.moving)
        self.numbers = [
            button(self.say("counting"), lambda: self.begin(counting)),
            button(self.say("other"), lambda: self.begin(self.random)),
        ]
        self.controls = [*self.sizes, *self.numbers, self.stepper.at, self.stepper.buttons]
        self.watched = [*self.sizes, self.stepper.at]
        self.make = counting
        self.renew()
        self.start()

    def layout(self):
        """Return the demo with its controls above the picture, A's to the left of B's."""
        room = {"margin": "0 16px 0 0"}
        a, b = (ipywidgets.VBox(part, layout=room) for part in (self.sizes[:2], self.sizes[2:]))
        at = ipywidgets.VBox([self.stepper.at], layout=room)
        rows = [[a, b], self.numbers, [at, self.stepper.buttons]]
        rows = [ipywidgets.HBox(row, layout={"flex_flow": "row wrap"}) for row in rows]
        return ipywidgets.VBox([*rows, self.picture, self.words])

    def random(self, rows, columns):
        """Return a matrix of whole numbers from 0 to 9."""
        return self.rng.integers(0, 10, (rows, columns))

    def begin(self, make):
        """Start again with numbers that `make(rows, columns)` returns."""
        self.make = make
        with self.together():
            self.renew()

    def renew(self):
        """Make matrices of the chosen shapes, and no step."""
        a, b, c, d = (control.value for control in self.sizes)
        self.A, self.B = self.make(a, b), self.make(c, d)
        needed = steps(self.A, self.B)
        self.stepper.restart(needed or a * b * d, usable=needed > 0)
        self.drawing.arrange(self.A, self.B)
        self.blitting.background = None

    def update(self, change=None):
        """As in `Demo`. With another size, everything starts again."""
        if change and change["owner"] in self.sizes:
            self.watch(False)
            self.renew()
            self.watch(True)
        super().update(change)

    def draw(self):
        """Show the step that the slider shows."""
        self.drawing.show(self.A, self.B, self.stepper.at.value)

    def sentence(self):
        """Return what meets what, or why there is no product."""
        (a, b), (c, d) = self.A.shape, self.B.shape
        if b != c:
            return self.impossible(a, b, c, d)
        step = self.stepper.at.value
        if not step:
            return self.say("fits", a=a, b=b, d=d)
        i, j, done = position(step, self.A, self.B)
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
