"""The drawing pad without a browser: what it answers and why, what it keeps, what it survives."""

import io
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from course import texts
from course.demos.base import TRAINED, trained_network
from course.demos.handwriting import kept_digits, mnist_preprocessing, pad
from course.demos.handwriting.pad import Pad, PadWidget
from helpers import datasets

SEVEN = [[[0.3, 0.3], [0.6, 0.3], [0.58, 0.4], [0.42, 0.8]]]
ONE = [[[0.5, 0.2], [0.5, 0.8]]]
NAMES = list(TRAINED)


@pytest.fixture(autouse=True)
def handwriting(tmp_path, monkeypatch):
    """Give a file of its own to every test."""
    path = tmp_path / "work" / "my_handwriting.npz"
    monkeypatch.setattr(kept_digits, "PATH", path)
    return path


@pytest.fixture
def demo(no_warnings):
    return Pad()


@pytest.fixture(params=texts.LANGUAGES)
def either(request, monkeypatch):
    """Give the demo in each language."""
    texts.use(request.param)
    return Pad()


# The answer, and why


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("strokes, digit", [(SEVEN, 7), (ONE, 1)])
def test_it_reads_a_drawing(demo, name, strokes, digit):
    demo.name.value = name
    demo.pad.strokes = strokes
    assert f"{name} is {digit}" in demo.words.value
    assert demo.answers.sum() == pytest.approx(100, abs=0.01) and demo.answers.argmax() == digit
    assert demo.pad.bounding_box == mnist_preprocessing.bounding_box(strokes, demo.pad.pen)


def test_contributions_are_ink_times_slope():
    """Checked against the slope measured by a small step."""
    picture = mnist_preprocessing.from_strokes(SEVEN)
    c = pad.contributions("MLP", picture, 7)
    assert c.shape == (28, 28) and not c[picture == 0].any() and c.any()
    step = 0.01
    for place in map(tuple, np.argwhere(picture > 0.5)[::9]):
        higher, lower = picture.copy(), picture.copy()
        higher[place] += step
        lower[place] -= step
        slope = (pad.scores("MLP", higher) - pad.scores("MLP", lower))[0, 7] / (2 * step)
        assert c[place] == pytest.approx(slope * picture[place], rel=0.02, abs=0.01)


def test_contributions_of_the_cnn_add_up_to_its_score():
    """It is made of straight pieces: s is the sum of x ds/dx, and of b ds/db for each bias."""
    picture = mnist_preprocessing.from_strokes(SEVEN)
    c = pad.contributions("CNN", picture, 7)
    layers = [layer for layer in trained_network("CNN").layers if hasattr(layer, "b")]
    biases = sum(float(layer.b @ layer.db) for layer in layers)
    score = pad.scores("CNN", picture)[0, 7]
    assert c.sum() + biases == pytest.approx(score, rel=1e-3) and not c[picture == 0].any()


def test_own_digits_are_counted_rightly():
    _, _, x, t = datasets.digits()
    assert [pad.right(name, x, t) for name in NAMES] == [284, 289]
    assert pad.right("MLP", x[:0], t[:0]) == 0


def test_when_it_is_not_sure_it_says_so(demo):
    demo.answers = np.array([0, 0, 0, 45.0, 0, 0, 0, 0, 55, 0])
    demo.is_empty = False
    assert "not sure: 55 %" in demo.sentence() and "3: 45 %" in demo.sentence()


# The empty pad, and nonsense


def test_an_empty_pad_has_no_answer(either):
    assert texts.DEMOS.say("pad-empty", either.language) in either.words.value
    either.pad.strokes = SEVEN
    assert texts.DEMOS.say("pad-empty", either.language) not in either.words.value
    either.pad.strokes = []
    assert texts.DEMOS.say("pad-empty", either.language) in either.words.value
    assert not either.answers.any() and either.pad.bounding_box == []


NONSENSE = [
    None, "x", 5, {}, [[]], [[[float("nan"), 0]]], [[["a", "b"]]], [[[0.5, 0.5]]],
    [[[0.5, 0.5], [0.5, 0.5]]], [[[-9e8, 9e8], [3, 4]]], [[[0.1, 0.1]]] * 3000,
    [[[0.1 + i % 7 / 9, i / 1e5] for i in range(100_000)]],
]  # fmt: skip


@pytest.mark.parametrize("strokes", NONSENSE, ids=range(len(NONSENSE)))
def test_nothing_from_the_browser_raises(demo, strokes):
    """As a message from the browser does, and with the drawing still readable after it."""
    demo.pad.set_state({"strokes": strokes})
    assert "role=" in demo.words.value
    demo.pad.set_state({"strokes": SEVEN})
    assert "MLP is 7" in demo.words.value


def test_the_widget_brings_its_code_along():
    widget = PadWidget()
    assert "export default" in widget._esm and ".course-pad" in widget._css
    assert not re.search(r"https?://|\bimport\b", widget._esm + widget._css)


# Pictures and words


