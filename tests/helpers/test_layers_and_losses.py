"""The mathematics of the layers and losses, against numerical slopes and published figures."""

import numpy as np
import pytest

from helpers.checks import check_finite
from helpers.gradients import numerical_gradient
from helpers.layers import Affine, Dropout, ReLU, Sigmoid, Tanh
from helpers.losses import CrossEntropy, MeanSquaredError, softmax
from helpers.network import Network


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def blackboard():
    """Return the layer of the blackboard: W x + b with W (3, 2), as the course writes it."""
    layer = Affine(2, 3, np.random.default_rng(0))
    layer.W = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]])
    layer.b = np.array([0.1, 0.2, 0.3])
    return layer


def test_one_layer_of_the_blackboard():
    z = blackboard().forward(np.array([[1.0, 0.5]]))
    np.testing.assert_allclose(z, [[0.3, 0.7, 1.1]])
    np.testing.assert_allclose(
        Sigmoid().forward(z), [[0.57444252, 0.66818777, 0.75026011]], atol=5e-9
    )


@pytest.mark.parametrize(
    "layer", [ReLU(), Sigmoid(), Tanh()], ids=lambda layer: type(layer).__name__
)
@pytest.mark.parametrize("rows", [1, 4])
def test_slopes_of_the_activations(layer, rows, rng):
    x, weight = rng.normal(size=(rows, 3)), rng.normal(size=(rows, 3))
    slope = numerical_gradient(lambda x: np.sum(weight * layer.forward(x)), x)
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(weight), slope, atol=1e-8)


@pytest.mark.parametrize("rows", [1, 4])
def test_slopes_of_affine(rows, rng):
    layer = Affine(3, 2, rng)
    x, weight = rng.normal(size=(rows, 3)), rng.normal(size=(rows, 2))

    def loss(_):
        return np.sum(weight * layer.forward(x))

    expected = [numerical_gradient(loss, array) for array in (x, layer.W, layer.b)]
    layer.forward(x)
    dx = layer.backward(weight)
    for came, slope in zip((dx, layer.dW, layer.db), expected, strict=True):
        np.testing.assert_allclose(came, slope, atol=1e-8)


def test_backward_leaves_its_argument_as_it_was(rng):
    for layer in Affine(3, 3, rng), ReLU(), Sigmoid(), Tanh():
        layer.forward(rng.normal(size=(2, 3)))
        dy = rng.normal(size=(2, 3))
        before = dy.copy()
        layer.backward(dy)
        np.testing.assert_array_equal(dy, before)


def test_relu_has_no_slope_below_zero():
    layer = ReLU()
    np.testing.assert_array_equal(layer.forward(np.array([[-2.0, 0.0, 3.0]])), [[0, 0, 3]])
    np.testing.assert_array_equal(layer.backward(np.ones((1, 3))), [[0, 0, 1]])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_of_very_large_numbers(dtype):
    y = Sigmoid().forward(np.array([[-1000, 0, 1000]], dtype))
    np.testing.assert_array_equal(y, [[0, 0.5, 1]])
    assert y.dtype == dtype


def test_affine_starts_as_he_says(rng):
    layer = Affine(1000, 500, rng, np.float32)
    assert layer.W.dtype == layer.b.dtype == np.float32
    assert layer.W.std() == pytest.approx(np.sqrt(2 / 1000), rel=0.01)
    assert not layer.b.any()


def test_dropout_keeps_the_mean(rng):
    layer, x = Dropout(0.25, rng), np.full((200, 100), 3.0, np.float32)
    y = layer.forward(x)
    assert y.dtype == np.float32 and set(np.unique(y)) == {0, 4}
    assert abs(y.mean() - 3) < 0.05
    np.testing.assert_array_equal(layer.backward(x), y)
    assert not np.array_equal(layer.forward(x), y), "another step, other nodes"


def test_softmax():
    y = softmax(np.array([0, 0.1, 5.3]))
    np.testing.assert_allclose(y, [0.00493969, 0.0054592, 0.98960111], atol=5e-9)
    y = softmax(np.array([[1010.0, 1000, 990], [-1000, -1000, -1000]]))
    np.testing.assert_allclose(y.sum(axis=1), 1)
    np.testing.assert_allclose(y[1], 1 / 3)


