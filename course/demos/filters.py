"""What the demo of a sliding filter computes: filters, images, typed numbers, and the sums."""

import functools
import re
import unicodedata

import numpy as np

from course.demos.trained_networks import network
from helpers import datasets
from helpers.convolution import as_columns, slide, windows

SEVEN = np.array(
    [
        [0, 0, 0, 0, 0, 0],
        [0, 1, 1, 1, 1, 0],
        [0, 1, 1, 1, 1, 0],
        [0, 0, 0, 1, 1, 0],
        [0, 0, 0, 1, 1, 0],
        [0, 0, 0, 1, 1, 0],
    ]
)
VERTICAL = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
UP = np.array([[-1, -1, 0], [-1, 0, 1], [0, 1, 1]])
LEARNT = 10  # of the CNN's thirty filters, one that looks for upright edges
LARGEST = 99  # of a typed number, so that there is room for it
FILTERS = {
    "vertical": VERTICAL,
    "horizontal": VERTICAL.T,
    "diagonal": UP,
    "other-diagonal": UP[:, ::-1],
    "blur": np.full((3, 3), 1 / 9),
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
}


def learnt():
    """Return one filter (5, 5) that the CNN has learnt, and its bias."""
    layer = network("CNN").layers[0]
    return layer.W[:, LEARNT].reshape(layer.size, layer.size), float(layer.b[LEARNT])


@functools.cache
def digits():
    """Return the first training digit (28, 28) of each kind from 0 to 9, as the lesson takes it."""
    x, t, *_ = datasets.digits()
    return [x[np.flatnonzero(t == digit)[0]].reshape(28, 28) for digit in range(10)]


def framed(image, padding):
    """Return the image with a frame of zeros."""
    return np.pad(image, padding)


def slid(image, f, stride=1):
    """Return the sums (H2, W2) of all windows of the image (H, W), times the filter f."""
    found = windows(image[np.newaxis, :, :, np.newaxis], len(f), stride)
    y = slide(as_columns(found), f.reshape(-1, 1), np.zeros(1), found.shape[3:])
    return y[0, :, :, 0]


def so_far(sums, place):
    """Return the sums with those after a place, in the order of reading, not there yet (nan)."""
    found = np.full(sums.size, np.nan)
    found[: place + 1] = sums.ravel()[: place + 1]
    return found.reshape(sums.shape)


def parsed(text):
    """Return the number that a learner typed, such as "-1", "0.5" or "1/9", or None."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(
        "[\N{MINUS SIGN}\N{EN DASH}\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}]", "-", text
    )
    match = re.fullmatch(r"([+-]? ?(?:\d+[.,]?\d*|[.,]\d+))(?: ?/ ?(\d+))?", text)
    if not match or len(text) > 12:
        return None
    above, below = match[1].replace(",", ".").replace(" ", ""), int(match[2] or 1)
    return float(above) / below if below else None


def typed(texts):
    """Return the filter (3, 3) of nine texts, and the first text that is no fitting number."""
    found = [parsed(text) for text in texts]
    for text, value in zip(texts, found, strict=True):
        if value is None or abs(value) > LARGEST:
            return None, text
    return np.array(found).reshape(3, 3), None
