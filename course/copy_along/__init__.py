"""Copying along (写経): your own workbook of a lesson, which checks what you type at once.

    from course import copy_along
    copy_along.start("03", language="ja")

or, in a terminal: python -m course.copy_along 03 --language ja
"""

from IPython.display import display

from course import texts
from course.copy_along.api import certificate, keep, progress, restore, start, watch
from course.copy_along.compare import review

__all__ = ["buttons", "certificate", "keep", "progress", "restore", "review", "start", "watch"]


def buttons(language=None):
    """Show buttons for all this, in the language of the page, and a line for pages without them."""
    from course.copy_along.button_panel import Buttons  # only lesson 00 needs it, and it is slow

    display(Buttons(language or texts.language()).box)
    print("In a terminal: python -m course.copy_along 03 --language en (or ja)")
