"""The lessons and the helpers, as the tests read them."""

import ast
import contextlib
import functools
import re
from collections import Counter
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pytest

from tools import notebooks

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"


class Lesson:
    """One notebook of one edition."""

    def __init__(self, path):
        notebook = notebooks.read(path)
        self.path = path
        self.edition = path.parent.name
        self.number = path.stem.split("_")[0]
        self.cells = notebook.cells
        self.code = notebooks.code_cells(notebook)
        self.markdown = list(notebooks.markdown_cells(notebook).values())

    def __str__(self):
        return f"{self.edition}/{self.path.stem}"


def load(edition):
    """Return the lessons of an edition, in order."""
    return [Lesson(NOTEBOOKS / edition / name) for name in notebooks.names(NOTEBOOKS, edition)]


EDITIONS = {"en": load("en"), "ja": load("ja")}
LESSONS = EDITIONS["en"] + EDITIONS["ja"]
TAUGHT = [lesson for lesson in LESSONS if lesson.number != "00"]  # 00 only shows the way around
every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=str)
every_taught_lesson = pytest.mark.parametrize("lesson", TAUGHT, ids=str)


def complain(lesson, cells, advice):
    """Fail if there are such cells, naming each of them and what to do."""
    if cells:
        lines = [f"{lesson}, cell {cell.id}: {advice}" for cell in cells]
        pytest.fail("\n".join(lines), pytrace=False)


def tagged(cell, tag):
    """Return whether a cell carries the tag."""
    return tag in cell.metadata.get("tags", [])


def tree(cell):
    """Return the syntax tree of a code cell: empty, where a syntax error is the lesson."""
    try:
        return ast.parse(re.sub(r"^[%!].*", "", cell.source, flags=re.MULTILINE))
    except SyntaxError:
        if tagged(cell, "raises-exception"):
            return ast.parse("")
        raise


def words(text):
    """Count the words of a Markdown text's prose; two Japanese characters count as one word."""
    text = notebooks.prose(text)
    japanese = notebooks.JAPANESE.findall(text)
    others = re.findall(r"[a-z0-9]+", notebooks.JAPANESE.sub(" ", text), flags=re.IGNORECASE)
    return len(others) + len(japanese) / 2


