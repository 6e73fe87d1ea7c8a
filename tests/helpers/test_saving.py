"""The file of a network: it comes back as it was, nothing is overwritten, no file does harm."""

import os
import pickle
import zipfile

import numpy as np
import pytest

from helpers.convolution import Convolution, Flatten, MaxPooling
from helpers.layers import Affine, Dropout, ReLU, Sigmoid
from helpers.network import Network
from helpers.saving import load_network, save_network


@pytest.fixture
def network():
    rng = np.random.default_rng(0)
    return Network(Affine(4, 3, rng, np.float32), Sigmoid(), Affine(3, 2, rng, np.float32))


@pytest.fixture
def arrays():
    return {
        "layers": np.array(["Affine", "ReLU", "Affine"]),
        "W1": np.ones((4, 3)),
        "b1": np.zeros(3),
        "W2": np.ones((3, 2)),
        "b2": np.zeros(2),
    }


def test_what_is_saved_comes_back(network, tmp_path):
    path = save_network(network, tmp_path / "new folder" / "数字.npz")
    x = np.random.default_rng(1).random((5, 4), dtype=np.float32)
    again = load_network(path)
    np.testing.assert_array_equal(again.forward(x), network.forward(x))
    assert again.forward(x).dtype == np.float32
    assert [type(layer) for layer in again.layers] == [Affine, Sigmoid, Affine]


def test_a_network_for_images_comes_back(tmp_path):
    rng = np.random.default_rng(0)
    network = Network(
        Convolution(1, 3, 3, rng, stride=2, padding=1), ReLU(), Dropout(0.5, rng),
        Convolution(3, 2, 1, rng), MaxPooling(2), Flatten(), Affine(8, 2, rng),
    )  # fmt: skip
    again = load_network(save_network(network, tmp_path / "n.npz"))
    x = rng.random((2, 7, 7, 1))
    answering = Network(*[layer for layer in network.layers if type(layer) is not Dropout])
    np.testing.assert_array_equal(again.forward(x), answering.forward(x))
    assert (again.layers[0].stride, again.layers[0].padding) == (2, 1)
    assert len(again.layers) == len(network.layers) - 1


def test_half_precision_becomes_single(arrays, tmp_path):
    half = {name: a.astype(np.float16) for name, a in arrays.items() if name != "layers"}
    np.savez(tmp_path / "n.npz", layers=arrays["layers"], **half)
    network = load_network(tmp_path / "n.npz")
    assert {array.dtype for array in network.parameters()} == {np.dtype(np.float32)}


def test_nothing_is_overwritten(network, tmp_path):
    first = save_network(network, tmp_path / "mine.npz")
    before = first.read_bytes()
    network.layers[0].W += 1
    assert save_network(network, tmp_path / "mine.npz").name == "mine_2.npz"
    assert save_network(network, tmp_path / "mine.npz").name == "mine_3.npz"
    assert first.read_bytes() == before


@pytest.mark.parametrize("name", ["b", "v1.5", "c.npy", "d.NPZ"])
def test_the_path_that_is_returned_is_the_path_of_the_file(name, network, tmp_path):
    first, second = (save_network(network, str(tmp_path / name)) for _ in range(2))
    assert first.name == f"{name}.npz" and second.name == f"{name}_2.npz"
    assert sorted(tmp_path.iterdir()) == sorted([first, second])
    load_network(second)


class Mine(ReLU):
    pass


def not_a_number(network):
    network.layers[0].W[0, 0] = np.nan
    return network


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda network: Network(*network.layers, Mine()), "Mine is a class of your own"),
        (
            lambda network: Network(*network.layers, type("Tanh", (Mine,), {})()),
            "Tanh is a class of your own.* from helpers.layers import Tanh$",
        ),
        (lambda network: Network(ReLU()), "no layer that has learnt"),
        (lambda network: Network(*network.layers[:2], *network.layers[:1]), "stands .* twice"),
        (not_a_number, "not numbers"),
    ],
)
def test_what_could_not_be_loaded_is_not_saved(spoil, message, network, tmp_path):
    with pytest.raises(ValueError, match=message):
        save_network(spoil(network), tmp_path / "mine.npz")
    assert not list(tmp_path.iterdir())


def test_the_file_holds_plain_arrays_by_name(network, tmp_path):
    with np.load(save_network(network, tmp_path / "n.npz"), allow_pickle=False) as file:
        assert sorted(file.files) == ["W1", "W2", "b1", "b2", "layers"]
        np.testing.assert_array_equal(file["W2"], network.layers[2].W)


