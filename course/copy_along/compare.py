"""Comparing what was typed with the lesson: where they first differ, and one sentence about it."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from course import texts
from course.copy_along import code, lookalikes, mistakes

say = texts.COPY_ALONG.say

LONGEST = 20_000  # characters; nobody types more into one cell
PROMPT = re.compile(r"[ \t]*(>>>|\.\.\.|(In|Out)? ?\[\d*\]:|\d+[.:)|]?(?=\s))[ \t]*")
VAGUE = ("different", "extra", "missing")
WIDER = ((0, 0), (0, 1), (1, 0), (1, 1))  # tokens to add at the left, at the right
INDENTS = ("    ", "  ", "\t", "   ", "        ", " ")


@dataclass
class Review:
    """What came out of a comparison.

    matches   whether both mean the same
    line      the line of the typed cell with the first difference: 1, 2, ..., or None
    message   one sentence for the learner
    kind      what kind of difference it is, such as "colon", or None
    playful   whether only numbers or texts differ, as in an experiment
    typed, lesson   where the difference is in both texts: (start, end), or None
    """

    matches: bool
    line: int | None
    message: str
    kind: str | None = None
    playful: bool = False
    typed: tuple | None = None
    lesson: tuple | None = None


def review(typed, lesson, language=None):
    """Compare a typed cell with the lesson's, and return a Review.

    Spaces, quotes, comments, line breaks in brackets, trailing commas and the spelling of numbers
    do not matter. language: "en" or "ja"; without it, the current one.
    """
    language = language or texts.language()
    typed, lesson = code.with_newlines(typed), code.with_newlines(lesson)
    if len(typed) > LONGEST:
        message = say("different", language, typed=short(typed), lesson=short(lesson))
        return Review(False, None, message, "different")
    if not code.tokenize(typed) and code.tokenize(lesson):
        return Review(False, None, say("empty", language), "empty")
    if code.same_meaning(typed, lesson):
        return matching(typed, language)
    difference = first_difference(typed, lesson)
    line = typed.count("\n", 0, difference.typed[0]) + 1
    playful = code.is_experiment(typed, lesson)
    message = sentence(difference, typed, lesson, line, language)
    return Review(False, line, message, difference.kind, playful, *difference[1:])


def matching(typed, language):
    """Return the Review of a cell that means the same; a full-width letter is pointed out."""
    found = lookalikes.first_foreign(code.tokenize(typed))
    if found is None:
        return Review(True, None, say("match", language))
    kind, token, offset = found
    start = token.start + offset
    message = say("match-wide", language, typed=token.text)
    return Review(True, token.line, message, kind, typed=(start, start + 1))


def sentence(difference, typed, lesson, line, language):
    """Return the sentence of help for a difference."""
    mine, theirs = typed[slice(*difference.typed)], lesson[slice(*difference.lesson)]
    kind, plain = difference.kind, lookalikes.plain(mine)
    template = texts.COPY_ALONG.table[kind]["en"]
    if plain in ("", " ") and kind in ("full-width", "look-alike"):
        kind += "-space"
    elif code.parse(lesson) is None and code.parse(typed):
        kind = "purpose"
    elif mine.strip() and not theirs.strip() and "{lesson}" in template:
        kind = "extra"
    elif theirs.strip() and not mine.strip() and "{typed}" in template:
        kind = "missing"
    return say(kind, language, line=line, typed=short(mine), lesson=short(theirs), plain=plain)


def short(text):
    """Return the first line of a piece of code, or as much of it as fits into a sentence."""
    line = text.strip().split("\n")[0]
    return line if len(line) <= 50 else line[:47] + "..."


class Difference(NamedTuple):
    """One difference: its kind, and where it begins and ends in both texts."""

    kind: str
    typed: tuple  # (start, end)
    lesson: tuple


class Both:
    """A typed cell and the lesson's, as texts and as tokens."""

    def __init__(self, typed, lesson):
        self.texts = typed, lesson
        self.typed, self.lesson = code.tokenize(typed), code.tokenize(lesson)

    def lesson_rows(self):
        """Return where each line of the lesson is: {keys of its tokens: (start, end)}."""
        return {tuple(code.keys(row)): span(row) for row in code.rows(self.lesson)}


