"""The picture of a sliding filter: image and sums above, and below them the sum of one window."""

import numpy as np
from matplotlib.collections import LineCollection

from course.demos.base import number
from helpers import plots
from helpers.plots import feature_maps

WIDTH, HEIGHT = 7.2, 5.35  # inches
SMALL, TINY = 8, 5  # rows: up to so many, the numbers stand in the image; in the sums
GAP = 0.93  # how grey a square is whose sum is not there yet


class Squares:
    """Numbers as squares of an image, with the numbers written where there is room."""

    def __init__(self, figure, area, name, below_zero=True):
        left, bottom, width, height = area
        self.axes = figure.add_axes(
            (left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT), anchor="S"
        )
        self.axes.set_title(name, pad=4, fontsize=11)
        self.axes.set_facecolor(str(GAP))
        self.below_zero, self.name = below_zero, name
        colors = {"cmap": "RdBu"} if below_zero else {"cmap": "gray_r"}
        self.image = self.axes.imshow(np.zeros((3, 3)), interpolation="nearest", **colors)
        feature_maps.bare(self.axes)
        self.pool, self.texts, self.arranged = [], {}, None
        self.lines = LineCollection([], colors=plots.GREY, linewidths=0.6)
        self.axes.add_collection(self.lines)

    def arrange(self, shape, limit, fontsize=None):
        """Make room for numbers of another shape, and for numbers in squares if they are asked for.

        limit is the number with the deepest colour.
        """
        self.image.set_clim(-limit if self.below_zero else 0, limit)
        if self.arranged == (shape, fontsize):
            return
        self.arranged, (rows, columns) = (shape, fontsize), shape
        self.image.set_extent((-0.5, columns - 0.5, rows - 0.5, -0.5))
        self.axes.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5))
        across = [[(-0.5, i - 0.5), (columns - 0.5, i - 0.5)] for i in range(1, rows)]
        down = [[(j - 0.5, -0.5), (j - 0.5, rows - 0.5)] for j in range(1, columns)]
        self.lines.set_segments(across + down if fontsize else [])
        places = list(np.ndindex(*shape)) if fontsize else []
        style = {"ha": "center", "va": "center"}
        while len(self.pool) < len(places):  # kept for other shapes: to make them takes time
            self.pool.append(self.axes.text(0, 0, "", **style))
        for text in self.pool[len(places) :]:
            text.set_text("")
        self.texts = dict(zip(places, self.pool, strict=False))
        for (row, column), text in self.texts.items():
            text.set(position=(column, row), fontsize=fontsize)

    def show(self, values):
        """Show numbers; those that are not there yet (nan) stay grey."""
        self.image.set_data(np.ma.masked_invalid(values))
        for place, text in self.texts.items():
            text.set_text("" if np.isnan(values[place]) else number(values[place]))


class SlidingPicture:
    """The image, the sums so far, and window, filter, products and sum as numbers."""

    def __init__(self, figure):
        self.image = Squares(figure, (0.1, 2.05, 3.05, 3.0), "image", below_zero=False)
        self.sums = Squares(figure, (3.4, 2.05, 3.05, 3.0), "sums")
        self.bar = self.scale(figure)
        places = zip((0.1, 2.08, 4.06), ("window", "filter", "products"), strict=True)
        self.tables = [
            Squares(figure, (left, 0.08, 1.6, 1.6), name, below_zero=name != "window")
            for left, name in places
        ]
        for x, sign in (1.89, "\N{MULTIPLICATION SIGN}"), (3.87, "="), (5.86, "sum"):
            figure.text(x / WIDTH, 0.88 / HEIGHT, sign, ha="center", va="center", fontsize=13)
        style = {"facecolor": "white", "edgecolor": plots.ORANGE, "lw": 3, "pad": 5}
        figure.texts[-1].set(position=(6.5 / WIDTH, 1.33 / HEIGHT), fontsize=11)
        self.total = figure.text(
            6.5 / WIDTH, 0.88 / HEIGHT, "", ha="center", va="center", fontsize=14, bbox=style
        )
        self.frames = [
            feature_maps.frame(squares.axes, 0, 0, 1, width=3)
            for squares in (self.image, self.sums, self.tables[0])
        ]
        moving = [squares.axes for squares in (self.sums, *self.tables)]
        self.moving = [*moving, self.bar, self.frames[0], self.total]

    def scale(self, figure):
        """Return a bar beside the sums, from blue down to red."""
        bar = figure.add_axes((6.58 / WIDTH, 2.05 / HEIGHT, 0.13 / WIDTH, 3.0 / HEIGHT))
        bar.imshow(np.linspace(1, -1, 101)[:, None], cmap="RdBu", aspect="auto")
        bar.set(xticks=[], yticks=(0, 50, 100))
        bar.yaxis.tick_right()
        bar.tick_params(length=3, labelsize=9)
        return bar

    def arrange(self, image, f, sums):
        """Draw another image, filter, and shape of the sums."""
        limit = np.abs(sums).max() or 1
        shapes = (self.image, image.shape, SMALL), (self.sums, sums.shape, TINY)
        for squares, shape, most in shapes:
            squares.arrange(
                shape,
                2.5 if squares is self.image and len(image) <= SMALL else 1,
                None if max(shape) > most else 11 if max(shape) <= 6 else 9,
            )
            rows, columns = shape
            squares.axes.set_title(f"{squares.name} {rows} x {columns}", pad=4, fontsize=11)
        limit *= 2 if self.sums.texts else 1  # pale enough for numbers
        self.sums.image.set_clim(-limit, limit)
        self.image.show(image)
        self.bar.set_yticklabels([number(value, 1) for value in (limit, 0, -limit)])
        fontsize = 12 if len(f) == 3 else 7.5
        heights = 2.5 * max(image.max(), 1), 2 * np.abs(f).max() or 1, 2 * np.abs(f).max() or 1
        for squares, height in zip(self.tables, heights, strict=True):
            squares.arrange(f.shape, height, fontsize)
        self.tables[1].show(f)

    def show(self, window, f, found, place, corner):
        """Show the window with its upper left pixel at corner, and its sum at a place of `found`.

        Both are (row, column). `found` (H2, W2) are the sums so far.
        """
        self.tables[0].show(window)
        self.tables[2].show(window * f)
        self.sums.show(found)
        self.total.set_text(number(found[place]))
        for patch, (top, left) in zip(self.frames, (corner, place), strict=False):
            patch.set_xy((left - 0.5, top - 0.5))
        for patch in self.frames[::2]:
            patch.set(width=len(f), height=len(f))
