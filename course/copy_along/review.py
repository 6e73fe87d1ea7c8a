"""Comparing what was typed with the lesson, and saying in one sentence what differs."""

from dataclasses import dataclass

from course.copy_along import differences, lookalikes, same_code, tokens
from course.texts import COPY_ALONG

LONGEST = 20_000  # characters; nobody types more into one cell


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


def review(typed, reference, language="en"):
    """Compare a typed cell with the lesson's, and return a Review.

    Spaces, quotes, comments, line breaks in brackets, trailing commas and the spelling of numbers
    do not matter. language: "en" or "ja".
    """
    typed, reference = (tokens.with_newlines(text) for text in (typed, reference))
    if len(typed) > LONGEST:
        message = COPY_ALONG.say("different", language, typed=short(typed), lesson=short(reference))
        return Review(False, None, message, "different")
    if not tokens.cut(typed) and tokens.cut(reference):
        return Review(False, None, COPY_ALONG.say("empty", language), "empty")
    if same_code.same(typed, reference):
        return matching(typed, language)
    difference = differences.first(typed, reference)
    line = typed.count("\n", 0, difference.typed[0]) + 1
    playful = same_code.experiment(typed, reference)
    message = sentence(difference, typed, reference, line, language)
    return Review(False, line, message, difference.kind, playful, *difference[1:])


def matching(typed, language):
    """Return the Review of a cell that means the same; a full-width letter is pointed out."""
    found = lookalikes.first_foreign(tokens.cut(typed))
    if found is None:
        return Review(True, None, COPY_ALONG.say("match", language))
    kind, token, place = found
    message = COPY_ALONG.say("match-wide", language, typed=token.text)
    start = token.start + place
    return Review(True, token.line, message, kind, typed=(start, start + 1))


def sentence(difference, typed, reference, line, language):
    """Return the sentence of help for a difference."""
    mine, theirs = typed[slice(*difference.typed)], reference[slice(*difference.lesson)]
    kind, plain = difference.kind, lookalikes.plain(mine)
    if plain in ("", " ") and kind in ("full-width", "look-alike"):
        kind += "-space"
    elif same_code.parse(reference) is None and same_code.parse(typed):
        kind = "purpose"
    elif mine.strip() and not theirs.strip() and "{lesson}" in COPY_ALONG.table[kind]["en"]:
        kind = "extra"
    elif theirs.strip() and not mine.strip() and "{typed}" in COPY_ALONG.table[kind]["en"]:
        kind = "missing"
    words = {"typed": short(mine), "lesson": short(theirs), "plain": plain}
    return COPY_ALONG.say(kind, language, line=line, **words)


def short(code):
    """Return the first line of a piece of code, or what fits into a sentence of it."""
    line = code.strip().split("\n")[0]
    return line if len(line) <= 50 else line[:47] + "..."
