"""What all demos share: controls, a picture and a line of words, kept in step, and networks."""

import base64
import contextlib
import functools
import html
import io

import ipywidgets
import numpy as np
import traitlets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course.texts import DEMOS, LANGUAGES, language
from course.widget_keyboard import OwnKeys
from helpers.folders import DATA
from helpers.saving import load_network

DPI = 144  # of a picture, drawn for sharp screens; on the page an inch is 100 pixels wide
LABEL, CONTROL = {"description_width": "110px"}, {"width": "330px"}  # room for the words, for all
TRAINED = {"MLP": "trained_784_50_100_10.npz", "CNN": "trained_cnn.npz"}


class Picture(ipywidgets.Image):
    """An image that says what it shows: the page sets a tooltip only beside a description."""

    description = traitlets.Unicode("").tag(sync=True)


class Demo:
    """Controls beside a picture, and below it a sentence about what is seen.

    A demo fills `controls` with widgets in its `__init__`, which ends with `self.start()`. It
    has `draw()`, which changes its figure, and `sentence()`, which returns HTML. Both are called
    whenever one of `watched` (unless set, all controls with a value) changes. `key` is the first
    part of its words in texts.toml, and KEY-picture describes the picture.
    """

    key = ""
    size = 4.8, 3.3  # of the figure, in inches

    def __init__(self):
        self.language = language()
        self.figure = Figure(figsize=self.size, dpi=DPI, layout="none")
        self.canvas = FigureCanvasAgg(self.figure)
        self.picture = Picture(
            format="png",
            tooltip=self.say("picture"),
            layout={"width": f"{100 * self.size[0]:.0f}px", "max_width": "100%"},
        )
        self.words = ipywidgets.HTML()
        self.controls = []
        self.watched = None
        self.blitting = None  # where only a part of the figure moves

    def say(self, key, **values):
        """Return words of this demo in the learner's language."""
        return DEMOS.say(f"{self.key}-{key}", self.language, **values)

    def start(self):
        """Lay out the demo, draw it, and redraw it whenever a control changes."""
        self.box = ipywidgets.VBox([self.layout(), OwnKeys()])
        self.box.add_class("course-demo")
        self.watch(True)
        self.update()

    def watch(self, on):
        """Redraw the demo whenever a control changes, or stop doing so."""
        for control in self.watched or [c for c in self.controls if c.has_trait("value")]:
            (control.observe if on else control.unobserve)(self.update, "value")

    @contextlib.contextmanager
    def together(self):
        """Change several controls in a `with` block, and draw only once, at its end."""
        self.watch(False)
        try:
            yield
        finally:
            self.watch(True)
        self.update()

    def layout(self):
        """Return one widget for everything: the controls left of the picture, or above it."""
        controls = ipywidgets.VBox(self.controls, layout={"margin": "0 16px 8px 0"})
        picture = ipywidgets.VBox([self.picture, self.words], layout={"flex": "0 1 auto"})
        return ipywidgets.HBox([controls, picture], layout={"flex_flow": "row wrap"})

    def update(self, change=None):
        """Draw the picture and write the sentence for the values of the controls."""
        self.draw()
        self.picture.value = self.png()
        self.words.value = f'<div role="status" style="line-height: 1.5">{self.sentence()}</div>'

    def png(self):
        """Return the figure as the bytes of a PNG file."""
        (self.blitting or self.canvas).draw()
        return png(np.asarray(self.canvas.buffer_rgba())[:, :, :3])

    def still(self):
        """Return HTML for a page without widgets: a sentence in both languages, and the picture."""
        lines = "<br>".join(DEMOS.say("demo", name) for name in LANGUAGES)
        code = base64.b64encode(self.picture.value).decode()
        alt = " / ".join(DEMOS.say(f"{self.key}-picture", name) for name in LANGUAGES)
        width = 100 * self.size[0]
        data = f"data:image/png;base64,{code}"
        return f'<p>{lines}</p><img width="{width:.0f}" alt="{html.escape(alt)}" src="{data}">'

    def _repr_mimebundle_(self, **kwargs):
        """Show the widgets where they work, and elsewhere the still picture."""
        bundle = self.box._repr_mimebundle_(**kwargs)
        return bundle | {
            "text/plain": DEMOS.say("demo", LANGUAGES[0]),
            "text/html": self.still(),
        }


class Blitting:
    """Redraws a figure quickly: what is in `moving`, over a background that is drawn once.

    moving are artists of the figure. They are drawn last, in the order of their zorder, so anything
    above them has to be among them. If the background is None, it is drawn again.
    """

    def __init__(self, canvas, moving):
        self.canvas, self.background = canvas, None
        self.moving = sorted(moving, key=lambda artist: artist.get_zorder())
        for artist in self.moving:
            artist.set_animated(True)

    def draw(self):
        """Draw the figure on its canvas."""
        if self.background is None:
            self.canvas.draw()
            self.background = self.canvas.copy_from_bbox(self.canvas.figure.bbox)
        self.canvas.restore_region(self.background)
        for artist in self.moving:
            artist.draw(self.canvas.get_renderer())


def png(pixels):
    """Return colours (H, W, 3) from 0 to 255 as the bytes of a PNG file, made quickly."""
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "png", compress_level=1)
    return file.getvalue()


# Controls


def slider(label, value, low, high, step, **options):
    """Return a slider for numbers, with room for its label."""
    kind = ipywidgets.IntSlider if isinstance(step, int) else ipywidgets.FloatSlider
    more = {"style": LABEL, "layout": CONTROL, **options}
    return kind(value, min=low, max=high, step=step, description=label, **more)


def selection_slider(label, values, value, **options):
    """Return a slider that has only these values, written as briefly as possible."""
    shown = [(f"{value:g}".replace("-", "\N{MINUS SIGN}"), value) for value in values]
    more = {"style": LABEL, "layout": CONTROL, **options}
    return ipywidgets.SelectionSlider(options=shown, value=value, description=label, **more)


def choice(label, options, **more):
    """Return a list to choose from, with room for its label."""
    more = {"style": LABEL, "layout": CONTROL, **more}
    return ipywidgets.Dropdown(options=options, description=label, **more)


def button(label, action):
    """Return a button as wide as its label, which calls `action()`."""
    made = ipywidgets.Button(description=label, layout={"width": "auto"})
    made.on_click(lambda _: action())
    return made


def set_last(slider, last):
    """Give a slider another end.

    On the page, the key End would still jump to the old end unless the slider is made again, and
    that happens whenever its orientation changes.
    """
    if slider.max != last:
        slider.max = last
        slider.orientation = "vertical"
        slider.orientation = "horizontal"


def formatted(value, digits=2):
    """Return a number as text, with a true minus sign and without needless zeros."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace("-", "\N{MINUS SIGN}")


# The networks that come with the course


@functools.cache
def trained_network(name):
    """Return the trained network called "MLP" or "CNN".

    It is loaded once, and all demos share it: what a layer keeps of its last forward pass belongs
    to the demo that asked last.
    """
    return load_network(DATA / TRAINED[name])
