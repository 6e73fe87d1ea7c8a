"""What learners see under a cell: a green tick, a small box, how far they are. As HTML and as text.

The colours are those of JupyterLab's theme, light or dark; no meaning depends on colour alone.
"""

import os
import re
from html import escape
from pathlib import Path
from urllib.parse import quote

from course.texts import COPY_ALONG

say = COPY_ALONG.say

GREEN = "var(--jp-success-color1, #2e7d32)"
AMBER = "var(--jp-warn-color1, #b26a00)"
BLUE = "var(--jp-brand-color1, #1976d2)"
QUIET = "color: var(--jp-ui-font-color2, #777)"
FONT = (
    "font: var(--jp-ui-font-size1, 13px)/1.6 var(--jp-ui-font-family, sans-serif); "
    "color: var(--jp-ui-font-color1, inherit)"
)
CODE = "font-family: var(--jp-code-font-family, monospace); white-space: pre"
TWO = "display: grid; grid-template-columns: max-content 1fr; column-gap: 1.2em"
THREE = "display: grid; grid-template-columns: repeat(2, max-content) 1fr; column-gap: 1.2em"
INLINE = (
    "white-space: pre-wrap; padding: 0 3px; border-radius: 2px; "
    "background: var(--jp-layout-color1, transparent)"
)
MARK = "font-weight: bold; border-bottom: 3px double; padding: 0 1px"
HOLE = "border: 1px dashed; border-bottom: 3px double; padding: 0 .3em; margin: 0 1px"


def bundle(html, text):
    """Return the two forms of an output, for display(..., raw=True)."""
    return {"text/html": html, "text/plain": text}


def tick(message, progress):
    """Return a quiet line: right, and how far the learner is."""
    html = (
        f'<div style="{FONT}; padding-left: 8px">'
        f'<span style="color: {GREEN}; font-weight: bold">✓</span> {inline(message)}'
        f'<span style="{QUIET}; margin-left: 1.5em">{escape(progress)}</span></div>'
    )
    return bundle(html, f"✓ {message}  {progress}")


def note(message, color=BLUE, sign="✎"):
    """Return a kind word about an experiment, or about what is still to come."""
    html = f'{frame(color)}<span style="color: {color}">{sign}</span> {inline(message)}</div>'
    return bundle(html, f"{sign} {message}")


def box(answer, typed, lesson, language, message=None):
    """Return a box with the lesson's line and the learner's, the difference marked, and help."""
    message = message or answer.message
    rows = []
    if answer.typed and answer.lesson:
        rows = [
            (say("lesson", language), *marked_line(lesson, *answer.lesson)),
            (say("you", language), *marked_line(typed, *answer.typed)),
        ]
    hole = say("missing-mark", language)
    cells = "".join(
        f'<span style="{QUIET}">{escape(name)}</span>'
        f'<span style="{CODE}">{marked(*line, hole)}</span>'
        for name, *line in rows
    )
    html = f'{frame(AMBER)}<div style="{TWO}">{cells}</div><div>{inline(message)}</div></div>'
    plain = [
        f"{name:8}{before}{mark}{after}\n{'':8}{' ' * len(before)}{'^' * max(len(mark), 1)}"
        for name, before, mark, after in rows
    ]
    return bundle(html, "\n".join([*plain, message]))


def frame(color):
    """Return the opening tag of a box with a line in this colour on its left."""
    return (
        f'<div style="{FONT}; margin: 4px 0; '
        f"padding: 6px 12px; border-left: 4px solid {color}; "
        'background: var(--jp-layout-color2, rgba(127, 127, 127, .12)); overflow-x: auto">'
    )


def marked_line(text, start, end):
    """Return the line of a place in the text, cut in three: before, the place, and after."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    end = min(end, last)
    return text[first:start].expandtabs(4), text[start:end], text[end:last]


def marked(before, mark, after, hole):
    """Return the line as HTML. A place where something is missing is drawn as an empty box."""
    if mark.strip():
        middle = f'<span style="{MARK}">{escape(mark)}</span>'
    else:
        blank = "&nbsp;" * max(len(mark.expandtabs(4)), 1)
        label = "" if mark else f' title="{escape(hole)}" aria-label="{escape(hole)}"'
        middle = f'<span style="{HOLE}"{label}>{blank}</span>'
    return f"{escape(before)}{middle}{escape(after)}"


def inline(message):
    """Return a message as HTML, with `code` set as code."""
    pieces = re.split(r"(`[^`]+`)", message)
    return "".join(
        f'<code style="{INLINE}">{escape(piece[1:-1])}</code>'
        if re.fullmatch(r"`[^`]+`", piece)
        else escape(piece)
        for piece in pieces
    )


def sections(counts, language):
    """Return how far the learner is in each section: counts is {title: (done, all)}."""
    done, total = (sum(pair[n] for pair in counts.values()) for n in (0, 1))
    rows = [(say("progress-title", language), (done, total)), *counts.items()]
    return table(rows, language)


def table(rows, language):
    """Return a table of names, bars and counts: rows is [(name, (done, all))]."""
    html, lines = [], []
    for name, (done, total) in rows:
        count = say("done", language, done=done, all=total)
        lines.append(f"{'#' * round(10 * done / max(total, 1)):.<10} {count:>12}  {name}")
        html.append(
            f"<span>{escape(name)}</span>{bar(done, total)}"
            f'<span style="{QUIET}">{count}{" ✓" if done == total else ""}</span>'
        )
    style = f"{FONT}; {THREE}; align-items: center; padding-left: 8px"
    return bundle(f'<div style="{style}">{"".join(html)}</div>', "\n".join(lines))


def bar(done, total):
    """Return a bar that is filled as far as the learner is."""
    part = 100 * done / max(total, 1)
    return (
        '<div style="width: 110px; height: 7px; border-radius: 4px; overflow: hidden; '
        'background: var(--jp-layout-color3, rgba(127, 127, 127, .3))">'
        f'<div style="width: {part:.0f}%; height: 100%; background: {GREEN}"></div></div>'
    )


def link(message, path, download=False):
    """Return a message with a link to a file: JupyterLab opens it or, with download, saves it."""
    try:
        target = Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive (Windows)
        target = Path(path).as_posix()
    extra = f' download="{escape(path.name)}"' if download else ""
    anchor = f'<a href="{quote(target)}"{extra} style="font-weight: bold">{escape(path.name)}</a>'
    return bundle(f"{frame(BLUE)}{inline(message)} {anchor}</div>", f"{message} {path}")
