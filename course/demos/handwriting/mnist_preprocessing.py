"""Bring a drawing to 28x28 pixels in the way of MNIST's makers, so that the networks can read it.

The ink is cut out, scaled to fit a box of 20x20 pixels with its proportions kept, and put into
28x28 pixels with its centre of mass in the middle. Source: LeCun, Cortes and Burges, 1998, who
did so with black and white scans. A drawing here may have any pen, and a picture any paper too.
"""

import numpy as np
from PIL import Image

from course.demos.handwriting import inks, pens

SIDE, BOX = 28, 20
MIDDLE = SIDE // 2
PEN = 2.5  # pixels of the 20x20 box: the middle one of MNIST's pens
EDGE = 1.2  # pixels over which the edge of a line goes from ink to paper
PENS = 2.0, 2.8  # pixels: thinner and thicker pens of pictures are brought to these
FINE = 4  # a picture's pen is changed at so many times the resolution
MOST_POINTS = 5000


def clean(strokes, most=MOST_POINTS):
    """Return the strokes as a list of lists of [x, y] in 0..1; what is nothing such is left out.

    Numbers beyond 0..1 are brought to the edge. More than `most` points in all are cut off.
    """
    found = []
    for stroke in strokes if isinstance(strokes, list | tuple) else ():
        points = []
        for point in stroke if isinstance(stroke, list | tuple) else ():
            if most and is_point(point):
                points.append([min(max(float(number), 0.0), 1.0) for number in point])
                most -= 1
        if points:
            found.append(points)
    return found


def is_point(point):
    """Return whether this is a pair of finite numbers."""
    if not isinstance(point, list | tuple) or len(point) != 2:
        return False
    return all(
        isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < 1e9
        for number in point
    )


def frame(strokes, pen=0.0):
    """Return [left, top, right, bottom] of clean strokes drawn with a pen, or [] without any."""
    if not strokes:
        return []
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    return [*(points.min(axis=0) - pen / 2).tolist(), *(points.max(axis=0) + pen / 2).tolist()]


def from_strokes(strokes):
    """Return the picture (28, 28), float32 from 0 (paper) to 1 (ink), of strokes.

    strokes is a list of lists of [x, y], y downwards; see `clean` for what else may come. The
    picture is drawn with MNIST's own pen: how thick the lines were on the pad has no influence.
    Without ink, all is 0.
    """
    strokes = clean(strokes)
    if not strokes:
        return np.zeros((SIDE, SIDE), np.float32)
    left, top, right, bottom = frame(strokes)
    width, height = right - left, bottom - top
    scale = (BOX - PEN) / max(width, height, 1e-9) if max(width, height) > 0.01 else 0
    size = np.array([width, height]) * scale + PEN
    corner = (BOX - size) / 2 + PEN / 2
    lines = [(np.array(stroke) - (left, top)) * scale + corner for stroke in strokes]
    return centred(pens.drawn(lines, BOX + 2, PEN, EDGE, shift=1))


def from_picture(picture):
    """Return the picture (28, 28), float32 from 0 (paper) to 1 (ink), of a digit in a bitmap.

    picture is (H, W) or (H, W, 3 or 4), of any size, light on dark or dark on light; see
    `inks.ink` for how the ink is found. Without ink, all is 0. Raises ValueError for something
    that is no picture.
    """
    ink = inks.without_dust(inks.ink(picture))
    if not ink.any():
        return np.zeros((SIDE, SIDE), np.float32)
    fine = fitted(ink, BOX * FINE)
    wide = pens.pen_width(fine) / FINE
    if not PENS[0] <= wide <= PENS[1]:
        changed = pens.with_pen(fine, wide * FINE, np.clip(wide, *PENS) * FINE)
        fine = changed if changed.max() > 0.5 else fine  # dots so small that nothing was left
    return centred(np.pad(fitted(fine, BOX), 1))


def fitted(ink, box):
    """Return the ink, cut out and scaled so that the longer side has `box` pixels."""
    rows, columns = (np.flatnonzero((ink > 0.25).any(axis=axis)) for axis in (1, 0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    scale = box / max(bottom - top, right - left)
    size = [max(1, round((end - start) * scale)) for start, end in ((left, right), (top, bottom))]
    image = Image.fromarray(np.asarray(ink, np.float32))
    image = image.resize(size, Image.Resampling.BICUBIC, box=(left, top, right, bottom))
    return np.clip(np.asarray(image), 0, 1)


def centred(ink):
    """Return 28x28 pixels with the ink (H, W), at most 22x22, moved by whole pixels.

    The centre of mass comes to row 14 and column 14, or as near to them as the ink has room.
    """
    total = ink.sum()
    canvas = np.zeros((SIDE, SIDE), np.float32)
    place = []
    for axis, length in enumerate(ink.shape):
        mass = (ink.sum(axis=1 - axis) @ np.arange(length)) / total
        place.append(int(np.clip(np.floor(MIDDLE - mass + 0.5), 0, SIDE - length)))
    top, left = place
    canvas[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return canvas
