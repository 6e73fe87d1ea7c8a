"""The two packages that only slides and handouts need: reveal.js, and latex2mathml for formulas.

They are pinned with their SHA-256 in packages.txt, which pip checks, and are kept beside the
slides; nothing is installed into the course's Python.
"""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

LIST = Path(__file__).with_name("packages.txt")
REVEAL = "sphinx_revealjs/_static/revealjs"


class PackagesError(Exception):
    """The packages cannot be fetched; the message says why, and what to do."""


def are_there(folder):
    """Return whether the folder holds the packages of the list as it is today."""
    done = folder / LIST.name
    return done.exists() and done.read_bytes() == LIST.read_bytes()


def fetch(folder):
    """Let pip put the packages into the folder, unless they are there."""
    if are_there(folder):
        return
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--require-hashes"]
    command += ["--target", str(folder), "-r", str(LIST)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        said = done.stderr.strip().splitlines() or ["pip gave no reason"]
        raise PackagesError(
            f"The packages for slides could not be fetched: {said[-1]}\n"
            "Connect to the internet once and run the command again; later it works without."
        )
    shutil.copy(LIST, folder)


def reveal(folder):
    """Return reveal.js: its style sheets, and its scripts with the one for speaker's notes."""
    root = folder / REVEAL
    styles = [root / "dist/reset.css", root / "dist/reveal.css"]
    programs = [root / "dist/reveal.js", root / "plugin/notes/notes.js"]
    return {
        "styles": [path.read_text(encoding="utf-8") for path in styles],
        "programs": [path.read_text(encoding="utf-8") for path in programs],
    }


def formulas(folder):
    """Return a function that turns a formula into MathML, which browsers show by themselves.

    It takes the formula in LaTeX, and whether it is in the text ("inline") or alone ("block").
    """
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    convert = importlib.import_module("latex2mathml.converter").convert

    def formula(text, display):
        """Return the MathML; rows may end in \\cr as in the lessons."""
        return convert(re.sub(r"\\cr\b", r"\\\\", text), display=display)

    return formula
