"""Do widgets answer? The page asks, the kernel replies, and the page shows the reply."""

import re
from pathlib import Path

import anywidget
import traitlets
from IPython.display import display

from course.doctor.findings import say

# What a browser calls itself. Edge also says that it is Chrome, and Chrome that it is Safari.
BROWSERS = {
    "Edge": r"Edg/(\d+)",
    "Firefox": r"Firefox/(\d+)",
    "Chrome": r"Chrome/(\d+)",
    "Safari": r"Version/([\d.]+).*Safari",
}


class Answer(anywidget.AnyWidget):
    """A line that says whether the page and the kernel hear each other, and in which browser.

    patience is how many milliseconds the page waits. Where a page cannot show widgets at all, it
    shows the text of repr instead.
    """

    _esm = Path(__file__).with_suffix(".js")
    waiting = traitlets.Unicode("\n".join(say("answer-waiting"))).tag(sync=True)
    silent = traitlets.Unicode("\n".join(say("answer-silent"))).tag(sync=True)

    patience = traitlets.Int(15000).tag(sync=True)

    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, page, buffers: self.send({"text": reply(page)}))

    def __repr__(self):
        return " ".join(say("answer-none"))


def reply(page):
    """Return the reply to what a page says about itself."""
    if page.get("translated"):
        return "\n".join(["Please read out: BROWSER", *say("browser-translated")])
    return "\n".join(say("answer-good", browser=name_of(page.get("browser", ""))))


def name_of(agent):
    """Return a browser's name and version, from what it calls itself."""
    for name, pattern in BROWSERS.items():
        match = re.search(pattern, agent)
        if match:
            return f"{name} {match[1]}"
    return "?"


def show():
    """Show the line under a cell."""
    display(Answer())
