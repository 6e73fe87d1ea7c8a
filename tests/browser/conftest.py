"""A real JupyterLab in a real browser, for tests of what learners see and do.

`lab` is a JupyterLab of its own with the lessons and an empty my_work; `notebook` opens a page
in it. The tests are skipped where playwright or Chromium are not installed.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).parent
QUIET = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()
SECOND = 1000  # milliseconds
CHROMIUMS = "chromium", "chromium-browser", "google-chrome"


def pytest_collection_modifyitems(items):
    """Mark each test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """Give a Chromium that shows nothing on the screen."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


class Lab:
    """A running JupyterLab."""

    def __init__(self, root, settings):
        self.root, self.work, self.token = root, root / "my_work", secrets.token_hex(8)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        options = {
            "ServerApp.root_dir": root,
            "ServerApp.port": port,
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.open_browser": False,
            "ServerApp.allow_root": True,
            "IdentityProvider.token": self.token,
            "LabApp.user_settings_dir": settings,
            "LabApp.workspaces_dir": settings / "workspaces",
        }
        command = [sys.executable, "-m", "jupyterlab"]
        command += [f"--{name}={value}" for name, value in options.items()]
        own = {
            "MY_WORK": str(self.work),
            "PYTHONPATH": str(root),
            "JUPYTER_CONFIG_DIR": str(settings),
        }
        own |= {
            "JUPYTER_RUNTIME_DIR": str(settings / "run"),
            "IPYTHONDIR": str(settings / "ipython"),
        }
        with (settings / "log").open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command, cwd=root, env=os.environ | own, stdout=log, stderr=log
            )

    def wait(self):
        """Wait until it answers."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(240):
            try:
                return opener.open(f"{self.address}/api?token={self.token}", timeout=5)
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                assert self.process.poll() is None, "JupyterLab has ended."
                time.sleep(0.25)
        raise AssertionError("JupyterLab does not answer.")

    def url(self, path):
        """Return the address of a notebook."""
        return f"{self.address}/lab/tree/{path}?token={self.token}&reset"


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """Give a JupyterLab with a copy of the course, and with a my_work that is empty at first."""
    root, settings = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("settings")
    for part in ("notebooks", "helpers", "data"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("mnist"))
    (root / "my_work").mkdir()
    lab = Lab(root, settings)
    try:
        lab.wait()
        yield lab
    finally:
        lab.process.terminate()
        lab.process.wait(20)


class Notebook:
    """A notebook on the screen, used as a learner uses it: with the keyboard and the mouse."""

    def __init__(self, page):
        self.page = page
        self.ready()

    def ready(self):
        """Wait for the notebook and its kernel."""
        self.page.locator(".jp-Notebook-cell").first.wait_for(timeout=60 * SECOND)
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(
            state="attached", timeout=60 * SECOND
        )

    def cell(self, text):
        """Return the code cell in which this text stands."""
        return self.page.locator(".jp-CodeCell", has_text=text).first

    def below(self, text):
        """Return the code cell that comes after the block with this text."""
        block = self.page.locator(".jp-MarkdownCell", has_text=text).first
        block.scroll_into_view_if_needed()
        return block.locator("xpath=following-sibling::*[contains(@class, 'jp-CodeCell')]").first

    def run(self, cell, typed=None):
        """Type into a cell, if there is something to type, and run it with Shift + Enter."""
        for _ in range(3):
            assert not self.dialogs(), self.dialogs()
            cell.scroll_into_view_if_needed()
            cell.locator(".cm-content").click()
            if typed is None or self.type(cell, typed):
                break
        else:
            raise AssertionError(f"The cell does not hold what was typed: {typed}")
        self.page.keyboard.press("Shift+Enter")
        for _ in range(300):  # until it has a number
            self.page.wait_for_timeout(SECOND / 5)
            prompt = cell.locator(".jp-InputPrompt").text_content()
            if re.search(r"\[\d+\]", prompt):
                return
        raise AssertionError(f"The cell did not run: {prompt} {self.dialogs()}")

    def dialogs(self):
        """Return what JupyterLab asks, if it asks something."""
        return self.page.locator(".jp-Dialog").all_inner_texts()

    def type(self, cell, text):
        """Type a text in place of what is there; return whether the cell holds it then."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        for number, line in enumerate(text.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
                self.page.keyboard.press("Shift+Home")  # JupyterLab indents by itself
                self.page.keyboard.press("Delete")
            self.page.keyboard.type(line)
        return cell.locator(".cm-line").all_inner_texts() == [x or "\n" for x in text.split("\n")]

    def see(self, cell, text, seconds=30):
        """Wait until a text stands under a cell."""
        shown = cell.locator(".jp-OutputArea", has_text=text).first
        shown.wait_for(timeout=seconds * SECOND)
        return shown

    def restart(self):
        """Restart the kernel, by the menu."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_timeout(SECOND)
        self.ready()

    def save(self):
        """Save with Ctrl + S."""
        self.page.keyboard.press("Control+S")
        self.page.wait_for_timeout(SECOND)


@pytest.fixture
def notebook(browser, lab):
    """Give a function that opens a notebook of the lab on a page of its own."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    context.set_default_timeout(30 * SECOND)

    def open_notebook(path):
        page = context.new_page()
        page.goto(lab.url(path))
        return Notebook(page)

    yield open_notebook
    context.close()
