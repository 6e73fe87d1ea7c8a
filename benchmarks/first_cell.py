"""How long it takes until the first cell of lesson 00 has run, for each way to take the course.

    python -m pip install playwright uv     (for this script only; a Chromium or Chrome, too)
    python benchmarks/first_cell.py [pip uv stick]

Each way begins with a copy of the course, an empty home folder and empty caches, and does what the
README says: its own commands install; then JupyterLab starts, a browser opens lesson 00, and the
first cell runs by Shift + Enter. Downloads count, except those of Python, uv and the course; for
the stick there are none. Linux only. Not measured here: conda, Binder, and a hub, which
deploy/jupyterhub/load_test.py measures.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT)]

from jupyter_lab import Lab, launch  # noqa: E402
from notebook_page import Notebook  # noqa: E402
from playwright import sync_api  # noqa: E402

from tools.offline.contents import copy_course  # noqa: E402

LESSON = "notebooks/en/00_start_here.ipynb"
BEGIN = {"pip": "python3 -m venv", "uv": "uv venv"}  # of the README's commands


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ways", nargs="*", default=["pip", "uv", "stick"])
    return parser.parse_args()


def installation(way):
    """Return the README's command that installs, without the one that starts JupyterLab."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(rf"^{BEGIN[way]} .*$", readme, re.MULTILINE)[0]
    return " && ".join(part for part in command.split(" && ") if " lab " not in part)


def timed(way, name, do):
    """Do something and print how long it took; return the seconds."""
    start = time.perf_counter()
    do()
    seconds = time.perf_counter() - start
    print(f"{way:6} {name:18}{seconds:6.0f} s", flush=True)
    return seconds


def shell(command, folder, home):
    """Return a function that runs a command of the terminal, with an empty home folder."""
    home.mkdir(exist_ok=True)
    env = os.environ | {"HOME": str(home)}
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"  # where this script's uv is
    return lambda: subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, check=True, capture_output=True
    )


def first_cell(browser, python, course):
    """Start JupyterLab, open lesson 00 and run its first cell."""
    settings = Path(tempfile.mkdtemp(dir=course.parent))
    lab = Lab(course, settings, python)
    page = browser.new_page()
    try:
        lab.wait()
        page.goto(lab.url(LESSON))
        book = Notebook(page)
        book.run(page.locator(".jp-CodeCell").first)
    finally:
        page.close()
        lab.stop()


def measure(way, browser, folder):
    """Print the times of one way."""
    course, home = folder / "course", folder / "home"
    if way == "stick":
        pack = f'"{sys.executable}" -m tools.offline_pack "{folder}/stick" --systems linux'
        shell(f"{pack} --python {sys.version_info[0]}.{sys.version_info[1]}", ROOT, home)()
        course = home / "deep-learning-by-hand"
        install = shell(f'sh "{folder}/stick/start.sh" en --no-open', folder, home)
    else:
        copy_course(ROOT, folder)
        install = shell(installation(way), course, home)
    python = course / ".venv" / "bin" / "python"
    seconds = timed(way, "install", install)
    seconds += timed(way, "start, first cell", lambda: first_cell(browser, python, course))
    print(f"{way:6} {'together':18}{seconds:6.0f} s")
    timed(way, "start once more", lambda: first_cell(browser, python, course))


def main():
    ways = arguments().ways
    with sync_api.sync_playwright() as playwright:
        browser = launch(playwright.chromium, sync_api.Error)
        for way in ways:
            with tempfile.TemporaryDirectory() as folder:
                measure(way, browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
