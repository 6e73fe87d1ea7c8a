"""Exercises: the solution satisfies its check, and typical wrong answers get a useful message.

An exercise NAME to write has a code cell write-NAME, a code cell check-NAME, and a Markdown cell
solution-NAME with the solution as its last Python block.
"""

import re

import pytest
from lessons import EDITIONS, LESSONS, run

WRONG = {  # (lesson, exercise): [(body of the function, a part of the message)]
    ("07", "count"): [
        ("...", "It returns nothing"),
        ("print(45360)", "It returns nothing"),
        ("return 784 * 50 + 50 * 100 + 100 * 10", "Add the biases"),
        ("return 784 * 50 + 50 * 100 + 100 * 10 + 50 + 100", "biases of the last layer"),
        ("return sum(a * b + a for a, b in zip(sizes, sizes[1:]))", "one bias for each OUTPUT"),
        ("for a, b in zip(sizes, sizes[1:]):\n        return a * b + b", "Only the first layer"),
        (
            "for a, b in zip(sizes, sizes[1:]):\n        count = a * b + b\n    return count",
            "Only the last layer",
        ),
        ("return sum(sizes)", "You have 944"),
        ("return list(sizes)", "You have [784, 50, 100, 10]"),
    ],
    ("07", "digit"): [
        ("...", "It must return ONE number"),
        ("return answers[t_test == digit]", "It must return ONE number"),
        ("return answers[t_test == digit] == digit", "It must return ONE number"),
        ("return np.mean(t_test[answers == digit] == digit)", "You took all ANSWERS"),
        ("return np.sum(answers[t_test == digit] == digit)", "A share is at most 1"),
        ("return np.mean(answers[t_test == digit])", "A share is at most 1"),
        ("return np.mean(answers == digit)", "For 0: "),
        ("return np.mean(answers == t_test)", "For 0: "),
        ("return np.mean(answers[t_test == digit] != digit)", "For 0: "),
    ],
}

CHECKS = [
    (lesson.number, cell.id.removeprefix("check-"))
    for lesson in EDITIONS["en"]
    for cell in lesson.code
    if cell.id.startswith("check-") and f"write-{cell.id[6:]}" in [c.id for c in lesson.code]
]


def answer(number, name, source, capsys):
    """Return what the check prints after the answer `source`."""
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == number]
    (check,) = [cell for cell in lesson.code if cell.id == f"check-{name}"]
    names = dict(run(number)[f"write-{name}"])
    capsys.readouterr()
    exec(source, names)
    exec(check.source, names)
    return capsys.readouterr().out


def solution(lesson, name):
    """Return the solution's code, the last Python block of the cell solution-NAME."""
    (cell,) = [cell for cell in lesson.markdown if cell.id == f"solution-{name}"]
    return re.findall(r"```python\n(.*?)```", cell.source, re.DOTALL)[-1]


def test_exercises_were_found():
    assert CHECKS and set(WRONG) == set(CHECKS)
    assert all(len(answers) >= 3 for answers in WRONG.values())


@pytest.mark.parametrize(("number", "name"), CHECKS)
def test_the_solution_is_right_in_both_editions(number, name, capsys):
    sources = {solution(lesson, name) for lesson in LESSONS if lesson.number == number}
    assert len(sources) == 1, "The two editions print different solutions."
    assert answer(number, name, sources.pop(), capsys).startswith("Right")


@pytest.mark.parametrize(
    ("number", "name", "body", "message"),
    [(*key, *case) for key, cases in WRONG.items() for case in cases],
)
def test_a_wrong_answer_is_told_why(number, name, body, message, capsys):
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == number]
    (blank,) = [cell for cell in lesson.code if cell.id == f"write-{name}"]
    told = answer(number, name, blank.source.replace("...", body), capsys)
    assert message in told and not told.startswith("Right")
