"""The picture of what the layers of a CNN see: all of them above, one of them below.

Places and sizes are in inches.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from course.demos.base import formatted
from helpers import plots
from helpers.plots import feature_maps

WIDTH, HEIGHT = 9.0, 4.75
TOP = 3.15  # where the upper row begins
LEFTS = 0.1, 1.55, 2.8, 4.05, 5.3, 6.55, 7.75
WIDTHS = 1.2, 1.0, 1.0, 1.0, 1.0, 1.0, 1.15
NAMES = (
    ("input", "28 x 28"), ("filters", "30 of 5 x 5"), ("convolution", "24 x 24 x 30"),
    ("max pooling", "12 x 12 x 30"), ("ReLU", "12 x 12 x 30"), ("affine, ReLU", "100"),
    ("affine, softmax", "10 percents"),
)  # fmt: skip
WIDE = 0.1, 0.38, 6.0, 1.8  # where the chosen layer is
BIG = 6.45, 0.33, 1.9, 1.9  # and one of its maps
BAR = 8.42, 0.33, 0.1, 1.9  # and the scale of that
ENDS = 2.23, 1.28, 0.33  # the numbers beside it
SMALL, LARGE = (5, 6), (10, 3)  # columns and rows of thirty maps
MAPS = 4  # layers of maps: 0 filters, 1 convolution, 2 pooling, 3 ReLU; then 4 and 5


class CNNPicture:
    """All layers in small pictures, the chosen one in a large one, and one part of it."""

    def __init__(self, figure):
        self.figure = figure
        spots = [add_axes(figure, left, TOP, 1.0, 1.2) for left in LEFTS[1:5]]
        self.input = self.picture(add_axes(figure, LEFTS[0], TOP, 1.2, 1.2), 28, 28)
        self.input.set(cmap="gray_r", clim=(0, 1))
        self.small = [self.picture(axes, *SMALL) for axes in spots]
        self.hundred = self.picture(add_axes(figure, LEFTS[5], TOP + 0.1, 1.0, 1.0), 10, 10)
        self.percents = Bars(add_axes(figure, LEFTS[6], TOP, 1.15, 1.2), 10, 7)
        self.large(figure)
        label(figure)
        self.add_frames()
        self.moving = self.movable()

    def large(self, figure):
        """Make the lower row: a layer of maps or of numbers, and one part of it."""
        self.wide = self.picture(add_axes(figure, *WIDE), *LARGE)
        self.wide_bars = [
            Bars(add_axes(figure, 0.2, 0.38, 5.0, 1.8), count, written=8.5 * (count == 10))
            for count in (100, 10)
        ]
        self.big = self.picture(add_axes(figure, *BIG), 24, 24)
        self.big_bars = Bars(add_axes(figure, 5.5, 0.38, 3.4, 1.8), 10, written=8.5)
        self.bar = add_axes(figure, *BAR)
        self.bar.imshow(np.linspace(1, -1, 101)[:, None], cmap="RdBu", aspect="auto")
        feature_maps.bare(self.bar)
        self.scale = [centered(figure, 8.56, y, "", ha="left", fontsize=9) for y in ENDS]
        self.titles = [centered(figure, 0, 2.42, "", fontsize=10.5) for _ in range(2)]

    def movable(self):
        """Return what changes from picture to picture."""
        bars = [bars.axes for bars in (*self.wide_bars, self.big_bars)]
        percents = self.percents.above, self.percents.zero
        images = self.input, *self.small[1:], self.hundred, self.wide.axes
        frames = *self.frames, self.window, self.name
        moving = [*images, *percents, *frames, self.big.axes, self.bar, *bars]
        return [*moving, *self.scale, *self.titles]

    def picture(self, axes, columns, rows):
        """Return an image of signed numbers in axes with a corner at 0, 0."""
        image = feature_maps.signed(axes, np.zeros((2, 2)), 1)
        image.set(extent=(0, columns, rows, 0), interpolation="nearest")
        axes.set(xlim=(0, columns), ylim=(rows, 0))
        feature_maps.bare(axes)
        axes.spines[:].set_visible(rows == columns)
        return image

    def add_frames(self):
        """Make the frames around a map, in each picture of thirty, and in the input."""
        self.frames = [
            feature_maps.frame(image.axes, 0, 0, 1, width=2)
            for image in (*self.small, self.hundred)
        ]
        self.window = feature_maps.frame(self.input.axes, 0, 0, 5, width=2)
        self.chosen = feature_maps.frame(self.wide.axes, 0, 0, 1, width=3)
        self.strongest = feature_maps.frame(self.big.axes, 0, 0, 1, width=2.5)
        self.name = Rectangle(
            (0, 4.42 / HEIGHT), 0.1, 0.26 / HEIGHT, transform=self.figure.transFigure,
            fill=False, edgecolor=plots.ORANGE, linewidth=2,
        )  # fmt: skip
        self.figure.add_artist(self.name)
        style = {"ha": "center", "va": "center", "fontsize": 8}
        self.weights = [
            self.big.axes.text(j + 0.5, i + 0.5, "", **style) for i, j in np.ndindex(5, 5)
        ]

    def show(self, seen, layer, k):
        """Show what was seen, and part k of the layer with this number."""
        self.input.set_data(seen.x)
        for image, numbers in zip(self.small, seen.maps, strict=True):
            limit = feature_maps.scale(numbers)
            image.set(data=tiles(numbers, SMALL[0]), clim=(-limit, limit))
        limit = feature_maps.scale(seen.hundred)
        self.hundred.set(data=seen.hundred.reshape(10, 10), clim=(-limit, limit))
        self.percents.show(seen.percents, top=100)
        self.choose(layer, k)
        if layer < MAPS:
            self.show_map(seen, layer, k)
        else:
            self.show_numbers(seen, layer, k)

    def choose(self, layer, k):
        """Show what belongs to a layer, and put frames around its part k everywhere."""
        of_maps = layer < MAPS
        for artist in (self.wide.axes, self.big.axes, self.bar, *self.scale):
            artist.set_visible(of_maps)
        for number, bars in enumerate(self.wide_bars):
            bars.axes.set_visible(layer == MAPS + number)
        self.big_bars.axes.set_visible(not of_maps)
        for frame in self.frames[:MAPS]:
            frame.set(xy=(k % SMALL[0], k // SMALL[0]), visible=of_maps)
        self.frames[MAPS].set(xy=(k % 10, k // 10), visible=layer == MAPS)
        self.chosen.set_xy((k % LARGE[0], k // LARGE[0]))
        for title, x in zip(self.titles, (3.1, 7.4) if of_maps else (2.7, 7.2), strict=True):
            title.set_x(x / WIDTH)
        left, width = LEFTS[layer + 1], WIDTHS[layer + 1]
        self.name.set(x=(left - 0.05) / WIDTH, width=(width + 0.1) / WIDTH)

    def show_map(self, seen, layer, k):
        """Show all maps of a layer, and map k larger, with a frame around its largest number."""
        maps = seen.maps[layer]
        limit = feature_maps.scale(maps)
        self.wide.set(data=tiles(maps, LARGE[0]), clim=(-limit, limit))
        size, limit = len(maps), feature_maps.scale(maps[:, :, k])
        limit *= 2 if layer == 0 else 1  # pale enough for numbers
        self.big.set(data=maps[:, :, k], clim=(-limit, limit), extent=(0, size, size, 0))
        self.big.axes.set(xlim=(0, size), ylim=(size, 0))
        for text, value in zip(self.scale, (limit, 0, -limit), strict=True):
            text.set_text(formatted(value, 1))
        for text, value in zip(self.weights, seen.filters[:, :, k].ravel(), strict=True):
            text.set(text=formatted(value), visible=layer == 0)
        row, column = seen.largest(layer, k)
        self.strongest.set(xy=(column, row), visible=layer > 0)
        step, window = (1, 5) if layer == 1 else (2, 6)  # the pixels that the number comes from
        self.window.set(xy=(step * column, step * row), width=window, height=window)
        self.window.set_visible(layer > 0 and maps[row, column, k] > 0)
        self.titles[0].set_text(f"{NAMES[layer + 1][0]}: all 30")
        self.titles[1].set_text(f"{('filter', 'map')[layer > 0]} {k}")

    def show_numbers(self, seen, layer, k):
        """Show the hundred numbers and the votes of number k, or the scores and the percents."""
        self.window.set_visible(False)
        if layer == MAPS:
            self.wide_bars[0].show(seen.hundred, k)
            self.big_bars.show(seen.votes(k))
            titles = "affine, ReLU: all 100", f"number {k}: votes"
        else:
            self.wide_bars[1].show(seen.scores, k)
            self.big_bars.show(seen.percents, k, top=100)
            titles = "scores", "softmax: percents"
        for text, title in zip(self.titles, titles, strict=True):
            text.set_text(title)


class Bars:
    """Bars side by side: blue above 0, red and hatched below; one may be marked."""

    def __init__(self, axes, count, fontsize=9, written=0):
        self.axes = axes
        self.above = PolyCollection([], facecolor=plots.BLUE)
        self.below = PolyCollection([], facecolor="white", edgecolor=plots.RED, hatch="////")
        axes.add_collection(self.above, autolim=False)
        axes.add_collection(self.below, autolim=False)
        self.zero = axes.axhline(0, color="black", linewidth=0.8)
        axes.spines[:].set_visible(False)
        axes.set(yticks=[], xlim=(-0.7, count - 0.3), xticks=range(0, count, max(count // 10, 1)))
        axes.tick_params(length=0, labelsize=fontsize)
        (self.mark,) = axes.plot([], [], "v", color=plots.ORANGE, markeredgecolor="black")
        style = {"ha": "center", "fontsize": written}
        self.texts = [axes.text(i, 0, "", **style) for i in range(count)] if written else []

    def show(self, values, chosen=None, top=None):
        """Show values on a scale up to `top` (or as they need), and mark the chosen one."""
        high = top or max(np.max(values), -np.min(values), 1e-6)
        low = 0 if np.min(values) >= 0 else 1.15 * np.min(values) - 0.12 * high
        self.axes.set_ylim(low, 1.35 * high)
        shapes = [
            [(i - 0.38, 0), (i - 0.38, value), (i + 0.38, value), (i + 0.38, 0)]
            for i, value in enumerate(values)
        ]
        pairs = list(zip(shapes, values, strict=True))
        self.above.set_verts([shape for shape, value in pairs if value > 0])
        self.below.set_verts([shape for shape, value in pairs if value < 0])
        for i, text in enumerate(self.texts):
            text.set(position=(i, values[i]), text=formatted(values[i], 1))
            text.set(va="top" if values[i] < 0 else "bottom")
        places = [] if chosen is None else [chosen]
        above = 0.2 if self.texts else 0.08
        self.mark.set_data(places, [max(values[i], 0) + above * high for i in places])


def tiles(maps, columns):
    """Return the maps (H, W, C) as one table, `columns` in a row, with gaps (nan) between them.

    Each number of a small map is repeated, so that the gaps stay narrow.
    """
    if len(maps) < 10:
        maps = maps.repeat(4, axis=0).repeat(4, axis=1)
    height, width, count = maps.shape
    rows = -(-count // columns)
    cells = np.full((rows * columns, height + 2, width + 2), np.nan, np.float32)
    cells[:count, 1:-1, 1:-1] = np.moveaxis(maps, -1, 0)
    cells = cells.reshape(rows, columns, height + 2, width + 2)
    return cells.transpose(0, 2, 1, 3).reshape(rows * (height + 2), columns * (width + 2))


def add_axes(figure, left, bottom, width, height):
    """Return new axes at a place."""
    return figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))


def centered(figure, x, y, text, **style):
    """Write a text with its middle at x, y. Returns it."""
    style = {"ha": "center", "va": "center", **style}
    return figure.text(x / WIDTH, y / HEIGHT, text, **style)


def label(figure):
    """Write names and sizes, and arrows from layer to layer."""
    for left, width, (name, size) in zip(LEFTS, WIDTHS, NAMES, strict=True):
        centered(figure, left + width / 2, 4.55, name, fontsize=9.5)
        centered(figure, left + width / 2, 2.87, size, fontsize=8.5, color="#444444")
        if left > LEFTS[0]:
            centered(figure, left - 0.12, 3.75, "\N{RIGHTWARDS ARROW}", fontsize=12)