def test_a_good_file(arrays, tmp_path):
    np.savez(tmp_path / "n.npz", **arrays)
    network = load_network(tmp_path / "n.npz")
    assert isinstance(network.layers[1], ReLU)
    np.testing.assert_array_equal(network.forward(np.ones((1, 4))), [[12, 12]])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layers": np.array(["Affine", "os.system"])}, "'os.system' that this course does not"),
        ({"layers": np.ones(3)}, "holds no list of layers"),
        ({"layers": np.array("Affine")}, "holds no list of layers"),
        ({"layers": np.array(["ReLU"])}, "no layer that has learnt"),
        ({"layers": np.array(["Affine"] * 3)}, "Affine layer 3: the weights or the biases are mi"),
        ({"W1": np.ones((4, 5)), "b1": np.ones(5)}, "gives 5 numbers, but it takes 3"),
        ({"W1": np.ones((4, 0)), "b1": np.ones(0)}, "some numbers are missing"),
        ({"W1": np.ones(4)}, r"are a table \(D, H\)"),
        ({"b1": np.ones(4)}, r"a row \(H,\)"),
        ({"W1": np.full((4, 3), np.nan)}, "not numbers"),
        ({"b2": np.array([0, np.inf])}, "infinite"),
        ({"W1": np.ones((4, 3), int), "b1": np.ones(3, int)}, "decimal numbers"),
        ({"W1": np.array([[None] * 3] * 4)}, "cannot be read"),
        ({"layers": np.array(["Affine 3", "ReLU", "Affine"])}, "for Affine, 0 whole numbers"),
        ({"layers": np.array(["", "ReLU", "Affine"])}, "a layer '' that this course"),
        ({"layers": np.array(["Convolution 2 1", "Affine"])}, "Convolution, 3 whole numbers"),
        ({"layers": np.array(["Convolution 0 1 0", "Affine"])}, "Convolution, 3 whole numbers"),
        ({"layers": np.array(["Convolution 00 1 0", "Affine"])}, "Convolution, 3 whole numbers"),
        ({"layers": np.array(["Convolution 2 00 0", "Affine"])}, "Convolution, 3 whole numbers"),
        ({"layers": np.array(["Affine", "MaxPooling 00", "Affine"])}, "MaxPooling, 1 whole"),
        ({"layers": np.array(["Convolution 2 1 -1", "Affine"])}, "Convolution, 3 whole numbers"),
        ({"layers": np.array(["Convolution 2 1 10000", "Affine"])}, "whole numbers below 100"),
        ({"layers": np.array(["Convolution 3 1 0", "Affine"])}, "no whole number of 9 pixels"),
        ({"layers": np.array(["Affine", "Convolution 2 1 0"])}, "gives 12 numbers, but it takes 3"),
        ({"layers": np.array(["Affine", "MaxPooling", "Affine"])}, "MaxPooling, 1 whole numbers"),
    ],
)
def test_files_that_are_not_ours(arrays, change, message, tmp_path):
    np.savez(tmp_path / "n.npz", **(arrays | change))
    with pytest.raises(ValueError, match=message):
        load_network(tmp_path / "n.npz")


class Evil:
    def __reduce__(self):
        return os.mkdir, ("harm",)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 half a file", b"<html>503</html>", pickle.dumps(Evil())]
)
def test_broken_and_hostile_files(content, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "n.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="damaged, or it is something else"):
        load_network(path)
    assert not (tmp_path / "harm").exists()


def test_a_damaged_file_is_never_more_than_a_value_error(network, tmp_path):
    rng = np.random.default_rng(0)
    good = save_network(network, tmp_path / "good.npz").read_bytes()
    refused = 0
    for _ in range(500):
        bad = bytearray(good)
        bad[rng.integers(len(bad))] ^= 1 << int(rng.integers(8))
        (tmp_path / "bad.npz").write_bytes(bad)
        try:
            load_network(tmp_path / "bad.npz")
        except ValueError:
            refused += 1
    assert refused > 100


def test_a_file_that_would_fill_the_memory(arrays, tmp_path):
    np.savez_compressed(tmp_path / "n.npz", **arrays, bomb=np.zeros(13_000_000))
    assert (tmp_path / "n.npz").stat().st_size < 1_000_000
    with pytest.raises(ValueError, match="damaged, or it is something else"):
        load_network(tmp_path / "n.npz")


def test_a_shape_that_would_fill_the_memory(arrays, tmp_path):
    with zipfile.ZipFile(tmp_path / "n.npz", "w") as file, file.open("layers.npy", "w") as member:
        header = {"descr": "<f8", "fortran_order": False, "shape": (10**6, 10**6)}
        np.lib.format.write_array_header_1_0(member, header)
    with pytest.raises(ValueError, match="damaged, or it is something else"):
        load_network(tmp_path / "n.npz")


def test_bytes_instead_of_an_array(tmp_path):
    with zipfile.ZipFile(tmp_path / "n.npz", "w") as file:
        file.writestr("layers.npy", b"Affine")
    with pytest.raises(ValueError, match="damaged, or it is something else"):
        load_network(tmp_path / "n.npz")


def test_a_single_array_is_no_network(tmp_path):
    np.save(tmp_path / "n.npy", np.ones(3))
    with pytest.raises(ValueError, match="damaged, or it is something else"):
        load_network(tmp_path / "n.npy")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_network(tmp_path / "nothing.npz")