def test_cross_entropy_is_the_log_of_the_right_probability(rng):
    x, t = rng.normal(size=(4, 3)), np.array([0, 2, 1, 1])
    expected = -np.mean([np.log(softmax(x)[n, t[n]]) for n in range(4)])
    assert CrossEntropy().forward(x, t) == pytest.approx(expected)


def test_cross_entropy_never_meets_log_0():
    loss = CrossEntropy()
    assert loss.forward(np.array([[0.0, 1000.0]]), np.array([0])) == pytest.approx(1000)
    np.testing.assert_allclose(loss.backward(), [[-1, 1]])


def test_slope_of_cross_entropy(rng):
    x, t, loss = rng.normal(size=(4, 3)), np.array([0, 2, 1, 1]), CrossEntropy()
    slope = numerical_gradient(lambda x: loss.forward(x, t), x)
    loss.forward(x, t)
    np.testing.assert_allclose(loss.backward(), slope, atol=1e-8)
    one_hot = np.eye(3)[t]
    np.testing.assert_allclose(loss.backward(), (softmax(x) - one_hot) / 4)


def test_mean_squared_error_of_five_people():
    heights, weights = np.array([(166, 58.7), (176, 75.7), (171, 62.1), (173, 70.4), (169, 60.1)]).T
    x = np.stack([np.ones(5), heights - heights.mean()], axis=1)
    y = x @ np.array([2, -1])
    assert MeanSquaredError().forward(y, weights - weights.mean()) == pytest.approx(50.416)


@pytest.mark.parametrize("shape", [(4,), (4, 3)])
def test_slope_of_mean_squared_error(shape, rng):
    y, t, loss = rng.normal(size=shape), rng.normal(size=shape), MeanSquaredError()
    slope = numerical_gradient(lambda y: loss.forward(y, t), y)
    loss.forward(y, t)
    np.testing.assert_allclose(loss.backward(), slope, atol=1e-8)


def test_slopes_of_a_whole_network(rng):
    network = Network(Affine(4, 5, rng), Sigmoid(), Affine(5, 6, rng), ReLU(), Affine(6, 3, rng))
    x, t, loss = rng.normal(size=(7, 4)), rng.integers(0, 3, 7), CrossEntropy()

    def value(_):
        return loss.forward(network.forward(x), t)

    slopes = [numerical_gradient(value, parameter) for parameter in network.parameters()]
    value(None)
    network.backward(loss.backward())
    assert len(slopes) == len(network.gradients()) == 6
    for came, slope in zip(network.gradients(), slopes, strict=True):
        np.testing.assert_allclose(came, slope, atol=1e-8)


def test_a_layer_of_the_learner_works_first_and_last(rng):
    class Double:
        def forward(self, x):
            return 2 * x

        def backward(self, dy):
            self.seen = 2 * dy
            return self.seen

    first = Double()
    network = Network(first, Affine(3, 2, rng), Double())
    assert network.forward(np.ones((5, 3))).shape == (5, 2)
    network.backward(np.ones((5, 2)))
    assert first.seen.shape == (5, 3)
    assert len(network.parameters()) == len(network.gradients()) == 2


@pytest.mark.filterwarnings("error")
def test_numbers_that_are_large_but_finite_are_no_mistake():
    x = np.array([[1e30, 3.0]], np.float32)
    np.testing.assert_array_equal(Network(ReLU()).forward(x), x)
    check_finite("x", x)


def test_numerical_gradient_puts_x_back_even_after_an_error():
    x = np.array([1.0, 2.0])

    def fails(x):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        numerical_gradient(fails, x)
    np.testing.assert_array_equal(x, [1, 2])
    with pytest.raises(TypeError, match="float64, but it is float32"):
        numerical_gradient(np.sum, np.ones(2, np.float32))


