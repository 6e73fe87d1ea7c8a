"""What learners call: start a workbook, watch it, see how far they are, keep the work, restore it.

Each speaks the language that it is given, or else the current one.
"""

from IPython import get_ipython

from course import texts
from course.copy_along import (
    backup,
    certificate_page,
    feedback_html,
    lessons,
    progress_store,
    workbooks,
)
from course.copy_along.watcher import Watcher

say = texts.COPY_ALONG.say


class Shown:
    """What a function shows: in a notebook as HTML, in a terminal as text."""

    def __init__(self, bundle, path=None):
        self.bundle, self.path = bundle, path

    def __str__(self):
        return self.bundle["text/plain"]

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.bundle


def start(number, language=None, again=False, gaps=False):
    """Make your workbook of a lesson in my_work, and return a link to it.

    If you have one already, it stays as it is and the link opens it; `again` makes a new one
    beside it, with a number. With `gaps`, most of each line is there, and you fill in what matters.
    Raises ValueError if there is no such lesson or language.
    """
    language = language or texts.language()
    path, new = workbooks.new_workbook(lessons.find(number, language), gaps, again)
    return Shown(feedback_html.link(say("started" if new else "opened", language), path), path)


def watch(name):
    """Check the cells of the workbook with this name from now on; show how far you are."""
    shell = get_ipython()
    if shell is not None:
        Watcher(name).start(shell)


def progress(language=None):
    """Return a table of all lessons: how many cells of each you have typed."""
    language = language or texts.language()
    rows = []
    for lesson in certificate_page.taught(language):
        done, _ = progress_store.best(lesson)
        rows.append((lesson.title, (len(done), len(lesson.typed))))
    return Shown(feedback_html.table(rows, language))


def keep(language=None):
    """Pack my_work into one zip file, and return a link to download it."""
    language = language or texts.language()
    path = backup.keep(language)
    return Shown(feedback_html.link(say("kept", language), path, download=True), path)


def restore(file, language=None):
    """Bring back what `keep` packed: `file` is the zip file's path, or its bytes.

    Nothing newer is overwritten, and nothing older is lost: where both exist, the older one gets a
    number. Raises ValueError, and changes nothing, if the file is not from `keep`.
    """
    language = language or texts.language()
    names = backup.restore(file, language).values()
    message = say("restored" if names else "restored-nothing", language, names=", ".join(names))
    return Shown(feedback_html.note(message, feedback_html.GREEN, "✓"))


def certificate(name, language=None):
    """Write your name on your certificate, and return a link to it.

    Raises ValueError, and says what is left, if a lesson is not finished.
    """
    language = language or texts.language()
    path = certificate_page.write_if_earned(language, name)
    if path is None:
        left = ", ".join(certificate_page.unfinished(language))
        raise ValueError(say("certificate-not-yet", language, lessons=left))
    return Shown(feedback_html.link(say("all-finished", language), path), path)
