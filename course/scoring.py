"""How many of the test digits a saved network reads; a file too large for that is refused."""

import numpy as np

from helpers.saving import load_network

PIXELS = 784
LONGEST = 50  # layers
LARGEST = 20_000_000  # multiplications for one picture; the networks of the course need 1 million
MOST_HELD = 2_000_000  # numbers that all layers hold for one picture
HELD_AT_ONCE = 10_000_000  # numbers, for all pictures that go through together


def score(path, x, t):
    """Return how many of the pictures x (N, 784) with labels t (N,) the saved network reads.

    A network whose first layer is a Convolution gets them as images (N, 28, 28, 1).
    Raises ValueError, which says why, if the file holds no network that can be scored.
    """
    network = load_network(path)
    check_numbers(network)
    multiplications, held = costs(network)
    if type(network.layers[0]).__name__ in ("Convolution", "MaxPooling"):
        x = x.reshape(-1, 28, 28, 1)
    rows = max(1, min(1000, 2 * LARGEST // multiplications, HELD_AT_ONCE // held))
    right = 0
    with np.errstate(all="ignore"):
        for start in range(0, len(x), rows):
            y = network.forward(x[start : start + rows])
            check_answers(y)
            right += int(np.sum(np.argmax(y, axis=1) == t[start : start + rows]))
    return right


def check_numbers(network):
    """Raise unless all parameters are numbers that a processor computes with."""
    for parameter in network.parameters():
        if parameter.dtype not in (np.float32, np.float64):  # float16 has become float32
            raise ValueError(
                f"Its numbers are {parameter.dtype.str}, but they must be float16, 32 or 64."
            )


def check_answers(y):
    """Raise unless y holds ten numbers for each picture."""
    if y.ndim != 2:
        raise ValueError(
            f"For each picture it must give 10 numbers, but it gives an array of {y.shape[1:]}: "
            "is a Flatten layer missing?"
        )
    if y.shape[1] != 10:
        raise ValueError(f"For each picture it must give 10 numbers, but it gives {y.shape[1]}.")
    if not np.isfinite(y).all():
        raise ValueError("Some of its answers are not numbers, or infinite.")


def costs(network):
    """Return how many multiplications one picture needs, and how many numbers all layers hold.

    Raises ValueError if they are too many, or if it does not take pictures of 784 pixels.
    """
    if len(network.layers) > LONGEST:
        raise ValueError(f"It has {len(network.layers)} layers; up to {LONGEST} can be scored.")
    first = network.layers[0]
    if type(first).__name__ == "Affine" and len(first.W) != PIXELS:
        raise ValueError(f"It takes {len(first.W)} numbers, but a picture has {PIXELS}.")
    total, held, side, numbers = 1, PIXELS, 28, PIXELS
    for layer in network.layers:
        products, kept, side, numbers = one_layer(layer, side, numbers)
        total, held = total + products, held + kept + numbers
        if total > LARGEST:
            raise ValueError(f"It is too large: more than {LARGEST:,} multiplications a picture.")
        if held > MOST_HELD:
            raise ValueError(f"It is too large: more than {MOST_HELD:,} numbers held a picture.")
    return total, held


def one_layer(layer, side, numbers):
    """Return the multiplications, what is kept beside the result, and its side and size.

    side x side pixels come in, numbers in all.
    """
    kind = type(layer).__name__
    if kind == "Affine":
        return layer.W.size, 0, side, len(layer.b)
    if kind == "MaxPooling":
        channels, side = numbers // max(side, 1) ** 2, side // layer.size
        return 0, 0, side, channels * side**2
    if kind == "Convolution":
        wide = side + 2 * layer.padding
        side = max((wide - layer.size) // layer.stride + 1, 0)
        framed = len(layer.W) // layer.size**2 * wide**2
        windows = (len(layer.W) + 1) * side**2
        return layer.W.size * side**2, framed + windows, side, len(layer.b) * side**2
    return 0, 0, side, numbers
