"""Layers for images: against loops as slow as they are plain, and against numerical slopes."""

import numpy as np
import pytest

from helpers.convolution import Convolution, Flatten, MaxPooling
from helpers.gradients import numerical_gradient
from helpers.layers import Affine, ReLU
from helpers.losses import CrossEntropy
from helpers.network import Network
from helpers.optimizers import Adam
from helpers.training import train


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def slow_convolution(layer, x):
    """Return what the layer must give, number by number."""
    p, size, stride = layer.padding, layer.size, layer.stride
    x = np.pad(x, ((0, 0), (p, p), (p, p), (0, 0)))
    rows = (x.shape[1] - size) // stride + 1
    columns = (x.shape[2] - size) // stride + 1
    y = np.zeros((len(x), rows, columns, len(layer.b)))
    for n, i, j, f in np.ndindex(y.shape):
        window = x[n, i * stride : i * stride + size, j * stride : j * stride + size]
        y[n, i, j, f] = np.sum(window.ravel() * layer.W[:, f]) + layer.b[f]
    return y


def slow_pooling(size, x):
    """Return the largest number of each square, one after the other."""
    y = np.zeros((len(x), x.shape[1] // size, x.shape[2] // size, x.shape[3]))
    for n, i, j, c in np.ndindex(y.shape):
        y[n, i, j, c] = x[n, i * size : (i + 1) * size, j * size : (j + 1) * size, c].max()
    return y


# images, rows, columns, channels; filters, size, stride, padding
CASES = [
    (2, 6, 6, 1, 3, 3, 1, 0),
    (1, 5, 7, 2, 2, 3, 2, 1),
    (3, 4, 4, 3, 1, 1, 1, 0),
    (1, 1, 1, 1, 1, 1, 1, 0),
    (1, 1, 1, 2, 2, 3, 1, 1),
    (2, 7, 5, 1, 2, 5, 1, 0),
    (2, 8, 7, 2, 3, 2, 3, 0),
    (1, 4, 6, 1, 2, 4, 2, 2),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_convolution(case, rng):
    n, height, width, channels, filters, size, stride, padding = case
    layer = Convolution(channels, filters, size, rng, stride, padding)
    layer.b = rng.normal(size=filters)
    x = rng.normal(size=(n, height, width, channels))
    expected = slow_convolution(layer, x)
    np.testing.assert_allclose(layer.forward(x), expected, atol=1e-12)
    weight = rng.normal(size=expected.shape)

    def loss(_):
        return np.sum(weight * layer.forward(x))

    slopes = [numerical_gradient(loss, array) for array in (x, layer.W, layer.b)]
    layer.forward(x)
    dx = layer.backward(weight)
    for came, slope in zip((dx, layer.dW, layer.db), slopes, strict=True):
        assert came.shape == slope.shape
        np.testing.assert_allclose(came, slope, atol=1e-8)


@pytest.mark.parametrize("shape", [(2, 4, 4, 3), (1, 5, 7, 2), (1, 2, 2, 1), (3, 3, 2, 1)])
@pytest.mark.parametrize("size", [1, 2])
def test_pooling(shape, size, rng):
    layer, x = MaxPooling(size), rng.normal(size=shape)
    expected = slow_pooling(size, x)
    np.testing.assert_array_equal(layer.forward(x), expected)
    weight = rng.normal(size=expected.shape)
    slope = numerical_gradient(lambda x: np.sum(weight * layer.forward(x)), x)
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(weight), slope, atol=1e-8)


def test_of_equal_pixels_the_first_gets_the_slope():
    layer = MaxPooling(2)
    layer.forward(np.zeros((1, 2, 4, 1)))
    dx = layer.backward(np.array([3.0, 5.0]).reshape(1, 1, 2, 1))
    np.testing.assert_array_equal(dx[0, :, :, 0], [[3, 0, 5, 0], [0, 0, 0, 0]])


def test_pooling_and_relu_may_change_places(rng):
    x = rng.normal(size=(3, 8, 8, 2))
    slope = rng.normal(size=(3, 4, 4, 2))
    results = []
    for layers in [ReLU(), MaxPooling(2)], [MaxPooling(2), ReLU()]:
        first, second = layers
        y = second.forward(first.forward(x))
        results.append((y, first.backward(second.backward(slope))))
    np.testing.assert_array_equal(results[0][0], results[1][0])
    np.testing.assert_array_equal(results[0][1], results[1][1])


def test_flatten_and_back(rng):
    layer, x = Flatten(), rng.normal(size=(2, 3, 4, 5))
    y = layer.forward(x)
    np.testing.assert_array_equal(y[1, :5], x[1, 0, 0])
    np.testing.assert_array_equal(layer.backward(y), x)


def test_layers_leave_what_they_get_as_it_was(rng):
    for layer in Convolution(2, 3, 3, rng), MaxPooling(2), Flatten():
        x = rng.normal(size=(2, 6, 6, 2))
        x_before = x.copy()
        dy = rng.normal(size=layer.forward(x).shape)
        dy_before = dy.copy()
        layer.backward(dy)
        np.testing.assert_array_equal(x, x_before)
        np.testing.assert_array_equal(dy, dy_before)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_kind_of_number_stays_the_same(dtype, rng):
    x = rng.random((2, 9, 9, 1)).astype(dtype)
    network = small_network(rng, dtype)
    network.backward(np.ones_like(network.forward(x)))
    dx = network.layers[3].backward(np.ones((2, 3, 3, 4), dtype))
    assert network.forward(x).dtype == dx.dtype == dtype
    assert {array.dtype for array in network.gradients()} == {np.dtype(dtype)}


def small_network(rng, dtype=np.float64):
    return Network(
        Convolution(1, 3, 3, rng, dtype=dtype), ReLU(), MaxPooling(2),
        Convolution(3, 4, 3, rng, padding=1, dtype=dtype), ReLU(), Flatten(),
        Affine(36, 2, rng, dtype),
    )  # fmt: skip


def test_slopes_of_a_whole_network(rng):
    network, loss = small_network(rng), CrossEntropy()
    x, t = rng.normal(size=(2, 9, 9, 1)), np.array([0, 1])
    loss.forward(network.forward(x), t)
    network.backward(loss.backward())
    for parameter, came in zip(network.parameters(), network.gradients(), strict=True):
        slope = numerical_gradient(lambda _: loss.forward(network.forward(x), t), parameter)
        np.testing.assert_allclose(came, slope, atol=1e-7)


def test_a_network_learns_where_a_line_stands(rng, capsys):
    """Upright or lying lines anywhere in a picture: a task for filters."""
    t = np.arange(400) % 2
    x = np.zeros((400, 9, 9, 1))
    for image, lying, place in zip(x, t, rng.integers(9, size=400), strict=True):
        image[(place, slice(None)) if lying else (slice(None), place)] = 1
    network = small_network(rng)
    history = train(network, x[:300], t[:300], x[300:], t[300:], 5, 20, Adam(0.01), rng)
    assert history["test_accuracy"][-1] >= 0.9


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda rng: Convolution(1, 2, 3, rng).forward(np.ones((5, 784))), r"-1, 28, 28, 1"),
        (lambda rng: Convolution(1, 2, 3, rng).forward(np.ones((5, 28, 28))), "channels"),
        (lambda rng: Convolution(1, 2, 3, rng).forward(np.ones((5, 9, 9, 2))), "1 channels"),
        (lambda rng: Convolution(1, 2, 5, rng).forward(np.ones((5, 9, 4, 1))), "least 5 x 5"),
        (lambda rng: Convolution(1, 2, 5, rng, padding=-1), "padding must be a whole"),
        (lambda rng: Convolution(1, 2, 5, rng, stride=0), "stride must be a whole"),
        (lambda rng: Convolution(1, 2, 2.5, rng), "size must be a whole"),
        (lambda rng: MaxPooling(0), "size must be a whole"),
        (lambda rng: MaxPooling(2).forward(np.ones((5, 9, 1, 1))), "least 2 x 2"),
        (lambda rng: MaxPooling(2).forward(np.ones((5, 9))), "takes images of shape"),
    ],
)
def test_mistakes_are_explained(mistake, message, rng):
    with pytest.raises(ValueError, match=message):
        mistake(rng)