def test_the_pictures():
    picture = mnist_preprocessing.from_strokes(SEVEN)
    c = np.zeros((28, 28))
    c[10, 10], c[12, 12] = 1, -1
    for pixels in pad.ink(picture), pad.signs(picture, c):
        image = Image.open(io.BytesIO(pad.png(pixels)))
        assert image.size == (28 * pad.SCALE,) * 2
    signs = pad.signs(np.zeros((28, 28)), c)
    s = pad.SCALE
    solid = signs[10 * s : 11 * s, 10 * s : 11 * s].reshape(-1, 3)
    hatched = signs[12 * s : 13 * s, 12 * s : 13 * s].reshape(-1, 3)
    assert len(np.unique(solid, axis=0)) == 1 and solid[0, 2] > solid[0, 0]
    assert len(np.unique(hatched, axis=0)) == 2, "red and white: not by colour alone"
    assert (pad.signs(picture * 0, c * 0) == 255).all()


def test_the_bars_name_the_answer(demo):
    demo.pad.strokes = SEVEN
    rows = re.findall("<tr.*?</tr>", demo.seen.value)
    marked = [digit for digit, row in enumerate(rows) if "←" in row and "bold" in row]
    assert len(rows) == 10 and marked == [7]
    assert demo.seen.value.count("<img") == demo.seen.value.count("alt=") == 2


def test_no_placeholder_is_left(either):
    shown = [either.words.value, either.taught.value, either.seen.value]
    either.pad.strokes = SEVEN
    shown += [either.words.value, either.seen.value, either.teach()]
    assert not re.search(r"{\w+}", "".join(shown))
    assert "{count}" in either.pad.words["drawn"] and "{row}" in either.pad.words["down"]
    assert either.pad.words["label"] == texts.DEMOS.say("pad-label", either.language)


def test_a_page_without_widgets(demo):
    bundle = demo._repr_mimebundle_()
    assert (
        "data:image/png" in bundle["text/html"]
        and texts.DEMOS.say("demo", "ja") in bundle["text/html"]
    )


# Teach me


def test_teach_me(demo, handwriting):
    assert "Draw a digit first" in demo.teach()
    demo.pad.strokes = SEVEN
    assert "Choose the right answer" in demo.teach() and not handwriting.exists()
    demo.digit.value = "7"
    demo.add()
    assert "test set: 1. The MLP reads 1 of them, the CNN 1." in demo.taught.value
    demo.add()
    assert "already there" in demo.taught.value and "test set: 1." in demo.taught.value
    demo.pad.strokes = ONE
    demo.digit.value = "5"
    demo.add()
    assert "test set: 2. The MLP reads 1 of them, the CNN 1." in demo.taught.value
    x, t = kept_digits.load()
    assert t.tolist() == [7, 5] and x.shape == (2, 784) and x.dtype == np.float32
    assert np.allclose(x[0], mnist_preprocessing.from_strokes(SEVEN).ravel(), atol=1 / 255)
    demo.pad.strokes = []
    assert demo.digit.value == ""
    assert "test set: 2." in Pad().taught.value


@pytest.mark.parametrize(
    "content",
    [b"", b"no archive", {"x": np.zeros((2, 5))}, {"x": np.zeros((1, 784)), "t": [3]},
     {"x": np.zeros((1, 784), np.uint8), "t": [12]}],
)  # fmt: skip
def test_a_damaged_file_is_kept(demo, handwriting, content):
    handwriting.parent.mkdir()
    if isinstance(content, bytes):
        handwriting.write_bytes(content)
    else:
        np.savez(handwriting, **content)
    before = handwriting.read_bytes()
    assert "cannot be read" in Pad().taught.value
    demo.pad.strokes, demo.digit.value = SEVEN, "7"
    demo.add()
    aside = handwriting.with_name("my_handwriting_damaged.npz")
    assert aside.read_bytes() == before and aside.name in demo.taught.value
    assert "test set: 1." in demo.taught.value


def test_what_cannot_be_written_is_said(demo, handwriting, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    demo.pad.strokes, demo.digit.value = SEVEN, "7"
    demo.add()
    kept = handwriting.read_bytes()
    monkeypatch.setattr(np, "savez_compressed", full)
    demo.pad.strokes = ONE
    demo.add()
    assert "No space left" in demo.taught.value
    assert handwriting.read_bytes() == kept and [*handwriting.parent.iterdir()] == [handwriting]


def test_my_work_is_a_file(demo, handwriting):
    handwriting.parent.write_bytes(b"")
    demo.pad.strokes, demo.digit.value = SEVEN, "7"
    demo.add()
    assert "could not be kept" in demo.taught.value


def test_many_hands_lose_nothing(handwriting):
    """As from several notebooks at once."""
    pictures = np.random.default_rng(0).random((40, 28, 28))
    with ThreadPoolExecutor(8) as hands:
        found = list(hands.map(kept_digits.add, pictures, [k % 10 for k in range(40)]))
    assert found == [(True, None)] * 40
    assert sorted(kept_digits.load()[1].tolist()) == sorted([*range(10)] * 4)
    assert [*handwriting.parent.iterdir()] == [handwriting]


def test_a_lock_that_was_left_behind(handwriting, monkeypatch):
    monkeypatch.setattr(kept_digits, "PATIENCE", 0.2)
    handwriting.parent.mkdir()
    handwriting.with_name(".my_handwriting.npz.lock").touch()
    assert kept_digits.add(np.zeros((28, 28)), 3) == (True, None)
