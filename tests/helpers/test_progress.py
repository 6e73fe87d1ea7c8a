"""What a learner sees of a training in a notebook. (Plain lines: see test_training.py.)"""

import nbformat
import pytest
from nbclient import NotebookClient

SETUP = """
import numpy as np
from helpers.layers import Affine
from helpers.network import Network
from helpers.optimizers import SGD
from helpers import training
rng = np.random.default_rng(0)
t = rng.integers(0, 2, 60)
x = rng.normal(size=(60, 2)) + 3 * t[:, np.newaxis]
network = Network(Affine(2, 2, rng))
real = training.train_step
def train(epochs, lr=0.1):
    return training.train(network, x, t, x, t, epochs, 10, SGD(lr), rng)
"""
STOPPED = """
steps = []
def step(*arguments):
    steps.append(1)
    if len(steps) == AT:
        raise KeyboardInterrupt
    return real(*arguments)
training.train_step = step
history = train(5)
print(len(history["test_loss"]))
"""
LOSSES = """
from helpers.progress import Progress
training.train_step = real
with Progress(2, 3, names=("old", "new"), accuracy=False) as progress:
    for epoch in range(2):
        for step in range(3):
            progress.step(0.5)
        progress.epoch((0.5,), (12345.678,))
print(progress.history)
"""


@pytest.fixture(scope="module")
def outputs():
    """Return the outputs of cells that were really run in a kernel, by name."""
    cells = {
        "setup": SETUP,
        "whole": "history = train(4)",
        "stopped at once": STOPPED.replace("AT", "1"),
        "stopped later": STOPPED.replace("AT", "9"),
        "losses": LOSSES,
        "too large": "training.train_step = real\nhistory = train(40, lr=1e308)",
    }
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells.values()]
    )
    NotebookClient(notebook, timeout=60).execute()
    return {name: cell.outputs for name, cell in zip(cells, notebook.cells, strict=True)}


def text(output):
    return output.data["text/plain"]


def test_one_text_and_one_picture_that_change_in_place(outputs):
    table, picture = outputs["whole"]
    assert [line.split()[0] for line in text(table).splitlines()[2:]] == ["1", "2", "3", "4"]
    assert "image/png" in picture.data
    assert "left" not in text(table), "the bar must be gone at the end"


def test_a_progress_without_accuracy(outputs):
    table, picture, printed = outputs["losses"]
    assert text(table).splitlines() == [
        "            old       new",
        "epoch      loss      loss",
        "    1       0.5 1.235e+04",
        "    2       0.5 1.235e+04",
    ]
    assert "image/png" in picture.data
    assert printed.text == "{'train_loss': [0.5, 0.5], 'test_loss': [12345.678, 12345.678]}\n"


def test_what_is_seen_at_the_end_does_not_depend_on_the_clock(outputs):
    assert " s " not in text(outputs["whole"][0])


def test_stopped_before_the_first_epoch_is_over(outputs):
    table, printed = outputs["stopped at once"]
    assert "Stopped in epoch 1, after 0 steps." in text(table)
    assert printed.text == "0\n"


def test_stopped_later(outputs):
    table, picture, printed = outputs["stopped later"]
    assert "Stopped in epoch 2, after 8 steps." in text(table)
    assert "image/png" in picture.data
    assert printed.text == "1\n"


def test_too_large_steps_end_with_a_sentence_and_no_warning(outputs):
    shown = outputs["too large"]
    assert "try a smaller learning rate" in text(shown[0])
    assert "stderr" not in [output.get("name") for output in shown]
