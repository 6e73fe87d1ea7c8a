"""Where the pictures of the layers stand, in inches, and what is written at them."""

WIDTH, HEIGHT = 9.0, 4.75
TOP = 3.15  # where the upper row begins
LEFTS = 0.1, 1.55, 2.8, 4.05, 5.3, 6.55, 7.75
WIDTHS = 1.2, 1.0, 1.0, 1.0, 1.0, 1.0, 1.15
NAMES = (
    ("input", "28 x 28"), ("filters", "30 of 5 x 5"), ("convolution", "24 x 24 x 30"),
    ("max pooling", "12 x 12 x 30"), ("ReLU", "12 x 12 x 30"), ("affine, ReLU", "100"),
    ("affine, softmax", "10 percents"),
)  # fmt: skip
WIDE = 0.1, 0.38, 6.0, 1.8  # where the layer stands that was chosen
BIG = 6.45, 0.33, 1.9, 1.9  # and one of its maps
BAR = 8.42, 0.33, 0.1, 1.9  # and the scale of that
ENDS = 2.23, 1.28, 0.33  # the numbers at it


def add_axes(figure, left, bottom, width, height):
    """Return new axes in a place."""
    return figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))


def write(figure, x, y, text, **style):
    """Write a text with its middle at x, y. Returns it."""
    style = {"ha": "center", "va": "center", **style}
    return figure.text(x / WIDTH, y / HEIGHT, text, **style)


def label(figure):
    """Write names and sizes, and arrows from layer to layer."""
    for left, width, (name, size) in zip(LEFTS, WIDTHS, NAMES, strict=True):
        write(figure, left + width / 2, 4.55, name, fontsize=9.5)
        write(figure, left + width / 2, 2.87, size, fontsize=8.5, color="#444444")
        if left > LEFTS[0]:
            write(figure, left - 0.12, 3.75, "\N{RIGHTWARDS ARROW}", fontsize=12)
