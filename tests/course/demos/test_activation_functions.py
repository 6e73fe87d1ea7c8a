"""The demo of activation functions says the right values and slopes, at every place."""

import re

import numpy as np
import pytest

from course import texts
from course.demos import activation_functions
from course.demos.activation_functions import FUNCTIONS, GAINS, ActivationFunctions, hides, slope

pytestmark = pytest.mark.usefixtures("no_warnings")
PLACES = np.linspace(-5, 5, 101).round(1)


@pytest.fixture
def demo(monkeypatch):
    """Give the demo as it begins, in English."""
    texts.use("en")
    return ActivationFunctions()


def rows(demo):
    """Return {function: (answer, slope)} as the demo says them."""
    text = re.sub(r" (style|scope)=.*?>", ">", demo.words.value)
    table = [re.findall(r"<t[dh]>(.*?)</t[dh]>", row) for row in text.split("<tr>")[1:]]
    return {name: (value, rise) for name, value, rise in list(zip(*table, strict=True))[1:]}


def test_functions_are_those_of_the_lesson():
    z = np.array([-5.0, -1, 0, 1, 5])
    np.testing.assert_array_equal(FUNCTIONS["step"](z), [0, 0, 0, 1, 1])
    np.testing.assert_allclose(FUNCTIONS["sigmoid"](z), 1 / (1 + np.exp(-z)))
    np.testing.assert_allclose(FUNCTIONS["tanh"](z), 2 * FUNCTIONS["sigmoid"](2 * z) - 1)
    np.testing.assert_array_equal(FUNCTIONS["relu"](z), [0, 0, 0, 1, 5])


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("gain", GAINS)
def test_slopes_are_those_of_small_changes(name, gain):
    f, h = FUNCTIONS[name], 1e-6
    for z in PLACES[PLACES != 0]:
        change = (f(gain * (z + h)) - f(gain * (z - h))) / (2 * h)
        assert slope(name, z, gain) == pytest.approx(change, rel=1e-5, abs=1e-5)


def test_there_is_no_single_slope_at_a_jump_or_a_kink():
    assert slope("step", 0) is None and slope("relu", 0.0, 20) is None
    assert slope("sigmoid", 0) == 0.25 and slope("tanh", 0) == 1
    assert [slope(name, 0, 0) for name in FUNCTIONS] == [0, 0, 0, 0]


def test_it_begins_as_in_the_lesson(demo):
    assert rows(demo) == {
        "step": ("1", "0"), "sigmoid": ("0.622", "0.235"),
        "tanh": ("0.462", "0.786"), "relu": ("0.5", "1"),
    }  # fmt: skip
    assert "gain × z = 1 × 0.5 = 0.5" in demo.words.value


def test_the_middle(demo):
    demo.z.value = 0
    assert rows(demo) == {
        "step": ("0", "none (a jump)"), "sigmoid": ("0.5", "0.25"),
        "tanh": ("0", "1"), "relu": ("0", "no single one (a kink)"),
    }  # fmt: skip
    assert not len(demo.panels["step"].tangent.get_xdata())
    assert len(demo.panels["tanh"].tangent.get_xdata()) == 2


def test_far_out_nothing_soft_is_called_flat(demo):
    demo.gain.value, demo.z.value = 100, -5
    assert rows(demo) == {
        "step": ("0", "0"), "sigmoid": ("almost 0", "almost 0"),
        "tanh": ("almost −1", "almost 0"), "relu": ("0", "0"),
    }  # fmt: skip
    demo.z.value = 5
    assert rows(demo)["sigmoid"] == ("almost 1", "almost 0")
    assert rows(demo)["relu"] == ("500", "100")
    assert demo.panels["relu"].point.get_marker() == "^", "its place is above the picture"
    assert "≈" in demo.panels["tanh"].title.get_text()


def test_gains_0_and_below(demo):
    demo.gain.value = 0
    assert {value for value, _ in rows(demo).values()} == {"0", "0.5"}
    assert {rise for _, rise in rows(demo).values()} == {"0"}
    demo.gain.value, demo.z.value = -1, -2
    assert "gain × z = −1 × (−2) = 2" in demo.words.value
    assert rows(demo)["relu"] == ("2", "−1")


def test_points_lie_on_their_curves(demo):
    for gain in (-1, 0.5, 1):
        demo.gain.value = gain
        for z in (-5, -0.7, 0.3, 4.9):
            demo.z.value = z
            for name, panel in demo.panels.items():
                ((x,), (y,)) = panel.point.get_data()
                assert (x, y) == pytest.approx((z, float(FUNCTIONS[name](gain * z))))
                assert np.interp(x, *panel.curve.get_data()) == pytest.approx(y, abs=0.01)
                middle = [np.mean(side) for side in panel.tangent.get_data()]
                assert middle == pytest.approx([x, y])


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_place_can_be_shown(demo, language):
    demo.language = language
    demo.png = lambda: b""
    for gain in GAINS:
        demo.gain.value = gain
        for z in PLACES[::5]:
            demo.z.value = z
            assert "nan" not in demo.words.value and "inf" not in demo.words.value


def test_hidden_digits():
    assert hides("sigmoid", 0.99999, 12, 1) and not hides("sigmoid", 0.5, 0, 1)
    assert not hides("step", 1.0, 3, 1) and not hides("tanh", 0.0, 5, 0)
    assert activation_functions.sigmoid(-500.0) > 0
