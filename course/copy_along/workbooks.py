"""Making a copy-along workbook from a lesson: the prose, blocks to read, and cells to fill."""

import keyword
import os
import posixpath
import re
from copy import deepcopy

import nbformat

from course.copy_along import code
from course.texts import COPY_ALONG
from helpers import folders

HEAD, WATCH, BLOCK = "copy-along-head", "copy-along", "block-"
LINK = re.compile(r"(\]\(<?|\b(?:href|src)=\")(?![a-z]+:|#|/)([^()<>\s\"]+)")

# A gap is best for a sign of a calculation, and never for a word that says little.
SIGNS = {"@", "**", "//", "%", "==", "!=", "<", ">", "<=", ">=", "+=", "-="}
DULL = {"plt", "np", "print", "self", "show", "axis", "i", "for", "in", "range", "return", "import"}


def new_workbook(lesson, gaps=False, again=False):
    """Write a workbook into my_work, and return its path and whether it is new.

    A workbook that is already there stays as it is, and its path is returned; with `again`, a new
    one with a number is written beside it.
    """
    name = f"{lesson.name}_{lesson.language}{'_gaps' if gaps else ''}"
    path = folders.MY_WORK / f"{name}.ipynb"
    if path.exists() and not again:
        return path, False
    path = folders.new_path(path)
    notebook = workbook(lesson, path.stem, gaps)
    nbformat.validate(notebook)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(nbformat.writes(notebook) + "\n")
    return path, True


def workbook(lesson, name, gaps=False):
    """Return the lesson as a workbook called `name`."""
    result = deepcopy(lesson.notebook)
    result.cells = []
    prefix = way_to_lessons(lesson.language)
    for cell in deepcopy(lesson.notebook.cells):
        if cell.cell_type == "markdown":
            cell.source = moved(cell.source, lambda link: join(prefix, link))
        else:
            cell.outputs, cell.execution_count = [], None
            if cell.id in lesson.typed:
                result.cells.append(block(cell, lesson.language, gaps))
                cell.source = with_gaps(cell.source) if gaps else ""
        result.cells.append(cell)
        if len(result.cells) == 1:
            result.cells += head(lesson, name)
    return result


def head(lesson, name):
    """Return the two cells that only a workbook has."""
    text = COPY_ALONG.say("workbook-head", lesson.language)
    watch = f'from course import copy_along\n\ncopy_along.watch("{name}")'
    return [
        nbformat.v4.new_markdown_cell(text, id=HEAD),
        nbformat.v4.new_code_cell(watch, id=WATCH, metadata={"tags": ["nbval-ignore-output"]}),
    ]


def block(cell, language, gaps):
    """Return a cell that shows code to read; with gaps, it is folded."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", cell.source)), default=0))
    text = f"{fence}python\n{cell.source}\n{fence}"
    if gaps:
        summary = COPY_ALONG.say("look", language)
        text = f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"
    return nbformat.v4.new_markdown_cell(text, id=BLOCK + cell.id)


def moved(text, move):
    """Return Markdown with its links to files adjusted; code stays as it is."""
    pieces = re.split(r"(```.*?```|`[^`\n]*`)", text, flags=re.DOTALL)
    pieces[::2] = [LINK.sub(lambda m: m[1] + move(m[2]), piece) for piece in pieces[::2]]
    return "".join(pieces)


def join(prefix, link):
    """Return a link of the lesson as it reads in a workbook."""
    return posixpath.normpath(posixpath.join(prefix, link))


def way_to_lessons(language):
    """Return the path from my_work to the lessons."""
    lessons_folder = folders.ROOT / "notebooks" / language
    try:
        return os.path.relpath(lessons_folder, folders.MY_WORK).replace(os.sep, "/")
    except ValueError:  # on another drive (Windows)
        return lessons_folder.as_posix()


def with_gaps(text):
    """Return code with one gap in each line that has something to think about."""
    found = [chosen for row in code.rows(code.tokenize(text)) if (chosen := choose(row))]
    for token in reversed(found):
        text = text[: token.start] + code.GAP + text[token.end :]
    return text


def choose(row):
    """Return the token of a line that matters most, or None.

    First come the signs of a calculation, then what is called or asked for, then a name, then a
    number.
    """
    if len(row) < 3 or row[0].key in ("import", "from"):
        return None
    after = dict(zip(row, [*row[1:], None], strict=True))
    new = row[1] if row[0].key in ("def", "class") else None
    words = [t for t in row if t.kind == "name" and t.key not in DULL and t is not new]
    names = [t for t in words if not keyword.iskeyword(t.text)]
    wishes = (
        [t for t in row if t.kind == "sign" and t.key in SIGNS],
        [t for t in names if after[t] and after[t].key in ("(", "[") and t is not row[0]],
        [t for t in names if t.start > row[1].start],
        [t for t in row if t.kind == "number"],
    )
    return next((wish[0] for wish in wishes if wish), None)
