"""Photograph course.png: JupyterLab with lesson 07, as it stands in the repository.

Needs playwright (python -m pip install playwright) and a Chromium that is installed already.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS = "http://127.0.0.1:8765"
LESSON = f"{ADDRESS}/lab/tree/notebooks/en/07_mnist_training.ipynb?token=course&reset"
FIRST_LINE = "10, 100, SGD(lr=0.2), rng"  # of the cell that trains well


def wait_for_server():
    for _ in range(60):
        try:
            return urllib.request.urlopen(f"{ADDRESS}/api?token=course")
        except urllib.error.URLError:
            time.sleep(0.5)
    raise SystemExit("JupyterLab does not start.")


def photograph(page):
    page.goto(LESSON)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    page.keyboard.press("Control+b")  # closes the list of files
    cell = page.locator(".jp-CodeCell", has_text=FIRST_LINE).last
    cell.scroll_into_view_if_needed()
    cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
    cell.locator("img").wait_for()
    time.sleep(2)  # until pictures further down have found their place
    cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
    page.screenshot(path=Path(__file__).with_suffix(".png"))


def main():
    settings = tempfile.TemporaryDirectory()  # nobody's own theme or font
    environment = {"MNIST_DIR": "bundled", "JUPYTERLAB_SETTINGS_DIR": settings.name}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=8765",
         "--port-retries=0", "--IdentityProvider.token=course"],
        cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_server()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            photograph(browser.new_page(viewport={"width": 1100, "height": 780}))
            browser.close()
    finally:
        server.terminate()
        server.wait()
        settings.cleanup()


if __name__ == "__main__":
    main()
