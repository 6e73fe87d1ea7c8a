"""A drawing of any size, place and pen becomes a picture that the networks read.

The goal of the pad: at most two percentage points below the accuracy on the original digits.
With the bundled digits always, and with the real MNIST where MNIST_DIR names its folder.
"""

import functools
import os
from pathlib import Path

import numpy as np
import pytest
import redrawn
from PIL import Image

from course.demos.handwriting import inks, mnist_preprocessing, pens
from helpers import datasets, mnist
from helpers.folders import DATA
from helpers.saving import load_network

MNIST_DIR = Path(os.environ.get("MNIST_DIR", "bundled"))
MNIST_IS_THERE = all((MNIST_DIR / name).is_file() for name in mnist.FILES)
NETWORKS = {"MLP": "trained_784_50_100_10.npz", "CNN": "trained_cnn.npz"}
SHAPES = {"MLP": (-1, 784), "CNN": (-1, 28, 28, 1)}
COUNT = 1000  # digits of MNIST's test set, taken evenly
POINTS = 2.0  # percentage points that may be lost
DIGIT = 0.7  # of the paper's side: the 28 pixels of the original
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
def networks():
    return {name: load_network(DATA / file) for name, file in NETWORKS.items()}


@pytest.fixture(scope="module")
def before(originals, networks):
    """Return a function for the accuracies on every so many originals."""
    return functools.cache(lambda step: accuracies(networks, *(part[::step] for part in originals)))


def accuracies(networks, x, t):
    """Return the accuracy of each network in percent."""
    return {
        name: 100 * np.mean(network.forward(x.reshape(SHAPES[name])).argmax(axis=1) == t)
        for name, network in networks.items()
    }


@pytest.fixture
def check(originals, networks, before, request):
    """Give a function that compares the accuracy on pictures with that on the originals."""

    def compare(pictures, step=1):
        after = accuracies(networks, np.stack(pictures), originals[1][::step])
        for name in NETWORKS:
            report = f"{name}: {before(step)[name]:.1f} % -> {after[name]:.1f} %"
            print(request.node.name, report)  # seen with pytest -rP
            assert after[name] >= before(step)[name] - POINTS, report

    return compare


@pytest.mark.parametrize("smallest, largest", [(0.06, 0.1), (0.1, 1)])
def test_digits_redrawn_as_strokes(strokes, check, smallest, largest):
    rng = np.random.default_rng(0)
    pictures = []
    for digit in strokes:
        side = rng.uniform(smallest, largest)
        left, top = rng.uniform(0, 1 - side, 2)
        drawn = redrawn.placed(digit, side, left, top)
        rounded = [[[round(a, 4), round(b, 4)] for a, b in stroke] for stroke in drawn]
        pictures.append(mnist_preprocessing.from_strokes(rounded))
    check(pictures)


@pytest.mark.parametrize("pen", [0.02, 0.06, 0.2])
def test_bitmaps_drawn_with_pens_of_all_widths(strokes, check, pen):
    """The pen is a part of the height of a digit; those of MNIST have about 0.12."""
    rng = np.random.default_rng(1)
    pictures = []
    for digit in strokes:
        left, top = rng.uniform(0.1, 0.9 - DIGIT, 2)
        side = int(rng.integers(50, 150))
        drawn = redrawn.placed(digit, DIGIT, left, top)
        width = pen * side * DIGIT * 20 / 28
        pictures.append(
            mnist_preprocessing.from_picture(redrawn.bitmap(drawn, side, max(width, 1.2)))
        )
    check(pictures)


