"""Watching training: a line that moves, a table of the epochs, and the curves."""

import io
import math
import time

import matplotlib.pyplot as plt
import numpy as np
from IPython import get_ipython
from IPython.display import display

from helpers.plots import learning_curves


class NotANumber(Exception):
    """The loss has become nan or infinite."""


class Progress:
    """Shows training while it runs, in a `with` block around its loops.

    In a notebook, one text and one picture are updated in place; elsewhere, a plain line is
    printed after each epoch. The table and the curves call the two sets of data by their names;
    with accuracy=False, they show the loss only. The block ends quietly, with a sentence that says
    so, when the learner presses stop (KeyboardInterrupt) or when the loss is no longer a number.
    """

    def __init__(self, epochs, steps, names=("training data", "test data"), accuracy=True):
        check_names(names)
        self.steps = epochs * math.ceil(steps)
        self.done = 0
        self.kinds = ("loss", "accuracy") if accuracy else ("loss",)
        self.history = {f"{part}_{kind}": [] for part in ("train", "test") for kind in self.kinds}
        self.widths = [max(18 if accuracy else 10, len(name) + 2) for name in names]
        heading = "  ".join(self.kinds)
        self.lines = [self.row("", *names), self.row("epoch", heading, heading)]
        self.screen = Notebook(names) if hasattr(get_ipython(), "kernel") else Terminal()

    def __enter__(self):
        # Numbers that grow too large end the training with a sentence, not with warnings.
        self.quiet = np.errstate(over="ignore", invalid="ignore")
        self.quiet.__enter__()
        self.start = time.monotonic()
        self.screen.begin(self.lines)
        return self

    def step(self, loss):
        """Note one step and its loss."""
        if not math.isfinite(loss):
            raise NotANumber
        self.done += 1
        self.loss = loss
        if self.screen.wants_text():
            self.screen.text(self.moving_lines())

    def epoch(self, train, test):
        """Note the (loss, accuracy) on the training data and on the other set."""
        if not math.isfinite(train[0] + test[0]):
            raise NotANumber
        texts = []
        for part, values in ("train", train), ("test", test):
            values = values[: len(self.kinds)]
            for kind, value in zip(self.kinds, values, strict=True):
                self.history[f"{part}_{kind}"].append(float(value))
            texts.append(shown(*values))
        self.lines.append(self.row(len(self.history["train_loss"]), *texts))
        self.screen.epoch(self.lines, self.moving_lines(), self.history)

    def row(self, first, left, right):
        """Return a line of the table, each text at the right edge of its columns."""
        return f"{first:>5}{left:>{self.widths[0]}}{right:>{self.widths[1]}}"

    def moving_lines(self):
        """Return the table, and under it how much is done and how many seconds are left."""
        part = self.done / self.steps
        full = round(30 * part)
        left = (time.monotonic() - self.start) * (1 - part) / part
        bar = f"[{'#' * full:.<30}] {self.done} of {self.steps} steps, {left:.0f} s left"
        return [*self.lines, "", bar, f"loss of the last mini-batch {self.loss:.3f}"]

    def __exit__(self, kind, error, traceback):
        self.quiet.__exit__(None, None, None)
        sentence = None
        if isinstance(error, KeyboardInterrupt):
            sentence = f"Stopped {self.where()}. The network keeps what it has learnt."
        elif isinstance(error, NotANumber):
            sentence = (
                f"Stopped {self.where()}: the loss is no longer a number. The steps were too\n"
                "large. Make a new network and try a smaller learning rate."
            )
        self.screen.end(self.lines, self.history, sentence)
        return sentence is not None

    def where(self):
        """Return which epoch and step the training has reached."""
        return f"in epoch {len(self.history['train_loss']) + 1}, after {self.done} steps"


def shown(loss, accuracy=None):
    """Return what was measured on one set, as text."""
    if accuracy is None:
        return f"{loss:.4g}"
    return f"{loss:.3f}{accuracy:10.1%}" if loss < 1000 else f"{loss:.0e}{accuracy:10.1%}"


def check_names(names):
    """Raise unless there are two names."""
    if isinstance(names, str) or [type(name) for name in names] != [str, str]:
        raise ValueError(f"names must be two texts, one for each set of data, not {names!r}.")


class Notebook:
    """One text and one picture, updated in place."""

    def __init__(self, names):
        self.names = names

    def begin(self, lines):
        self.handle = display({"text/plain": "\n".join(lines)}, raw=True, display_id=True)
        self.picture = None
        self.last_text = self.last_picture = 0

    def wants_text(self):
        """Ten times a second is enough for the eye."""
        return time.monotonic() - self.last_text > 0.1

    def text(self, lines):
        self.handle.update({"text/plain": "\n".join(lines)}, raw=True)
        self.last_text = time.monotonic()

    def epoch(self, lines, moving_lines, history):
        self.text(moving_lines)
        if time.monotonic() - self.last_picture > 0.5:
            self.draw(history)

    def draw(self, history):
        figure = learning_curves(history, self.names)
        plt.close(figure)
        png = io.BytesIO()
        figure.savefig(png, format="png")
        picture = {"image/png": png.getvalue(), "text/plain": str(figure)}
        if self.picture is None:
            self.picture = display(picture, raw=True, display_id=True)
        else:
            self.picture.update(picture, raw=True)
        self.last_picture = time.monotonic()

    def end(self, lines, history, sentence):
        self.text(lines + [sentence] if sentence else lines)
        if history["train_loss"]:
            self.draw(history)


class Terminal:
    """Plain lines, where nothing can be changed once it is printed."""

    def begin(self, lines):
        print("\n".join(lines))

    def wants_text(self):
        return False

    def epoch(self, lines, moving_lines, history):
        print(lines[-1], flush=True)

    def end(self, lines, history, sentence):
        if sentence:
            print(sentence)
