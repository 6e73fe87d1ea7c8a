"""Layers for images: x is (N, H, W, C), that is examples, rows, columns, channels.

Between these layers, arrays lie in memory as (H, W, N, C), where NumPy computes fastest: the
same pixel of all images is one piece. The order of the axes is the usual one all the same.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.checks import check_count, check_float, check_images, check_whole


def windows(x, size, stride=1, padding=0):
    """Return all windows of size x size pixels of the images x (N, H, W, C).

    The images get a frame of `padding` zeros, and a window moves by `stride` pixels. The result
    is (size, size, C, H2, W2, N) with H2 = (H + 2 padding - size) // stride + 1 and W2 likewise.
    """
    frame = padding, padding
    x = np.pad(x.transpose(3, 1, 2, 0), ((0, 0), frame, frame, (0, 0)))
    found = sliding_window_view(x, (size, size), axis=(1, 2))
    return found[:, ::stride, ::stride].transpose(4, 5, 0, 1, 2, 3)


class Convolution:
    """Filters that slide over images: at each place, y = window @ W + b.

    x is (N, H, W, C), y is (N, H2, W2, F) for F filters of size x size pixels, with
    H2 = (H + 2 padding - size) // stride + 1 and W2 likewise. Each column of W
    (size * size * C, F) is one filter. The weights start with standard deviation
    sqrt(2 / (size * size * C)) (He et al., 2015), the biases at zero. Source: LeCun et al., 1989;
    with all windows as the rows of one matrix: Chellapilla et al., 2006.

    backward: dW = windows.T @ dy, db = the sum of dy over all windows, and dx, where each pixel
    adds up what comes back from all windows that it lies in.
    """

    def __init__(self, channels, filters, size, rng, stride=1, padding=0, dtype=np.float64):
        check_count("channels", channels)
        check_count("filters", filters)
        check_count("size", size)
        check_count("stride", stride)
        check_whole("padding", padding)
        check_float(dtype)
        inputs = size * size * channels
        W = rng.normal(0, np.sqrt(2 / inputs), (inputs, filters))
        self.W = W.astype(dtype)
        self.b = np.zeros(filters, dtype)
        self.size, self.stride, self.padding = size, stride, padding

    def forward(self, x):
        """Return y (N, H2, W2, F). Raises ValueError if x does not fit or is too small."""
        check_images("Convolution", x, self.size - 2 * self.padding, len(self.W) // self.size**2)
        self.shape = x.shape
        found = windows(x, self.size, self.stride, self.padding)
        self.windows = np.ones((len(self.W) + 1, found[0, 0, 0].size), x.dtype)
        self.windows[:-1].reshape(found.shape)[:] = found
        y = self.windows.T @ np.vstack([self.W, self.b])
        return y.reshape(*found.shape[3:], -1).transpose(2, 0, 1, 3)

    def slopes(self, dy):
        """Keep dW and db only: the first layer of a network needs no dx."""
        dy = dy.transpose(1, 2, 0, 3).reshape(-1, len(self.b))
        slopes = self.windows @ dy
        self.dW, self.db = slopes[:-1], slopes[-1]

    def backward(self, dy):
        """Keep dW and db, of the shapes of W and b, and return dx (N, H, W, C)."""
        self.slopes(dy)
        n, height, width, channels = self.shape
        size, stride, padding = self.size, self.stride, self.padding
        rows, columns = dy.shape[1:3]
        back = dy.transpose(1, 2, 0, 3) @ self.W.T
        back = back.reshape(rows, columns, n, size, size, channels)
        dx = np.zeros((height + 2 * padding, width + 2 * padding, n, channels), back.dtype)
        for i, j in np.ndindex(size, size):
            lower, right = i + stride * rows, j + stride * columns
            dx[i:lower:stride, j:right:stride] += back[:, :, :, i, j]
        dx = dx[padding : padding + height, padding : padding + width]
        return dx.transpose(2, 0, 1, 3)


class MaxPooling:
    """The largest number of each square of size x size pixels, for each channel by itself.

    x is (N, H, W, C), y is (N, H // size, W // size, C); rows and columns left over are ignored.

    backward: dx = dy at the largest pixel of each square (at the first, if several are equally
    large), 0 elsewhere.
    """

    def __init__(self, size=2):
        check_count("size", size)
        self.size = size

    def parts(self, x):
        """Return size * size pictures: the first pixels of all squares, the second pixels, ..."""
        n = self.size
        height, width = x.shape[1] // n * n, x.shape[2] // n * n
        return [x[:, i:height:n, j:width:n] for i in range(n) for j in range(n)]

    def forward(self, x):
        """Return y. Raises ValueError if x is smaller than one square."""
        check_images("MaxPooling", x, self.size)
        self.x = x
        first, *others = self.parts(x)
        self.y = first.copy("K")
        for part in others:
            np.maximum(self.y, part, out=self.y)
        return self.y

    def backward(self, dy):
        """Return dx, of the same shape as x."""
        slopes, free = np.empty_like(self.y), np.ones_like(self.y, bool)
        slopes[:] = dy
        dx = np.zeros_like(self.x)
        for part, place in zip(self.parts(self.x), self.parts(dx), strict=True):
            won = free & (part == self.y)
            np.multiply(slopes, won, out=place)
            free ^= won
        return dx


class Flatten:
    """Each image becomes one row: (N, H, W, C) becomes (N, H * W * C), and back."""

    def forward(self, x):
        """Return the rows."""
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, dy):
        """Return dx, of the shape of the images."""
        return dy.reshape(self.shape)
