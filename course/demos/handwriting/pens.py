"""Pens: lines drawn with a soft edge, how thick the lines of a picture are, and other pens."""

import numpy as np


def drawn(lines, side, pen, edge, shift=0.0):
    """Return the picture (side, side) of lines, each an array (N, 2) of x and y in pixels.

    Pixel (row, column) has its middle at x = column + 0.5 - shift, y = row + 0.5 - shift. Its ink
    is 1 nearer to a line than half the pen, 0 further away, and in between over `edge` pixels.
    """
    lines = [_thinned(line) for line in lines]
    start = np.concatenate([line[: max(len(line) - 1, 1)] for line in lines])
    end = np.concatenate([line[min(len(line) - 1, 1) :] for line in lines])
    along = end - start
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    axis = np.arange(side) + 0.5 - shift
    x = axis[None, :, None] - start[:, 0]
    y = axis[:, None, None] - start[:, 1]
    part = np.clip((x * along[:, 0] + y * along[:, 1]) / length, 0, 1)
    away = np.hypot(x - part * along[:, 0], y - part * along[:, 1]).min(axis=2)
    return np.clip((pen / 2 - away) / edge + 0.5, 0, 1).astype(np.float32)


def _thinned(line, least=0.25):
    """Return the points of a line without those that are nearly where the one before is."""
    (x, y), *points = line.tolist()
    kept = [(x, y)]
    for a, b in points:
        if abs(a - x) >= least or abs(b - y) >= least:
            x, y = a, b
            kept.append((a, b))
    return np.array([*kept, points[-1]] if points else kept)


def pen_width(picture):
    """Return about how many pixels wide the lines are: 2 area / outline."""
    padded = np.pad(picture, 2)
    down, right = np.gradient(padded)
    return 2 * padded.sum() / max(np.hypot(down, right).sum(), 1e-9)


def with_pen(picture, wide, wanted):
    """Return the picture with its lines grown or shrunk from `wide` to `wanted` pixels."""
    margin = int(max(wanted - wide, 0) / 2) + 4
    inside = np.pad(picture, margin) > 0.5
    away = distance(~inside) - distance(inside)  # above 0 inside
    return np.clip(away + (wanted - wide) / 2 + 0.5, 0, 1).astype(np.float32)


def distance(mask):
    """Return each pixel's distance to the nearest true pixel, less one half; 0 in true ones.

    Source: Felzenszwalb and Huttenlocher, 2012; columns first, then rows.
    """
    places = np.arange(mask.shape[0], dtype=np.float32)[:, None]
    before = np.maximum.accumulate(np.where(mask, places, -1e3), axis=0)
    after = np.minimum.accumulate(np.where(mask, places, 1e3)[::-1], axis=0)[::-1]
    column = np.minimum(places - before, after - places) ** 2
    across = np.arange(mask.shape[1], dtype=np.float32)
    apart = (across[:, None] - across) ** 2
    found = np.sqrt((column[:, None, :] + apart).min(axis=2))
    return np.maximum(found - 0.5, 0)
