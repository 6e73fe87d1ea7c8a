"""The kinds of mistakes: what went wrong, if these tokens were typed instead of those?

One rule for each kind, tried in turn; and rows and columns that have changed places.
"""

import ast
import re

from course.copy_along import code, lookalikes

# Signs that are mistaken for one another.
CONFUSED = [("equals", "==", "="), ("star-at", "@", "*"), ("dot-comma", ".", ",")]
CONFUSED += [("colon", ";", ":"), ("comma", ";", ",")]
# Signs that are forgotten, or typed twice.
SIGNS = [("bracket", "()[]{}"), ("colon", ":"), ("comma", ","), ("dot", ".")]
SIGNS += [("operator", "+-*/%@<>=!&|^"), ("bracket", "()[]{},")]
TEXTS = {"string", "chunk"}
LOOKS = str.maketrans("lIOo", "1100")


def name(mine, theirs):
    """Return the kind of mistake, if the tokens `mine` were typed where `theirs` should be."""
    for kind, fits in RULES:
        if fits(mine, theirs):
            return kind
    if not theirs:
        return "extra"
    return "different" if mine else "missing"


def joined(tokens):
    """Return the tokens as one text."""
    return "".join(token.text for token in tokens)


def is_f_forgotten(mine, theirs):
    """The f before the quotation mark is missing."""
    forgotten = mine and theirs and theirs[0].key == "f-string"
    a, b = (re.sub(r"\s", "", joined(tokens)) for tokens in (mine, theirs))
    return bool(forgotten) and "f" + a == b


def is_quote(mine, theirs):
    """Quotation marks are missing, extra, or different."""
    a, b = joined(mine), joined(theirs)
    if any(token.kind == "broken" for token in mine) or "`" in a:
        return True
    return a != b and re.sub("[\"']", "", a) == re.sub("[\"']", "", b)


def is_foreign_text(mine, theirs):
    """A text in quotes has full-width characters, and the lesson plain ones."""
    a, b = joined(mine), joined(theirs)
    return is_text(mine, theirs) and not a.isascii() and lookalikes.plain(a) == b


def is_text(mine, theirs):
    """Only texts in quotes differ."""
    kinds = {token.kind for token in (*mine, *theirs)}
    in_f_string = all(token.key[0] == "chunk" for token in (*mine, *theirs) if token.kind in TEXTS)
    return bool(kinds) and kinds <= TEXTS and (bool(mine and theirs) or in_f_string)


def is_joined(mine, theirs):
    """Two lines became one, and perhaps two words, too."""
    return joined(mine) == joined(theirs) and any(token.starts for token in theirs[1:])


def is_space(mine, theirs):
    """A space is missing, or extra."""
    return joined(mine) == joined(theirs)


def is_digit_letter(mine, theirs):
    """A letter was typed for a digit that looks like it, or the other way round."""
    a, b = joined(mine), joined(theirs)
    mixed = any(x != y and x.isdigit() != y.isdigit() for x, y in zip(a, b, strict=False))
    return mixed and a.translate(LOOKS) == b.translate(LOOKS)


def is_case(mine, theirs):
    """Capital letters and small ones."""
    return joined(mine).lower() == joined(theirs).lower()


def is_number(mine, theirs):
    """Another number."""
    kinds = [token.kind for token in (*mine, *theirs)]
    return bool(mine and theirs) and kinds == ["number", "number"]


def is_letters(mine, theirs):
    """Up to two letters of a word are missing, extra, different, or swapped."""
    a, b = joined(mine), joined(theirs)
    words = re.fullmatch(r"\w+", a) and re.fullmatch(r"\w+", b) and not b.isdigit()
    return bool(words) and distance(a, b) <= min(2, len(b) // 2)


def is_name(mine, theirs):
    """Another name."""
    kinds = [token.kind for token in (*mine, *theirs)]
    return bool(mine and theirs) and kinds == ["name", "name"]


def confuses(one, other):
    """Return a test: was one sign typed for the other?"""

    def fits(mine, theirs):
        a, b = (re.sub(r"\s", "", joined(tokens)) for tokens in (mine, theirs))
        return a.replace(one, other) == b.replace(one, other)

    return fits


def forgets(signs):
    """Return a test: do both differ only in these signs?"""

    def fits(mine, theirs):
        a, b = (re.sub(rf"[\s{re.escape(signs)}]", "", joined(t)) for t in (mine, theirs))
        return a == b

    return fits


def distance(a, b):
    """Return how many letters must be added, left out, replaced or swapped (Damerau, 1964)."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


RULES = [
    ("f-string", is_f_forgotten),
    ("full-width", is_foreign_text),
    ("text", is_text),
    ("quote", is_quote),
    ("lines-joined", is_joined),
    ("space", is_space),
    ("number", is_number),
    ("digit-letter", is_digit_letter),
    ("case", is_case),
    *((kind, confuses(one, other)) for kind, one, other in CONFUSED),
    *((kind, forgets(signs)) for kind, signs in SIGNS),
    ("letters", is_letters),
    ("name", is_name),
]


# Rows and columns: in a matrix, an index, or a shape


def swapped(typed, lesson):
    """Return where both texts differ, as ((start, end), (start, end)), if that is a swap."""
    mine, theirs = code.parse(typed), code.parse(lesson)
    if mine is None or theirs is None:
        return None
    a, b, parent = deepest(mine, theirs, None)
    if is_transposed(a, b) or is_index(a, b, parent) or is_shape(a, b):
        return node_span(a, typed), node_span(b, lesson)
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


def node_span(node, text):
    """Return where a part of a syntax tree begins and ends in the text."""
    lines = [f"{line}\n" for line in text.split("\n")]  # splitlines splits at more characters
    ends = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    return tuple(
        sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())
        for line, column in ends
    )
