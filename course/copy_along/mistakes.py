"""Naming a mistake: what is the matter, where these tokens stand instead of those?"""

import re

from course.copy_along import lookalikes

# Signs that are taken for one another.
CONFUSED = [("equals", "==", "="), ("star-at", "@", "*"), ("dot-comma", ".", ",")]
CONFUSED += [("colon", ";", ":"), ("comma", ";", ",")]
# Signs that are forgotten, or typed twice.
SIGNS = [("bracket", "()[]{}"), ("colon", ":"), ("comma", ","), ("dot", ".")]
SIGNS += [("operator", "+-*/%@<>=!&|^"), ("bracket", "()[]{},")]
TEXTS = {"string", "chunk"}
LOOKS = str.maketrans("lIOo", "1100")


def name(mine, theirs):
    """Return the kind of mistake, if the tokens `mine` were typed where `theirs` should stand."""
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
    """Quotation marks are missing, too many, or other ones."""
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
    """Two lines became one, and two words perhaps one."""
    return joined(mine) == joined(theirs) and any(token.starts for token in theirs[1:])


def is_space(mine, theirs):
    """A space is missing, or too many."""
    return joined(mine) == joined(theirs)


def is_digit_letter(mine, theirs):
    """A letter stands for a digit that looks like it, or the other way round."""
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
    """Up to two letters of a word are missing, too many, other ones, or swapped."""
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
