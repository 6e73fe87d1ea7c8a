"""The competition: honest scores, a note for each network, and no file can stop a ranking."""

import os
import pickle
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from course import competition
from helpers import datasets
from helpers.convolution import Convolution, Flatten
from helpers.folders import DATA
from helpers.layers import Affine, ReLU
from helpers.network import Network
from helpers.saving import load_network, save_network
from helpers.training import accuracy


@pytest.fixture(autouse=True)
def bundled(monkeypatch):
    monkeypatch.setenv("MNIST_DIR", "bundled")


def small(seed=0):
    """Return an untrained network for pictures."""
    rng = np.random.default_rng(seed)
    return Network(Affine(784, 5, rng), ReLU(), Affine(5, 10, rng))


def arrays(**changes):
    """Return the arrays of the file of a good network, with changes."""
    good = {"layers": np.array(["Affine"]), "W1": np.ones((784, 10)), "b1": np.zeros(10)}
    return {**good, **changes}


def reasons(folder, capsys):
    """Return the lines that a ranking prints, the part before and the part after "Not ranked"."""
    capsys.readouterr()
    assert competition.rank(folder)
    ranked, _, refused = capsys.readouterr().out.partition("Not ranked:\n")
    return ranked, refused


def test_a_score_is_the_number_of_right_answers():
    path = DATA / "trained_784_50_100_10.npz"
    _, _, x, t = datasets.digits()
    assert (
        competition.score(path, x, t) == round(accuracy(load_network(path), x, t) * len(t)) == 284
    )


def test_a_network_for_images_is_scored(tmp_path):
    rng = np.random.default_rng(0)
    network = Network(Convolution(1, 2, 5, rng), ReLU(), Flatten(), Affine(1152, 10, rng))
    path = save_network(network, tmp_path / "images.npz")
    _, _, x, t = datasets.digits()
    right = np.sum(np.argmax(network.forward(x.reshape(-1, 28, 28, 1)), axis=1) == t)
    assert competition.score(path, x, t) == right
    multiplications, held = competition.costs(network)
    assert multiplications == 1 + 25 * 2 * 24**2 + 1152 * 10
    assert held == 784 + (784 + 26 * 24**2 + 2 * 24**2) + 2 * 24**2 + 2 * 24**2 + 10


def test_the_networks_of_the_course_are_far_below_the_limits():
    for path in DATA.glob("trained_*.npz"):
        multiplications, held = competition.costs(load_network(path))
        assert 5 * multiplications < competition.LARGEST and 5 * held < competition.MOST_HELD


def test_what_lesson_07_read_is_counted_and_never_rounded():
    for counts in competition.LESSON_07.values():
        assert all(isinstance(right, int) and 0 < right < n for n, right in counts.items())
    _, _, x, t = datasets.digits()
    assert (267, "lesson 07: ReLU, lr 0.2, 10 epochs (about)") in competition.course(x, t)
    mine = competition.table([(267, "mine"), *competition.course(x, t)], len(t))
    assert len({line.split(".")[0] for line in mine if "mine" in line or "ReLU" in line}) == 1


def test_other_settings_of_a_layer_are_another_network():
    prints = set()
    for padding in 0, 1:
        rng = np.random.default_rng(0)
        layers = Convolution(1, 2, 5, rng, padding=padding), Flatten(), Affine(9, 10, rng)
        prints.add(competition.fingerprint(Network(*layers)))
    assert len(prints) == 2


def test_equal_scores_share_a_rank():
    lines = competition.table([(5, "b"), (9, "c"), (9, "a"), (1, "d")], 10)
    assert [line.split(".")[0].strip() for line in lines] == ["1", "1", "3", "4"]
    assert [line[-1] for line in lines] == ["a", "c", "b", "d"]


