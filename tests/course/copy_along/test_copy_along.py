"""Workbooks: made from every lesson, and watched cell by cell."""

import json
import re
import shutil
import statistics
import subprocess
import sys
import time
from copy import deepcopy

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from lessons import ROOT, TAUGHT, every_lesson

from course import copy_along
from course.copy_along import cloze, lessons, progress_store, watcher, workbooks
from course.copy_along.review import review
from course.copy_along.__main__ import main
from course.texts import COPY_ALONG, LANGUAGES
from helpers import folders

PERCEPTRON = lessons.find("03", "en")


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Give each test an empty my_work."""
    folder = tmp_path / "my work"
    monkeypatch.setattr(folders, "MY_WORK", folder)
    return folder


def as_lesson(lesson):
    """Return the lesson as the helpers read it."""
    return lessons.Lesson(lesson.path.stem, lesson.edition)


def without_outputs(notebook):
    """Return the notebook without what its cells showed."""
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


# Making a workbook


@every_lesson
@pytest.mark.parametrize("with_gaps", [False, True])
def test_a_filled_workbook_is_the_lesson(lesson, with_gaps):
    source = as_lesson(lesson)
    made = workbooks.workbook(source, "a", with_gaps)
    nbformat.validate(made)
    assert workbooks.filled(made, lesson.edition) == without_outputs(source.notebook)


@every_lesson
def test_a_workbook_leaves_the_typing_to_the_learner(lesson):
    made = {cell.id: cell for cell in workbooks.workbook(as_lesson(lesson), "a").cells}
    for cell in lesson.code:
        given = "given" in cell.metadata.get("tags", []) or cell.id == lesson.code[0].id
        exercise = cell.id.startswith(("write-", "check-"))
        assert made[cell.id].source == (cell.source if given or exercise else "")
        assert made[cell.id].metadata.get("tags") == cell.metadata.get("tags")


@every_lesson
def test_a_gap_is_no_solution_and_leaves_most_of_the_line(lesson):
    for cell in lesson.code:
        blanked = cloze.with_gaps(cell.source)
        assert blanked.count("\n") == cell.source.count("\n")
        for mine, theirs in zip(blanked.split("\n"), cell.source.split("\n"), strict=True):
            assert mine.count(cloze.GAP) <= 1
            before, _, after = mine.partition(cloze.GAP)
            assert theirs.startswith(before) and theirs.endswith(after)
        if blanked != cell.source:
            assert review(blanked, cell.source).kind == "gap"


def test_every_longer_cell_has_gaps():
    cells = [cell.source for lesson in TAUGHT for cell in lesson.code if "\n" in cell.source]
    assert statistics.mean(cloze.GAP in cloze.with_gaps(source) for source in cells) > 0.9


@pytest.mark.parametrize("number", ["01", "02"])
def test_a_filled_workbook_passes_nbval(number, work):
    """The cells are the lesson's (above); this shows that they also run from where they are."""
    lesson = lessons.find(number, "ja")
    path, _ = workbooks.new_workbook(lesson)
    notebook = workbooks.filled(nbformat.read(path, as_version=4), "ja")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = lesson.code[cell.id].outputs
            cell.execution_count = lesson.code[cell.id].execution_count
    nbformat.write(notebook, path)
    options = ["-o", "addopts=", "--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout


@every_lesson
def test_pictures_and_links_lead_somewhere(lesson, work):
    path, _ = workbooks.new_workbook(as_lesson(lesson))
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            for link in re.findall(
                r"\]\(([^()\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", cell.source)
            ):
                assert ":" in link or (work / link.partition("#")[0]).exists(), link


def test_work_is_never_overwritten(work):
    first = copy_along.start("03", language="ja").path
    assert first == work / "03_perceptron_ja.ipynb"
    first.write_text("my work", encoding="utf-8")
    assert copy_along.start("3", language="ja").path == first
    assert first.read_text(encoding="utf-8") == "my work"
    second = copy_along.start("03", language="ja", again=True).path
    assert second.name == "03_perceptron_ja_2.ipynb"
    assert 'watch("03_perceptron_ja_2")' in second.read_text(encoding="utf-8").replace("\\", "")
    assert (
        copy_along.start("03", language="ja", gaps=True).path.name == "03_perceptron_ja_gaps.ipynb"
    )
    assert lessons.of_workbook("03_perceptron_ja_gaps_2").number == "03"


def test_start_shows_a_link(work, monkeypatch):
    monkeypatch.chdir(work.parent)
    shown = copy_along.start("01")
    assert 'href="my%20work/01_python_basics_en.ipynb"' in shown._repr_mimebundle_()["text/html"]
    assert str(shown.path) in str(shown)


@pytest.mark.parametrize(
    "number, language", [("44", "en"), ("03", "fr"), ("", "en"), ("../x", "en")]
)
def test_no_such_lesson(number, language):
    with pytest.raises(ValueError):
        copy_along.start(number, language=language)


