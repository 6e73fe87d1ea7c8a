"""The picture of what the layers of a CNN see: all of them above, one of them below."""

import numpy as np
from matplotlib.patches import Rectangle

from course.demos import cnn_layers
from course.demos import cnn_layout as place
from course.demos.base import number
from course.demos.layer_bars import Bars
from helpers import plots
from helpers.plots import feature_maps

SMALL, LARGE = (5, 6), (10, 3)  # columns and rows of thirty maps
MAPS = 4  # layers of maps: 0 filters, 1 convolution, 2 pooling, 3 ReLU; then 4 and 5


class InsidePicture:
    """All layers in small pictures, the chosen one in a large one, and one part of it."""

    def __init__(self, figure):
        self.figure = figure
        spots = [place.add_axes(figure, left, place.TOP, 1.0, 1.2) for left in place.LEFTS[1:5]]
        self.input = self.picture(
            place.add_axes(figure, place.LEFTS[0], place.TOP, 1.2, 1.2), 28, 28
        )
        self.input.set(cmap="gray_r", clim=(0, 1))
        self.small = [self.picture(axes, *SMALL) for axes in spots]
        self.hundred = self.picture(
            place.add_axes(figure, place.LEFTS[5], place.TOP + 0.1, 1.0, 1.0), 10, 10
        )
        self.percents = Bars(place.add_axes(figure, place.LEFTS[6], place.TOP, 1.15, 1.2), 10, 7)
        self.large(figure)
        place.label(figure)
        self.framed()
        self.moving = self.movable()

    def large(self, figure):
        """Make the lower row: a layer of maps or of numbers, and one part of it."""
        self.wide = self.picture(place.add_axes(figure, *place.WIDE), *LARGE)
        self.wide_bars = [
            Bars(place.add_axes(figure, 0.2, 0.38, 5.0, 1.8), count, written=8.5 * (count == 10))
            for count in (100, 10)
        ]
        self.big = self.picture(place.add_axes(figure, *place.BIG), 24, 24)
        self.big_bars = Bars(place.add_axes(figure, 5.5, 0.38, 3.4, 1.8), 10, written=8.5)
        self.bar = place.add_axes(figure, *place.BAR)
        self.bar.imshow(np.linspace(1, -1, 101)[:, None], cmap="RdBu", aspect="auto")
        feature_maps.bare(self.bar)
        self.scale = [place.write(figure, 8.56, y, "", ha="left", fontsize=9) for y in place.ENDS]
        self.titles = [place.write(figure, 0, 2.42, "", fontsize=10.5) for _ in range(2)]

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

    def framed(self):
        """Make the frames around a map, in each picture of thirty, and in the input."""
        self.frames = [
            feature_maps.frame(image.axes, 0, 0, 1, width=2)
            for image in (*self.small, self.hundred)
        ]
        self.window = feature_maps.frame(self.input.axes, 0, 0, 5, width=2)
        self.chosen = feature_maps.frame(self.wide.axes, 0, 0, 1, width=3)
        self.strongest = feature_maps.frame(self.big.axes, 0, 0, 1, width=2.5)
        self.name = Rectangle(
            (0, 4.42 / place.HEIGHT), 0.1, 0.26 / place.HEIGHT, transform=self.figure.transFigure,
            fill=False, edgecolor=plots.ORANGE, linewidth=2,
        )  # fmt: skip
        self.figure.add_artist(self.name)
        style = {"ha": "center", "va": "center", "fontsize": 8}
        self.weights = [
            self.big.axes.text(j + 0.5, i + 0.5, "", **style) for i, j in np.ndindex(5, 5)
        ]

    def show(self, seen, layer, k):
        """Show what was seen, and of the layer with this number the part k."""
        self.input.set_data(seen.x)
        maps = cnn_layers.filters(), seen.sums, seen.pooled, seen.rectified
        for image, numbers in zip(self.small, maps, strict=True):
            limit = feature_maps.scale(numbers)
            image.set(data=cnn_layers.tiles(numbers, SMALL[0]), clim=(-limit, limit))
        limit = feature_maps.scale(seen.hundred)
        self.hundred.set(data=seen.hundred.reshape(10, 10), clim=(-limit, limit))
        self.percents.show(seen.percents, top=100)
        self.choose(layer, k)
        if layer < MAPS:
            self.show_map(maps[layer], layer, k)
        else:
            self.show_numbers(seen, layer, k)

    def choose(self, layer, k):
        """Show what belongs to a layer, and put frames around its part k everywhere."""
        of_maps = layer < MAPS
        for artist in (self.wide.axes, self.big.axes, self.bar, *self.scale):
            artist.set_visible(of_maps)
        for number_, bars in enumerate(self.wide_bars):
            bars.axes.set_visible(layer == MAPS + number_)
        self.big_bars.axes.set_visible(not of_maps)
        for frame in self.frames[:MAPS]:
            frame.set(xy=(k % SMALL[0], k // SMALL[0]), visible=of_maps)
        self.frames[MAPS].set(xy=(k % 10, k // 10), visible=layer == MAPS)
        self.chosen.set_xy((k % LARGE[0], k // LARGE[0]))
        for title, x in zip(self.titles, (3.1, 7.4) if of_maps else (2.7, 7.2), strict=True):
            title.set_x(x / place.WIDTH)
        left, width = place.LEFTS[layer + 1], place.WIDTHS[layer + 1]
        self.name.set(x=(left - 0.05) / place.WIDTH, width=(width + 0.1) / place.WIDTH)

    def show_map(self, maps, layer, k):
        """Show all maps of a layer, and map k larger, with a frame around its largest number."""
        limit = feature_maps.scale(maps)
        self.wide.set(data=cnn_layers.tiles(maps, LARGE[0]), clim=(-limit, limit))
        size, limit = len(maps), feature_maps.scale(maps[:, :, k])
        limit *= 2 if layer == 0 else 1  # pale enough for numbers
        self.big.set(data=maps[:, :, k], clim=(-limit, limit), extent=(0, size, size, 0))
        self.big.axes.set(xlim=(0, size), ylim=(size, 0))
        for text, value in zip(self.scale, (limit, 0, -limit), strict=True):
            text.set_text(number(value, 1))
        for text, value in zip(self.weights, cnn_layers.filters()[:, :, k].ravel(), strict=True):
            text.set(text=number(value), visible=layer == 0)
        row, column = cnn_layers.largest(maps[:, :, k])
        self.strongest.set(xy=(column, row), visible=layer > 0)
        step, window = (1, 5) if layer == 1 else (2, 6)  # the pixels that the number comes from
        self.window.set(xy=(step * column, step * row), width=window, height=window)
        self.window.set_visible(layer > 0 and maps[row, column, k] > 0)
        self.titles[0].set_text(f"{place.NAMES[layer + 1][0]}: all 30")
        self.titles[1].set_text(f"{('filter', 'map')[layer > 0]} {k}")

    def show_numbers(self, seen, layer, k):
        """Show the hundred numbers and the votes of number k, or the scores and the percents."""
        self.window.set_visible(False)
        if layer == MAPS:
            self.wide_bars[0].show(seen.hundred, k)
            self.big_bars.show(cnn_layers.votes(seen.hundred, k))
            titles = "affine, ReLU: all 100", f"number {k}: votes"
        else:
            self.wide_bars[1].show(seen.scores, k)
            self.big_bars.show(seen.percents, k, top=100)
            titles = "scores", "softmax: percents"
        for text, title in zip(self.titles, titles, strict=True):
            text.set_text(title)