@pytest.mark.parametrize(
    ("mistake", "error", "message"),
    [
        (lambda r: Affine(3, 2, r).forward(np.ones((4, 2))), ValueError, r"\(4, 2\)"),
        (lambda r: Affine(3, 2, r).forward(np.ones(3)), ValueError, r"\(rows, 3\)"),
        (
            lambda r: Affine(3, 2, r).forward([[1, 2, 3]]),
            TypeError,
            "x must be a NumPy array, but it is a list",
        ),
        (lambda r: Affine(0, 2, r), ValueError, "inputs must be a whole number"),
        (lambda r: Affine(3, 2.5, r), ValueError, "outputs must be a whole number"),
        (lambda r: Affine(3, True, r), ValueError, "outputs must be a whole number"),
        (lambda r: Affine(3, 2, r, int), TypeError, "dtype must be np.float32 or np.float64"),
        (lambda r: Network(), TypeError, "got none"),
        (lambda r: Network(ReLU), TypeError, r"ReLU is a class. Write ReLU\(...\)"),
        (lambda r: Network([ReLU()]), TypeError, "got a list, which has no forward"),
        (lambda r: Network(*[ReLU()] * 2), ValueError, r"twice. .* write ReLU\(\) twice"),
        (lambda r: Network(ReLU()).forward([1, 2]), TypeError, "x must be a NumPy array"),
        (
            lambda r: Network(ReLU()).forward(np.ones((0, 3))),
            ValueError,
            r"x is empty: .* \(0, 3\)",
        ),
        (
            lambda r: Network(Affine(784, 2, r)).forward(np.ones((5, 28, 28))),
            ValueError,
            r"reshape\(len\(x\), -1",
        ),
        (
            lambda r: Network(ReLU()).forward(np.ones((2, 2), complex)),
            TypeError,
            "must hold numbers",
        ),
        (
            lambda r: CrossEntropy().forward(np.ones(3), np.array([0])),
            ValueError,
            "The scores x must",
        ),
        (lambda r: CrossEntropy().forward([[1.0]], np.array([0])), TypeError, "The scores x must"),
        (
            lambda r: CrossEntropy().forward(np.ones((2, 3)), np.array([[0], [1]])),
            ValueError,
            r"Use t.ravel\(\)",
        ),
        (
            lambda r: CrossEntropy().forward(np.ones((2, 3)), np.array([True, False])),
            TypeError,
            "t holds bool",
        ),
        (lambda r: Network(ReLU()).forward(np.ones(3)), ValueError, r"x.reshape\(1, -1\)"),
        (lambda r: Network(ReLU()).forward(np.array([["a"]])), TypeError, "must hold numbers"),
        (
            lambda r: Network(ReLU()).forward(np.array([[1, 2], [3, np.nan]])),
            ValueError,
            "not a number .* first in row 1",
        ),
        (
            lambda r: Network(ReLU()).forward(np.array([[np.inf, 2]])),
            ValueError,
            "infinite, first in row 0",
        ),
        (
            lambda r: CrossEntropy().forward(np.ones((2, 3)), np.array([0, 3])),
            ValueError,
            "labels go from 0 to 2, but t goes from 0 to 3",
        ),
        (
            lambda r: CrossEntropy().forward(np.ones((2, 3)), np.array([-1, 0])),
            ValueError,
            "from -1 to 0",
        ),
        (
            lambda r: CrossEntropy().forward(np.ones((2, 3)), np.array([0.0, 1.0])),
            TypeError,
            "whole numbers .* float64",
        ),
        (
            lambda r: CrossEntropy().forward(np.ones((2, 3)), np.eye(3, dtype=int)[:2]),
            ValueError,
            r"its shape is \(2, 3\).* use t.argmax\(axis=1\)",
        ),
        (lambda r: CrossEntropy().forward(np.ones((2, 3)), [0, 1]), TypeError, "it is a list"),
        (
            lambda r: MeanSquaredError().forward(np.ones(5), np.ones((5, 1))),
            ValueError,
            r"expected shape \(5,\), but got shape \(5, 1\)",
        ),
    ],
)
def test_mistakes_are_explained(mistake, error, message, rng):
    with pytest.raises(error, match=message):
        mistake(rng)
