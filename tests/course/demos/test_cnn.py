"""What the layers of the CNN see: true numbers, every part of each layer, pictures given to it."""

import numpy as np
import pytest

from course import texts
from course.demos.cnn import COUNTS, CNNDemo, examples, seen
from course.demos.cnn_picture import tiles
from course.demos.handwriting.pad import Pad
from helpers.folders import DATA
from helpers.saving import load_network

pytestmark = pytest.mark.usefixtures("no_warnings")


@pytest.fixture
def demo():
    return CNNDemo()


def test_the_numbers_are_those_of_the_network():
    x, _ = examples()
    network = load_network(DATA / "trained_cnn.npz")
    found = seen(x[5])
    scores = network.forward(x[5].reshape(1, 28, 28, 1))[0]
    np.testing.assert_allclose(found.scores, scores, rtol=1e-5)
    np.testing.assert_allclose(found.sums, network.layers[0].forward(x[5][None, :, :, None])[0])
    assert found.pooled.shape == found.rectified.shape == (12, 12, 30)
    np.testing.assert_array_equal(found.rectified, np.maximum(found.pooled, 0))
    assert found.percents.sum() == pytest.approx(100, abs=1e-3)
    votes = sum(found.votes(k) for k in range(100))
    np.testing.assert_allclose(votes + network.layers[-1].b, scores, rtol=1e-3, atol=1e-3)


def test_tiles_keep_each_map_in_its_place():
    maps = np.arange(12 * 12 * 30.0).reshape(12, 12, 30)
    table = tiles(maps, 10)
    assert table.shape == (3 * 14, 10 * 14)
    np.testing.assert_array_equal(table[15:27, 29:41], maps[:, :, 12])
    assert np.isnan(table[14]).all()


def test_every_layer_and_both_ends_of_its_parts(demo):
    for layer, count in enumerate(COUNTS):
        demo.layer.value = layer
        assert demo.part.max == count - 1
        for part in (0, count - 1):
            before = demo.picture.value
            demo.part.value = part
            assert f"{part}" in demo.words.value
        assert demo.picture.value != before


def test_the_largest_sum_and_its_window_are_framed(demo):
    demo.digit.value, demo.layer.value, demo.part.value = 3, 1, 20
    sums = demo.seen.sums[:, :, 20]
    row, column = demo.seen.largest(1, 20)
    assert sums[row, column] == sums.max()
    assert f"row {row}, column {column}" in demo.words.value
    assert demo.drawing.strongest.get_xy() == (column, row)
    assert demo.drawing.window.get_xy() == (column, row)
    assert demo.drawing.window.get_width() == 5


def test_pooled_numbers_come_from_six_by_six_pixels(demo):
    demo.layer.value = 2
    row, column = demo.seen.largest(2, 10)
    assert demo.drawing.window.get_xy() == (2 * column, 2 * row)
    assert demo.drawing.window.get_width() == 6


def test_right_and_wrong_answers_are_told(demo):
    _, t = examples()
    for digit in (0, 63, 296):
        demo.digit.value = digit
        answer = int(np.argmax(demo.seen.percents))
        told = "right" if answer == t[digit] else "wrong"
        assert f"reads a {answer}" in demo.words.value and told in demo.words.value


def test_a_picture_from_outside():
    x, _ = examples()
    for given in (x[2], x[2].ravel(), x[2].tolist(), x[2][:, :, None]):
        demo = CNNDemo(given)
        np.testing.assert_allclose(demo.seen.x, x[2])
        assert demo.digit.disabled and "label" not in demo.words.value
        demo.which.value = "test"
        assert not demo.digit.disabled and "label" in demo.words.value


@pytest.mark.parametrize("given", [[1, 2], "three", np.zeros((27, 28)), np.full((28, 28), np.nan)])
def test_what_is_no_picture_is_refused_in_words(given):
    with pytest.raises(ValueError, match="28 x 28"):
        CNNDemo(given)


def test_the_demo_of_the_pad_is_followed():
    pad = Pad()
    demo = CNNDemo(pad)
    assert "no ink" in demo.words.value
    pad.pad.strokes = [[[0.5, 0.1], [0.5, 0.9]]]
    np.testing.assert_allclose(demo.seen.x, pad.image)
    assert "reads a 1" in demo.words.value
    pad.pad.strokes = []
    assert "no ink" in demo.words.value


def test_all_ink_and_no_ink():
    for picture in (np.zeros((28, 28)), np.ones((28, 28)), 1e9 * np.ones((28, 28))):
        demo = CNNDemo(picture)
        for layer in range(6):
            demo.layer.value = layer


def test_both_languages(monkeypatch):
    texts.use("ja")
    assert "ネットワークの答え" in CNNDemo().words.value
