"""What the prose of lesson 02 claims, where it is not an output that nbval compares."""

import numpy as np
import pytest
from lessons import EDITIONS


def output(cell_id):
    """Return what the stored output of a cell of the English lesson says."""
    (found,) = [les for les in EDITIONS["en"] if les.number == "02"]
    (cell,) = [cell for cell in found.code if cell.id == cell_id]
    return cell.outputs[-1]


def test_02_exercise_1(lesson):
    a = lesson["vector"]["a"]
    assert (a + a).tolist() == [2, 4, 6] and (a * a).tolist() == [1, 4, 9]


def test_02_the_face_is_made_of_42_numbers(lesson):
    smiley = lesson["smiley"]["smiley"]
    assert smiley.size == 42 and set(smiley.flat) == {0, 1}
    sad = smiley.copy()
    sad[3], sad[5] = smiley[5], smiley[3]
    assert sad[3].tolist() == [0, 0, 1, 1, 1, 0, 0] and smiley[3, 0] == 1
    assert smiley[0, 1] == 1, "exercise 2 changes it to 0"


def test_02_there_are_1797_digits(lesson):
    names = lesson["digit"]
    assert (len(names["x_train"]), len(names["x_test"])) == (1500, 297)
    assert 1500 + 297 == 1797 and names["x_train"].shape[1] == 784 == 28 * 28
    assert names["t_train"][3] == 3
    assert names["digit"].min() == 0 and names["digit"].max() == 1


def test_02_no_point_of_the_digit_is_rounded_by_chance(lesson):
    """No number lies on the border between two rounded ones, where machines could differ."""
    nine = 9 * lesson["digit"]["digit"].astype(float)
    assert np.abs(nine % 1 - 0.5).min() > 0.01


def test_02_what_friends_pay(lesson):
    names = lesson["inner"]
    assert (names["bought"] @ names["prices"]).tolist() == [77, 209, 341]
    assert 5 * 11 + 7 * 22 == 209
    product = lesson["product"]["A"] @ lesson["product"]["B"]
    assert product[1, 0] == 4 * 1 + 5 * 3 + 6 * 5 == 49


def test_02_meant_errors_say_what_the_prose_quotes():
    assert "index 2 is out of bounds for axis 0 with size 2" in output("index-error").evalue
    assert "size 2 is different from 3" in output("shape-error").evalue
    message = "could not be broadcast together with shapes (3,2) (3,)"
    assert message in output("broadcast-error").evalue


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ((2, 3), (3, 4), (2, 4)),
        ((3, 4), (2, 3), None),
        ((5, 2), (2,), (5,)),
        ((100, 784), (784, 50), (100, 50)),
    ],
)
def test_02_exercise_4(left, right, result):
    if result is None:
        with pytest.raises(ValueError):
            np.ones(left) @ np.ones(right)
    else:
        assert (np.ones(left) @ np.ones(right)).shape == result


def test_02_axes(lesson):
    bought = lesson["inner"]["bought"]
    assert bought.sum() == 36
    assert bought.mean(axis=0).tolist() == [5, 7] == bought[1].tolist()
    column = bought.mean(axis=1).reshape(3, 1)
    assert (bought - column).shape == (3, 2)


def test_02_both_runners_get_the_same(lesson):
    """How fast they are is measured by benchmarks/loops_and_arrays.py."""
    assert lesson["runners"]["with_loop"]() == lesson["runners"]["with_array"]().tolist()
    assert lesson["time"]["ratio"] > 0
    assert output("time").text == "The array is more than 10 times as fast.\n"


def test_02_means_read_220_of_297(lesson):
    names = lesson["scores"]
    assert all(140 < count < 160 for count in np.bincount(names["t_train"]))
    scores = np.sort(names["x_test"] @ names["means"].T, axis=1)
    answers = np.argmax(names["x_test"] @ names["means"].T, axis=1)
    assert np.sum(answers == names["t_test"]) == 220 and round(100 * 220 / 297) == 74
    assert np.sum(answers == 1) == 80 and np.sum(names["t_test"] == 1) == 31
    assert (scores[:, -1] - scores[:, -2]).min() > 0.01, "no answer is a matter of rounding"
    assert max(np.bincount(names["t_test"])) < 0.12 * 297, "guessing gets about 30"
