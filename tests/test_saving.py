"""The file of a network: it comes back as it was, nothing is overwritten, no file does harm."""

import os
import pickle

import numpy as np
import pytest

from helpers.layers import Affine, ReLU, Sigmoid
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


def test_nothing_is_overwritten(network, tmp_path):
    first = save_network(network, tmp_path / "mine.npz")
    before = first.read_bytes()
    network.layers[0].W += 1
    assert save_network(network, tmp_path / "mine.npz").name == "mine_2.npz"
    assert save_network(network, tmp_path / "mine.npz").name == "mine_3.npz"
    assert first.read_bytes() == before


def test_a_layer_of_ones_own_is_refused_before_anything_is_written(network, tmp_path):
    class Mine(ReLU):
        pass

    with pytest.raises(ValueError, match="Mine is a layer of your own"):
        save_network(Network(Mine()), tmp_path / "mine.npz")
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
        ({"layers": np.array(["Affine"] * 3)}, "lacks the weights"),
        ({"W1": np.ones((4, 5)), "b1": np.ones(5)}, "gives 5 numbers, but the next one takes 3"),
        ({"W1": np.ones(4)}, r"are a table \(D, H\)"),
        ({"b1": np.ones(4)}, r"a row \(H,\)"),
        ({"W1": np.full((4, 3), np.nan)}, "not numbers"),
        ({"b2": np.array([0, np.inf])}, "infinite"),
        ({"W1": np.ones((4, 3), int), "b1": np.ones(3, int)}, "decimal numbers"),
        ({"W1": np.array([[None] * 3] * 4)}, "cannot be read"),
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


def test_a_single_array_is_no_network(tmp_path):
    np.save(tmp_path / "n.npy", np.ones(3))
    with pytest.raises(ValueError, match="damaged, or it is something else"):
        load_network(tmp_path / "n.npy")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_network(tmp_path / "nothing.npz")
