"""A real JupyterLab in a real browser, for tests of what learners see and do.

`lab` is a JupyterLab of its own with the lessons and an empty my_work; `notebook` opens a page
in it. The tests are skipped where playwright or a browser are not installed. If SCREENSHOTS
names a folder, pictures of all lessons are written there.
"""

import os
import shutil
from pathlib import Path

import pytest
from jupyter_lab import Lab, launch
from notebook_page import SECOND, Notebook, complaints_of

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
DEMO = "demo.ipynb"  # the name of the notebooks in which demos are shown


def pytest_collection_modifyitems(items):
    """Mark each test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter):
    """Say how many tests were skipped for want of a browser, and what to do."""
    here = HERE.relative_to(ROOT).as_posix()
    skipped = terminalreporter.stats.get("skipped", [])
    skipped = [report.longrepr[2] for report in skipped if report.nodeid.startswith(here)]
    for reason in sorted(set(skipped)):
        why = reason.removeprefix("Skipped: ")
        line = f"{skipped.count(reason)} browser tests were skipped: {why}"
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture(scope="session")
def browser():
    """Give a Chromium that shows nothing on the screen."""
    sync_api = pytest.importorskip(
        "playwright.sync_api",
        reason="playwright is not installed (python -m pip install playwright)",
    )
    with sync_api.sync_playwright() as playwright:
        browser = launch(playwright.chromium, sync_api.Error)
        if browser is None:
            pytest.skip("no Chromium or Chrome was found (python -m playwright install chromium)")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """Give a JupyterLab with a copy of the course, and with a my_work that is empty at first."""
    root, settings = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("settings")
    for part in ("notebooks", "course", "helpers", "data"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("mnist"))
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    (root / "my_work").mkdir()
    lab = Lab(root, settings)
    try:
        lab.wait()
        yield lab
    finally:
        lab.stop()


@pytest.fixture
def notebook(browser, lab):
    """Give a function that opens a notebook of the lab on a page of its own."""
    context = new_context(browser)
    yield lambda path: open_notebook(context, lab, path)
    context.close()
    lab.shut_down_kernels(but=DEMO)


def new_context(browser):
    """Return a new window of the browser, which knows nothing of the others."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    context.set_default_timeout(60 * SECOND)
    return context


def open_notebook(context, lab, path):
    """Return a notebook of the lab, on a page of its own."""
    page = context.new_page()
    page.complaints = complaints_of(page, lab.address)
    page.goto(lab.url(path))
    return Notebook(page)


@pytest.fixture(scope="session")
def demo_books():
    """Give the place for notebooks of demos, by language: they stay open, to save time."""
    return {}


@pytest.fixture
def open_demo(browser, lab, demo_books, screenshots):
    """Give a function that shows a demo in a notebook with nothing else; then look for errors."""
    opened = []

    def show(name, language="en"):
        book = demo_books.pop(language, None)
        if book is None:
            lab.write(f"notebooks/{language}/{DEMO}", "")
            book = open_notebook(new_context(browser), lab, f"notebooks/{language}/{DEMO}")
        opened.append((book, language, f"demo_{name}_{language}"))
        book.write(f"from course import demos\n\ndemos.{name}()")
        return book.demo("import")

    yield show
    for book, language, name in opened:
        assert not book.page.complaints, "\n".join(book.page.complaints)
        assert not book.page.locator(".jp-mod-error, .jupyter-widgets-error-widget").count()
        assert not book.page.locator(".jp-RenderedText[data-mime-type*=stderr]").count()
        if screenshots:
            for theme in "Light", "Dark":
                book.theme(theme)
                book.photograph(screenshots, f"{name}_{theme.lower()}", height=1000)
        demo_books[language] = book


@pytest.fixture(scope="session")
def screenshots():
    """Give the folder for pictures of the lessons, or None if none was asked for."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return None
    path = ROOT / folder
    path.mkdir(parents=True, exist_ok=True)
    return path
