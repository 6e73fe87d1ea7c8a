"""The picture of a matrix product: three tables, the pairs below them, and the shape rule."""

import numpy as np

from course.demos.pairing import finished, place, steps
from course.demos.tables import Table, boxed, write
from helpers.plots import BLUE, GREEN, GREY, ORANGE, RED

MOST = 4  # rows and columns
WIDTH, HEIGHT = 15.4, 9.4  # of the picture, in boxes
MIDDLE = 2.9  # of the tables, from the top; below are the pairs, their products, the rule:
PAIRS, PRODUCTS, RULE = 5.65, 6.6, 7.85
PAIR = 3.1  # the width of a pair


class ProductPicture:
    """Draws A @ B after a step: what was drawn once is only moved and written anew."""

    def __init__(self, figure):
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        axes.axis("off")
        self.tables = [Table(axes, name, MOST) for name in ("A", "B", "A @ B")]
        self.signs = [write(axes, 0, MIDDLE, sign, fontsize=14) for sign in "@="]
        self.pairs = [Pair(axes, first=k == 0) for k in range(MOST)]
        self.equals = write(axes, 0, PRODUCTS, "=")
        self.total = boxed(axes, 0, PRODUCTS, "", GREEN, weight="bold")
        self.rule = Rule(axes)
        parts = [part for table in self.tables for part in table.moving]
        pairs = [part for pair in self.pairs for part in (pair.left, pair.right, pair.product)]
        self.moving = [*parts, *pairs, self.total]

    def arrange(self, A, B):
        """Move all to where the shapes of A and B have room."""
        (a, b), (c, d), fits = A.shape, B.shape, steps(A, B) > 0
        left = (WIDTH - b - d - (d + 3 if fits else 1.5)) / 2
        lefts = left, left + b + 1.5, left + b + d + 3
        shapes = (a, b), (c, d), (a, d) if fits else (0, 0)
        for table, x, shape in zip(self.tables, lefts, shapes, strict=True):
            table.place(x, MIDDLE - shape[0] / 2, shape)
        self.signs[0].set_x(lefts[1] - 0.75)
        self.signs[1].set(x=lefts[2] - 0.75, visible=fits)
        count = max(b, c)
        left = (WIDTH - PAIR * count - (1 if fits else -0.6)) / 2
        for k, pair in enumerate(self.pairs):
            pair.place(left + PAIR * k, k < count, fits)
        self.equals.set(x=left + PAIR * count - 0.3, visible=fits)
        self.total.set(x=left + PAIR * count + 0.7, visible=fits)
        self.rule.show(a, b, c, d)

    def show(self, A, B, step):
        """Show a step of A @ B, or why there is none."""
        left, right, result = self.tables
        left.write(dict(np.ndenumerate(A)))
        right.write(dict(np.ndenumerate(B)))
        i, j, done = place(step, A, B) if steps(A, B) else (0, 0, 0)
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
            result.write(ready | {(i, j): ready.get((i, j), "?")})
            result.light([(i, j)], GREEN, [(i, j)])
            self.total.set_text(ready.get((i, j), "?"))


class Pair:
    """Two numbers with their product below; a plus before all but the first."""

    def __init__(self, axes, first):
        self.left, self.right = (boxed(axes, 0, PAIRS, "", c) for c in (BLUE, ORANGE))
        self.times, self.product = write(axes, 0, PAIRS, "×"), write(axes, 0, PRODUCTS, "")
        self.pluses = [write(axes, 0, y, "" if first else "+") for y in (PAIRS, PRODUCTS)]

    def place(self, x, seen, fits):
        """Move the pair to x, or hide it; its product is only seen where shapes fit."""
        above = (self.left, 0.5), (self.times, 1.2), (self.right, 1.9), (self.pluses[0], -0.35)
        below = (self.product, 1.2), (self.pluses[1], -0.35)
        for part, offset in above:
            part.set(x=x + offset, visible=seen)
        for part, offset in below:
            part.set(x=x + offset, visible=seen and fits)

    def show(self, a, b, k, done):
        """Write a pair: multiplied already, this moment (bold), or not yet (grey)."""
        for part, number, color in (self.left, a, BLUE), (self.right, b, ORANGE):
            edge = RED if number == "?" else color if k < done else GREY
            part.get_bbox_patch().set(edgecolor=edge, linestyle="--" if number == "?" else "-")
            self.write(part, number, RED if number == "?" else None, k, done)
        self.write(self.product, a * b if k < done else "?", None, k, done)

    def write(self, part, number, color, k, done):
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
            write(axes, x + shift, RULE, sign, fontsize=13)
        self.end = [write(axes, x + shift, RULE, sign, fontsize=13) for x, sign in ends]
        drop = np.array([0.42, 0.72, 0.72, 0.42])
        (self.line,) = axes.plot(places[[1, 1, 2, 2]], RULE + drop, linewidth=2)
        self.equal = write(axes, 3.65 + shift, RULE + 1.05, "", weight="bold")

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
