"""Reading the course's own notebooks: which there are, and what a learner types in each."""

import ast
import re

import nbformat

from course import texts
from course.copy_along import code
from helpers import folders

EXERCISES = ("write-", "check-")


class Lesson:
    """One lesson in one language, such as 03 in Japanese."""

    def __init__(self, name, language):
        self.name, self.language = name, language
        path = folders.ROOT / "notebooks" / language / f"{name}.ipynb"
        self.notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
        self.number = name.split("_")[0]
        self.title = headings(self.notebook.cells[0].source, 1)[0]
        self.code = {cell.id: cell for cell in self.notebook.cells if cell.cell_type == "code"}
        self.typed = [cell_id for cell_id, cell in self.code.items() if not self.is_given(cell)]

    def is_given(self, cell):
        """Return whether the workbook has this code already: imports, data, demos, exercises."""
        first = next(iter(self.code))
        given = "given" in cell.metadata.get("tags", [])
        return given or cell.id == first or cell.id.startswith(EXERCISES)

    def source(self, cell_id):
        """Return the code of a cell."""
        return self.code[cell_id].source

    def statement(self, cell_id, number):
        """Return the first line of a cell's statement with this number."""
        source = self.source(cell_id)
        return source.splitlines()[code.parse(source).body[number].lineno - 1]

    def fails(self, cell_id):
        """Return whether a cell is meant to fail."""
        return "raises-exception" in self.code[cell_id].metadata.get("tags", [])

    def sections(self):
        """Return {title: ids of the cells to type}, without sections that have none."""
        found, title = {}, self.title
        for cell in self.notebook.cells:
            for new in headings(cell.source, 2) if cell.cell_type == "markdown" else []:
                title = re.sub(r" \(\d+ min\)$|（\d+ 分）$", "", new)
            if cell.id in self.typed:
                found.setdefault(title, []).append(cell.id)
        return found

    def section(self, cell_id):
        """Return the title of the section that a cell to type is in."""
        return next((t for t, ids in self.sections().items() if cell_id in ids), self.title)

    def recap(self):
        """Return the list of what is learnt, or None: lesson 00 has none."""
        for cell in self.notebook.cells:
            if cell.id == "recap":
                return re.sub(r"^#.*\n+", "", cell.source)
        return None

    def definers(self, name):
        """Return the ids of the code cells that give something this name."""
        return [cell_id for cell_id in self.code if name in defined(self.source(cell_id))]


def defined(source):
    """Return the names that a cell defines for later cells."""
    tree = code.parse(source)
    found = set()
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).split(".")[0])
    return found


def headings(text, level):
    """Return the titles of this level in a Markdown text."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return re.findall(rf"^#{{{level}}} +(.*?) *$", text, flags=re.MULTILINE)


def names(language, folder=None):
    """Return the names of all lessons, in order, without a learner's own notebooks.

    folder: where the editions are, if not in the course's own notebooks.
    """
    folder = folder or folders.ROOT / "notebooks"
    there = [path.stem for path in (folder / texts.checked(language)).glob("*.ipynb")]
    return sorted(name for name in there if re.fullmatch(r"\d\d_[a-z_]+", name))


def find(number, language):
    """Return the lesson with this number, such as "03". Raises ValueError if there is none."""
    wanted = str(number).rjust(2, "0") if str(number) else None
    for name in names(language):
        if name.split("_")[0] == wanted:
            return Lesson(name, language)
    there = ", ".join(name.split("_")[0] for name in names(language))
    raise ValueError(texts.COPY_ALONG.say("no-lesson", language, number=number, lessons=there))


def of_workbook(name):
    """Return the lesson of the workbook with this name, such as 03_perceptron_ja_2.

    Raises ValueError if there is none, in the language that the name ends with.
    """
    for language in texts.LANGUAGES:
        for lesson in names(language):
            if re.match(rf"{re.escape(lesson)}_{language}(_|$)", name):
                return Lesson(lesson, language)
    meant = (one for one in texts.LANGUAGES if re.search(rf"_{one}(?![a-z])", name))
    language = next(meant, None) or texts.language()
    raise ValueError(texts.COPY_ALONG.say("no-workbook", language, name=name))
