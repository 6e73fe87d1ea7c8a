"""In a Japanese workbook, everything is said in Japanese; in an English one, in English."""

import re
from types import SimpleNamespace

import nbformat
import pytest
from IPython.utils.capture import capture_output

from course import copy_along, demos, texts
from course.copy_along import button_panel, lessons, watcher, workbooks
from course.copy_along.__main__ import main
from helpers import folders

JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
TARGETS = {"en": "Targets", "ja": "\u6559\u5e2b\u30c7\u30fc\u30bf"}


@pytest.fixture
def open_workbook(shell, work):
    """Give a function that makes a workbook of lesson 03, and runs its cell that is run first."""

    def run(language):
        path, _ = workbooks.new_workbook(lessons.find("03", language))
        cells = nbformat.read(path, as_version=4).cells
        source = next(cell.source for cell in cells if cell.id == workbooks.WATCH)
        with capture_output() as shown:
            shell.run_cell(source).raise_error()
        return shown.outputs[0].data["text/plain"]

    work.mkdir()
    return run


def test_demos_speak_the_language_of_the_workbook(open_workbook, work, monkeypatch):
    """The folder says nothing, and a kernel may watch one workbook after another."""
    monkeypatch.chdir(work)
    assert texts.language() == "en"
    for language in ("ja", "en", "ja"):
        open_workbook(language)
        assert demos.perceptron().problem.description == TARGETS[language]


@pytest.mark.parametrize("language, folder", [("ja", "en"), ("en", "ja")])
def test_the_workbook_decides_before_the_folder(open_workbook, monkeypatch, language, folder):
    monkeypatch.chdir(folders.ROOT / "notebooks" / folder)
    monkeypatch.setenv("COURSE_LANGUAGE", folder)
    assert bool(JAPANESE.search(open_workbook(language))) == (language == "ja")
    assert demos.perceptron().problem.description == TARGETS[language]


def test_all_that_is_said_about_cells_is_japanese(open_desk, work, monkeypatch):
    monkeypatch.chdir(folders.ROOT / "notebooks" / "en")
    desk = open_desk("03_perceptron_ja")
    desk.lesson("imports")
    source = lessons.find("03", "ja").source
    first = source("weighted-sum").splitlines(keepends=True)
    said = {
        "unknown name": desk.lesson("product"),
        "part": desk.run("".join(first[:2]), "weighted-sum"),
        "right": desk.lesson("weighted-sum"),
        "own line": desk.run(source("weighted-sum") + "\nprint(1)", "weighted-sum"),
        "experiment": desk.run(source("product").replace("[3, 2]", "[7, 2]"), "product"),
        "wrong sign": desk.run(source("product").replace("@", "*"), "product"),
        "syntax error": desk.run(source("years").replace(":", ""), "years"),
        "exercise": desk.run("def nand_weights\uff08):\n    return 1", "write-nand"),
    }
    monkeypatch.setattr(watcher, "review", lambda *_: 1 / 0)
    said["failed check"] = desk.lesson("years")
    assert not [what for what, text in said.items() if not JAPANESE.search(text)], said


def refused(function, *arguments):
    """Return why something could not be done."""
    with pytest.raises(ValueError) as error:
        function(*arguments)
    return str(error.value)


SAID = {
    "start": lambda: copy_along.start("03", again=True),
    "start once more": lambda: copy_along.start("03"),
    "start of no lesson": lambda: refused(copy_along.start, "99"),
    "watch of no workbook": lambda: refused(copy_along.watch, "notes"),
    "progress": lambda: copy_along.progress(),
    "keep": lambda: copy_along.keep(),
    "restore": lambda: copy_along.restore(copy_along.keep().path),
    "restore of no file": lambda: refused(copy_along.restore, "nowhere.zip"),
    "restore of another file": lambda: refused(copy_along.restore, b"no zip"),
    "certificate": lambda: refused(copy_along.certificate, "Hanako"),
    "review": lambda: copy_along.review("a", "b").message,
}


@pytest.fixture(params=["workbook", "folder", "environment"])
def japanese(request, open_workbook, work, monkeypatch):
    """Go where Japanese is spoken: to a watched workbook, to a page, or by the environment."""
    monkeypatch.chdir(work)
    if request.param == "workbook":
        open_workbook("ja")
    elif request.param == "folder":
        monkeypatch.chdir(folders.ROOT / "notebooks" / "ja")
    else:
        monkeypatch.setenv("COURSE_LANGUAGE", "ja")


def test_whoever_gives_no_language_is_answered_in_the_one_spoken_here(japanese, shell, work):
    (work / "notes.txt").write_text("something to keep", encoding="utf-8")
    said = {what: str(say()) for what, say in SAID.items()}
    assert not [what for what, text in said.items() if not JAPANESE.search(text)], said
    assert not list(work.glob("*_en*")) and list(work.glob("03_perceptron_ja*.ipynb"))


def test_whoever_gives_a_language_is_answered_in_it(japanese, work):
    said = [copy_along.start("03", "en"), copy_along.progress("en"), copy_along.keep("en")]
    said.append(copy_along.restore(said[-1].path, "en"))
    said.append(refused(copy_along.certificate, "Hanako", "en"))
    said.append(copy_along.review("a", "b", "en").message)
    assert not [str(text) for text in said if JAPANESE.search(str(text))]


def test_the_certificate_is_in_the_language_spoken_here(japanese, work, monkeypatch):
    monkeypatch.setattr(copy_along.api.certificate_page, "unfinished", lambda language: [])
    assert JAPANESE.search(str(copy_along.certificate("Hanako")))
    assert 'lang="ja"' in (work / "certificate_ja.html").read_text(encoding="utf-8")


def test_the_buttons_are_in_the_language_spoken_here(japanese, monkeypatch):
    made = []
    monkeypatch.setattr(
        button_panel, "Buttons", lambda one: made.append(one) or SimpleNamespace(box=None)
    )
    copy_along.buttons()
    assert made == ["ja"]


def test_the_command_line_speaks_the_language_spoken_here(japanese, work, capsys):
    assert main(["04"]) == 0
    assert JAPANESE.search(capsys.readouterr().out)
    assert main(["04", "--language", "en"]) == 0
    assert not JAPANESE.search(capsys.readouterr().out)
    assert {path.stem[-3:] for path in work.glob("04_*.ipynb")} == {"_ja", "_en"}


def test_a_language_that_nobody_speaks_is_no_traceback(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_LANGUAGE", "fr")
    assert main(["03"]) == 1
    assert "'fr'" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["03_perceptrn_ja", "03_perceptron (1)_ja-Copy1", "my_ja_2"])
def test_a_misspelt_name_of_a_workbook_says_its_language(shell, name):
    assert JAPANESE.search(refused(copy_along.watch, name))
    assert not JAPANESE.search(refused(copy_along.watch, name.replace("_ja", "_en")))
