"""Two texts beside each other, and places in them where they differ."""

from typing import NamedTuple

from course.copy_along import tokens


class Difference(NamedTuple):
    """One difference: its kind, and from where to where it goes in both texts."""

    kind: str
    typed: tuple  # (start, end)
    lesson: tuple


class Both:
    """A typed cell and the lesson's, as texts and as tokens."""

    def __init__(self, typed, lesson):
        self.texts = typed, lesson
        self.typed, self.lesson = tokens.cut(typed), tokens.cut(lesson)

    def lesson_rows(self):
        """Return where each line of the lesson stands: {keys of its tokens: (start, end)}."""
        return {tuple(tokens.keys(row)): span(row) for row in tokens.rows(self.lesson)}


def common(a, b):
    """Return how many items two lists have in common at their beginnings."""
    for number, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return number
    return min(len(a), len(b))


def span(tokens):
    """Return from where to where tokens go."""
    return tokens[0].start, tokens[-1].end


def place(side, start, end, other):
    """Return where side[start:end] stands; if it is empty, where `other` should have stood."""
    if start < end:
        return span(side[start:end])
    if start < len(side) and (start == 0 or other.starts):
        return side[start].start, side[start].start
    return (side[start - 1].end, side[start - 1].end) if side else (0, 0)
