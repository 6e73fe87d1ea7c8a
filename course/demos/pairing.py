"""The matrix product A @ B in single steps: which row meets which column, and how far they are."""

import numpy as np


def counting(rows, columns):
    """Return a matrix that counts 1, 2, 3 ... row by row."""
    return np.arange(1, rows * columns + 1).reshape(rows, columns)


def steps(A, B):
    """Return how many products A @ B needs, one for each step, or 0 if it is impossible."""
    return A.size * B.shape[1] if A.shape[1] == B.shape[0] else 0


def place(step, A, B):
    """Return the row, the column and how many of their pairs are multiplied after a step.

    Before the first product, at step 0, row 0 and column 0 meet, and no pair is multiplied.
    """
    element, pair = divmod(max(step - 1, 0), A.shape[1])
    return *divmod(element, B.shape[1]), pair + 1 if step else 0


def finished(step, A, B):
    """Return {(row, column): sum} for the elements of A @ B that are complete after a step."""
    if not steps(A, B):
        return {}
    C, columns = A @ B, B.shape[1]
    places = [divmod(element, columns) for element in range(step // A.shape[1])]
    return {spot: int(C[spot]) for spot in places}
