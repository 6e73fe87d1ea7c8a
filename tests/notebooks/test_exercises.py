"""Exercises: the solution satisfies its check, and typical wrong answers get a useful message.

An exercise NAME to write has a code cell write-NAME, a code cell check-NAME, and a Markdown cell
solution-NAME with the solution as its last Python block. The wrong answers stand in
wrong_answers/NN.toml: what replaces the three dots of write-NAME, and a part of the message.
"""

import re
import textwrap
import tomllib
from pathlib import Path

import pytest
from lessons import EDITIONS, LESSONS, run

WRONG = {  # {(lesson, exercise): [{"body": ..., "message": ...}]}
    (path.stem, name): answers
    for path in sorted(Path(__file__).with_name("wrong_answers").glob("*.toml"))
    for name, answers in tomllib.loads(path.read_text(encoding="utf-8")).items()
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
    ("number", "name", "wrong"), [(*key, case) for key, cases in WRONG.items() for case in cases]
)
def test_a_wrong_answer_is_told_why(number, name, wrong, capsys):
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == number]
    (blank,) = [cell for cell in lesson.code if cell.id == f"write-{name}"]
    indent = re.search(r"^( *)\.\.\.$", blank.source, re.MULTILINE)[1]
    body = textwrap.indent(wrong["body"], indent)
    source = blank.source.replace(f"{indent}...", body)
    told = answer(number, name, source, capsys)
    assert wrong["message"] in told and not told.startswith("Right")
