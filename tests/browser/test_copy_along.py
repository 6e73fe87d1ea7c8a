"""Copying along in JupyterLab: typing, ticks, help, a restart, the buttons of lesson 00."""

import zipfile

import pytest

from course.copy_along import lessons, workbooks
from course.texts import COPY_ALONG, DEMOS, LANGUAGES

PRODUCT = "x = np.array([1, 0])\nw = np.array([3, 2])\nprint(x @ w + b)"


@pytest.fixture
def workbook(lab, monkeypatch):
    """Give a function that makes a workbook in the lab's my_work."""
    monkeypatch.setattr(workbooks.folders, "MY_WORK", lab.work)
    monkeypatch.setattr(workbooks.folders, "ROOT", lab.root)

    def make(number, language):
        path, _ = workbooks.new_workbook(lessons.find(number, language), again=True)
        return path

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_typing_a_workbook(workbook, notebook, language):
    """A demo in the workbook's language; a tick, help for a full-width bracket and for a cell that
    was missed; then a restart.
    """
    lesson = lessons.find("03", language)
    path = workbook("03", language)
    book = notebook(f"my_work/{path.name}")
    book.run(book.cell("copy_along.watch"))
    book.see(book.cell("copy_along.watch"), COPY_ALONG.say("done", language, done=0, all=27))
    book.run(book.cell("import numpy as np"))
    demo = book.cell("demos.perceptron()")
    book.run(demo)
    book.see(demo, DEMOS.say("perceptron-problem", language))

    cell = book.below("x = np.array([1, 0])")
    book.run(cell, PRODUCT)
    book.see(cell, lesson.section("weighted-sum"))  # which is to be run first

    first = book.below("x1, x2 = 1, 0")
    book.run(first, "x1, x2 = 1, 0\nw1, w2, b = 3, 2, -2.5\nz = w1 * x1 + w2 * x2 + b\nprint(z)")
    book.see(first, f"✓ {COPY_ALONG.say('match', language)}")
    book.see(book.cell("copy_along.watch"), COPY_ALONG.say("done", language, done=1, all=27))

    book.run(cell, PRODUCT.replace("array([1", "array（[1"))
    book.see(cell, COPY_ALONG.say("full-width", language, typed="（", plain="(").replace("`", ""))
    book.run(cell, PRODUCT)
    book.see(cell, f"✓ {COPY_ALONG.say('match', language)}")

    book.restart()
    book.run(book.cell("copy_along.watch"))
    book.see(book.cell("copy_along.watch"), COPY_ALONG.say("done", language, done=2, all=27))


def test_the_buttons_of_lesson_00(lab, notebook):
    """Start a workbook and open it with one click; keep the work and download it."""
    book = notebook("notebooks/ja/00_start_here.ipynb")
    book.run(book.cell("copy_along, doctor"))
    cell = book.cell("copy_along.buttons()")
    book.run(cell)
    cell.get_by_role("button", name=COPY_ALONG.say("button-start", "ja")).click()
    link = book.see(cell, COPY_ALONG.say("started", "ja")).get_by_role("link")
    name = link.inner_text()
    assert (lab.work / name).exists() and name.startswith("01_python_basics_ja")

    cell.get_by_role("button", name=COPY_ALONG.say("button-keep", "ja")).click()
    book.see(cell, COPY_ALONG.say("kept", "ja"))
    with book.page.expect_download() as download:
        cell.get_by_role("link", name="my_work_").click()
    assert name in zipfile.ZipFile(download.value.path()).namelist()

    (lab.work / name).unlink()
    with book.page.expect_file_chooser() as chooser:
        cell.get_by_role("button", name=COPY_ALONG.say("button-restore", "ja")).click()
    chooser.value.set_files(download.value.path())
    book.see(cell, name)
    assert (lab.work / name).exists()

    cell.get_by_role("button", name=COPY_ALONG.say("button-start", "ja")).click()
    book.see(cell, COPY_ALONG.say("opened", "ja")).get_by_role("link").click()
    opened = book.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    opened.get_by_text("copy_along.watch").wait_for()