def first_difference(typed, lesson):
    """Return the first Difference of two texts, seen in the way that explains most."""
    both = Both(typed, lesson)
    return next(found for look in LOOKS if (found := look(both)))


# What does not belong in code at all


def copied_prompt(both):
    """A prompt or a line number that was copied along."""
    rows = both.lesson_rows()
    for row in code.rows(both.typed):
        match = PROMPT.match(both.texts[0], row[0].start - row[0].column)
        if match and tuple(code.keys(row)) not in rows:
            rest = tuple(code.keys(t for t in row if t.start >= match.end()))
            if rest in rows:
                return Difference("prompt", match.span(), (rows[rest][0],) * 2)
    return None


def foreign_character(both):
    """Characters that only look like code."""
    found = lookalikes.first_foreign(both.typed)
    return found and foreign_at(both, *found)


def foreign_at(both, kind, token, offset):
    """Return the Difference that a foreign character in a token makes."""
    start = token.start + offset
    first, last = counterpart(both, token)
    line = both.texts[1][first:last]
    before = lookalikes.plain(both.texts[0][token.start - token.column : start])
    number = len(re.sub(r"\s", "", before))
    letters = [n for n, letter in enumerate(line) if not letter.isspace()]
    if number < len(letters) and line[letters[number]] == lookalikes.plain(token.text[offset]):
        first += letters[number]
        last = first + 1
    return Difference(kind, (start, start + 1), (first, last))


def counterpart(both, token):
    """Return where the token is in the lesson, going by its line."""
    mine = (t.text for t in both.typed if t.line == token.line)
    score = SequenceMatcher(autojunk=False)
    score.set_seq2(lookalikes.plain("".join(mine)))
    lines = {row[0].line: row for row in code.rows(both.lesson)}
    best = (0, token.line)
    for number, row in lines.items():
        score.set_seq1("".join(t.text for t in row))
        best = max(best, (score.ratio(), -abs(number - token.line), number))
    return span(lines.get(best[-1], both.lesson))


def open_gap(both):
    """A gap of the workbook that is not filled yet."""
    for token in both.typed:
        if token.text == code.GAP and code.GAP not in both.texts[1]:
            return Difference("gap", span([token]), counterpart(both, token))
    return None


def old_print(both):
    """A print without brackets, as in Python 2."""
    rows = both.lesson_rows()
    for row in code.rows(both.typed):
        keys = tuple(code.keys(row))
        if keys[0] == "print" and keys not in rows:
            full = ("print", "(", *keys[1:], ")")
            if full in rows:
                return Difference("print-statement", span(row), rows[full])
    return None


# Other lines, another layout, other words


def other_statements(both):
    """Whole lines that are missing, extra, or in another order."""
    mine, theirs = code.statements(both.typed), code.statements(both.lesson)
    a, b = ([tuple(code.keys(s)) for s in side] for side in (mine, theirs))
    start, end = in_common(a, b)
    if start + end == len(a) < len(b):
        gone = theirs[start : len(b) - end]
        return Difference("line-missing", before_statement(mine, start), span(sum(gone, [])))
    if start + end == len(b) < len(a):
        more = mine[start : len(a) - end]
        return Difference("line-extra", span(sum(more, [])), before_statement(theirs, start))
    if a != b and Counter(a) == Counter(b):
        return Difference("line-order", span(mine[start]), span(theirs[start]))
    return None


def before_statement(statements, number):
    """Return the place before a statement, or the end of the last one."""
    if number < len(statements):
        return (statements[number][0].start,) * 2
    return (statements[-1][-1].end,) * 2 if statements else (0, 0)


