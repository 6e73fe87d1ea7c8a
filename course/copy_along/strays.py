"""What does not belong into code at all: prompts, foreign characters, gaps, an old print."""

import re
from difflib import SequenceMatcher

from course.copy_along import lookalikes, tokens
from course.copy_along.places import Difference, span

PROMPT = re.compile(r"[ \t]*(>>>|\.\.\.|(In|Out)? ?\[\d*\]:|\d+[.:)|]?(?=\s))[ \t]*")
GAP = "____"


def prompt(both):
    """A prompt or a line number that was copied along."""
    rows = both.lesson_rows()
    for row in tokens.rows(both.typed):
        begin = row[0].start - row[0].column
        match = PROMPT.match(both.texts[0], begin)
        if match and tuple(tokens.keys(row)) not in rows:
            rest = tuple(tokens.keys(t for t in row if t.start >= match.end()))
            if rest in rows:
                return Difference("prompt", match.span(), (rows[rest][0],) * 2)
    return None


def old_print(both):
    """A print without brackets, as in Python 2."""
    rows = both.lesson_rows()
    for row in tokens.rows(both.typed):
        keys = tuple(tokens.keys(row))
        if keys[0] == "print" and keys not in rows:
            full = ("print", "(", *keys[1:], ")")
            if full in rows:
                return Difference("print-statement", span(row), rows[full])
    return None


def foreign(both):
    """Characters that only look like code."""
    found = lookalikes.first_foreign(both.typed)
    return found and foreign_at(both, *found)


def foreign_at(both, kind, token, place):
    """Return the Difference that a foreign character in a token makes."""
    start = token.start + place
    first, last = counterpart(both, token)
    line = both.texts[1][first:last]
    before = lookalikes.plain(both.texts[0][token.start - token.column : start])
    number = len(re.sub(r"\s", "", before))
    letters = [n for n, letter in enumerate(line) if not letter.isspace()]
    if number < len(letters) and line[letters[number]] == lookalikes.plain(token.text[place]):
        first += letters[number]
        last = first + 1
    return Difference(kind, (start, start + 1), (first, last))


def counterpart(both, token):
    """Return where in the lesson the token stands, going by its line."""
    mine = [t for t in both.typed if t.line == token.line]
    wanted = lookalikes.plain("".join(t.text for t in mine))
    lines = {}
    for other in both.lesson:
        lines.setdefault(other.line, []).append(other)
    score = SequenceMatcher(autojunk=False)
    score.set_seq2(wanted)
    best, number = (0, token.line), len(lines)
    for number, line in lines.items():
        score.set_seq1("".join(t.text for t in line))
        best = max(best, (score.ratio(), -abs(number - token.line), number))
    line = lines.get(best[-1]) or both.lesson
    return line[0].start, line[-1].end


def gap(both):
    """A gap of the workbook that is not filled yet."""
    for token in both.typed:
        if token.text == GAP and GAP not in both.texts[1]:
            return Difference("gap", (token.start, token.end), counterpart(both, token))
    return None
