"""Layers for images: x is (N, H, W, C), that is examples, rows, columns, channels.

Between these layers, arrays are kept in memory as (H, W, N, C), where NumPy computes fastest:
the same pixel of all images is one piece. Their axes are still in the usual order. To get there,
`windows` copies the images to (C, H, W, N), and `slide` makes y as (H, W, N, F) in memory and
returns a view of it as (N, H, W, F).
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.checks import check_count, check_images
from helpers.layers import Affine


def windows(x, size, stride=1, padding=0):
    """Return all windows of size x size pixels of the images x (N, H, W, C).

    The images get a frame of `padding` zeros, and a window moves by `stride` pixels. The result
    is (size, size, C, H2, W2, N) with H2 = (H + 2 padding - size) // stride + 1 and W2 likewise.
    """
    frame = padding, padding
    x = np.pad(x.transpose(3, 1, 2, 0), ((0, 0), frame, frame, (0, 0)))
    found = sliding_window_view(x, (size, size), axis=(1, 2))
    return found[:, ::stride, ::stride].transpose(4, 5, 0, 1, 2, 3)


def as_columns(found):
    """Return the windows (size, size, C, H2, W2, N) as the columns of one table.

    Below them is a row of ones for the biases: an input that is always 1.
    """
    numbers, places = found[..., 0, 0, 0].size, found[0, 0, 0].size
    table = np.empty((numbers + 1, places), found.dtype)
    table[:-1].reshape(found.shape)[:] = found
    table[-1] = 1
    return table


def slide(table, W, b, places):
    """Return y (N, H2, W2, F) for windows in columns, with places (H2, W2, N)."""
    y = table.T @ np.vstack([W, b])
    return y.reshape(*places, -1).transpose(2, 0, 1, 3)


def filter_slopes(table, dy):
    """Return dW and db for windows in columns and dy (N, H2, W2, F)."""
    dy = dy.transpose(1, 2, 0, 3).reshape(-1, dy.shape[-1])
    slopes = table @ dy
    return slopes[:-1], slopes[-1]


def image_slopes(layer, dy):
    """Return dx (N, H, W, C): each pixel adds up what comes back from the windows it lies in."""
    n, height, width, channels = layer.shape
    size, stride, padding = layer.size, layer.stride, layer.padding
    rows, columns = dy.shape[1:3]
    back = dy.transpose(1, 2, 0, 3) @ layer.W.T
    back = back.reshape(rows, columns, n, size, size, channels)
    dx = np.zeros((height + 2 * padding, width + 2 * padding, n, channels), back.dtype)
    for i, j in np.ndindex(size, size):
        bottom, right = i + stride * rows, j + stride * columns
        dx[i:bottom:stride, j:right:stride] += back[:, :, :, i, j]
    dx = dx[padding : padding + height, padding : padding + width]
    return dx.transpose(2, 0, 1, 3)


class Convolution(Affine):
    """Filters that slide over images: an affine layer for each window, y = window @ W + b.

    x is (N, H, W, C), y is (N, H2, W2, F) for F filters of size x size pixels, with
    H2 = (H + 2 padding - size) // stride + 1 and W2 likewise. Each column of W
    (size * size * C, F) is one filter. The weights start with standard deviation
    sqrt(2 / (size * size * C)) (He et al., 2015), the biases at zero. Source: LeCun et al., 1989;
    with all windows in one matrix: Chellapilla et al., 2006.

    backward: dW = windows.T @ dy, db = the sum of dy over all windows, and dx, where each pixel
    adds up what comes back from all windows that it lies in.
    """

    def __init__(self, channels, filters, size, rng, stride=1, padding=0, dtype=np.float64):
        check_count("channels", channels)
        check_count("filters", filters)
        check_count("size", size)
        check_count("stride", stride)
        check_count("padding", padding, least=0)
        super().__init__(size**2 * channels, filters, rng, dtype)
        self.size, self.stride, self.padding = size, stride, padding

    def forward(self, x):
        """Return y (N, H2, W2, F). Raises ValueError if x does not fit or is too small."""
        check_images("Convolution", x, self.size - 2 * self.padding, len(self.W) // self.size**2)
        self.shape = x.shape
        found = windows(x, self.size, self.stride, self.padding)
        self.windows = as_columns(found)
        return slide(self.windows, self.W, self.b, found.shape[3:])

    def slopes(self, dy):
        """Keep dW and db only: the first layer of a network needs no dx."""
        self.dW, self.db = filter_slopes(self.windows, dy)

    def backward(self, dy):
        """Keep dW and db, of the shapes of W and b, and return dx (N, H, W, C)."""
        self.slopes(dy)
        return image_slopes(self, dy)


def parts(x, size):
    """Return size * size pictures: the first pixels of all squares, the second pixels, ...

    Rows and columns of x (N, H, W, C) that are left over are ignored.
    """
    height, width = x.shape[1] // size * size, x.shape[2] // size * size
    found = []
    for i in range(size):
        for j in range(size):
            found.append(x[:, i:height:size, j:width:size])
    return found


def pooled_slopes(x, y, dy, size):
    """Return dx of max pooling: dy where x is the largest pixel y of its square, 0 elsewhere."""
    dx, free = np.empty_like(x), np.ones_like(y, bool)
    dx[:, y.shape[1] * size :] = 0
    dx[:, :, y.shape[2] * size :] = 0
    *others, last = zip(parts(x, size), parts(dx, size), strict=True)
    for part, place in others:
        won = free & (part == y)
        np.multiply(dy, won, out=place)
        free ^= won
    np.multiply(dy, free, out=last[1])
    return dx


class MaxPooling:
    """The largest number of each square of size x size pixels, for each channel by itself.

    x is (N, H, W, C), y is (N, H // size, W // size, C); rows and columns left over are ignored.

    backward: dx = dy at the largest pixel of each square (at the first, if several are equally
    large), 0 elsewhere.
    """

    def __init__(self, size=2):
        check_count("size", size)
        self.size = size

    def forward(self, x):
        """Return y. Raises ValueError if x is smaller than one square."""
        check_images("MaxPooling", x, self.size)
        self.x = x
        first, *others = parts(x, self.size)
        self.y = first.copy("K")  # in the memory order of x, for speed
        for part in others:
            np.maximum(self.y, part, out=self.y)
        return self.y

    def backward(self, dy):
        """Return dx, of the same shape as x."""
        return pooled_slopes(self.x, self.y, dy, self.size)


class Flatten:
    """Each image becomes one row: (N, H, W, C) becomes (N, H * W * C), and back."""

    def forward(self, x):
        """Return the rows."""
        self.x = x
        return x.reshape(len(x), -1)

    def backward(self, dy):
        """Return dx, with the shape of the images and their order in memory."""
        dx = np.empty_like(self.x)
        dx[:] = dy.reshape(dx.shape)
        return dx
