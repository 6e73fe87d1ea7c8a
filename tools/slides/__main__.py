"""The command line; the package's docstring describes it."""

import argparse
import sys
from pathlib import Path

import tools.slides
from tools import notebooks
from tools.slides import packages, pages
from tools.slides.render import Renderer

ROOT = Path(__file__).resolve().parent.parent.parent


def make(name, edition, out, kept):
    """Write the slides and the handout of one lesson in one edition."""
    folder = notebooks.FOLDER / edition
    notebook = notebooks.read(folder / name)
    render = Renderer(folder, packages.formulas(kept), pages.WORDS[edition])
    stem, target = Path(name).stem, out / edition
    target.mkdir(parents=True, exist_ok=True)
    slides = pages.slides_page(notebook, edition, render, packages.reveal(kept))
    (target / f"{stem}.html").write_text(slides, encoding="utf-8")
    handout = pages.handout_page(notebook, edition, render)
    (target / f"{stem}_handout.html").write_text(handout, encoding="utf-8")


def main(arguments=None, out=ROOT / "slides"):
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.slides",
        description=tools.slides.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lessons", nargs="*", metavar="01")
    numbers = parser.parse_args(arguments).lessons
    kept = ROOT / "slides" / ".packages"
    try:
        names = [notebooks.find(notebooks.FOLDER, number) for number in numbers]
        packages.fetch(kept)
        for name in names or notebooks.names(notebooks.FOLDER):
            for edition in pages.WORDS:
                make(name, edition, out, kept)
            print(f"{Path(name).stem}: slides and handout in both languages")
    except (notebooks.LessonError, packages.PackagesError) as error:
        print(error)
        return 1
    print(f"They are in {out}. Open one in a browser.")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
