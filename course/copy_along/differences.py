"""Finding the first place where a typed cell differs from the lesson's, and what kind it is."""

from collections import Counter
from difflib import SequenceMatcher

from course.copy_along import lookalikes, matrices, mistakes, same_code, strays, tokens
from course.copy_along.places import Both, Difference, common, place, span

VAGUE = ("different", "extra", "missing")
WIDER = ((0, 0), (0, 1), (1, 0), (1, 1))  # a token more at the left, at the right
INDENTS = ("    ", "  ", "\t", "   ", "        ", " ")


def first(typed, lesson):
    """Return the first Difference of two texts, seen in the way that explains most."""
    both = Both(typed, lesson)
    for look in (strays.prompt, strays.foreign, strays.gap, strays.old_print, *LOOKS):
        found = look(both)
        if found:
            return found
    return token(both)


def statement(both):
    """Whole lines that are missing, too many, or in another order."""
    mine, theirs = tokens.statements(both.typed), tokens.statements(both.lesson)
    a, b = ([tuple(tokens.keys(s)) for s in side] for side in (mine, theirs))
    start = common(a, b)
    end = min(common(a[::-1], b[::-1]), len(a) - start, len(b) - start)
    if start + end == len(a) < len(b):
        gone = theirs[start : len(b) - end]
        return Difference("line-missing", between(both, mine, start), span(sum(gone, [])))
    if start + end == len(b) < len(a):
        more = mine[start : len(a) - end]
        return Difference("line-extra", span(sum(more, [])), between(both, theirs, start))
    if a != b and Counter(a) == Counter(b):
        return Difference("line-order", span(mine[start]), span(theirs[start]))
    return None


def between(both, statements, number):
    """Return the place before a statement, or the end of the last one."""
    if number < len(statements):
        return statements[number][0].start, statements[number][0].start
    return (statements[-1][-1].end,) * 2 if statements else (0, 0)


def matrix(both):
    """Rows and columns of a matrix, or of an index, that have changed places."""
    found = matrices.swapped(*both.texts)
    return found and Difference("matrix", *found)


def layout(both):
    """The same words, but other lines or another indentation."""
    if tokens.keys(both.typed) != tokens.keys(both.lesson):
        return None
    pairs = list(zip(both.typed, both.lesson, strict=True))
    for mine, theirs in pairs:
        if mine.starts != theirs.starts:
            kind = "lines-joined" if theirs.starts else "line-broken"
            return Difference(kind, span([mine]), span([theirs]))
    return indentation(both, [pair for pair in pairs if pair[1].starts])


def indentation(both, starts):
    """The first line whose indentation does not fit, as most lines are indented."""
    depths = same_code.levels(both.lesson)
    mine = [both.texts[0][token.start - token.column : token.start] for token, _ in starts]
    wrong = min(
        (
            [n for n, (s, d) in enumerate(zip(mine, depths, strict=True)) if s != d * unit]
            for unit in INDENTS
        ),
        key=len,
    )
    if not wrong:
        both.typed, both.lesson = (tokens.cut(text, trailing=True) for text in both.texts)
        return token(both)
    typed, theirs = starts[wrong[0]]
    kind = "tab" if "\t" in mine[wrong[0]] else "indentation"
    begin = typed.start - typed.column
    return Difference(kind, (begin, typed.start), (theirs.start - theirs.column, theirs.start))


def token(both):
    """Other words or signs."""
    a, b = tokens.keys(both.typed), tokens.keys(both.lesson)
    start = common(a, b)
    end = min(common(a[::-1], b[::-1]), len(a) - start, len(b) - start)
    window = (start, len(a) - end, start, len(b) - end)
    if named(both, *window) in VAGUE:
        window = narrower(both, a, b, window)
    kind = named(both, *window)
    if kind == "quote":  # perhaps one that closes with another character
        line = both.typed[min(window[0], len(both.typed) - 1)].line
        found = lookalikes.first_foreign([t for t in both.typed if t.line == line], skip=())
        if found:
            return strays.foreign_at(both, *found)
    i, j, m, n = window
    mine = place(both.typed, i, j, both.lesson[m] if m < n else None)
    return Difference(kind, mine, place(both.lesson, m, n, both.typed[i] if i < j else None))


def narrower(both, a, b, window):
    """Return the first of several differences, with a neighbour if that explains it."""
    i, j, m, n = window
    matcher = SequenceMatcher(None, a[i:j], b[m:n], False)
    changes = [change[1:] for change in matcher.get_opcodes() if change[0] != "equal"]
    if not changes:
        return window
    first = tuple(i + place for place in changes[0])
    wider = [(first[0] - x, first[1] + y, first[2] - x, first[3] + y) for x, y in WIDER]
    return next((w for w in wider if named(both, *w) not in VAGUE), first)


def named(both, start, end, first, last):
    """Return the kind of mistake, if typed tokens stand where the lesson has others."""
    if start < 0 or not both.typed:
        return "different"
    mine, theirs = both.typed[start:end], both.lesson[first:last]
    line = (mine or both.typed[start - 1 :])[0].line
    quotes = [t for t in both.typed if t.kind == "broken" and t.line == line]
    if quotes and not any(t.kind == "broken" for t in both.lesson):
        return "quote"
    return mistakes.name(mine, theirs)


LOOKS = (statement, matrix, layout)
