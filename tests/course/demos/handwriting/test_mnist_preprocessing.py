"""A drawing of any size and in any place becomes a picture that the networks read.

The goal of the pad: at most two percentage points below the accuracy on the original digits. It
is measured with the real MNIST, where MNIST_DIR names its folder.
"""

import os
from pathlib import Path

import numpy as np
import pytest
import redrawn

from course.demos.base import TRAINED
from course.demos.handwriting import mnist_preprocessing
from course.demos.handwriting.pad import scores
from helpers import datasets, mnist

MNIST_DIR = Path(os.environ.get("MNIST_DIR", "bundled"))
MNIST_IS_THERE = all((MNIST_DIR / name).is_file() for name in mnist.FILES)
COUNT = 1000  # digits of MNIST's test set, taken evenly
POINTS = 2.0  # percentage points that may be lost
RING = [
    [0.5 + 0.3 * np.sin(turn), 0.5 + 0.4 * np.cos(turn)] for turn in np.linspace(0, 2 * np.pi, 60)
]


def read(name):
    return (MNIST_DIR / f"t10k-{name}-ubyte.gz").read_bytes()


@pytest.fixture(scope="module")
def originals():
    """Return digits (N, 28, 28) that no network has seen, and their labels."""
    if not MNIST_IS_THERE:
        pytest.skip("needs the real MNIST: MNIST_DIR names its folder")
    x = datasets.read_images(read("images-idx3")).reshape(-1, 28, 28)
    t = datasets.read_labels(read("labels-idx1"))
    step = len(x) // COUNT
    return x[::step], t[::step]


@pytest.fixture(scope="module")
def strokes(originals):
    return redrawn.strokes_of(originals[0])


@pytest.fixture(scope="module")
def before(originals):
    return accuracies(*originals)


def accuracies(x, t):
    """Return the accuracy of each network in percent."""
    answers = {name: scores(name, x).argmax(axis=1) for name in TRAINED}
    return {name: 100 * np.mean(y == t) for name, y in answers.items()}


@pytest.mark.mnist
@pytest.mark.parametrize("smallest, largest", [(0.06, 0.1), (0.1, 1)])
def test_digits_redrawn_as_strokes(originals, strokes, before, smallest, largest):
    rng = np.random.default_rng(0)
    pictures = []
    for digit in strokes:
        side = rng.uniform(smallest, largest)
        left, top = rng.uniform(0, 1 - side, 2)
        drawn = redrawn.placed(digit, side, left, top)
        rounded = [[[round(a, 4), round(b, 4)] for a, b in stroke] for stroke in drawn]
        pictures.append(mnist_preprocessing.from_strokes(rounded))
    after = accuracies(np.stack(pictures), originals[1])
    report = [f"{name}: {before[name]:.1f} % -> {after[name]:.1f} %" for name in TRAINED]
    print(smallest, largest, *report)  # seen with pytest -rP
    assert all(after[name] >= before[name] - POINTS for name in TRAINED), report


def extent(picture):
    rows, columns = (np.flatnonzero((picture > 0.25).any(axis=axis)) for axis in (1, 0))
    return rows[-1] + 1 - rows[0], columns[-1] + 1 - columns[0]


def middle(picture):
    rows, columns = np.indices(picture.shape)
    return [(numbers * picture).sum() / picture.sum() for numbers in (rows, columns)]


@pytest.mark.parametrize("side, left, top", [(1, 0, 0), (0.3, 0.7, 0), (0.1, 0, 0.9)])
def test_20_pixels_in_the_middle(side, left, top):
    picture = mnist_preprocessing.from_strokes(
        [[[left + side * a, top + side * b] for a, b in RING]]
    )
    high, wide = extent(picture)
    assert abs(high - 20) <= 1 and abs(wide - 15.6) <= 1.5
    assert np.allclose(middle(picture), 14, atol=0.51)


def test_the_proportions_are_kept():
    line = mnist_preprocessing.from_strokes([[[0.2, 0.5], [0.8, 0.5]]])
    high, wide = extent(line)
    assert abs(wide - 20) <= 1 and 2 <= high <= 4
    dot = mnist_preprocessing.from_strokes([[[0.9, 0.1]]])
    assert 2 <= extent(dot)[0] <= 4 and extent(dot)[0] == extent(dot)[1]
    assert np.allclose(middle(dot), 14, atol=0.51)


def test_how_fast_one_draws_does_not_matter():
    few = [[0.2, 0.2], [0.8, 0.8]]
    many = [[a, a] for a in np.linspace(0.2, 0.8, 500).tolist()]
    pictures = [mnist_preprocessing.from_strokes([points]) for points in (few, many)]
    assert np.allclose(*pictures, atol=0.02)


NOTHING = [
    None, "", "strokes", 7, [], [[]], [[], []], [None], [[None]], [["ab"]], [[[1]]], [[[1, 2, 3]]],
    [[[float("nan"), 0.5]]], [[[float("inf"), 0.5]]], [[["0.5", "0.5"]]], [{"x": 1}],
    [[[True, False]]], [[[10**400, 0]]],
]  # fmt: skip


def test_nonsense_is_no_stroke(no_warnings):
    assert [strokes for strokes in NOTHING if mnist_preprocessing.clean(strokes) != []] == []
    assert not mnist_preprocessing.from_strokes([]).any()


def test_cleaning_keeps_what_is_good(no_warnings):
    strokes = [[[0, 1], [None, 3], [0.25, 0.5]], "x", ((2, -1.5),)]
    assert mnist_preprocessing.clean(strokes) == [[[0.0, 1.0], [0.25, 0.5]], [[1.0, 0.0]]]
    huge = [[[0.1, 0.2]] * 100_000, [[0.3, 0.4]]]
    cleaned = mnist_preprocessing.clean(huge)
    assert sum(map(len, cleaned)) == mnist_preprocessing.MOST_POINTS
    assert mnist_preprocessing.from_strokes(cleaned).any()


def test_bounding_box():
    strokes = [[[0.25, 0.5], [0.5, 1.0]]]
    assert mnist_preprocessing.bounding_box(strokes, 0.5) == [0.0, 0.25, 0.75, 1.25]
    assert mnist_preprocessing.bounding_box([]) == []
