"""Ink and paper: which pixels of a picture are ink, and which of those are only dust."""

import numpy as np
from PIL import Image

LARGEST = 400  # pixels: a larger picture is made smaller first
FAINT = 0.12  # of the way from black to white: less than that between ink and paper is no ink


def ink(picture):
    """Return how much ink each pixel of a picture has: (H, W) from 0 (paper) to 1 (ink).

    picture is (H, W), (H, W, 3) with red, green and blue, or (H, W, 4) with the opacity after
    them; numbers from 0 to 1, or to 255. What most of the border shows is paper, a plane of grey
    values; whatever differs from it in the direction of the most different pixels is ink.
    Raises ValueError for what is no picture.
    """
    grey = _grey(picture)
    rows, columns = np.mgrid[-1 : 1 : grey.shape[0] * 1j, -1 : 1 : grey.shape[1] * 1j]
    plane = np.stack([np.ones_like(rows), rows, columns], axis=-1)
    border = np.ones(grey.shape, bool)
    border[1:-1, 1:-1] = False
    paper = border & (np.abs(grey - np.median(grey[border])) < 0.25)
    slope = np.linalg.lstsq(plane[paper], grey[paper], rcond=None)[0]
    different = grey - plane @ slope
    if -different.min() < different.max():
        different = -different
    different = np.maximum(-different, 0)
    full = np.percentile(different, 99.9) if different.size > 5000 else different.max()
    if full < FAINT:
        return np.zeros_like(grey)
    threshold = _threshold(different)
    full = np.median(different[different >= threshold])
    low = min(0.3 * full, 2.5 * np.percentile(different[different < threshold], 50) + 0.02)
    return np.clip((different - low) / (full - low), 0, 1)


def _threshold(values):
    """Return the value that parts the others best in two groups. Source: Otsu, 1979."""
    counts, edges = np.histogram(values, 64)
    middles = (edges[1:] + edges[:-1]) / 2
    low = np.cumsum(counts)[:-1]
    high = counts.sum() - low
    sums = np.cumsum(counts * middles)
    means = sums[:-1] / np.maximum(low, 1), (sums[-1] - sums[:-1]) / np.maximum(high, 1)
    return edges[1 + np.argmax(low * high * (means[1] - means[0]) ** 2)]


def _grey(picture):
    """Return a picture as grey values (H, W) from 0 to 1, at most LARGEST pixels long."""
    picture = np.asarray(picture)
    good = picture.ndim == 2 or picture.ndim == 3 and picture.shape[2] in (1, 3, 4)
    if not good or picture.dtype.kind not in "buif" or 0 in picture.shape:
        raise ValueError(
            "A picture is an array (height, width) or (height, width, 3) of numbers, "
            f"but here is {picture.dtype} {picture.shape}."
        )
    scale = 255 if picture.dtype.kind in "ui" and picture.max() > 1 else 1
    picture = np.nan_to_num(picture.astype(np.float32), posinf=1, neginf=0)
    scale = 255 if picture.max() > 1.5 else scale
    picture = np.clip(picture / scale, 0, 1)
    if picture.ndim == 3:
        color, opacity = picture[..., :3].mean(axis=2), picture[..., 3:]
        picture = color if not opacity.size else 1 - opacity[..., 0] * (1 - color)
    shrink = max(picture.shape) / LARGEST
    if shrink <= 1:
        return picture
    size = [max(1, round(length / shrink)) for length in picture.shape[::-1]]
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))


def without_dust(picture):
    """Return the ink without specks: pieces that are small beside the largest one."""
    mask = picture > 0.3
    pieces = labelled(mask)
    sizes = np.bincount(pieces.ravel())
    sizes[0] = 0
    if len(sizes) < 3:
        return picture
    dust = sizes < 0.04 * sizes.max()
    dust[0] = False
    return np.where(_spread(dust[pieces]), 0, picture)


def _spread(mask):
    """Return the mask, one pixel larger on each side."""
    wide = np.pad(mask, 1)
    wide = wide[:-2] | wide[1:-1] | wide[2:]
    return wide[:, :-2] | wide[:, 1:-1] | wide[:, 2:]


def labelled(mask):
    """Return for each true pixel the number 1, 2, ... of the piece that it belongs to."""
    pieces = np.zeros(mask.shape, int)
    parent, above = [0], []
    for row, line in enumerate(mask):
        steps = np.flatnonzero(np.diff(np.pad(line.astype(np.int8), 1)))
        runs = []
        for start, end in zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True):
            label = len(parent)
            parent.append(label)
            for first, last, other in above:
                if first <= end and start <= last:
                    parent[_root(parent, other)] = _root(parent, label)
            pieces[row, start:end] = label
            runs.append((start, end, label))
        above = runs
    roots = np.array([_root(parent, label) for label in range(len(parent))])
    return np.unique(roots, return_inverse=True)[1][pieces]


def _root(parent, label):
    while parent[label] != label:
        parent[label] = label = parent[parent[label]]
    return label
