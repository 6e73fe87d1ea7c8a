"""MNIST's digits drawn once more, as strokes along their middle lines."""

import numpy as np
from PIL import Image

UP = 3  # the middle lines are sought at so many times the resolution


def enlarged(x, factor):
    """Return pictures (N, 28, 28) with `factor` times as many pixels, smoothly."""
    size = (28 * factor, 28 * factor)
    many = [Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC) for picture in x]
    return np.clip(np.stack([np.asarray(picture) for picture in many]), 0, 1)


def thinned(masks):
    """Return the middle lines, one pixel wide, of the masks (N, H, W). Zhang and Suen, 1984."""
    masks = np.pad(masks, ((0, 0), (1, 1), (1, 1)))
    changed = True
    while changed:
        changed = False
        for turn in 0, 1:
            p = _around(masks)
            count = sum(p)
            steps = sum(~a & b for a, b in zip(p, [*p[1:], p[0]], strict=True))
            first = p[0] & p[2] & p[4] if turn == 0 else p[0] & p[2] & p[6]
            second = p[2] & p[4] & p[6] if turn == 0 else p[0] & p[4] & p[6]
            middle = masks[:, 1:-1, 1:-1]
            gone = middle & (count >= 2) & (count <= 6) & (steps == 1) & ~first & ~second
            if gone.any():
                masks[:, 1:-1, 1:-1] &= ~gone
                changed = True
    return masks[:, 1:-1, 1:-1]


def _around(masks):
    """Return the eight neighbours, from the upper one clockwise."""
    steps = (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1)
    _, rows, columns = masks.shape
    return [masks[:, 1 + i : rows - 1 + i, 1 + j : columns - 1 + j] for i, j in steps]


def followed(line):
    """Return the strokes, lists of (column, row), that lie along a thin line (H, W).

    From an end, if there is one, from pixel to pixel and straight on where the line forks; then
    what is left, each piece joined to the lines that it touches.
    """
    left = {tuple(point) for point in np.argwhere(line).tolist()}
    strokes, done = [], set()
    while left:
        stroke = [min(left, key=lambda point: (sum(n in left for n in near(point)), point))]
        left.discard(stroke[0])
        before = [n for n in near(stroke[0]) if n in done][:1]
        while ahead := [n for n in near(stroke[-1]) if n in left]:
            stroke.append(max(ahead, key=lambda n: straight(stroke, n)))
            left.discard(stroke[-1])
        after = [n for n in near(stroke[-1]) if n in done or n in stroke[:-3]][:1]
        done.update(stroke)
        stroke = before + stroke + after
        if len(stroke) > 2 or not strokes:
            strokes.append([(column, row) for row, column in stroke])
    return strokes


def near(point):
    """Return the eight neighbours of a pixel, those at its sides first."""
    row, column = point
    steps = (0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)
    return [(row + i, column + j) for i, j in steps]


def straight(stroke, point):
    """Return how little a stroke would turn to go on to a point: the cosine of the turn."""
    if len(stroke) < 5:
        return 0
    (a, b), (row, column) = stroke[-5], stroke[-1]
    i, j = point[0] - row, point[1] - column
    return ((row - a) * i + (column - b) * j) / np.hypot(i, j)


def smoothed(stroke):
    """Return a stroke without the stairs that pixels make."""
    points = np.array(stroke, float)
    for _ in range(3):
        if len(points) > 2:
            points[1:-1] = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
    return points


def strokes_of(x):
    """Return the strokes of pictures (N, 28, 28), in pixels of those."""
    lines = thinned(enlarged(x, UP) > 0.5)
    return [[(smoothed(stroke) + 0.5) / UP for stroke in followed(line)] for line in lines]


def placed(strokes, size, left, top):
    """Return strokes in 0..1 of the pad: the digit's 28 pixels are `size` of it."""
    return [[[left + size * a / 28, top + size * b / 28] for a, b in s] for s in strokes]
