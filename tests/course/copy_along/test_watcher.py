"""A workbook of lesson 03, watched cell by cell, without a front end."""

import json
import re
import statistics
import time

import nbformat
import pytest
from lessons import TAUGHT

from course import copy_along
from course.copy_along import lessons, progress_store, watcher
from course.texts import COPY_ALONG, LANGUAGES

PERCEPTRON = lessons.find("03", "en")


def test_a_tick(desk):
    shown = desk.run(
        "x1 , x2 = 1,0 # mine\nw1, w2, b = (3, 2, -2.50)\nz = w1*x1 + w2*x2 + b\nprint(z)",
        "weighted-sum",
    )
    assert shown.startswith("✓ Same as the lesson.") and "1 of 27" in shown


def test_a_box_shows_both_lines_and_marks_the_difference(desk):
    desk.lesson("weighted-sum")
    desk.lesson("product")
    source = PERCEPTRON.source("all").replace("X @ w", "X * w[0]")
    shown = desk.run(source, "all")
    assert "X @ w + b" in shown and "X * w[0] + b" in shown and "^" in shown
    assert "font-weight: bold" in desk.html and "border-bottom" in desk.html
    assert "all" not in desk.watcher.record.done


def test_a_syntax_error_is_explained(desk):
    assert "colon" in desk.run(PERCEPTRON.source("years").replace("):\n", ")\n"), "years")
    shown = desk.run("x = np.array（[1, 0])\nw = np.array([3, 2])\nprint(x @ w + b)", "product")
    assert "full-width" in shown and "`(`" in shown


def test_a_name_from_a_cell_that_was_not_run(desk):
    shown = desk.lesson("product")
    assert "Run the cell in “One neuron” first" in shown and "x1, x2 = 1, 0" in shown
    assert "product" not in desk.watcher.record.done
    desk.lesson("weighted-sum")
    assert desk.lesson("product").startswith("✓")


def test_a_name_that_was_spelt_otherwise(desk):
    source = PERCEPTRON.source("weighted-sum").replace("b", "bias")
    desk.run(source, "weighted-sum")
    assert "spelt the same" in desk.lesson("product")


def test_an_error_that_comes_from_further_up(desk):
    desk.lesson("weighted-sum")
    desk.lesson("product")
    desk.shell.run_cell("w = np.array([1, 2, 3])")
    assert "The cause lies further up" in desk.lesson("all")


def test_an_experiment_is_welcome(desk):
    desk.lesson("weighted-sum")
    shown = desk.run(PERCEPTRON.source("product").replace("[3, 2]", "[7, 2]"), "product")
    assert "Trying something out" in shown and "3" in shown and "7" in shown
    assert "product" not in desk.watcher.record.done


def test_an_experiment_after_the_tick_takes_nothing_back(desk):
    desk.lesson("weighted-sum")
    desk.run(PERCEPTRON.source("weighted-sum").replace("3", "4"), "weighted-sum")
    assert "weighted-sum" in desk.watcher.record.done


def test_an_interrupted_cell_is_no_mistake(desk):
    desk.shell.user_ns["np"] = type("Busy", (), {"array": lambda self, _: interrupt()})()
    assert desk.lesson("product") == "" and desk.html == ""


def interrupt():
    """Do what the stop button does."""
    raise KeyboardInterrupt


def test_an_error_that_is_the_lesson(desk):
    for cell_id in ("weighted-sum", "step-first", "product", "all"):
        desk.lesson(cell_id)
    assert "✓" in desk.lesson("array-error")


@pytest.mark.parametrize("cell_id", [None, "0b1c", "years"])
@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n \n",
        "# note",
        "1 + 1",
        "import math\nmath.pi",
        "print(2 + 3)",
        "del a_b_c",
        "print(w)",
    ],
)
def test_nothing_is_said_about_cells_of_ones_own(desk, source, cell_id):
    assert "✓" not in desk.run(source, cell_id) and desk.html == ""


def test_given_cells_and_exercises_are_left_alone(desk):
    assert desk.lesson("imports") == ""
    assert desk.run("def nand_weights():\n    return -1, -1, 2", "write-nand") == ""
    assert "full-width" in desk.run("def nand_weights（):\n    return 1", "write-nand")


def test_without_a_cell_id_and_in_a_moved_or_copied_cell(desk):
    assert "✓" in desk.run(PERCEPTRON.source("weighted-sum"))
    assert "✓" in desk.run(PERCEPTRON.source("weighted-sum"), "copy")
    assert "✓" in desk.run(PERCEPTRON.source("years"), "weighted-sum")
    assert desk.watcher.record.done == {"weighted-sum", "years"}
    desk.run(PERCEPTRON.source("step-first").replace("step(0)", "stepp(0)"))
    assert "stepp" in desk.html


def test_the_same_code_twice_in_a_lesson():
    lesson = lessons.find("03", "en")
    lesson.code["again"] = nbformat.v4.new_code_cell(lesson.source("years"), id="again")
    lesson.typed.append("again")
    finder = watcher.Finder(lesson)
    first = finder.find(lesson.source("years"), None)
    assert (first, finder.find(lesson.source("years"), None, {"years"})) == ("years", "again")


def test_a_cell_split_in_two(desk):
    lines = PERCEPTRON.source("weighted-sum").splitlines(keepends=True)
    shown = desk.run("".join(lines[:2]), "weighted-sum")
    assert "Still to come: `z = w1 * x1 + w2 * x2 + b`" in shown
    assert "✓" in desk.run("".join(lines[2:]), "new")
    assert desk.watcher.record.done == {"weighted-sum"}


