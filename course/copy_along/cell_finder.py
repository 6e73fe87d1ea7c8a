"""Which cell of the lesson is this? By its id, and where there is none, by what is in it.

It also finds cells that a learner has split, or typed into one.
"""

from difflib import SequenceMatcher

from course.copy_along import code, lookalikes

CLOSE = 0.7  # how alike a cell without a lesson's id must be
SHORT = 4  # a cell with this few tokens, as in print(x), is like too many others
STRANGE = 0.2  # a cell less alike than this was used for something else


class Finder:
    """Finds the lesson's cell for what was typed."""

    def __init__(self, lesson):
        self.lesson = lesson
        self.meanings = {c: code.meaning(lesson.source(c)) for c in lesson.code}
        self.keys = {c: meant_keys(lesson.source(c)) for c in lesson.typed}
        self.last = None

    def find(self, typed, cell_id, done=()):
        """Return the id of the lesson's cell, or None if this is not from the lesson.

        Of cells with the same code, the first one that is not done yet is taken.
        """
        found = self.same(typed, cell_id, done) or self.own(typed, cell_id) or self.alike(typed)
        self.last = found or self.last
        return found

    def same(self, typed, cell_id, done):
        """Return the cell that means the same."""
        meaning = code.meaning(typed)
        found = [other for other, wanted in self.meanings.items() if meaning and wanted == meaning]
        if cell_id in found:
            return cell_id
        return next(
            (other for other in self.in_turn(found) if other not in done), *found[:1] or [None]
        )

    def own(self, typed, cell_id):
        """Return the cell with this id, unless its place was used for something else."""
        if cell_id not in self.keys:
            return cell_id if cell_id in self.lesson.code else None
        played = code.is_experiment(typed, self.lesson.source(cell_id))
        return cell_id if played or self.likeness(meant_keys(typed), cell_id) >= STRANGE else None

    def alike(self, typed):
        """Return the cell that is most like what was typed, if it is very much so."""
        mine = meant_keys(typed)
        scores = [(self.likeness(mine, other), other) for other in self.keys]
        best, found = max(scores, default=(0, None))
        return found if best >= CLOSE and len(mine) > SHORT else None

    def merged(self, typed):
        """Return the ids of successive cells that were typed into one."""
        meaning, order = code.meaning(typed), list(self.keys)
        for first in range(len(order) if meaning else 0):
            whole = self.meanings[order[first]]
            for last in range(first + 1, len(order)):
                if not (whole and meaning.startswith(whole)):
                    break
                whole = f"{whole}\n{self.meanings[order[last]]}"
                if whole == meaning:
                    return order[first : last + 1]
        return []

    def in_turn(self, cell_ids):
        """Return the cells in the lesson's order, beginning after the one found last."""
        order = list(self.lesson.code)
        start = order.index(self.last) if self.last else -1
        places = {cell_id: order.index(cell_id) for cell_id in cell_ids}
        return sorted(cell_ids, key=lambda cell_id: (places[cell_id] <= start, places[cell_id]))

    def likeness(self, mine, cell_id):
        """Return how alike the tokens are, from 0 to 1; the beginning of a cell counts as alike."""
        theirs = self.keys[cell_id]
        if mine == theirs[: len(mine)]:
            return 0.5 + len(mine) / len(theirs) / 2
        matcher = SequenceMatcher(None, mine, theirs, False)
        return matcher.ratio() if matcher.real_quick_ratio() >= STRANGE else 0


class Pieces:
    """Remembers which statements of the lesson's cells have run, no matter in which cells."""

    def __init__(self, meanings):
        self.cells = {cell_id: (meaning or "").split("\n") for cell_id, meaning in meanings.items()}
        self.covered = {cell_id: set() for cell_id in self.cells}

    def add(self, typed, cell_id):
        """Note a piece of this cell, and return which statements are still to come.

        Return None if it is not part of this cell, or if something before it was skipped.
        """
        piece = self.found(typed).get(cell_id, set())
        self.covered[cell_id] |= piece
        if not piece or not set(range(min(piece))) <= self.covered[cell_id]:
            return None
        return set(range(len(self.cells[cell_id]))) - self.covered[cell_id]

    def completed(self, typed):
        """Note a piece that is in a cell of its own; return the cells that it completes."""
        whole = []
        for cell_id, piece in self.found(typed).items():
            before = set(self.covered[cell_id])
            self.covered[cell_id] |= piece
            if before and len(before) < len(self.cells[cell_id]) == len(self.covered[cell_id]):
                whole.append(cell_id)
        return whole

    def found(self, typed):
        """Return the cells of which some statements were typed: {id: their numbers}."""
        mine = [part for part in (code.meaning(typed) or "").split("\n") if part]
        places = {cell_id: within(mine, cell) for cell_id, cell in self.cells.items()}
        return {cell_id: set(range(*place)) for cell_id, place in places.items() if place}


def meant_keys(text):
    """Return the keys of the tokens that were probably meant."""
    return code.keys(code.tokenize(lookalikes.plain(text)))


def within(mine, theirs):
    """Return where the list `mine` occurs in the list `theirs`: (first, last + 1), or None."""
    for first in range(len(theirs) - len(mine) + 1 if mine else 0):
        if theirs[first : first + len(mine)] == mine:
            return first, first + len(mine)
    return None
