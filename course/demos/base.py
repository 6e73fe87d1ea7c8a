"""What all demos share: controls, a picture, and a line of words, kept in step."""

import base64
import contextlib
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

DPI = 144  # of a picture, drawn for sharp screens; on the page an inch is 100 pixels wide


class Picture(ipywidgets.Image):
    """An image that says what it shows: the page sets a tooltip only beside a description."""

    description = traitlets.Unicode("").tag(sync=True)


class Demo:
    """Controls beside a picture, and below it a sentence about what is seen.

    A demo fills `controls` with widgets in its `__init__` and ends that with `self.start()`. It
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
        self.stage = None  # a Stage, where only a part of the figure moves

    def say(self, key, **values):
        """Return words of this demo in the learner's language."""
        return DEMOS.say(f"{self.key}-{key}", self.language, **values)

    def start(self):
        """Lay out the demo, draw it, and draw it anew whenever a control changes."""
        self.box = ipywidgets.VBox([self.layout(), OwnKeys()])
        self.box.add_class("course-demo")
        self.watch(True)
        self.update()

    def watch(self, on):
        """Draw the demo anew when a control changes, or no longer."""
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
        """Return one widget that holds all: the controls left of the picture, or above it."""
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
        (self.stage or self.canvas).draw()
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
        """Show the widgets where there are any, and else what stands still."""
        bundle = self.box._repr_mimebundle_(**kwargs)
        return bundle | {
            "text/plain": DEMOS.say("demo", LANGUAGES[0]),
            "text/html": self.still(),
        }


def png(pixels):
    """Return colours (H, W, 3) from 0 to 255 as the bytes of a PNG file, made quickly."""
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "png", compress_level=1)
    return file.getvalue()


def slider(label, value, low, high, step, **options):
    """Return a slider for numbers, with room for its label."""
    kind = ipywidgets.IntSlider if isinstance(step, int) else ipywidgets.FloatSlider
    return kind(
        value, min=low, max=high, step=step, description=label,
        style={"description_width": "110px"}, layout={"width": "330px"}, **options,
    )  # fmt: skip


def reach(slider, last):
    """Give a slider another end.

    The front end's slider would still jump to its old end with the key End, unless it is made
    anew: it is whenever the orientation changes.
    """
    if slider.max != last:
        slider.max = last
        slider.orientation = "vertical"
        slider.orientation = "horizontal"


def choice(label, options, **more):
    """Return a list to choose from, with room for its label."""
    return ipywidgets.Dropdown(
        options=options, description=label,
        style={"description_width": "110px"}, layout={"width": "330px"}, **more,
    )  # fmt: skip


def button(label, action):
    """Return a button as wide as its label, which calls `action()`."""
    found = ipywidgets.Button(description=label, layout={"width": "auto"})
    found.on_click(lambda _: action())
    return found


def number(value, digits=2):
    """Return a number as text, with a true minus sign and without needless zeros."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace("-", "\N{MINUS SIGN}")