@pytest.mark.parametrize("name", ["Untitled", "my notes", "03_perceptron-Copy1", "1"])
def test_notebooks_of_a_learners_own_beside_the_lessons(name, tmp_path, monkeypatch):
    there = lessons.names()
    shutil.copytree(ROOT / "notebooks" / "en", tmp_path / "notebooks" / "en")
    (tmp_path / "notebooks" / "en" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    assert lessons.names() == there and len(there) == 10
    copy_along.buttons("en")


def test_the_command_line(work, capsys):
    assert main(["03", "--language", "ja"]) == 0
    assert main(["03", "--language", "ja", "--again"]) == 0
    assert "03_perceptron_ja_2.ipynb" in capsys.readouterr().out
    assert main(["99"]) == 1
    work.rename(work.with_name("elsewhere"))
    work.write_text("a file where the folder should be", encoding="utf-8")
    assert main(["04"]) == 1
    assert "99" in capsys.readouterr().out


# Watching


class Desk:
    """A learner's workbook of lesson 03, without a front end."""

    def __init__(self, shell, name="03_perceptron_en"):
        self.shell = shell
        self.watch(name)

    def watch(self, name):
        with capture_output():
            copy_along.watch(name)
        self.watcher = self.shell.copy_along_watcher

    def run(self, source, cell_id=None):
        """Run a cell; return what copying along shows, as one text."""
        with capture_output() as shown:
            self.shell.run_cell(source, cell_id=cell_id)
        texts = [output.data.get("text/plain", "") for output in shown.outputs]
        self.html = "".join(output.data.get("text/html", "") for output in shown.outputs)
        self.markdown = "".join(output.data.get("text/markdown", "") for output in shown.outputs)
        return "\n".join(text for text in texts if not text.startswith("<"))

    def lesson(self, cell_id):
        """Run a cell of the lesson as it is."""
        return self.run(PERCEPTRON.source(cell_id), cell_id)


@pytest.fixture
def shell():
    """Give the test a Python as notebooks have it."""
    shell = InteractiveShell.instance()
    yield shell
    shell.reset()
    InteractiveShell.clear_instance()


@pytest.fixture
def desk(shell):
    desk = Desk(shell)
    desk.lesson("imports")
    return desk


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


# Progress


def test_progress_outlives_the_kernel(shell, work):
    desk = Desk(shell)
    desk.lesson("imports")
    desk.lesson("weighted-sum")
    again = Desk(shell)
    assert again.watcher.record.done == {"weighted-sum"}
    assert "(1" not in str(copy_along.progress())
    row = next(line for line in str(copy_along.progress("en")).splitlines() if "perceptron" in line)
    assert "1 of 27" in row
    assert "2 of 27" in again.lesson("step-first")


def test_watching_again_shows_one_tick_only(shell):
    desk = Desk(shell)
    desk.watch("03_perceptron_en")
    desk.lesson("imports")
    assert desk.lesson("weighted-sum").count("✓") == 1


def test_progress_by_section(desk):
    text = desk.watcher.overview()["text/plain"]
    assert "0 of 27" in text and "0 of 6  One neuron" in re.sub(" +(?=0 of)", "", text)
    desk.lesson("weighted-sum")
    assert "1 of 6  One neuron" in desk.watcher.overview()["text/plain"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"done": 3, "accuracy": 1}', '{"done": []}', "\x00", "[" * 99_999]
)
def test_a_damaged_record_is_put_aside(work, content):
    path = work / "progress" / "03_perceptron_en.json"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    record = progress_store.Record("03_perceptron_en")
    record.add(["years"])
    assert progress_store.Record("03_perceptron_en").done == {"years"}
    assert path.with_suffix(".damaged").read_text(encoding="utf-8") == content


def finish(number, language="en", accuracy=None, but=0):
    """Note all cells of a lesson as done."""
    lesson = lessons.find(number, language)
    record = progress_store.Record(f"{lesson.name}_{language}")
    record.add(lesson.typed[but:], accuracy)
    return record


@pytest.mark.parametrize("language", LANGUAGES)
def test_finishing_a_lesson_says_what_was_learnt(shell, language):
    finish("03", language, but=1)
    desk = Desk(shell, f"03_perceptron_{language}")
    desk.lesson("years")
    assert COPY_ALONG.say("finished", language, number="03") in desk.markdown
    assert lessons.find("03", language).recap() in desk.markdown
    desk.lesson("years")
    assert desk.markdown == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_finishing_all_lessons_writes_a_certificate(shell, work, language):
    for lesson in TAUGHT:
        if lesson.edition == language and lesson.number != "03":
            finish(lesson.number, language, 0.9712 if lesson.number == "07" else 0.3)
    with pytest.raises(ValueError, match="03"):
        copy_along.certificate("Hanako", language)
    finish("03", language, but=1)
    desk = Desk(shell, f"03_perceptron_{language}")
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


@pytest.mark.parametrize("odd", ["NaN", "Infinity", "-1", "97.1", "1e999", "9" * 400, '"x"', "[]"])
def test_an_accuracy_that_cannot_be_is_none(work, odd):
    path = work / "progress" / "07_mnist_training_en.json"
    path.parent.mkdir(parents=True)
    path.write_text(f'{{"done": ["a"], "accuracy": {odd}}}', encoding="utf-8")
    record = progress_store.Record("07_mnist_training_en")
    assert (record.done, record.accuracy) == ({"a"}, None)
    record.add(accuracy=float("nan"))
    assert record.accuracy is None


def test_all_lessons_are_in_the_table():
    for language in LANGUAGES:
        lines = str(copy_along.progress(language)).splitlines()
        assert len(lines) == len([lesson for lesson in TAUGHT if lesson.edition == language])
