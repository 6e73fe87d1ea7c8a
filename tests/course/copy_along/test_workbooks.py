"""Workbooks: made from every lesson, and started by the learner."""

import posixpath
import re
import shutil
import statistics
import subprocess
import sys
from copy import deepcopy

import nbformat
import pytest
from lessons import ROOT, TAUGHT, every_lesson

from course import copy_along
from course.copy_along import code, lessons, review, workbooks
from course.copy_along.__main__ import main
from helpers import folders


def as_lesson(lesson):
    """Return the lesson as copying along reads it."""
    return lessons.Lesson(lesson.path.stem, lesson.edition)


def without_outputs(notebook):
    """Return the notebook without what its cells showed."""
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def filled(notebook, language):
    """Return a workbook with each cell filled from its block, without what only it has."""
    result = deepcopy(notebook)
    blocks = {}
    for cell in result.cells:
        if cell.id.startswith(workbooks.BLOCK):
            found = re.search(r"^(`{3,})python\n(.*)\n\1$", cell.source, re.DOTALL | re.MULTILINE)
            blocks[cell.id.removeprefix(workbooks.BLOCK)] = found[2]
    own = {workbooks.HEAD, workbooks.WATCH, *(workbooks.BLOCK + cell_id for cell_id in blocks)}
    result.cells = [cell for cell in result.cells if cell.id not in own]
    prefix = workbooks.way_to_lessons(language)
    for cell in result.cells:
        if cell.cell_type == "markdown":
            cell.source = workbooks.moved(cell.source, lambda link: posixpath.relpath(link, prefix))
        cell.source = blocks.get(cell.id, cell.source)
    return result


@every_lesson
@pytest.mark.parametrize("with_gaps", [False, True])
def test_a_filled_workbook_is_the_lesson(lesson, with_gaps):
    source = as_lesson(lesson)
    made = workbooks.workbook(source, "a", with_gaps)
    nbformat.validate(made)
    assert filled(made, lesson.edition) == without_outputs(source.notebook)


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
        blanked = workbooks.with_gaps(cell.source)
        assert blanked.count("\n") == cell.source.count("\n")
        for mine, theirs in zip(blanked.split("\n"), cell.source.split("\n"), strict=True):
            assert mine.count(code.GAP) <= 1
            before, _, after = mine.partition(code.GAP)
            assert theirs.startswith(before) and theirs.endswith(after)
        if blanked != cell.source:
            assert review(blanked, cell.source).kind == "gap"


def test_every_longer_cell_has_gaps():
    cells = [cell.source for lesson in TAUGHT for cell in lesson.code if "\n" in cell.source]
    assert statistics.mean(code.GAP in workbooks.with_gaps(source) for source in cells) > 0.9


@pytest.mark.slow
@pytest.mark.parametrize("number", ["01", "02"])
def test_a_filled_workbook_passes_nbval(number, work):
    """The cells are the lesson's (above); this shows that they also run from where they are."""
    lesson = lessons.find(number, "ja")
    path, _ = workbooks.new_workbook(lesson)
    notebook = filled(nbformat.read(path, as_version=4), "ja")
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
    there = lessons.names("en")
    shutil.copytree(ROOT / "notebooks" / "en", tmp_path / "notebooks" / "en")
    (tmp_path / "notebooks" / "en" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    assert lessons.names("en") == there and len(there) == 10
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