def swapped_matrix(both):
    """Rows and columns of a matrix, or of an index, that have changed places."""
    found = mistakes.swapped(*both.texts)
    return found and Difference("matrix", *found)


def other_layout(both):
    """The same words, but other lines or another indentation."""
    if code.keys(both.typed) != code.keys(both.lesson):
        return None
    pairs = list(zip(both.typed, both.lesson, strict=True))
    for mine, theirs in pairs:
        if mine.starts != theirs.starts:
            kind = "lines-joined" if theirs.starts else "line-broken"
            return Difference(kind, span([mine]), span([theirs]))
    return other_indentation(both, [pair for pair in pairs if pair[1].starts])


def other_indentation(both, starts):
    """The first line whose indentation does not fit that of most lines."""
    depths = code.levels(both.lesson)
    mine = [both.texts[0][token.start - token.column : token.start] for token, _ in starts]
    wrong = min(
        (
            [n for n, (s, d) in enumerate(zip(mine, depths, strict=True)) if s != d * unit]
            for unit in INDENTS
        ),
        key=len,
    )
    if not wrong:
        both.typed, both.lesson = (code.tokenize(text, trailing=True) for text in both.texts)
        return other_tokens(both)
    typed, theirs = starts[wrong[0]]
    kind = "tab" if "\t" in mine[wrong[0]] else "indentation"
    begin = typed.start - typed.column
    return Difference(kind, (begin, typed.start), (theirs.start - theirs.column, theirs.start))


def other_tokens(both):
    """Other words or signs."""
    a, b = code.keys(both.typed), code.keys(both.lesson)
    start, end = in_common(a, b)
    window = (start, len(a) - end, start, len(b) - end)
    if named(both, *window) in VAGUE:
        window = narrower(both, a, b, window)
    kind = named(both, *window)
    if kind == "quote":  # perhaps one that closes with another character
        line = both.typed[min(window[0], len(both.typed) - 1)].line
        found = lookalikes.first_foreign([t for t in both.typed if t.line == line], skip=())
        if found:
            return foreign_at(both, *found)
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
    first = tuple(i + offset for offset in changes[0])
    wider = [(first[0] - x, first[1] + y, first[2] - x, first[3] + y) for x, y in WIDER]
    return next((w for w in wider if named(both, *w) not in VAGUE), first)


def named(both, start, end, first, last):
    """Return the kind of mistake, if these tokens were typed where the lesson has those."""
    if start < 0 or not both.typed:
        return "different"
    mine, theirs = both.typed[start:end], both.lesson[first:last]
    line = (mine or both.typed[start - 1 :])[0].line
    quotes = [t for t in both.typed if t.kind == "broken" and t.line == line]
    if quotes and not any(t.kind == "broken" for t in both.lesson):
        return "quote"
    return mistakes.name(mine, theirs)


LOOKS = (
    copied_prompt,
    foreign_character,
    open_gap,
    old_print,
    other_statements,
    swapped_matrix,
    other_layout,
    other_tokens,
)


def in_common(a, b):
    """Return how many items two lists have in common at their beginnings, and at their ends."""
    start = equal_pairs(a, b)
    return start, equal_pairs(a[start:][::-1], b[start:][::-1])


def equal_pairs(a, b):
    """Return how many items two lists share before they first differ."""
    for number, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return number
    return min(len(a), len(b))


def span(tokens):
    """Return where tokens begin and end."""
    return (tokens[0].start, tokens[-1].end) if tokens else (0, 0)


def place(side, start, end, other):
    """Return where side[start:end] is; if it is empty, where `other` should have been."""
    if start < end:
        return span(side[start:end])
    if start < len(side) and (start == 0 or other.starts):
        return (side[start].start,) * 2
    return (side[start - 1].end,) * 2 if side else (0, 0)
