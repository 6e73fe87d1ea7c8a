"""The demo of lesson 09: a filter that slides over an image, and the sums it leaves."""

import functools
import html
import re
import unicodedata

import ipywidgets
import numpy as np
from matplotlib.collections import LineCollection

from course.demos.base import (
    Blitting,
    Demo,
    button,
    choice,
    formatted,
    set_last,
    slider,
    trained_network,
)
from course.demos.stepper import Stepper
from helpers import datasets, plots
from helpers.convolution import as_columns, slide, windows
from helpers.plots import feature_maps

SEVEN = np.array(
    [
        [0, 0, 0, 0, 0, 0],
        [0, 1, 1, 1, 1, 0],
        [0, 1, 1, 1, 1, 0],
        [0, 0, 0, 1, 1, 0],
        [0, 0, 0, 1, 1, 0],
        [0, 0, 0, 1, 1, 0],
    ]
)
VERTICAL = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
UP = np.array([[-1, -1, 0], [-1, 0, 1], [0, 1, 1]])
LEARNT = 10  # of the CNN's thirty filters, one that looks for upright edges
LARGEST = 99  # of a typed number, so that there is room for it
FILTERS = {
    "vertical": VERTICAL,
    "horizontal": VERTICAL.T,
    "diagonal": UP,
    "other-diagonal": UP[:, ::-1],
    "blur": np.full((3, 3), 1 / 9),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
}
FIRST = 9  # the place of the lesson's window: row 2, column 1
SLOW, FAST = 800, 80  # milliseconds for each place, of a small image and of a digit
WIDTH, HEIGHT = 7.2, 5.35  # inches
SMALL, TINY = 8, 5  # rows: up to this many, numbers are written in the image; in the sums
GAP = 0.93  # how grey a square is until its sum is there


# Filters, images, typed numbers, and the sums


def learnt():
    """Return one filter (5, 5) that the CNN has learnt, and its bias."""
    layer = trained_network("CNN").layers[0]
    return layer.W[:, LEARNT].reshape(layer.size, layer.size), float(layer.b[LEARNT])


@functools.cache
def digits():
    """Return the first training digit (28, 28) of each kind from 0 to 9, as the lesson takes it."""
    x, t, *_ = datasets.digits()
    return [x[np.flatnonzero(t == digit)[0]].reshape(28, 28) for digit in range(10)]


def window_sums(image, f, stride=1):
    """Return the sums (H2, W2) of all windows of the image (H, W), times the filter f."""
    found = windows(image[np.newaxis, :, :, np.newaxis], len(f), stride)
    y = slide(as_columns(found), f.reshape(-1, 1), np.zeros(1), found.shape[3:])
    return y[0, :, :, 0]


def so_far(sums, at):
    """Return the sums with those after number `at`, in reading order, not there yet (nan)."""
    found = np.full(sums.size, np.nan)
    found[: at + 1] = sums.ravel()[: at + 1]
    return found.reshape(sums.shape)


