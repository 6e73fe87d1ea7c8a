"""A learner's my_work, a Python as notebooks have it, and a workbook that is being typed."""

import atexit

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from course import copy_along
from course.copy_along import lessons
from helpers import folders

PERCEPTRON = lessons.find("03", "en")


@pytest.fixture(autouse=True)
def no_language_asked(monkeypatch):
    """Let the folder say which language is spoken, as for most learners."""
    monkeypatch.delenv("COURSE_LANGUAGE", raising=False)


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Give each test an empty my_work."""
    folder = tmp_path / "my work"
    monkeypatch.setattr(folders, "MY_WORK", folder)
    return folder


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
    shell.atexit_operations()  # now: at the end of all tests, each takes a second
    atexit.unregister(shell.atexit_operations)
    InteractiveShell.clear_instance()


@pytest.fixture
def open_desk(shell):
    """Give a function that opens a workbook."""
    return lambda name="03_perceptron_en": Desk(shell, name)


@pytest.fixture
def desk(open_desk):
    desk = open_desk()
    desk.lesson("imports")
    return desk
