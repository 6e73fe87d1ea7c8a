"""Do two pieces of code mean the same, however they are laid out?"""

import ast
import re
import warnings

from course.copy_along import tokens

MAGIC = re.compile(r"^[%!].*", re.MULTILINE)


def parse(text):
    """Return the syntax tree of a cell, or None. Lines such as %time count as texts."""
    try:
        with warnings.catch_warnings(action="ignore"):
            try:
                return ast.parse(text)
            except SyntaxError:
                return ast.parse(MAGIC.sub(lambda line: repr(line[0]), text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Plain(ast.NodeTransformer):
    """Makes an f-string without fields a plain text; hides numbers and texts, if wanted."""

    def __init__(self, hide):
        self.hide = hide

    def visit_JoinedStr(self, node):
        self.generic_visit(node)
        fields = [part for part in node.values if not isinstance(part, ast.Constant)]
        if not fields:
            return ast.Constant("?" if self.hide else "".join(part.value for part in node.values))
        return ast.JoinedStr(fields) if self.hide else node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        signed = self.hide and isinstance(node.op, ast.USub)
        return node.operand if signed and isinstance(node.operand, ast.Constant) else node

    def visit_Constant(self, node):
        if self.hide and isinstance(node.value, int | float | str | bool | None):
            return ast.Constant("?" if isinstance(node.value, str) else 0)
        return ast.Constant(node.value)  # without the u of u"text"


def meaning(text, hide=False):
    """Return a text that is the same for code that means the same, or None if it is no Python.

    It has one line for each statement.
    """
    tree = parse(text)
    return tree and "\n".join(ast.dump(Plain(hide).visit(part)) for part in tree.body)


def layout(text):
    """Return tokens, statements and indentation: for code that is meant to be no Python."""
    found = tokens.cut(text)
    starts = [number for number, token in enumerate(found) if token.starts]
    return tokens.keys(found), starts, levels(found)


def levels(found):
    """Return how deep each statement is indented: 0, 1, 2, ..."""
    open_columns, depths = [0], []
    for token in found:
        if token.starts:
            while token.column < open_columns[-1]:
                open_columns.pop()
            if token.column > open_columns[-1]:
                open_columns.append(token.column)
            depths.append(len(open_columns) - 1)
    return depths


def same(typed, lesson):
    """Return whether two cells mean the same.

    Spaces, quotes, comments, line breaks in brackets, trailing commas and the spelling of numbers
    do not matter.
    """
    wanted = meaning(lesson)
    if wanted is None:
        return meaning(typed) is None and layout(typed) == layout(lesson)
    return meaning(typed) == wanted


def experiment(typed, lesson):
    """Return whether two cells differ only in numbers and texts."""
    wanted = meaning(lesson, hide=True)
    return wanted is not None and meaning(typed, hide=True) == wanted


def within(mine, theirs):
    """Return where the list `mine` stands in the list `theirs`: (first, last + 1), or None."""
    for first in range(len(theirs) - len(mine) + 1 if mine else 0):
        if theirs[first : first + len(mine)] == mine:
            return first, first + len(mine)
    return None
