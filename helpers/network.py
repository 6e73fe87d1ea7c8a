"""A network: layers in a row, the answers going forward, the slopes going backward."""

from helpers.checks import check_finite, check_made, check_table


class Network:
    """Layers in a row: what one gives is what the next one takes.

    A layer is any object with `forward(x)` and `backward(dy)`. If it learns, it holds its
    parameters as W and b, and after `backward` their slopes as dW and db. If it also has
    `slopes(dy)`, which does that without the slope of x, it is used for the first layer.
    """

    def __init__(self, *layers):
        check_layers(layers)
        self.layers = layers

    def forward(self, x):
        """Return the scores (N, K) for the rows x (N, D), or for the images x (N, H, W, C)."""
        check_table("x", x, images=True)
        check_finite("x", x)
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dy):
        """Let every layer keep its slopes, from the last to the first, for the slope dy (N, K)."""
        for layer in reversed(self.layers[1:]):
            dy = layer.backward(dy)
        only_slopes(self.layers[0], dy)

    def parameters(self):
        """Return W, b of the first layer, W, b of the next one, ...: the arrays themselves."""
        return collect(self.layers, "W", "b")

    def gradients(self):
        """Return dW, db of each layer, in the order of `parameters`."""
        return collect(self.layers, "dW", "db")


def only_slopes(layer, dy):
    """Let the first layer keep its slopes: the data in front of it do not change."""
    if hasattr(layer, "slopes"):
        layer.slopes(dy)
    else:
        layer.backward(dy)


def collect(layers, *names):
    """Return what each layer that learns holds under these names, one layer after the other."""
    found = []
    for layer in layers:
        if hasattr(layer, "W"):
            for name in names:
                found.append(getattr(layer, name))
    return found


def check_layers(layers):
    """Raise unless there are layers, and each is an object with `forward` and `backward`."""
    example = "Network takes layers, one after the other: Network(Affine(2, 3, rng), ReLU())."
    if not layers:
        raise TypeError(f"{example} But it got none.")
    for layer in layers:
        check_made("layer", layer)
        if not (hasattr(layer, "forward") and hasattr(layer, "backward")):
            raise TypeError(
                f"{example} But it got a {type(layer).__name__}, which has no forward and backward."
            )
    if len(set(map(id, layers))) < len(layers):
        raise ValueError(
            "The same layer stands in this network twice. A layer remembers what went through it, "
            "so each place needs one of its own: write ReLU() twice."
        )
