"""What lesson 01 claims in its prose, where it is not an output that nbval compares."""

import numpy as np
from lessons import EDITIONS


def test_fibonacci_numbers():
    a, b, row = 0, 1, []
    while len(row) < 12:
        row.append(a)
        a, b = b, a + b
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == "01"]
    (cell,) = [cell for cell in lesson.code if cell.id == "fibonacci-loop"]
    assert [int(number) for number in cell.outputs[0].text.split()] == row
    assert {34, 55, 89} <= {*row, 55 + 34}


def seeds(angle, count=700):
    """Return the places of the seeds as the lesson draws them."""
    n = np.arange(count)
    return np.sqrt(n)[:, np.newaxis] * np.stack([np.cos(n * angle), np.sin(n * angle)], axis=1)


def test_neighbours_in_the_flower_are_fibonacci_numbers_apart(lesson):
    angle = lesson["sunflower"]["angle"]
    assert abs(angle - np.pi * (3 - np.sqrt(5))) < 1e-5, "the golden angle"
    places = seeds(angle)
    for n in range(600, 700):
        earlier = np.hypot(*(places[:n] - places[n]).T)
        assert sorted(n - np.argsort(earlier)[:3]) == [34, 55, 89]


def test_a_third_of_a_turn_gives_three_rays():
    assert abs(2.0944 - 2 * np.pi / 3) < 1e-5
    angles = np.arctan2(*seeds(2.0944)[1:].T)
    rays = np.unique(np.round(np.exp(3j * angles), 1))
    assert len(rays) == 1


def test_the_golden_angle_fills_the_room_most_evenly():
    def smallest_gap(angle):
        places = seeds(angle)[100:]
        distances = np.hypot(*(places[:, np.newaxis] - places).transpose(2, 0, 1))
        return distances[~np.eye(len(places), dtype=bool)].min()

    golden = smallest_gap(2.39996)
    assert all(smallest_gap(angle) < golden for angle in (2.39, 2.1, 2.0944))


def test_full_width_bracket_gives_the_message_that_the_lesson_quotes():
    try:
        compile("print\uff08'hello'\uff09", "cell", "exec")
    except SyntaxError as error:
        message = error.msg
    for lesson in EDITIONS["en"] + EDITIONS["ja"]:
        if lesson.number == "01":
            assert any(message in cell.source for cell in lesson.markdown)
