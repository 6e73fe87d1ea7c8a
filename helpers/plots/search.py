"""A search over hyperparameters: a bar while it runs, a table, and pictures of what was found."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
from IPython import get_ipython
from IPython.display import display
from matplotlib.ticker import MaxNLocator

from helpers.plots import BLUE, GREEN, GREY, ORANGE, RED

MARKS = [(BLUE, "o"), (RED, "s"), (GREEN, "^"), (ORANGE, "D"), ("black", "v"), (GREY, "P")]


class Trials:
    """The numbers of the trials that are still to be made, with a bar, in a `with` block.

        with Trials(results, 30) as trials:
            for number in trials:
                results.append(...)

    It begins at len(results), so after an interruption the same cell goes on where it stopped.
    The stop button (KeyboardInterrupt) ends the block quietly, with a sentence that says so.
    Numbers that overflow in a trial cause no warning.
    """

    def __init__(self, results, total):
        self.results = results
        self.total = total
        self.handle = None

    def __enter__(self):
        self.quiet = np.errstate(over="ignore", invalid="ignore", divide="ignore")
        self.quiet.__enter__()
        self.show()
        return self

    def __iter__(self):
        while len(self.results) < self.total:
            done = len(self.results)
            yield done
            if len(self.results) <= done:
                raise RuntimeError("A trial has left no result: append one to the list each time.")
            self.show()

    def __exit__(self, kind, error, traceback):
        self.quiet.__exit__(None, None, None)
        if kind is KeyboardInterrupt:
            self.show("Stopped. The results are kept: run the cell again, and it goes on.")
        return kind is KeyboardInterrupt

    def show(self, sentence=""):
        """Update the bar; outside a notebook, print it only at the end."""
        done = min(len(self.results), self.total)
        full = round(30 * done / self.total)
        text = f"[{'#' * full:.<30}] {done} of {self.total} trials {sentence}".rstrip()
        if not hasattr(get_ipython(), "kernel"):
            if sentence or done == self.total:
                print(text)
        elif self.handle is None:
            self.handle = display({"text/plain": text}, raw=True, display_id=True)
        else:
            self.handle.update({"text/plain": text}, raw=True)


def scores(results, names):
    """Draw the validation accuracy of all results over each of their hyperparameters.

    A result is (accuracy, first hyperparameter, second, ...); names are those of the
    hyperparameters. One named "lr" gets a logarithmic axis. Colour and mark tell the values of
    the last one apart. Returns the figure. Raises ValueError if there is no result.
    """
    check_some(results)
    figure, spots = plt.subplots(1, len(names), figsize=(9.5, 3.2), sharey=True, squeeze=False)
    columns = list(zip(*results, strict=True))
    kinds = [text(value) for value in columns[-1]]
    order = [text(value) for value in sorted(set(map(simple, columns[-1])))]
    percent = 100 * np.array(columns[0])
    for place, (axes, name) in enumerate(zip(spots[0], names, strict=True), 1):
        for (color, mark), kind in zip(itertools.cycle(MARKS), dict.fromkeys(order)):  # noqa: B905
            chosen = np.array([other == kind for other in kinds])
            values = np.array([simple(value) for value in columns[place]])[chosen]
            axes.plot(values, percent[chosen], mark, color=color, alpha=0.8, label=kind)
        axes.set(xlabel=name, ylim=(0, 103))
        if name == "lr":
            axes.set_xscale("log")
        axes.margins(x=0.15)
    spots[0][0].set_ylabel("validation accuracy (%)")
    if len(order) > 1:
        handles = spots[0][0].get_legend_handles_labels()
        figure.legend(*handles, loc="outside upper center", ncols=6, handletextpad=0.1)
    return figure


def check_some(results):
    """Raise unless there is a result."""
    if not results:
        raise ValueError("There are no results yet: run the cell that searches first.")


def simple(value):
    """Return a number as it is, anything else as text: a rule by its name."""
    is_number = isinstance(value, int | float | np.number)
    return value if is_number else getattr(value, "__name__", str(value))


def text(value):
    """Return a number with three digits, anything else as its name."""
    value = simple(value)
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def table(results, names, most=10):
    """Print the best results, one on each line: the accuracy, then the hyperparameters.

    Raises ValueError if there is no result.
    """
    check_some(results)
    print("accuracy" + "".join(f"{name:>9}" for name in names))
    for score, *values in sorted(results, reverse=True)[:most]:
        print(f"{score:8.1%}" + "".join(f"{text(value):>9}" for value in values))


def layers(rows, labels):
    """Draw a histogram of the numbers after each layer, one row of pictures for each experiment.

    rows hold lists of arrays, one array for each layer; labels are the names of the rows.
    Returns the figure.
    """
    figure, spots = plt.subplots(
        len(rows), len(rows[0]), figsize=(9.5, 1.55 * len(rows) + 0.3), squeeze=False,
    )  # fmt: skip
    for line, row, label in zip(spots, rows, labels, strict=True):
        for number, (axes, numbers) in enumerate(zip(line, row, strict=True), 1):
            axes.hist(np.ravel(numbers), bins=30, color=BLUE, edgecolor="black", linewidth=0.3)
            axes.set_yticks([])
            axes.tick_params(labelsize=8)
            axes.set_title(f"spread {short(np.std(numbers))}", fontsize=9)
            slack = np.ptp(numbers) / 25  # a tick may be a little outside the bars
            low, high = np.min(numbers) - slack, np.max(numbers) + slack
            ticks = MaxNLocator(2, steps=[1, 2, 5, 10]).tick_values(low, high)
            ticks = [tick for tick in ticks if low <= tick <= high]
            axes.set_xticks(ticks, [short(tick, 3) for tick in ticks])
            if axes in spots[-1]:
                axes.set_xlabel(f"after layer {number}", fontsize=9)
        line[0].set_ylabel(label, fontsize=10)
    return figure


def short(value, digits=2):
    """Return a number with this many digits, a large one in full: 0.012, 1.8e-06, 2,600."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.{digits}g}"


def overfitting(histories, labels):
    """Draw the accuracy on training and validation data after each epoch, side by side.

    histories hold lists of (training accuracy, validation accuracy) from 0 to 1; labels are the
    titles. Returns the figure.
    """
    wide = 3.2 * len(histories) + 0.8
    figure, spots = plt.subplots(1, len(histories), figsize=(wide, 3), sharey=True, squeeze=False)
    for axes, history, label in zip(spots[0], histories, labels, strict=True):
        train, validation = 100 * np.array(history).T
        axes.plot(range(1, len(train) + 1), train, label="training data")
        axes.plot(range(1, len(train) + 1), validation, label="validation data")
        axes.set(title=label, xlabel="epoch", ylim=(40, 103))
    spots[0][0].set_ylabel("accuracy (%)")
    spots[0][-1].legend(loc="lower right")
    return figure
