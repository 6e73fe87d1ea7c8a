"""The demo of colours: the lesson's network, the survey's nearest names, where answers change."""

import itertools
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course import texts
from course.demos import color_network
from course.demos.color_naming import FIRST, ColorNaming, amounts, longest
from helpers import datasets
from helpers.layers import Affine, ReLU
from helpers.network import Network
from helpers.optimizers import SGD
from helpers.plots import color_charts
from helpers.training import train

pytestmark = pytest.mark.usefixtures("no_warnings")
COLORS = datasets.colors()
RUDE = re.compile("barf|booger|poop|puke|shit|snot|vomit")
CORNERS = list(itertools.product((0, 255), repeat=3))


@pytest.fixture(scope="module")
def demo():
    return ColorNaming()


def text(demo):
    return re.sub("<.*?>", " ", demo.words.value)


def test_it_trains_the_network_of_the_lesson():
    last = color_network.learning()[-1]
    assert len(color_network.learning()) == 21
    assert (last.right, last.new_right) == (237, 77)
    pink = 100 * color_network.probabilities(last.network, [(233, 63, 127)])[0]
    assert pink.round()[0] == 96
    assert sum(p.size for p in last.network.parameters()) == 10_503


def test_it_trains_exactly_as_the_lesson():
    """`train` of the helpers draws the same orders, so the weights are the same."""
    rng = np.random.default_rng(1)
    network = color_network.build(rng)
    x, t, x_new, t_new = color_network.data()
    train(network, x / 255, t, x_new / 255, t_new, 20, 5, SGD(lr=0.01), rng)
    ours = color_network.learning()[-1].network
    for came, expected in zip(ours.parameters(), network.parameters(), strict=True):
        np.testing.assert_allclose(came, expected, atol=1e-9)


def test_the_ten_rude_names_are_left_out():
    x, names, learnt = color_network.named()
    assert len(x) == len(names) == len(learnt) == 308
    assert not [name for name in names if RUDE.search(name)]
    everything = COLORS.names_train + COLORS.names_test + COLORS.names_more
    left = [name for name in everything if RUDE.search(name)]
    assert len(left) == 10 and not set(left) & set(names)


def test_no_rude_name_is_near_any_color():
    """Asked at the very places of the rude ones, where they would be the nearest."""
    everything = zip(
        np.concatenate([COLORS.x_train, COLORS.x_test, COLORS.x_more]),
        COLORS.names_train + COLORS.names_test + COLORS.names_more,
        strict=True,
    )
    for color, name in everything:
        names, _, away = color_network.nearest(color)
        assert not RUDE.search(" ".join(names))
        if not RUDE.search(name):
            assert away[0] == 0


def test_nearest():
    names, x, away = color_network.nearest((6, 154, 243))
    everything, all_names, _ = color_network.named()
    expected = sorted(
        (sum((int(a) - b) ** 2 for a, b in zip(row, (6, 154, 243), strict=True)) ** 0.5, name)
        for row, name in zip(everything, all_names, strict=True)
    )[:3]
    assert [name for _, name in expected] == names
    np.testing.assert_allclose(away, [distance for distance, _ in expected])
    assert x.shape == (3, 3)


def test_next_change():
    answers = np.ones((3, 256), int)
    assert color_network.next_change((10, 20, 30), answers) is None
    answers[0, 100:], answers[2, :25] = 0, 2
    assert color_network.next_change((10, 20, 30), answers) == (2, 24)
    assert color_network.next_change((99, 20, 200), answers) == (0, 100)


@pytest.mark.parametrize("color", [*CORNERS, FIRST, (120, 120, 120)])
def test_the_change_it_tells_is_true(demo, color):
    demo.show(color)
    found = color_network.next_change(color, demo.answers)
    if found is None:
        assert "No slider alone" in text(demo)
        return
    amount, value = found
    there = list(color)
    there[amount] = value
    answer = np.argmax(color_network.probabilities(demo.network, [there]))
    assert answer != np.argmax(demo.shares)
    assert f"at {value} it becomes {color_charts.NAMES[answer]}" in text(demo)
    there[amount] -= np.sign(value - color[amount])
    before = np.argmax(color_network.probabilities(demo.network, [there]))
    assert before == np.argmax(demo.shares)


@pytest.mark.parametrize("color", CORNERS)
def test_the_sentence_says_what_the_network_answers(demo, color):
    demo.show(color)
    shares = 100 * color_network.probabilities(demo.network, [color])[0]
    answer = color_charts.NAMES[np.argmax(shares)]
    assert re.search(rf"calls it\s+{answer}", text(demo))
    assert "red {:.0f} %, green {:.0f} %, blue {:.0f} %".format(*shares) in text(demo)
    picture = demo.drawing
    assert picture.word.get_text() == answer
    np.testing.assert_allclose([bar.get_width() for bar in picture.bars], shares)
    assert [share.get_text() for share in picture.shares] == [f"{s:.0f} %" for s in shares]
    assert [name.get_text() for name in picture.near] == color_network.nearest(color)[0]
    for strip, amount, name in zip(picture.strips, color, color_charts.NAMES, strict=True):
        assert strip.title.get_text() == f"{name} {amount}"
        assert strip.mark[0].get_xdata() == [amount, amount]