def test_enter_ranks_among_the_networks_of_the_course(tmp_path, capsys):
    competition.enter(str(save_network(small(), tmp_path / "mine.npz")))
    told = capsys.readouterr().out
    assert "297 test digits" in told and "mine  <- yours" in told and "Scored once" in told
    assert "lesson 07" in told and "95.6%  data/trained_784_50_100_10.npz" in told


def test_a_network_is_scored_once(tmp_path, capsys, monkeypatch):
    path = save_network(small(), tmp_path / "mine.npz")
    competition.enter(path)
    copy = save_network(small(), tmp_path / "another name.npz")
    monkeypatch.setattr(competition, "course", lambda x, t: [])
    monkeypatch.setattr(competition, "score", None)  # nothing may be scored now
    capsys.readouterr()
    competition.enter(copy)
    assert "scored before" in capsys.readouterr().out
    assert len((tmp_path / competition.NOTES).read_text(encoding="utf-8").splitlines()) == 1


def test_the_second_network_is_scored_too_with_a_word_about_luck(tmp_path, capsys):
    for seed in range(2):
        competition.enter(save_network(small(seed), tmp_path / "mine.npz"))
    assert "your network number 2" in capsys.readouterr().out


def test_notes_that_are_damaged_or_cannot_be_written_stop_nobody(tmp_path, capsys):
    path = save_network(small(), tmp_path / "mine.npz")
    (tmp_path / competition.NOTES).write_bytes(b"\xff\x00 nonsense\n1 2\na 297 minus\n\n")
    competition.enter(path)
    assert "Scored once" in capsys.readouterr().out
    (tmp_path / competition.NOTES).unlink()
    (tmp_path / competition.NOTES).mkdir()
    competition.enter(path)
    assert "could not be written" in capsys.readouterr().out


def test_enter_says_what_is_wrong(tmp_path):
    with pytest.raises(FileNotFoundError):
        competition.enter(tmp_path / "missing.npz")
    np.savez(tmp_path / "n.npz", **arrays(W1=np.ones((4, 10))))
    with pytest.raises(ValueError, match="takes 4 numbers"):
        competition.enter(tmp_path / "n.npz")
    assert not (tmp_path / competition.NOTES).exists()


class Bomb:
    def __reduce__(self):
        return exec, ("raise SystemExit('executed')",)


W = np.full((784, 10), np.nan)
HOSTILE = {
    "nan": (arrays(W1=W), "not numbers"),
    "huge_numbers": (arrays(W1=np.full((784, 10), 1e308)), "not numbers, or infinite"),
    "inputs": (arrays(W1=np.ones((100, 10))), "takes 100 numbers, but a picture has 784"),
    "outputs": (arrays(W1=np.ones((784, 3)), b1=np.zeros(3)), "10 numbers, but it gives 3"),
    "unknown": (arrays(layers=np.array(["Evil"])), "does not know"),
    "no_layers": ({"W1": np.ones((784, 10))}, "holds no list of layers"),
    "many": (arrays(layers=np.array(["Affine"] + ["ReLU"] * 99)), "100 layers"),
    "pickled": (arrays(layers=np.array([Bomb()], dtype=object)), "cannot be read"),
    "wide": (
        arrays(layers=np.array(["Convolution 5 1 99"] * 2), W1=np.ones((25, 9)), b1=np.zeros(9),
               W2=np.ones((225, 9)), b2=np.zeros(9)),
        "too large",
    ),
    "images": (
        arrays(layers=np.array(["Convolution 5 1 0"]), W1=np.ones((25, 10)), b1=np.zeros(10)),
        "array of (24, 24, 10): is a Flatten layer missing",
    ),
    "memory": (  # a file of a few kB, 19 million numbers in each of 22 layers
        arrays(layers=np.array(["Convolution 1 1 99"] + ["Sigmoid"] * 20 + ["Flatten"]),
               W1=np.ones((1, 380)), b1=np.zeros(380)),
        "numbers held a picture",
    ),
    "elementwise": (
        arrays(layers=np.array(["Convolution 1 1 9"] + ["ReLU"] * 40 + ["Flatten"]),
               W1=np.ones((1, 30)), b1=np.zeros(30)),
        "numbers held a picture",
    ),
    "order": (arrays(W1=np.ones((784, 10), ">f8"), b1=np.zeros(10, ">f8")), "must be float16"),
    "long": (
        arrays(W1=np.ones((784, 10), np.longdouble), b1=np.zeros(10, np.longdouble)),
        "must be float16" if np.longdouble(1).nbytes > 8 else "",
    ),
    "color": (
        arrays(layers=np.array(["Convolution 1 1 0"]), W1=np.ones((3, 10)), b1=np.zeros(10)),
        "3 channels",
    ),
}  # fmt: skip