def headings(text):
    """Return (level, title) for each heading of a Markdown text."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    found = re.findall(r"^(#{1,6}) +(.*?) *$", text, flags=re.MULTILINE)
    return [(len(marks), title) for marks, title in found]


def without_code(text):
    """Return a Markdown text without its code."""
    return re.sub(r"```.*?```|`[^`\n]*`", " ", text, flags=re.DOTALL)


def links(text):
    """Return the targets of the links and images of a Markdown text."""
    text = without_code(text)
    html = re.findall(r'<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]+)"', text)
    return re.findall(r"\]\(<?((?:[^()<>\s]|\([^()\s]*\))+)", text) + html


def alt_texts(text):
    """Return what stands in for each image of a Markdown text where it cannot be seen."""
    text = without_code(text)
    html = [re.findall(r'\balt="([^"]*)"', tag) for tag in re.findall(r"<img\b[^>]*>", text)]
    return re.findall(r"!\[([^]]*)\]\(", text) + [" ".join(found) for found in html]


def definitions(module):
    """Return the functions and classes of a syntax tree by name."""
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name: node for node in module.body if isinstance(node, kinds)}


def bare(definition, lesson=""):
    """Return a function or class as text, without what a learner need not type.

    lesson is its text in a lesson: optional parameters that it lacks there are put aside, too.
    """
    return ast.unparse(Bare(lesson).visit(ast.parse(ast.unparse(definition))))


def typed(number, name):
    """Return what the English lesson defines under this name last, without what is not typed."""
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == number]
    found = [definitions(tree(cell)).get(name) for cell in lesson.code]
    return bare([definition for definition in found if definition][-1])


def in_helper(module, name):
    """Return what a helper defines under this name, without what a learner need not type."""
    source = (ROOT / f"helpers/{module}.py").read_text(encoding="utf-8")
    return bare(definitions(ast.parse(source))[name])


class Bare(ast.NodeTransformer):
    """Takes away docstrings, type hints and error checks, and loops that hold nothing else.

    Of `try: ... finally: ...`, and of a block that silences NumPy's warnings, the steps remain.

    Of a function with optional parameters that it lacks in the lesson, what a call without them
    does remains: they go, and so do arguments by keyword that are made of them. If one of them, p,
    is None by default and gets no other value, `p or x` becomes x, and what stands under
    `if p is not None` goes; if it gets one, once and for all, `p = p or x` becomes `p = x`.
    """

    def __init__(self, lesson=""):
        nodes = ast.walk(ast.parse(lesson))
        functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
        self.lesson = {node.name: parameters(node) for node in functions}
        self.extra = {}  # optional parameters that the lesson lacks: their defaults
        self.none = set()  # those that are None and stay so, if they are not given

    def visit_FunctionDef(self, node):
        around = self.extra, self.none
        self.extra = self.put_aside(node)
        none = {name for name, default in self.extra.items() if ast.unparse(default) == "None"}
        values = Counter(n.id for n in ast.walk(node) if isinstance(n, ast.Name) and is_set(n))
        self.none = {name for name in none if not values[name]}
        for step in node.body:
            name = ast.unparse(step).split(" = ")[0]
            if values[name] == 1 and name in none and is_or(getattr(step, "value", None), name):
                step.value = without_first(step.value)
        self.generic_visit(node)
        self.extra, self.none = around
        node.returns = None
        return node

    def put_aside(self, node):
        """Take the optional parameters that the lesson lacks from the end of the signature."""
        known, found, signature = self.lesson.get(node.name), {}, node.args
        if known is None:
            return found
        while signature.defaults and signature.args and signature.args[-1].arg not in known:
            found[signature.args.pop().arg] = signature.defaults.pop()
        for name, default in zip(
            list(signature.kwonlyargs), list(signature.kw_defaults), strict=True
        ):
            if default and name.arg not in known:
                signature.kwonlyargs.remove(name)
                signature.kw_defaults.remove(default)
                found[name.arg] = default
        return found

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        return without_first(node) if any(is_or(node, name) for name in self.none) else node

    def visit_Call(self, node):
        self.generic_visit(node)
        node.keywords = [k for k in node.keywords if not (k.arg and self.needs_extra(k.value))]
        return node

    def needs_extra(self, value):
        """Return whether an optional parameter that the lesson lacks stands in an expression."""
        return any(isinstance(n, ast.Name) and n.id in self.extra for n in ast.walk(value))

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        return node.value and ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_Assert(self, node):
        return None

    def visit_Expr(self, node):
        self.generic_visit(node)
        is_text = isinstance(getattr(node.value, "value", None), str)
        is_check = re.match(r"(\w+\.)*check_\w*\(", ast.unparse(node))
        return None if is_text or is_check else node

    def visit_If(self, node):
        self.generic_visit(node)
        if any(needs(node.test, name) for name in self.none):
            return node.orelse
        only_raises = all(isinstance(statement, ast.Raise) for statement in node.body)
        return node.orelse if only_raises else node

    def visit_For(self, node):
        self.generic_visit(node)
        return node if node.body else None

    def visit_Try(self, node):
        self.generic_visit(node)
        return node if node.handlers else node.body + node.finalbody

    def visit_With(self, node):
        self.generic_visit(node)
        silencing = all(ast.unparse(item).startswith("np.errstate(") for item in node.items)
        return node.body if silencing else node


def parameters(function):
    """Return the names of a function's parameters."""
    return {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}


def is_set(name):
    """Return whether a name gets a value here, or loses it."""
    return isinstance(name.ctx, ast.Store | ast.Del)


def is_or(node, name):
    """Return whether an expression is `name or ...`."""
    return (
        isinstance(node, ast.BoolOp)
        and isinstance(node.op, ast.Or)
        and ast.unparse(node.values[0]) == name
    )


def needs(test, name):
    """Return whether a test is `name is not None`, alone or with `and ...` after it."""
    is_and = isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And)
    return ast.unparse(test.values[0] if is_and else test) == f"{name} is not None"


def without_first(node):
    """Return x for `p or x`, and `x or y` for `p or x or y`."""
    others = node.values[1:]
    return others[0] if len(others) == 1 else ast.BoolOp(node.op, others)


@functools.cache
def run(number):
    """Run the English lesson's code here, and return {cell id: all names after that cell}."""
    matplotlib.use("Agg")
    (lesson,) = [lesson for lesson in EDITIONS["en"] if lesson.number == number]
    names, after = {}, {}
    for cell in lesson.code:
        meant_to_fail = Exception if tagged(cell, "raises-exception") else ()
        with contextlib.suppress(meant_to_fail):
            exec(compile(cell.source, f"{number} {cell.id}", "exec"), names)
        plt.close("all")
        after[cell.id] = dict(names)
    return after
