"""Turn strokes into 28x28 pixels as MNIST's makers did, so that the networks can read them.

The strokes are scaled to fit a box of 20x20 pixels with their proportions kept, drawn with
MNIST's own pen, and put into 28x28 pixels with the centre of mass in the middle. Source: LeCun,
Cortes and Burges, 1998, who did so with black and white scans. In all functions strokes are a
list of strokes, each a list of [x, y] from 0 to 1 of the pad, y downwards.
"""

import numpy as np

SIDE, BOX = 28, 20
MIDDLE = SIDE // 2
PEN = 2.5  # pixels of the 20x20 box: the middle one of MNIST's pens
SOFT = 1.2  # pixels over which the edge of a line goes from ink to paper
MOST_POINTS = 5000


def clean(strokes):
    """Return the strokes as a list of lists of [x, y] in 0..1; anything else is left out.

    Numbers beyond 0..1 are brought to the edge. More than MOST_POINTS in all are cut off.
    """
    found, most = [], MOST_POINTS
    for stroke in strokes if isinstance(strokes, list | tuple) else ():
        points = []
        for point in stroke if isinstance(stroke, list | tuple) else ():
            if most and is_point(point):
                points.append([min(max(float(value), 0.0), 1.0) for value in point])
                most -= 1
        if points:
            found.append(points)
    return found


def is_point(point):
    """Return whether this is a pair of finite numbers."""
    if not isinstance(point, list | tuple) or len(point) != 2:
        return False
    return all(
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
        for value in point
    )


def bounding_box(strokes, pen=0.0):
    """Return [left, top, right, bottom] of strokes drawn with a pen, or [] without any."""
    if not strokes:
        return []
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    return [*(points.min(axis=0) - pen / 2).tolist(), *(points.max(axis=0) + pen / 2).tolist()]


def from_strokes(strokes):
    """Return the picture (28, 28), float32 from 0 (paper) to 1 (ink), of clean strokes.

    It is drawn with MNIST's own pen: how thick the lines were on the pad does not matter.
    Without strokes, all is 0.
    """
    if not strokes:
        return np.zeros((SIDE, SIDE), np.float32)
    left, top, right, bottom = bounding_box(strokes)
    width, height = right - left, bottom - top
    scale = (BOX - PEN) / max(width, height, 1e-9) if max(width, height) > 0.01 else 0
    size = np.array([width, height]) * scale + PEN
    corner = (BOX - size) / 2 + PEN / 2
    return centred(drawn([(np.array(stroke) - (left, top)) * scale + corner for stroke in strokes]))


def drawn(lines):
    """Return the picture (22, 22) of lines, each an array (N, 2) of x and y in pixels of the box.

    Around the box is an edge of one pixel: pixel (row, column) has its middle at x = column - 0.5,
    y = row - 0.5. Its ink is 1 nearer to a line than half the pen, 0 further away, and in between
    over SOFT pixels.
    """
    lines = [_thinned(line) for line in lines]
    start = np.concatenate([line[: max(len(line) - 1, 1)] for line in lines])
    end = np.concatenate([line[min(len(line) - 1, 1) :] for line in lines])
    along = end - start
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    axis = np.arange(BOX + 2) - 0.5
    x = axis[None, :, None] - start[:, 0]
    y = axis[:, None, None] - start[:, 1]
    part = np.clip((x * along[:, 0] + y * along[:, 1]) / length, 0, 1)
    away = np.hypot(x - part * along[:, 0], y - part * along[:, 1]).min(axis=2)
    return np.clip((PEN / 2 - away) / SOFT + 0.5, 0, 1).astype(np.float32)


def _thinned(line, least=0.25):
    """Return the points of a line without those that are almost at the one before."""
    (x, y), *points = line.tolist()
    kept = [(x, y)]
    for a, b in points:
        if abs(a - x) >= least or abs(b - y) >= least:
            x, y = a, b
            kept.append((a, b))
    return np.array([*kept, points[-1]] if points else kept)


def centred(ink):
    """Return 28x28 pixels with the ink (22, 22) moved by whole pixels.

    The centre of mass comes to row 14 and column 14, or as near to them as the ink has room.
    """
    total = ink.sum()
    canvas = np.zeros((SIDE, SIDE), np.float32)
    corner = []
    for axis, length in enumerate(ink.shape):
        mass = (ink.sum(axis=1 - axis) @ np.arange(length)) / total
        corner.append(int(np.clip(np.floor(MIDDLE - mass + 0.5), 0, SIDE - length)))
    top, left = corner
    canvas[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return canvas
