"""Turn the 8x8 grids of UCI's handwritten digits into 28x28 pictures like MNIST's.

UCI divided bitmaps of 32x32 pixels into blocks of 4x4, and kept how many of the 16 pixels
of each block are on. MNIST's digits were scaled to a box of 20x20 and put into
a field of 28x28 by their centre of mass (LeCun, Bottou, Bengio and Haffner, 1998).
So the bitmap is drawn again, its strokes made as thin as MNIST's, then scaled and placed.

All arithmetic is in whole numbers, so the pictures are the same on every machine.
"""

import numpy as np

INK = 80  # of a bitmap with soft edges


def like_mnist(counts):
    """Return the picture (28, 28), uint8, 0 paper to 255 ink, of `counts` (8, 8), 0 to 16."""
    return centered(fit(thin(bitmap(counts))))


def blur(image):
    """Return `image` (H, W), each pixel mixed with its neighbours, 256 times as large."""
    weights = (1, 4, 6, 4, 1)
    height, width = image.shape
    padded = np.pad(image, 2)
    rows = sum(weight * padded[i : i + height] for i, weight in enumerate(weights))
    return sum(weight * rows[:, i : i + width] for i, weight in enumerate(weights))


def brightest(image, counts):
    """Return a bitmap (32, 32): in each block of 4x4 the `counts` (8, 8) brightest pixels."""
    blocks = image.reshape(8, 4, 8, 4).swapaxes(1, 2).reshape(64, 16)
    order = np.argsort(-blocks, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    chosen = (rank < counts.reshape(64, 1)).astype(np.int64)
    return chosen.reshape(8, 8, 4, 4).swapaxes(1, 2).reshape(32, 32)


def bitmap(counts):
    """Return a bitmap (32, 32) that could have given the `counts` (8, 8) of 0 to 16.

    Each block gets its number of pixels where the blurred image is brightest. Blurring
    the bitmap and choosing again joins the strokes from block to block.
    """
    image = np.kron(counts, np.ones((4, 4), dtype=np.int64))
    for _ in range(3):
        image = brightest(blur(blur(blur(image))), counts)
    return image


def thin(image):
    """Return a bitmap with soft edges and strokes as thin as MNIST's: 0 to INK."""
    return np.clip(blur(image) - 128, 0, INK)


def overlaps(old, new):
    """Return (new, old): how far each of `new` pixels covers each of `old` on the same line."""
    new_start = np.arange(new, dtype=np.int64)[:, np.newaxis] * old
    old_start = np.arange(old, dtype=np.int64) * new
    end = np.minimum(new_start + old, old_start + new)
    return np.maximum(end - np.maximum(new_start, old_start), 0)


def fit(image, size=20):
    """Return the drawn part of `image`, scaled to a box of `size`, with values 0 to 255."""
    rows, columns = np.nonzero(image)
    image = image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    height, width = image.shape
    longest = max(height, width)
    new_height, new_width = ((2 * side * size + longest) // (2 * longest) for side in image.shape)
    scaled = overlaps(height, new_height) @ image @ overlaps(width, new_width).T
    full = height * width * INK
    return (2 * 255 * scaled + full) // (2 * full)


def centered(image):
    """Return `image` in a field of 28x28, its centre of mass at pixel (14, 14)."""
    field = np.zeros((28, 28), dtype=np.uint8)
    height, width = image.shape
    top = offset(image.sum(axis=1))
    left = offset(image.sum(axis=0))
    field[top : top + height, left : left + width] = image
    return field


def offset(mass):
    """Return where a line of pixels must start for its mean position to be 14, as in MNIST.

    Positions go from 0 to 27.
    """
    total = mass.sum()
    moment = (mass * np.arange(len(mass))).sum()
    start = (2 * (14 * total - moment) + total) // (2 * total)
    return min(max(int(start), 0), 28 - len(mass))
