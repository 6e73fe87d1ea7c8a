"""Copying along (写経): your own workbook of a lesson, which checks what you type at once.

    from helpers import copy_along
    copy_along.start("03", language="ja")

or, in a terminal: python -m helpers.copy_along 03 --language ja
"""

import argparse
import sys

from IPython import get_ipython
from IPython.display import display

from helpers.copying import boxes, certificates, keeping, lessons, records, workbooks
from helpers.copying.hook import Watcher
from helpers.copying.messages import LANGUAGES, say
from helpers.copying.review import review

__all__ = ["buttons", "certificate", "keep", "progress", "restore", "review", "start", "watch"]


class Shown:
    """What a function shows: in a notebook as HTML, in a terminal as text."""

    def __init__(self, bundle, path=None):
        self.bundle, self.path = bundle, path

    def __str__(self):
        return self.bundle["text/plain"]

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.bundle


def start(number, language="en", again=False, gaps=False):
    """Make your workbook of a lesson in my_work, and return a link to it.

    If you have one already, it stays as it is and the link opens it; `again` makes a new one with
    a number beside it. With `gaps`, most of each line is there, and you fill in what matters.
    Raises ValueError if there is no such lesson or language.
    """
    path, new = workbooks.new_workbook(lessons.find(number, language), gaps, again)
    return Shown(boxes.link(say("started" if new else "opened", language), path), path)


def watch(name):
    """Check the cells of the workbook with this name from now on; show how far you are."""
    shell = get_ipython()
    if shell is not None:
        Watcher(name).start(shell)


def progress(language="en"):
    """Return a table of all lessons: how many cells you have typed of each."""
    rows = []
    for lesson in certificates.taught(language):
        done, _ = records.best(lesson)
        rows.append((lesson.title, (len(done), len(lesson.typed))))
    return Shown(boxes.table(rows, language))


def keep(language="en"):
    """Pack my_work into one zip file, and return a link to download it."""
    path = keeping.keep(language)
    return Shown(boxes.link(say("kept", language), path, download=True), path)


def restore(file, language="en"):
    """Bring back what `keep` has packed: `file` is the zip file's path, or its bytes.

    Nothing newer is overwritten, and nothing older is lost: where both are there, the older one
    gets a number. Raises ValueError, and changes nothing, if the file is not from `keep`.
    """
    names = keeping.restore(file, language).values()
    key = "restored" if names else "restored-nothing"
    return Shown(boxes.note(say(key, language, names=", ".join(names)), boxes.GREEN, "✓"))


def certificate(name, language="en"):
    """Write your name on your certificate, and return a link to it.

    Raises ValueError, and says what is left, if a lesson is not finished.
    """
    path = certificates.write_if_earned(language, name)
    if path is None:
        left = ", ".join(certificates.unfinished(language))
        raise ValueError(say("certificate-not-yet", language, lessons=left))
    return Shown(boxes.link(say("all-finished", language), path), path)


def buttons(language=None):
    """Show buttons for all this, in the language of the page, and a line for pages without them."""
    from helpers.copying import buttons as panel  # only lesson 00 needs it, and it takes a while

    display(panel.Buttons(language or panel.language_here()).box)
    print("In a terminal: python -m helpers.copy_along 03 --language en (or ja)")


def main(arguments=None):
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m helpers.copy_along", description=start.__doc__)
    parser.add_argument("lesson", metavar="03")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--again", action="store_true", help="make another one, with a number")
    parser.add_argument("--gaps", action="store_true", help="with gaps to fill")
    options = parser.parse_args(arguments)
    try:
        print(start(options.lesson, options.language, options.again, options.gaps))
    except (ValueError, OSError) as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
