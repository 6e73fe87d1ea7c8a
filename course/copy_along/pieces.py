"""Cells that were split: which statements of a lesson's cell have been typed, in whatever cell."""

from course.copy_along import same_code


class Pieces:
    """Remembers the pieces of cells that have run."""

    def __init__(self, meanings):
        self.cells = {cell_id: (meaning or "").split("\n") for cell_id, meaning in meanings.items()}
        self.covered = {cell_id: set() for cell_id in self.cells}

    def add(self, typed, cell_id):
        """Note a piece of this cell, and return which statements are still to come.

        Return None if it is no piece of it, or if something before it was skipped.
        """
        piece = self.found(typed).get(cell_id, set())
        self.covered[cell_id] |= piece
        if not piece or not set(range(min(piece))) <= self.covered[cell_id]:
            return None
        return set(range(len(self.cells[cell_id]))) - self.covered[cell_id]

    def completed(self, typed):
        """Note a piece that stands in a cell of its own; return the cells that it completes."""
        whole = []
        for cell_id, piece in self.found(typed).items():
            before = set(self.covered[cell_id])
            self.covered[cell_id] |= piece
            if before and len(before) < len(self.cells[cell_id]) == len(self.covered[cell_id]):
                whole.append(cell_id)
        return whole

    def found(self, typed):
        """Return of which cells some of the statements were typed: {id: their numbers}."""
        mine = [part for part in (same_code.meaning(typed) or "").split("\n") if part]
        places = {cell_id: same_code.within(mine, cell) for cell_id, cell in self.cells.items()}
        return {cell_id: set(range(*place)) for cell_id, place in places.items() if place}
