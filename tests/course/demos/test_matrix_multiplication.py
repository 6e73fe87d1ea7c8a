"""The demo of the matrix product counts right, step by step, for all shapes."""

import itertools

import numpy as np
import pytest

from course import texts
from course.demos.matrix_multiplication import (
    MOST,
    MatrixMultiplication,
    counting,
    finished,
    position,
    steps,
)

pytestmark = pytest.mark.usefixtures("no_warnings")
SHAPES = [(a, b, d) for a, b, d in itertools.product(range(1, MOST + 1), repeat=3)]


@pytest.fixture
def demo(monkeypatch):
    """Give the demo as it begins, in English."""
    texts.use("en")
    return MatrixMultiplication()


def seen_texts(table):
    """Return what stands in the boxes of a table that are seen, row by row."""
    return [text.get_text() for text in table.texts.values() if text.get_visible()]


def bold(table):
    """Return the places of a table's bold numbers."""
    return [place for place, text in table.texts.items() if text.get_weight() == "bold"]


def test_steps_lead_to_the_product():
    wrong = [(a, b, d) for a, b, d in SHAPES if not leads(counting(a, b), counting(b, d) - 5)]
    assert not wrong


def leads(A, B):
    """Return whether the steps, taken one after the other, make A @ B, and say what is finished."""
    C, right = np.zeros((len(A), B.shape[1]), int), []
    for step in range(1, steps(A, B) + 1):
        i, j, done = position(step, A, B)
        C[i, j] += A[i, done - 1] * B[done - 1, j]
        ready = finished(step, A, B)
        right += [C[spot] == total == (A @ B)[spot] for spot, total in ready.items()]
    right += [steps(A, B) == A.size * B.shape[1], len(ready) == C.size, np.array_equal(C, A @ B)]
    right += [position(0, A, B) == (0, 0, 0), finished(0, A, B) == {}]
    return all(right)


def test_impossible_shapes_have_no_steps():
    assert steps(counting(2, 3), counting(4, 2)) == 0
    assert finished(3, counting(2, 3), counting(4, 2)) == {}


def test_it_begins_with_the_matrices_of_the_lesson(demo):
    np.testing.assert_array_equal(demo.A, [[1, 2, 3], [4, 5, 6]])
    np.testing.assert_array_equal(demo.B, [[1, 2], [3, 4], [5, 6]])
    assert "(2, 3) @ (3, 2) works" in demo.words.value
    assert seen_texts(demo.drawing.tables[2]) == ["?", "", "", ""]


def test_row_and_column_meet(demo):
    demo.stepper.at.value = 8
    left, right, result = demo.drawing.tables
    assert bold(left) == [(1, 1)] and bold(right) == [(1, 0)] and bold(result) == [(1, 0)]
    assert seen_texts(result) == ["22", "28", "?", ""]
    assert "Row 4 5 6 meets column 1 3 5" in demo.words.value
    assert "4 × 1 + 5 × 3 = 19" in demo.words.value
    demo.stepper.at.value = 9
    assert "4 × 1 + 5 × 3 + 6 × 5 = 49" in demo.words.value
    assert "element [1, 0]" in demo.words.value
    assert demo.drawing.total.get_text() == "49"
    assert [pair.product.get_text() for pair in demo.drawing.pairs[:3]] == ["4", "15", "30"]
    demo.stepper.at.value = 12
    assert seen_texts(result) == ["22", "28", "49", "64"]
    assert "All is done" in demo.words.value


def test_impossible_shapes_are_explained(demo):
    demo.stepper.at.value = 5
    demo.sizes[2].value = 4
    assert "(2, 3) @ (4, 2) does not work" in demo.words.value
    assert "column of B needs a partner in a row of A. Without a partner: 1" in demo.words.value
    _, right, result = demo.drawing.tables
    hatched = [place for place, box in right.boxes.items() if box.get_hatch()]
    assert hatched == [(3, 0)] and seen_texts(result) == []
    assert demo.drawing.rule.equal.get_text() == "3 ≠ 4"
    assert demo.stepper.at.value == 0 and all(part.disabled for part in demo.stepper.parts)
    demo.sizes[1].value = 4
    assert "works" in demo.words.value and not demo.stepper.at.disabled
    demo.sizes[2].value = 1
    assert "row of A needs a partner in a column of B. Without a partner: 3" in demo.words.value
    demo.sizes[1].value = 1
    assert not any(box.get_hatch() for table in demo.drawing.tables for box in table.boxes.values())


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_all_shapes_and_steps_can_be_shown(demo, language):
    demo.language = language
    demo.png = lambda: b""
    for shape in itertools.product((1, 3, MOST), repeat=4):
        for size, control in zip(shape, demo.sizes, strict=True):
            control.value = size
        assert demo.A.shape + demo.B.shape == shape
        demo.stepper.at.value = demo.stepper.at.max
        pictured = [*map(str, (demo.A @ demo.B).flat)] if shape[1] == shape[2] else []
        assert seen_texts(demo.drawing.tables[2]) == pictured


def test_all_lies_inside_the_picture(demo):
    for size in demo.sizes:
        size.value = MOST
    demo.stepper.at.value = demo.stepper.at.max
    box = demo.figure.bbox
    for text in demo.figure.axes[0].texts:
        if text.get_visible() and text.get_text():
            seen = text.get_window_extent()
            assert box.x0 <= seen.x0 and seen.x1 <= box.x1, text.get_text()
            assert box.y0 <= seen.y0 and seen.y1 <= box.y1, text.get_text()


def test_other_numbers_and_back(demo):
    counting_, other = demo.numbers
    demo.stepper.at.value = 12
    other.click()
    assert demo.stepper.at.value == 0 and (0 <= demo.A).all() and (demo.B <= 9).all()
    before = demo.A.copy()
    other.click()
    assert not np.array_equal(demo.A, before)
    counting_.click()
    np.testing.assert_array_equal(demo.A, counting(2, 3))


def test_buttons_walk_through_the_steps(demo):
    _, back, step, play, reset = demo.stepper.parts
    back.click()
    assert demo.stepper.at.value == 0
    step.click()
    step.click()
    assert demo.stepper.at.value == 2
    back.click()
    assert demo.stepper.at.value == demo.stepper.clock.value == 1
    play.click()
    assert demo.stepper.clock.playing and play.description == "Pause"
    step.click()
    assert not demo.stepper.clock.playing and demo.stepper.at.value == 2
    demo.stepper.at.value = 12
    step.click()
    assert demo.stepper.at.value == 12
    play.click()
    assert demo.stepper.at.value == 0 and demo.stepper.clock.playing, "from the start"
    play.click()
    assert not demo.stepper.clock.playing and play.description == "Play"
    demo.stepper.at.value = 7
    reset.click()
    assert demo.stepper.at.value == 0


def test_other_sizes_stop_the_play(demo):
    demo.stepper.parts[3].click()
    demo.sizes[0].value = 4
    assert not demo.stepper.clock.playing and demo.stepper.at.max == demo.stepper.clock.max == 24
