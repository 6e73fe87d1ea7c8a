"""The demo of lesson 09: a filter that slides over an image, and the sums it leaves."""

import ipywidgets
import numpy as np

from course.demos import filters
from course.demos.base import Demo, button, choice, number, reach, slider
from course.demos.blitting import Stage
from course.demos.convolution_picture import HEIGHT, WIDTH, SlidingPicture
from course.demos.filter_boxes import FilterBoxes
from course.demos.stepper import Player

FIRST = 9  # the place of the lesson's window: row 2, column 1
SLOW, FAST = 800, 80  # milliseconds for each place, of a small image and of a digit


class Sliding(Demo):
    """An image, a filter chosen or typed, and the window that moves from place to place."""

    key = "sliding"
    size = WIDTH, HEIGHT

    def __init__(self):
        super().__init__()
        images = [(self.say("seven"), "seven")]
        images += [(self.say("digit", digit=digit), digit) for digit in range(10)]
        self.image = choice(self.say("image"), images)
        names = [*filters.FILTERS, "learnt", "own"]
        self.filter = choice(self.say("filter"), [(self.say(name), name) for name in names])
        self.typed = FilterBoxes(self.say)
        self.boxes = self.typed.boxes
        self.stride = slider(self.say("stride"), 1, 1, 3, 1)
        self.padding = slider(self.say("padding"), 0, 0, 2, 1)
        self.player = Player(self.language, self.say("place"), 15, at=FIRST, interval=SLOW)
        self.row, self.column = (slider(self.say(name), 0, 0, 9, 1) for name in ("row", "column"))
        end = button(self.say("end"), lambda: self.player.go(self.player.at.max))
        self.player.buttons.children += (end,)
        self.watched = [self.image, self.filter, *self.boxes, self.stride, self.padding]
        self.watched += [self.player.at, self.row, self.column]
        self.drawing = SlidingPicture(self.figure)
        self.stage = Stage(self.canvas, self.drawing.moving)
        self.f, self.sums, self.news = filters.VERTICAL, np.zeros((4, 4)), ""
        self.standing = None
        self.typed.fill(self.filter.value)
        self.arrange()
        self.start()

    def layout(self):
        """Return the controls in two columns, above the picture."""
        what = [self.image, self.filter, self.typed.table]
        where = [self.stride, self.padding, self.row, self.column, self.player.at]
        columns = [ipywidgets.VBox(what), ipywidgets.VBox([*where, self.player.buttons])]
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
            self.player.move(row * self.sums.shape[1] + column)
        elif control is not self.player.at:
            self.news = ""
            if control in self.boxes:
                self.read()
            else:
                self.choose(control)
            self.arrange()
        self.show_place()

    def choose(self, control):
        """Take the filter that was chosen from the list, or the one in the boxes."""
        if control is self.filter:
            self.typed.fill(self.filter.value)
            if self.filter.value == "learnt":
                self.f = filters.learnt()[0]
            else:
                self.read()

    def read(self):
        """Take the filter in the boxes. If there is none, the old one stays."""
        f, self.news = self.typed.read()
        if f is not None:
            self.f = f
            chosen = filters.FILTERS.get(self.filter.value)
            if chosen is None or not np.allclose(f, chosen):
                self.filter.value = "own"

    def arrange(self):
        """Calculate all sums for the image, the filter, stride and padding, and make room."""
        name, stride = self.image.value, self.stride.value
        image = filters.SEVEN if name == "seven" else filters.digits()[name]
        self.pixels = filters.framed(image.astype(float), self.padding.value)
        share = (self.player.at.value + 0.5) / self.sums.size
        self.sums = filters.slid(self.pixels, self.f, stride)
        clock = self.player.clock
        clock.interval, clock.max = SLOW if name == "seven" else FAST, self.sums.size - 1
        reach(self.player.at, clock.max)
        self.player.move(int(share * self.sums.size))
        for control, count in zip((self.row, self.column), self.sums.shape, strict=True):
            control.step = stride
            reach(control, (count - 1) * stride)
        self.drawing.arrange(self.pixels, self.f, self.sums)
        if self.standing != (name, self.padding.value):  # the image is all that stands still
            self.standing, self.stage.kept = (name, self.padding.value), None
        self.show_place()

    def show_place(self):
        """Let row and column show the place of the window."""
        places = np.array(divmod(self.player.at.value, self.sums.shape[1])) * self.stride.value
        self.row.value, self.column.value = map(int, places)

    @property
    def window(self):
        """The pixels under the filter."""
        top, left, size = self.row.value, self.column.value, len(self.f)
        return self.pixels[top : top + size, left : left + size]

    def draw(self):
        """Move the window, and show the sums so far."""
        at = self.player.at.value
        found = filters.so_far(self.sums, at)
        place = divmod(at, self.sums.shape[1])
        self.drawing.show(self.window, self.f, found, place, (self.row.value, self.column.value))

    def sentence(self):
        """Return the sum of the window, what it means, and how large the result is."""
        products = [number(value) for value in (self.window * self.f).ravel()]
        total = self.sums.ravel()[self.player.at.value]
        sum_ = " + ".join(text for text in products if text != "0") or "0"
        sum_ = sum_.replace("+ \N{MINUS SIGN}", "\N{MINUS SIGN} ")
        lines = [self.news] if self.news else []
        lines.append(self.say("window", row=self.row.value, column=self.column.value))
        lines.append(f"{sum_} = {number(total)}")
        lines += self.meaning(total)
        done, (rows, columns) = self.player.at.value + 1, self.sums.shape
        lines.append(self.say("size", done=done, all=self.sums.size, rows=rows, columns=columns))
        if self.padding.value:
            lines.append(self.say("framed", padding=self.padding.value))
        lines.append(self.say("names"))
        return "<br>".join(line for line in lines if line)

    def meaning(self, total):
        """Return what a sum says, for the filters of which it can be said in words."""
        name = self.filter.value
        if name in ("vertical", "horizontal"):
            sign = ("zero", "above", "below")[int(np.sign(round(total, 2)))]
            return [self.say(f"{name}-{sign}")]
        if name == "learnt":
            return [self.say("learnt-means", k=filters.LEARNT, b=number(filters.learnt()[1]))]
        return [self.say(f"{name}-means")] if name in ("blur", "sharpen", "identity") else []