def test_hostile_and_broken_files_are_listed_and_the_others_ranked(tmp_path, capsys):
    save_network(small(), tmp_path / "good.npz")
    save_network(small(), tmp_path / "数字.npz")
    for name, (content, _) in HOSTILE.items():
        np.savez(tmp_path / f"{name}.npz", **content)
    whole = (tmp_path / "good.npz").read_bytes()
    (tmp_path / "cut.NPZ").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "empty.npz").write_bytes(b"")
    (tmp_path / "text.npz").write_text("hello", encoding="utf-8")
    (tmp_path / "raw_pickle.npz").write_bytes(pickle.dumps(Bomb()))
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "readme.txt").write_text("not an entry", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("W1.npy", bytes(150_000_000))
    ranked, refused = reasons(tmp_path, capsys)
    assert (
        f"2 of {len(HOSTILE) + 8} files ranked" in ranked
        and " good\n" in ranked
        and " 数字\n" in ranked
    )
    assert ranked.count("  1. ") == 2, "equal networks share the first rank"
    lines = dict(line.split(": ", 1) for line in refused.splitlines())
    assert len(lines) == len(HOSTILE) + 6 and "readme.txt" not in lines
    for name, (_, message) in HOSTILE.items():
        assert message in lines[f"{name}.npz"], name
    for name in ("cut.NPZ", "empty.npz", "text.npz", "raw_pickle.npz", "bomb.npz"):
        assert lines[name].startswith("This file cannot be read"), "the path would fill the line"
    assert "not a file" in lines["folder.npz"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path, capsys):
    save_network(small(), tmp_path / "good.npz")
    os.mkfifo(tmp_path / "pipe.npz")
    ranked, refused = reasons(tmp_path, capsys)
    assert "1 of 2 files" in ranked and "pipe.npz: It is not a file." in refused


def test_a_file_that_may_not_be_read_is_listed(tmp_path, capsys, monkeypatch):
    save_network(small(), tmp_path / "good.npz")
    for error, message in (
        (PermissionError("no"), "cannot be read (PermissionError)"),
        (MemoryError(), "more memory than there is"),
        (ValueError("two\nlines \x1b[31m"), "two lines ?[31m"),
    ):

        def refuse(*_, error=error):
            raise error

        monkeypatch.setattr(competition, "score", refuse)
        ranked, refused = reasons(tmp_path, capsys)
        assert "0 of 1 files" in ranked and message in refused


@pytest.mark.parametrize("made", [True, False])
def test_an_empty_and_a_missing_folder(made, tmp_path, capsys):
    folder = tmp_path / "class"
    if made:
        folder.mkdir()
    assert not competition.rank(folder)
    assert ("no .npz file" if made else "There is no folder") in capsys.readouterr().out


def test_one_command(tmp_path):
    save_network(small(), tmp_path / "a name with spaces.npz")
    command = [sys.executable, "-m", "course.competition"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0 and "a name with spaces" in done.stdout and not done.stderr
    assert subprocess.run(command, capture_output=True).returncode == 1
    missing = subprocess.run([*command, str(tmp_path / "x")], capture_output=True)
    assert missing.returncode == 1
