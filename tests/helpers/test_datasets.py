"""The data of the lessons: shapes, types, ranges, and that they are what data/README.md says."""

import gzip
import hashlib
import io
import os
import re
import tracemalloc
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import XKCD_COLORS

from helpers import datasets, mnist
from helpers.folders import DATA, ROOT

MNIST_DIR = Path(os.environ.get("MNIST_DIR", "bundled"))
MNIST_IS_THERE = all((MNIST_DIR / name).is_file() for name in mnist.FILES)
PARTS = {"train": 240, "test": 20, "more": 58}


@pytest.fixture
def make_data(monkeypatch):
    """The module tools/make_data.py."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    import make_data

    return make_data


# Heights and weights


def test_heights_and_weights_are_those_of_the_workshop():
    people = datasets.heights_and_weights()
    assert people.shape == (5, 2)
    assert people.dtype == np.float64
    assert people.mean(axis=0) == pytest.approx([171, 65.4])
    assert people[0].tolist() == [166, 58.7]
    assert people[-1].tolist() == [169, 60.1]


# Colors


@pytest.mark.parametrize("part, n", PARTS.items())
def test_colors_have_the_right_shapes_and_types(part, n):
    x, t, names = part_of_colors(part)
    assert (x.shape, x.dtype) == ((n, 3), np.int64)
    assert (t.shape, t.dtype) == ((n,), np.int64)
    assert (len(names), type(names)) == (n, list)


def part_of_colors(part):
    """Return x, t and the names of one part."""
    colors = datasets.colors()
    return tuple(getattr(colors, f"{letter}_{part}") for letter in ("x", "t", "names"))


def test_colors_unpack_in_the_documented_order():
    fields = datasets.Colors._fields
    assert fields == tuple(f"{field}_{part}" for part in PARTS for field in ("x", "t", "names"))


@pytest.mark.parametrize("part", PARTS)
def test_colors_are_those_of_the_survey(part):
    for rgb, label, name in zip(*part_of_colors(part), strict=True):
        assert "#{:02x}{:02x}{:02x}".format(*rgb) == XKCD_COLORS[f"xkcd:{name}"]
        assert name.split()[-1] == ("red", "green", "blue")[label]


def test_every_color_of_the_survey_is_in_one_part():
    names = [name for part in PARTS for name in part_of_colors(part)[2]]
    survey = [name.removeprefix("xkcd:") for name in XKCD_COLORS]
    assert sorted(names) == sorted(n for n in survey if n.split()[-1] in ("red", "green", "blue"))
    assert len(names) == 318


@pytest.mark.parametrize("part, n", PARTS.items())
def test_each_part_has_its_share_of_each_label(part, n):
    everything = Counter(label for part in PARTS for label in part_of_colors(part)[1].tolist())
    here = Counter(part_of_colors(part)[1].tolist())
    for label, count in everything.items():
        assert here[label] == pytest.approx(count * n / 318, abs=1)


def test_the_colors_file_is_what_the_tool_makes(make_data):
    assert (DATA / "colors.csv").read_bytes() == make_data.colors_file()


# Digits


def test_digits_have_the_right_shapes_and_types():
    x_train, t_train, x_test, t_test = datasets.digits()
    assert (x_train.shape, x_test.shape) == ((1500, 784), (297, 784))
    assert (t_train.shape, t_test.shape) == ((1500,), (297,))
    assert x_train.dtype == x_test.dtype == np.float32
    assert t_train.dtype == t_test.dtype == np.int64


def test_digits_go_from_0_to_1():
    for x in datasets.digits()[::2]:
        assert x.min() == 0
        assert x.max() == 1
        assert np.all(x.max(axis=1) > 0.9)


def test_every_digit_has_about_a_tenth_of_each_part():
    _, t_train, _, t_test = datasets.digits()
    assert np.bincount(t_train).tolist() == [151, 151, 150, 153, 148, 152, 151, 149, 146, 149]
    assert np.bincount(t_test).tolist() == [27, 31, 27, 30, 33, 30, 30, 30, 28, 31]


def test_digits_are_placed_as_in_mnist():
    x_train, _, x_test, _ = datasets.digits()
    images = np.concatenate([x_train, x_test]).reshape(-1, 28, 28).astype(np.float64)
    rows, columns = images.sum(axis=2), images.sum(axis=1)
    for lines in (rows, columns):
        middle = lines @ np.arange(28) / lines.sum(axis=1)
        assert np.all(np.abs(middle - 14) < 0.501)
    assert np.all(extent(rows) == 20)
    assert np.all(extent(columns) <= 20)
    assert images.mean() == pytest.approx(0.131, abs=0.01)  # that of MNIST is 0.131


def extent(lines):
    """Return how far it is from the first to the last place that is not empty, in each row."""
    drawn = lines > 0
    return drawn.shape[1] - drawn.argmax(axis=1) - drawn[:, ::-1].argmax(axis=1)


def test_digits_of_the_two_parts_are_different():
    x_train, _, x_test, _ = datasets.digits()
    assert len(np.unique(np.concatenate([x_train, x_test]), axis=0)) == 1797


def test_the_tool_keeps_what_the_grids_say(make_data):
    from digit_images import bitmap

    counts = np.random.default_rng(0).integers(0, 17, size=(8, 8))
    blocks = bitmap(counts).reshape(8, 4, 8, 4)
    assert np.array_equal(blocks.sum(axis=(1, 3)), counts)


def test_the_tool_draws_a_bar_as_mnist_would(make_data):
    from digit_images import like_mnist

    bar = np.zeros((8, 8), dtype=np.int64)
    bar[:, 3] = 16
    image = like_mnist(bar)
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    rows, columns = np.nonzero(image)
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (20, 3)
    left, middle, right = image[14, columns.min() : columns.max() + 1]
    assert middle == 255
    assert 0 < left == right < 255


def test_the_tool_writes_the_same_npz_on_every_system(make_data):
    content = make_data.npz_file(x=np.arange(3), t=np.zeros(2))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.create_system, entry.compress_type) == (3, zipfile.ZIP_STORED)
    with np.load(io.BytesIO(content)) as arrays:
        assert arrays["x"].tolist() == [0, 1, 2]
        assert arrays["t"].tolist() == [0, 0]


# MNIST


def idx_images(count, seed=0):
    """Return `count` noisy images (count, 784), uint8, and the gzipped IDX file of them."""
    pixels = np.random.default_rng(seed).integers(0, 256, size=(count, 784), dtype=np.uint8)
    head = np.array([2051, count, 28, 28], dtype=">i4").tobytes()
    return pixels, gzip.compress(head + pixels.tobytes(), mtime=0)


def idx_labels(labels):
    """Return the gzipped IDX file of the labels."""
    head = np.array([2049, len(labels)], dtype=">i4").tobytes()
    return gzip.compress(head + bytes(labels), mtime=0)


def test_mnist_is_decoded(monkeypatch):
    train, train_file = idx_images(7)
    test, test_file = idx_images(4, seed=1)
    files = [train_file, idx_labels([5, 0, 4, 1, 9, 2, 1]), test_file, idx_labels([7, 2, 1, 0])]
    names = ["train-images", "train-labels", "t10k-images", "t10k-labels"]
    kinds = ["-idx3-ubyte.gz", "-idx1-ubyte.gz"] * 2
    found = {name + kind: file for name, kind, file in zip(names, kinds, files, strict=True)}
    monkeypatch.setattr(datasets, "find_mnist", lambda: found)
    x_train, t_train, x_test, t_test = datasets.mnist()
    assert np.array_equal(x_train, train.astype(np.float32) / 255)
    assert np.array_equal(x_test, test.astype(np.float32) / 255)
    assert t_train.tolist() == [5, 0, 4, 1, 9, 2, 1]
    assert t_test.tolist() == [7, 2, 1, 0]
    assert x_train.dtype == x_test.dtype == np.float32
    assert t_train.dtype == t_test.dtype == np.int64


def test_images_are_never_twice_in_memory():
    _, packed = idx_images(2000)
    tracemalloc.start()
    try:
        x = datasets.read_images(packed)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - 2 * len(packed) < 1.05 * x.nbytes  # the packed file may be copied


def test_without_mnist_there_are_the_digits(monkeypatch):
    monkeypatch.setattr(datasets, "find_mnist", lambda: None)
    for here, there in zip(datasets.mnist(), datasets.digits(), strict=True):
        assert np.array_equal(here, there)


@pytest.mark.mnist
@pytest.mark.skipif(
    not MNIST_IS_THERE, reason="MNIST_DIR does not name a folder with the four files of MNIST"
)
def test_the_real_mnist(monkeypatch, capsys):
    monkeypatch.setenv("MNIST_DIR", str(MNIST_DIR))
    x_train, t_train, x_test, t_test = datasets.mnist()
    assert capsys.readouterr().out == ""
    assert (x_train.shape, x_test.shape) == ((60000, 784), (10000, 784))
    assert (x_train.dtype, t_train.dtype) == (np.float32, np.int64)
    assert (x_train.min(), x_train.max()) == (0, 1)
    assert t_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert t_test[:5].tolist() == [7, 2, 1, 0, 4]
    assert np.bincount(t_train)[0] == 5923
    assert np.bincount(t_test)[0] == 980
    assert x_train.mean(dtype=np.float64) == pytest.approx(0.1307, abs=0.0001)


# Sources


def readme_rows():
    """Return {file: (bytes, SHA-256)} from the table in data/README.md."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \| ([\d,]+) \| `([0-9a-f]{64})` \|$", text, re.MULTILINE)
    return {name: (int(size.replace(",", "")), sha256) for name, size, sha256 in rows}


def test_the_files_are_those_that_the_readme_describes():
    rows = readme_rows()
    assert {"digits.npz", "colors.csv"} <= set(rows)
    for name, (size, sha256) in rows.items():
        content = (DATA / name).read_bytes()
        assert len(content) == size, name
        assert hashlib.sha256(content).hexdigest() == sha256, name


def test_no_part_of_mnist_is_in_the_repository():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "data/mnist/" in ignored
    names = {path.name for path in DATA.iterdir() if path.is_file()}
    assert not names & set(mnist.FILES)
