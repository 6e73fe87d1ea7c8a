"""Finding rows and columns that have changed places: in a matrix, an index, or a shape."""

import ast

from course.copy_along import same_code


def swapped(typed, lesson):
    """Return where both texts differ, as ((start, end), (start, end)), if that is a swap."""
    mine, theirs = same_code.parse(typed), same_code.parse(lesson)
    if mine is None or theirs is None:
        return None
    a, b, parent = deepest(mine, theirs, None)
    if is_transposed(a, b) or is_index(a, b, parent) or is_shape(a, b):
        return place(a, typed), place(b, lesson)
    return None


def deepest(a, b, parent):
    """Return the smallest parts of two syntax trees that hold all differences, and their parent."""
    if type(a) is type(b):
        ours, others = (list(ast.iter_child_nodes(node)) for node in (a, b))
        if len(ours) == len(others):
            pairs = zip(ours, others, strict=True)
            other = [pair for pair in pairs if ast.dump(pair[0]) != ast.dump(pair[1])]
            if len(other) == 1:
                return deepest(*other[0], a)
    return a, b, parent


def is_transposed(a, b):
    """Return whether two lists of lists have rows for columns, or their rows in another order."""
    rows = [[[ast.dump(x) for x in row.elts] for row in m.elts] for m in (a, b) if is_matrix(m)]
    if len(rows) < 2 or not all(len(row) == len(m[0]) for m in rows for row in m):
        return False
    transposed = [list(column) for column in zip(*rows[1], strict=True)]
    return rows[0] != rows[1] and (rows[0] == transposed or sorted(rows[0]) == sorted(rows[1]))


def is_matrix(node):
    """Return whether it is a list of lists."""
    lists = ast.List | ast.Tuple
    return isinstance(node, lists) and all(isinstance(row, lists) for row in node.elts)


def is_index(a, b, parent):
    """Return whether [row, column], or a shape in brackets of its own, is the other way round."""
    both = isinstance(a, ast.Tuple) and isinstance(b, ast.Tuple)
    return both and isinstance(parent, ast.Subscript | ast.Call) and reverse(a.elts, b.elts)


def is_shape(a, b):
    """Return whether two numbers in brackets, as in reshape(2, 3), are the other way round."""
    both = isinstance(a, ast.Call) and isinstance(b, ast.Call)
    return both and ast.dump(a.func) == ast.dump(b.func) and reverse(a.args, b.args)


def reverse(ours, others):
    """Return whether one has the two items of the other in reverse."""
    a, b = [ast.dump(x) for x in ours], [ast.dump(x) for x in others]
    return len(a) == 2 and a != b and a[::-1] == b


def place(node, text):
    """Return where a part of a syntax tree begins and ends in the text."""
    lines = [f"{line}\n" for line in text.split("\n")]  # splitlines knows other ends of lines
    ends = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    return tuple(
        sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())
        for line, column in ends
    )