def parsed(text):
    """Return the number that a learner typed, such as "-1", "0.5" or "1/9", or None."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(
        "[\N{MINUS SIGN}\N{EN DASH}\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}]", "-", text
    )
    match = re.fullmatch(r"([+-]? ?(?:\d+[.,]?\d*|[.,]\d+))(?: ?/ ?(\d+))?", text)
    if not match or len(text) > 12:
        return None
    above, below = match[1].replace(",", ".").replace(" ", ""), int(match[2] or 1)
    return float(above) / below if below else None


def typed(texts):
    """Return the filter (3, 3) of nine texts, and the first text that is not a fitting number."""
    found = [parsed(text) for text in texts]
    for text, value in zip(texts, found, strict=True):
        if value is None or abs(value) > LARGEST:
            return None, text
    return np.array(found).reshape(3, 3), None


# The picture: image and sums above, and below them the sum of one window


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
        while len(self.pool) < len(places):  # kept for other shapes: making them takes time
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
            text.set_text("" if np.isnan(values[place]) else formatted(values[place]))


class ConvolutionPicture:
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
        self.bar.set_yticklabels([formatted(value, 1) for value in (limit, 0, -limit)])
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
        self.total.set_text(formatted(found[place]))
        for patch, (top, left) in zip(self.frames, (corner, place), strict=False):
            patch.set_xy((left - 0.5, top - 0.5))
        for patch in self.frames[::2]:
            patch.set(width=len(f), height=len(f))


# The demo


class FilterBoxes:
    """A table of 3 x 3 boxes under a heading. `say` gives its words."""

    def __init__(self, say):
        self.say = say
        self.boxes = [
            ipywidgets.Text(tooltip=say("box", i=i // 3, j=i % 3), layout={"width": "66px"})
            for i in range(9)
        ]
        columns = {"grid_template_columns": "repeat(3, 70px)", "margin": "0 0 0 114px"}
        table = ipywidgets.GridBox(self.boxes, layout=columns)
        self.table = ipywidgets.VBox([ipywidgets.HTML(say("numbers")), table])

    def fill(self, name):
        """Write a filter into the boxes, or hide them if it has another size."""
        self.table.layout.display = "none" if name == "learnt" else "flex"
        if name in FILTERS:
            for box, value in zip(self.boxes, FILTERS[name].ravel(), strict=True):
                box.value = "1/9" if name == "blur" else f"{value:g}"

    def read(self):
        """Return the filter (3, 3) in the boxes, or None, and what is wrong with it."""
        f, nonsense = typed([box.value for box in self.boxes])
        if f is not None:
            return f, ""
        key = "nonsense" if nonsense.strip() else "empty"
        return None, self.say(key, text=html.escape(nonsense[:20]))


class ConvolutionDemo(Demo):
    """An image, a filter chosen or typed, and the window that moves from place to place."""

    key = "sliding"
    size = WIDTH, HEIGHT

    def __init__(self):
        super().__init__()
        images = [(self.say("seven"), "seven")]
        images += [(self.say("digit", digit=digit), digit) for digit in range(10)]
        self.image = choice(self.say("image"), images)
        names = [*FILTERS, "learnt", "own"]
        self.filter = choice(self.say("filter"), [(self.say(name), name) for name in names])
        self.filter_boxes = FilterBoxes(self.say)
        self.boxes = self.filter_boxes.boxes
        self.stride = slider(self.say("stride"), 1, 1, 3, 1)
        self.padding = slider(self.say("padding"), 0, 0, 2, 1)
        self.stepper = Stepper(self.language, self.say("place"), 15, at=FIRST, interval=SLOW)
        self.row, self.column = (slider(self.say(name), 0, 0, 9, 1) for name in ("row", "column"))
        end = button(self.say("end"), lambda: self.stepper.go(self.stepper.at.max))
        self.stepper.buttons.children += (end,)
        self.watched = [self.image, self.filter, *self.boxes, self.stride, self.padding]
        self.watched += [self.stepper.at, self.row, self.column]
        self.drawing = ConvolutionPicture(self.figure)
        self.blitting = Blitting(self.canvas, self.drawing.moving)
        self.f, self.sums, self.news = VERTICAL, np.zeros((4, 4)), ""
        self.standing = None
        self.filter_boxes.fill(self.filter.value)
        self.arrange()
        self.start()

    def layout(self):
        """Return the controls in two columns, above the picture."""
        what = [self.image, self.filter, self.filter_boxes.table]
        where = [self.stride, self.padding, self.row, self.column, self.stepper.at]
        columns = [ipywidgets.VBox(what), ipywidgets.VBox([*where, self.stepper.buttons])]
        for column in columns:
            column.layout.margin = "0 24px 8px 0"
        controls = ipywidgets.HBox(columns, layout={"flex_flow": "row wrap"})
        return ipywidgets.VBox([controls, self.picture, self.words])

    def update(self, change=None):
        """As in `Demo`, after all controls have been brought into step with the one that moved."""
        if change:
            self.watch(False)
            try:
                self.follow(change["owner"])
            finally:
                self.watch(True)
        super().update(change)

    def follow(self, control):
        """Bring the others into step with a control that was moved."""
        if control in (self.row, self.column):
            stride = self.stride.value
            row, column = self.row.value // stride, self.column.value // stride
            self.stepper.move(row * self.sums.shape[1] + column)
        elif control is not self.stepper.at:
            self.news = ""
            if control in self.boxes:
                self.read()
            elif control is self.filter:
                self.choose()
            self.arrange()
        self.show_place()

    def choose(self):
        """Take the filter that was chosen from the list, or the one in the boxes."""
        self.filter_boxes.fill(self.filter.value)
        if self.filter.value == "learnt":
            self.f = learnt()[0]
        else:
            self.read()

    def read(self):
        """Take the filter in the boxes. If there is none, the old one stays."""
        f, self.news = self.filter_boxes.read()
        if f is not None:
            self.f = f
            chosen = FILTERS.get(self.filter.value)
            if chosen is None or not np.allclose(f, chosen):
                self.filter.value = "own"

    def arrange(self):
        """Calculate all sums for the image, the filter, stride and padding, and make room."""
        name, stride = self.image.value, self.stride.value
        image = SEVEN if name == "seven" else digits()[name]
        self.pixels = np.pad(image.astype(float), self.padding.value)
        share = (self.stepper.at.value + 0.5) / self.sums.size
        self.sums = window_sums(self.pixels, self.f, stride)
        clock = self.stepper.clock
        clock.interval, clock.max = SLOW if name == "seven" else FAST, self.sums.size - 1
        set_last(self.stepper.at, clock.max)
        self.stepper.move(int(share * self.sums.size))
        for control, count in zip((self.row, self.column), self.sums.shape, strict=True):
            control.step = stride
            set_last(control, (count - 1) * stride)
        self.drawing.arrange(self.pixels, self.f, self.sums)
        if self.standing != (name, self.padding.value):  # the image is all that stands still
            self.standing, self.blitting.background = (name, self.padding.value), None
        self.show_place()

    def show_place(self):
        """Let row and column show the place of the window."""
        places = np.array(divmod(self.stepper.at.value, self.sums.shape[1])) * self.stride.value
        self.row.value, self.column.value = map(int, places)

    @property
    def window(self):
        """The pixels under the filter."""
        top, left, size = self.row.value, self.column.value, len(self.f)
        return self.pixels[top : top + size, left : left + size]

    def draw(self):
        """Move the window, and show the sums so far."""
        at = self.stepper.at.value
        found = so_far(self.sums, at)
        spot = divmod(at, self.sums.shape[1])
        self.drawing.show(self.window, self.f, found, spot, (self.row.value, self.column.value))

    def sentence(self):
        """Return the sum of the window, what it means, and how large the result is."""
        products = [formatted(value) for value in (self.window * self.f).ravel()]
        total = self.sums.ravel()[self.stepper.at.value]
        sum_ = " + ".join(text for text in products if text != "0") or "0"
        sum_ = sum_.replace("+ \N{MINUS SIGN}", "\N{MINUS SIGN} ")
        lines = [self.news] if self.news else []
        lines.append(self.say("window", row=self.row.value, column=self.column.value))
        lines.append(f"{sum_} = {formatted(total)}")
        lines += self.meaning(total)
        done, (rows, columns) = self.stepper.at.value + 1, self.sums.shape
        lines.append(self.say("size", done=done, all=self.sums.size, rows=rows, columns=columns))
        if self.padding.value:
            lines.append(self.say("padded", padding=self.padding.value))
        lines.append(self.say("names"))
        return "<br>".join(line for line in lines if line)

    def meaning(self, total):
        """Return what a sum says, for the filters where it can be put into words."""
        name = self.filter.value
        if name in ("vertical", "horizontal"):
            sign = ("zero", "above", "below")[int(np.sign(round(total, 2)))]
            return [self.say(f"{name}-{sign}")]
        if name == "learnt":
            return [self.say("learnt-means", k=LEARNT, b=formatted(learnt()[1]))]
        return [self.say(f"{name}-means")] if name in ("blur", "sharpen", "identity") else []