def test_a_cell_split_in_two_whose_second_part_keeps_the_id(desk):
    lines = PERCEPTRON.source("weighted-sum").splitlines(keepends=True)
    assert "Right so far" in desk.run("".join(lines[:2]), "new")
    assert "✓" in desk.run("".join(lines[2:]), "weighted-sum")


def test_two_cells_joined_into_one(desk):
    source = PERCEPTRON.source("weighted-sum") + "\n\n" + PERCEPTRON.source("step-first")
    assert "✓" in desk.run(source, "weighted-sum")
    assert desk.watcher.record.done == {"weighted-sum", "step-first"}


def test_a_timed_cell(desk):
    source = PERCEPTRON.source("weighted-sum")
    assert "✓" in desk.run("%%time\n" + source, "weighted-sum")
    shown = desk.run("%%time\n" + source.replace("b = 3", "c = 3"), "weighted-sum")
    assert "`b`" in shown and "`c`" in shown


def test_a_line_of_ones_own(desk):
    shown = desk.run(PERCEPTRON.source("weighted-sum") + "\nprint('hello')", "weighted-sum")
    assert "Line 5 is your own" in shown


def test_a_failing_check_breaks_nothing(desk, monkeypatch):
    monkeypatch.setattr(watcher, "review", lambda *_: 1 / 0)
    assert "could not be compared" in desk.lesson("weighted-sum")
    assert desk.shell.user_ns.pop("x1") == 1
    monkeypatch.setattr(watcher.feedback_html, "note", lambda *_: 1 / 0)
    assert desk.lesson("weighted-sum") == ""
    assert desk.shell.user_ns["x1"] == 1


def test_my_work_that_cannot_be_written_breaks_nothing(desk, work):
    work.write_text("a file where the folder should be", encoding="utf-8")
    assert "could not be compared" in desk.lesson("weighted-sum")
    assert desk.shell.user_ns["x1"] == 1


def test_odd_cells_break_nothing(desk):
    for source in ("\x00", "(" * 500, "%time 1", "!", "?", "x = 1\n" * 5_000, "\ud800", "'" * 77):
        desk.run(source, "years")
        desk.run(source)
    assert "✓" in desk.lesson("weighted-sum")


def test_the_hook_adds_less_than_50_ms(desk):
    """The median of a hundred cells, right and wrong ones, with and without an id."""
    seconds = []
    watch = desk.watcher.look

    def look(result):
        start = time.perf_counter()
        watch(result)
        seconds.append(time.perf_counter() - start)

    desk.watcher.look = look
    for cell_id in PERCEPTRON.typed:
        source = PERCEPTRON.source(cell_id)
        desk.run(f"if False:\n{re.sub('^', '    ', source, flags=re.MULTILINE)}")
        desk.run(source.replace("(", "（"), cell_id)
        desk.run(source.replace("(", "（"))
    assert len(seconds) > 80
    assert statistics.median(seconds) < 0.05


def test_watching_again_shows_one_tick_only(open_desk):
    desk = open_desk()
    desk.watch("03_perceptron_en")
    desk.lesson("imports")
    assert desk.lesson("weighted-sum").count("✓") == 1


def test_progress_by_section(desk):
    text = desk.watcher.overview()["text/plain"]
    assert "0 of 27" in text and "0 of 6  One neuron" in re.sub(" +(?=0 of)", "", text)
    desk.lesson("weighted-sum")
    assert "1 of 6  One neuron" in desk.watcher.overview()["text/plain"]


def finish(number, language="en", accuracy=None, but=0):
    """Note all cells of a lesson as done."""
    lesson = lessons.find(number, language)
    record = progress_store.Record(f"{lesson.name}_{language}")
    record.add(lesson.typed[but:], accuracy)
    return record


@pytest.mark.parametrize("language", LANGUAGES)
def test_finishing_a_lesson_says_what_was_learnt(open_desk, language):
    finish("03", language, but=1)
    desk = open_desk(f"03_perceptron_{language}")
    desk.lesson("years")
    assert COPY_ALONG.say("finished", language, number="03") in desk.markdown
    assert lessons.find("03", language).recap() in desk.markdown
    desk.lesson("years")
    assert desk.markdown == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_finishing_all_lessons_writes_a_certificate(open_desk, work, language):
    for lesson in TAUGHT:
        if lesson.edition == language and lesson.number != "03":
            finish(lesson.number, language, 0.9712 if lesson.number == "07" else 0.3)
    with pytest.raises(ValueError, match="03"):
        copy_along.certificate("Hanako", language)
    finish("03", language, but=1)
    desk = open_desk(f"03_perceptron_{language}")
    desk.lesson("years")
    page = (work / f"certificate_{language}.html").read_text(encoding="utf-8")
    assert "97.1%" in page and lessons.find("03", language).title in page
    assert "certificate_" in desk.html and "copy_along.certificate(" in desk.html
    copy_along.certificate("<Hanako>", language)
    page = (work / f"certificate_{language}.html").read_text(encoding="utf-8")
    assert "&lt;Hanako&gt;" in page


def test_the_accuracy_is_the_learners_own(desk):
    desk.run("history = {'test_accuracy': [0.5, 0.93]}")
    assert progress_store.Record("03_perceptron_en").accuracy == 0.93
    for odd in ("[1, 2]", "{'test_accuracy': np.ones(3)}", "{'test_accuracy': ['a']}"):
        assert desk.run(f"history = {odd}") == ""
    assert json.loads(desk.watcher.record.path.read_text(encoding="utf-8"))["accuracy"] == 0.93
