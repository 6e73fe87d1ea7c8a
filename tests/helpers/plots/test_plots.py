"""The pictures show what they should: their lines, bars, words and limits, not their pixels."""

import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgba

from helpers import plots
from helpers.losses import softmax

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_figures_are_readable_on_a_dark_page():
    assert to_rgba(plots.learning_curves(history()).get_facecolor()) == (1, 1, 1, 1)


def history():
    return {
        "train_loss": [2.3, 1.0, 0.5],
        "train_accuracy": [0.1, 0.6, 0.9],
        "test_loss": [2.4, 1.2, 0.8],
        "test_accuracy": [0.1, 0.5, 0.8],
    }


def test_learning_curves():
    left, right = plots.learning_curves(history()).axes
    train, test = left.lines
    np.testing.assert_array_equal(train.get_xydata(), [[1, 2.3], [2, 1], [3, 0.5]])
    np.testing.assert_array_equal(test.get_ydata(), [2.4, 1.2, 0.8])
    np.testing.assert_allclose(right.lines[1].get_ydata(), [10, 50, 80])
    assert left.get_ylim()[0] == 0 and left.get_ylim()[1] > 2.4
    assert right.get_ylim()[0] == 0 and right.get_ylim()[1] >= 100
    assert (left.get_xlabel(), left.get_ylabel()) == ("epoch", "loss")
    assert right.get_ylabel() == "accuracy (%)"
    names = [label.get_text() for label in right.get_legend().get_texts()]
    assert names == ["training data", "test data"]


def test_learning_curves_of_other_sets():
    left, right = plots.learning_curves(history(), ("training data", "validation data")).axes
    for axes in left, right:
        names = [label.get_text() for label in axes.get_legend().get_texts()]
        assert names == ["training data", "validation data"]


def test_learning_curves_without_accuracy():
    losses = {name: values for name, values in history().items() if "loss" in name}
    (axes,) = plots.learning_curves(losses).axes
    np.testing.assert_array_equal(axes.lines[1].get_ydata(), [2.4, 1.2, 0.8])
    assert axes.get_ylabel() == "loss"


def test_importing_plots_sets_the_style_and_so_does_use_style():
    with plt.rc_context():
        matplotlib.rcdefaults()
        assert plt.rcParams["axes.spines.top"]
        plots.use_style()
        assert not plt.rcParams["axes.spines.top"]
    code = "from helpers import plots; import matplotlib as m; print(m.rcParams['image.cmap'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "gray_r"


def test_learning_curves_before_the_first_epoch():
    left, _ = plots.learning_curves({name: [] for name in history()}).axes
    assert left.get_ylim()[0] == 0


def test_two_curves_differ_by_more_than_color():
    train, test = plots.learning_curves(history()).axes[0].lines
    assert train.get_marker() != test.get_marker()
    assert train.get_linestyle() != test.get_linestyle()


def test_digits(rng):
    x = rng.random((7, 784))
    axes = plots.digits(x, titles=range(7), columns=4).axes
    assert len(axes) == 8
    np.testing.assert_array_equal(axes[5].images[0].get_array(), x[5].reshape(28, 28))
    assert axes[5].get_title() == "5"
    assert not axes[7].images
    assert axes[0].images[0].get_clim() == (0, 1)
    assert axes[0].images[0].get_cmap()(0.0) == (1, 1, 1, 1), "0 is white paper"


def test_answers_right_and_wrong(rng):
    x, scores = rng.random((2, 784)), rng.normal(size=(2, 10))
    scores[:, 4] += 10
    images_and_bars = plots.answers(x, scores, np.array([4, 7])).axes
    right, wrong = images_and_bars[2:]
    np.testing.assert_array_equal(images_and_bars[1].images[0].get_array(), x[1].reshape(28, 28))
    heights = [bar.get_height() for bar in wrong.patches]
    np.testing.assert_allclose(heights, 100 * softmax(scores)[1])
    assert right.get_xlabel() == "4: right"
    assert wrong.get_xlabel() == "4: wrong\nit is 7"
    assert {bar.get_facecolor() for bar in right.patches} == {to_rgba(plots.BLUE)}
    assert {bar.get_hatch() for bar in right.patches} == {None}
    assert {bar.get_edgecolor() for bar in wrong.patches} == {to_rgba(plots.RED)}
    assert None not in {bar.get_hatch() for bar in wrong.patches}


def test_confusion_matrix():
    t, y = np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 0, 0])
    (axes,) = plots.confusion_matrix(t, y, classes=3).axes
    words = {text.get_position()[::-1]: text.get_text() for text in axes.texts}
    assert words == {(0, 0): "1", (0, 1): "1", (1, 1): "1", (2, 0): "2", (2, 2): "1"}
    np.testing.assert_array_equal(axes.images[0].get_array(), [[0, 1, 0], [0, 0, 0], [2, 0, 0]])
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("label", "answer")


def test_confusion_matrix_without_mistakes():
    (axes,) = plots.confusion_matrix(np.arange(3), np.arange(3), classes=3).axes
    assert not axes.images[0].get_array().any()


def test_weights(rng):
    W = rng.normal(size=(784, 12))
    *images, bar = plots.weights(W).axes
    assert len(images) == 20
    np.testing.assert_array_equal(images[11].images[0].get_array(), W[:, 11].reshape(28, 28))
    limits = {axes.images[0].get_clim() for axes in images[:12]}
    assert limits == {(-np.abs(W).max(), np.abs(W).max())}
    assert not images[12].images
    assert bar.get_ylabel() == "weight"
    below, zero, above = images[0].images[0].get_cmap()([0.0, 0.5, 1.0])
    assert below[0] > below[2] and above[2] > above[0] and min(zero) > 0.95, "red, white, blue"