PAPERS = {  # paper, ink, noise, shade from top to bottom, specks
    "black-on-white": (255, 0, 0, 0, 0),
    "white-on-black": (0, 255, 0, 0, 0),
    "grey-and-uneven": (170, 40, 6, 25, 0),
    "specks": (250, 10, 0, 0, 4),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_originals_pasted_on_paper(originals, check, paper):
    rng = np.random.default_rng(2)
    check(
        [
            mnist_preprocessing.from_picture(pasted(x, rng, 40, 150, *PAPERS[paper]))
            for x in originals[0]
        ]
    )


@pytest.mark.parametrize("low, high, step", [(30, 40, 1), (150, 600, 4)])
def test_originals_pasted_small_and_large(originals, check, low, high, step):
    rng, paper = np.random.default_rng(3), PAPERS["black-on-white"]
    pictures = [pasted(x, rng, low, high, *paper) for x in originals[0][::step]]
    check([mnist_preprocessing.from_picture(picture) for picture in pictures], step)


def pasted(x, rng, low, high, paper, ink, noise, shade, specks):
    """Return a picture with the digit x in some size at some place of some paper."""
    side = int(rng.integers(low, high + 1))
    size = int(rng.integers(side * 2 // 3, side + 1))
    digit = Image.fromarray(x).resize((size, size), Image.Resampling.BICUBIC)
    top, left = rng.integers(0, side - size + 1, 2)
    amount = np.zeros((side, side))
    amount[top : top + size, left : left + size] = np.clip(digit, 0, 1)
    found = paper + (ink - paper) * amount + shade * np.linspace(-1, 1, side)[:, None]
    if noise:
        found += rng.normal(0, noise, found.shape)
    dust = max(1, side // 60)
    for row, column in rng.integers(0, side - dust, (specks, 2)):
        found[row : row + dust, column : column + dust] = ink
    return np.clip(found, 0, 255).astype(np.uint8)


# Without MNIST


def test_originals_come_out_as_they_were():
    x = datasets.digits()[2][:100].reshape(-1, 28, 28)
    again = np.stack([mnist_preprocessing.from_picture(picture) for picture in x])
    assert again.dtype == np.float32 and again.min() >= 0 and again.max() <= 1
    assert np.abs(again - x).mean() < 0.04


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


@pytest.mark.parametrize("strokes", NOTHING, ids=range(len(NOTHING)))
def test_nonsense_is_no_stroke(strokes, no_warnings):
    assert mnist_preprocessing.clean(strokes) == []
    assert not mnist_preprocessing.from_strokes(strokes).any()
    assert mnist_preprocessing.frame(mnist_preprocessing.clean(strokes)) == []


def test_cleaning_keeps_what_is_good(no_warnings):
    strokes = [[[0, 1], [None, 3], [0.25, 0.5]], "x", ((2, -1.5),)]
    assert mnist_preprocessing.clean(strokes) == [[[0.0, 1.0], [0.25, 0.5]], [[1.0, 0.0]]]
    huge = [[[0.1, 0.2]] * 100_000, [[0.3, 0.4]]]
    assert sum(map(len, mnist_preprocessing.clean(huge))) == mnist_preprocessing.MOST_POINTS
    assert mnist_preprocessing.from_strokes(huge).any()
    assert mnist_preprocessing.frame([[[0.25, 0.5], [0.5, 1.0]]], 0.5) == [0.0, 0.25, 0.75, 1.25]


@pytest.mark.parametrize("value", [0, 1, 255, 0.5])
def test_paper_alone_is_no_ink(value, no_warnings):
    for shape in (1, 1), (1, 40), (28, 28), (50, 30, 3), (30, 30, 4):
        assert not mnist_preprocessing.from_picture(np.full(shape, value)).any()
    rng = np.random.default_rng(0)
    assert not mnist_preprocessing.from_picture(rng.normal(0.5, 0.01, (60, 60))).any()


def test_odd_pictures(no_warnings):
    rng = np.random.default_rng(0)
    for shape in (1, 2), (2, 1), (3, 900), (28, 28), (700, 20), (40, 40, 4):
        picture = mnist_preprocessing.from_picture(rng.random(shape))
        assert picture.shape == (28, 28) and np.isfinite(picture).all()
    hole = np.ones((30, 30))
    hole[10:20, 14:16] = np.nan  # not known: as dark as can be
    hole[0, 0] = np.inf
    assert mnist_preprocessing.from_picture(hole).any()


@pytest.mark.parametrize("picture", [None, "x", [], 5, np.zeros(5), np.zeros((2, 2, 2)), [["a"]]])
def test_no_picture(picture):
    with pytest.raises(ValueError, match="A picture is an array"):
        mnist_preprocessing.from_picture(picture)


def test_colors_and_opacity():
    grey = np.full((40, 40), 255, np.uint8)
    grey[8:32, 18:22] = 30
    color = np.dstack([grey, grey, np.full_like(grey, 255)])
    clear = np.zeros((40, 40, 4), np.uint8)
    clear[8:32, 18:22, 3] = 255
    expected = mnist_preprocessing.from_picture(grey)
    for picture in color, clear, 255 - grey, grey / 255, (grey < 100):
        assert np.allclose(mnist_preprocessing.from_picture(picture), expected, atol=0.05)


def test_pieces_are_counted():
    mask = np.array([[1, 0, 1, 0], [1, 1, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0]], bool)
    pieces = inks.labelled(mask)
    assert pieces.max() == 2 and (pieces > 0).tolist() == mask.tolist()
    assert pieces[0, 0] == pieces[0, 2] == pieces[2, 3] != pieces[3, 0]
    assert inks.labelled(np.zeros((3, 3), bool)).max() == 0


def test_distance():
    mask = np.zeros((9, 12), bool)
    mask[2, 3] = mask[7, 9] = True
    rows, columns = np.indices(mask.shape)
    expected = np.minimum(np.hypot(rows - 2, columns - 3), np.hypot(rows - 7, columns - 9))
    assert np.allclose(pens.distance(mask), np.maximum(expected - 0.5, 0), atol=1e-5)


@pytest.mark.parametrize("pen", [4, 8, 16])
def test_pens_are_measured_and_changed(pen):
    picture = pens.drawn([np.array([[20.0, 20], [140, 140]])], 160, pen, 1)
    assert pens.pen_width(picture) == pytest.approx(pen, rel=0.1)
    changed = pens.with_pen(picture, pen, 9)
    assert pens.pen_width(changed) == pytest.approx(9, rel=0.1)
