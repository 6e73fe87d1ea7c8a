"""The line under the check of lesson 00: do widgets answer, and in which browser?"""

import re
import shutil

import ipywidgets
import nbformat
import pytest
from nbclient import NotebookClient

from course.doctor import widget_check
from helpers import folders

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
AGENTS = {
    AGENT + "Chrome/131.0.0.0 Safari/537.36": "Chrome 131",
    AGENT + "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0": "Edge 131",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": "Firefox 128",
    MAC + "Version/17.6 Safari/605.1.15": "Safari 17.6",
    "something else": "?",
}


@pytest.fixture
def line():
    """Give the line, and a list of what the kernel sends to the page."""
    line = widget_check.Answer()
    line.sent = []
    line.send = line.sent.append
    yield line
    line.close()


def hear(line, page):
    """Let the kernel hear what the page tells; return the text that the page shows then."""
    line._handle_custom_msg(page, [])
    return line.sent.pop()["text"]


@pytest.mark.parametrize(("agent", "name"), AGENTS.items())
def test_the_kernel_answers_and_names_the_browser(line, agent, name):
    english, japanese = hear(line, {"browser": agent, "translated": False}).splitlines()
    assert english == f"And the buttons answer in your browser ({name})."
    assert japanese.endswith(f"（{name}）。")


def test_a_page_that_the_browser_translates(line):
    english = hear(line, {"browser": "x", "translated": True}).splitlines()
    assert english[0] == "Please read out: BROWSER" and len(english) == 3


def test_a_message_of_another_kind_does_no_harm(line):
    assert "(?)" in hear(line, {})


def test_a_page_without_widgets_shows_what_to_read_out(line):
    text = line._repr_mimebundle_()[0]["text/plain"]
    assert text.startswith("Please read out: WIDGETS")
    assert len(text) <= 110  # ipywidgets cuts longer ones


def test_a_silent_kernel_has_a_text(line):
    assert line.get_state()["silent"].startswith("Please read out: WIDGETS")


@pytest.mark.parametrize("place", ["notebooks/en", "コース 1/notebooks/ja"])
def test_in_a_notebook_the_line_follows_the_check(place, tmp_path):
    """The kernel runs in the lesson's folder, also where its path has spaces and Japanese."""
    where = tmp_path / place
    where.mkdir(parents=True)
    for part in ("course", "helpers", "data"):
        hidden = shutil.ignore_patterns("mnist", "__pycache__")
        shutil.copytree(folders.ROOT / part, where.parent.parent / part, ignore=hidden)
    lock = f"ipywidgets=={ipywidgets.__version__}\n"  # it fits, whatever is installed
    (where.parent.parent / "requirements.txt").write_text(lock, encoding="utf-8")
    shutil.copy(folders.ROOT / "pyproject.toml", where.parent.parent)
    source = f"import sys\nsys.path.insert(0, {str(where.parent.parent)!r})\n"
    source += "from course import doctor\n\ndoctor.check()"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(book, resources={"metadata": {"path": str(where)}}).execute()
    text = "".join(output.get("text", "") for output in book.cells[0].outputs)
    assert re.search("^ok +browser +is asked below$", text, re.MULTILINE)
    assert ("note   folder" in text) == ("コース" in place)
    assert text.endswith("\nAll is well.\n")
    last = book.cells[0].outputs[-1]
    assert "application/vnd.jupyter.widget-view+json" in last.data
