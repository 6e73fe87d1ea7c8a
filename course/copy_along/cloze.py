"""Blanking what matters in a line, and leaving the rest of it standing."""

import keyword

from course.copy_along import tokens

GAP = "____"
SIGNS = {"@", "**", "//", "%", "==", "!=", "<", ">", "<=", ">=", "+=", "-="}
DULL = {"plt", "np", "print", "self", "show", "axis", "i", "for", "in", "range", "return", "import"}


def with_gaps(code):
    """Return code with one gap in each line that has something to think about."""
    found = [chosen for row in tokens.rows(tokens.cut(code)) if (chosen := choose(row))]
    for token in reversed(found):
        code = code[: token.start] + GAP + code[token.end :]
    return code


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