def test_chooser_and_sliders_stay_in_step(demo):
    demo.picker.value = "#102030"
    assert demo.color == (16, 32, 48)
    demo.picker.value = "teal"
    assert demo.color == (0, 128, 128) and demo.picker.value == "#008080"
    before = demo.picture.value
    demo.sliders[0].value = 255
    assert demo.picker.value == "#ff8080" and demo.picture.value != before


@pytest.mark.parametrize("nonsense", ["transparent", "rgb(1,2,3)", "var(--red)"])
def test_colors_that_cannot_be_read_change_nothing(demo, nonsense):
    demo.show((1, 2, 3))
    demo.picker.value = nonsense
    assert demo.color == (1, 2, 3) and demo.picker.value == "#010203"


def test_amounts():
    assert amounts("#fff") == (255, 255, 255) and amounts(" Red ") == (255, 0, 0)
    assert amounts("#01020380") == (1, 2, 3) and amounts("blu") is None and amounts("") is None
    for color in [*CORNERS, (1, 2, 3), (254, 127, 128)]:
        assert amounts(to_hex(np.array(color) / 255)) == color


def test_a_drawing_for_each_change(demo):
    drawn = []
    demo.picture.observe(drawn.append, "value")
    demo.show((9, 9, 9))
    demo.show((200, 9, 9))
    demo.picture.unobserve_all()
    assert len(drawn) == 2, "one picture for a colour, not one for each slider"


def test_new_colors_are_those_it_has_not_learnt_from(demo):
    new = {tuple(row) for row in np.concatenate([COLORS.x_test, COLORS.x_more])}
    demo.turn = 0
    shown = []
    for _ in range(78):
        demo.show_new()
        shown.append(demo.color)
        assert "(0)" in text(demo)
    assert set(shown) <= new and shown[0] == tuple(COLORS.x_test[0])
    _, _, learnt = color_network.named()
    assert len(set(shown)) == np.sum(~learnt)


def test_longest():
    answers = np.array([0, 0, 1, 1, 1, 0, 2, 1])
    assert [longest(answers, label) for label in range(4)] == [(0, 2), (2, 3), (6, 1), (0, 0)]


# A network of one's own


class Lesson:
    """A network as a learner may write it."""

    def __init__(self, outputs=3, scale=1.0):
        self.W = scale * np.ones((3, outputs))

    def forward(self, x):
        self.x = x
        return x @ self.W


def test_a_network_of_ones_own_is_asked_and_left_alone():
    own = Lesson()
    own.W = np.array([[0, 0, 9], [0, 9, 0], [9, 0, 0.0]])
    demo = ColorNaming(own)
    demo.show((255, 0, 0))
    assert re.search(r"calls it\s+blue", text(demo))
    assert not hasattr(own, "x"), "the demo works with a copy"


def test_what_trains_further_does_not_change_the_demo():
    network = Network(
        Affine(3, 4, np.random.default_rng(0)), ReLU(), Affine(4, 3, np.random.default_rng(1))
    )
    demo = ColorNaming(network)
    before = demo.shares.copy()
    network.layers[0].W[:] = np.nan
    demo.update()
    np.testing.assert_array_equal(demo.shares, before)


@pytest.mark.parametrize(
    "network",
    [
        Lesson(outputs=10), Network(Affine(784, 3, np.random.default_rng(0))), Network, 5, "net",
        np.zeros((3, 3)), lambda x: x,
    ],
)  # fmt: skip
def test_a_network_that_does_not_fit(network):
    with pytest.raises(ValueError, match="does not fit here") as caught:
        ColorNaming(network)
    assert "3 scores" in str(caught.value) and caught.value.__cause__ is None


@pytest.mark.parametrize("scale", [np.nan, np.inf, 1e308])
def test_a_network_whose_training_has_gone_wrong(scale):
    with pytest.raises(ValueError, match="not a number"):
        ColorNaming(Lesson(scale=scale))


def test_scores_that_are_huge():
    demo = ColorNaming(Lesson(scale=1e300))
    assert "red 33 %, green 33 %, blue 33 %" in text(demo) and "No slider" in text(demo)


def test_japanese(monkeypatch):
    texts.use("ja")
    demo = ColorNaming()
    assert "赤（red）" in text(demo) and demo.sliders[2].description == "青（blue）"
    with pytest.raises(ValueError, match="使えません"):
        ColorNaming(5)
