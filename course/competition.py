"""A competition of saved networks: how many of the test digits does each of them read?

    python -m course.competition FOLDER     ranks all .npz files of a folder

The name of a file is the name of the entry. Files may come from anyone: nothing in them is
executed, and one that is broken, or too large to be scored in reasonable time, is listed with the
reason while the others are ranked. The test digits are those of `datasets.mnist`.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np

from helpers import datasets
from helpers.convolution import Convolution, MaxPooling
from helpers.folders import DATA
from helpers.layers import Affine
from helpers.saving import describe, load_network

NOTES = "competition_notes.txt"  # beside the files: what has been scored

# How many of each test set the networks of lesson 07 read (tests/notebooks/test_claims_08.py).
LESSON_07 = {
    "lesson 07: Sigmoid, lr 0.01, 10 epochs": {10000: 8333, 297: 67},
    "lesson 07: ReLU, lr 0.2, 10 epochs": {10000: 9744, 297: 267},
}

PIXELS = 784
LONGEST = 50  # layers
LARGEST = 20_000_000  # multiplications for one picture; the networks of the course need 1 million
MOST_HELD = 2_000_000  # numbers that all layers hold for one picture
HELD_AT_ONCE = 10_000_000  # numbers, for all pictures that go through together


def enter(path):
    """Score the network in the file on the test digits, and print it among the course's own.

    A note beside the file remembers each network that has been scored, by its numbers: a second
    time, the note is read instead of the test digits.
    Raises FileNotFoundError or ValueError if the file is not there or cannot be scored.
    """
    path = Path(path).expanduser()
    _, _, x, t = datasets.mnist()
    content = fingerprint(load_network(path))
    notes = read_notes(path.parent, len(t))
    again = content in notes
    if not again:
        notes[content] = score(path, x, t)
        write_note(path.parent, content, len(t), notes[content])
    entries = [(notes[content], f"{printable(path.stem)}  <- yours"), *course(x, t)]
    print(f"{len(t):,} test digits\n")
    print("\n".join(table(entries, len(t))))
    print()
    if again:
        print("This network has been scored before; this is what it got.")
    elif len(notes) == 1:
        print("Scored once. From now on, this test set knows you: leave it alone.")
    else:
        print(f"This is your network number {len(notes)} on the same test digits. The more you")
        print("try there, the more luck is in the best score. Choose by validation data.")


def fingerprint(network):
    """Return a text that is the same for equal layers and numbers, whatever the file name."""
    content = hashlib.sha256()
    for layer in network.layers:
        content.update(describe(layer).encode())
    for parameter in network.parameters():
        content.update(f"{parameter.dtype} {parameter.shape}".encode())
        content.update(parameter.tobytes())
    return content.hexdigest()


def course(x, t):
    """Return (right answers, name) for the networks of the course on the test digits x, t."""
    entries = [
        (right[len(t)], f"{name} (about)") for name, right in LESSON_07.items() if len(t) in right
    ]
    for path in sorted(DATA.glob("trained_*.npz")):
        entries.append((score(path, x, t), f"data/{path.name}"))
    return entries


def rank(folder):
    """Print a ranking of all .npz files of the folder; return False if there is none."""
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        print(f"There is no folder {printable(folder)}.")
        return False
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".npz")
    if not paths:
        print(f"There is no .npz file in {printable(folder.resolve())}.")
        return False
    _, _, x, t = datasets.mnist()
    entries, refused = [], []
    for path in paths:
        try:
            if not path.is_file():  # a pipe, for one, would keep us waiting for ever
                raise ValueError("It is not a file.")
            entries.append((score(path, x, t), printable(path.stem)))
        except Exception as error:  # whatever is wrong with one entry, the others are ranked
            refused.append(f"{printable(path.name)}: {reason(error, path)}")
    print(f"{len(t):,} test digits, {len(entries)} of {len(paths)} files ranked\n")
    print("\n".join(table(entries, len(t)) + ["", "Not ranked:"] * bool(refused) + refused))
    return True


def reason(error, path):
    """Return in one line why an entry is not ranked; its path has been printed already."""
    if isinstance(error, MemoryError):
        return "It needs more memory than there is."
    if isinstance(error, OSError):
        return f"The file cannot be read ({type(error).__name__})."
    return printable(str(error).replace(str(path), "This file"))[:300]


def table(entries, n):
    """Return a line for each (right of n, name), the best first; equal ones share a rank."""
    lines = []
    for right, name in sorted(entries, key=lambda entry: (-entry[0], entry[1])):
        place = 1 + sum(other > right for other, _ in entries)
        lines.append(f"{place:4d}. {right / n:6.1%}  {name}")
    return lines


def read_notes(folder, n):
    """Return {content: right answers} of the networks that have been scored on n test digits."""
    found = {}
    try:
        text = (folder / NOTES).read_text(encoding="utf-8", errors="replace")
    except OSError:  # no network has been scored here, or the notes cannot be read
        return found
    for words in map(str.split, text.splitlines()):
        if len(words) == 3 and words[1] == str(n) and words[2].isdecimal():
            found[words[0]] = min(int(words[2]), n)
    return found


def write_note(folder, content, n, right):
    """Note that the network of this content has been scored; a full disk is no reason to stop."""
    try:
        with (folder / NOTES).open("a", encoding="utf-8") as file:
            file.write(f"{content} {n} {right}\n")
    except OSError:
        print("(The note that it has been scored could not be written.)")


def printable(text):
    """Return the text in one line, with signs that could confuse a terminal replaced."""
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(str(text).split()))


def score(path, x, t):
    """Return how many of the pictures x (N, 784) with labels t (N,) the saved network reads.

    A network whose first layer is a Convolution gets them as images (N, 28, 28, 1).
    Raises ValueError, which says why, if the file holds no network that can be scored.
    """
    network = load_network(path)
    check_numbers(network)
    multiplications, held = costs(network)
    if isinstance(network.layers[0], Convolution | MaxPooling):
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
    if type(first) is Affine and len(first.W) != PIXELS:  # a Convolution is an Affine, too
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
    """Return the multiplications, what is kept besides the result, and its side and size.

    The input has side x side pixels, and `numbers` numbers in all.
    """
    if isinstance(layer, Convolution):
        wide = side + 2 * layer.padding
        side = max((wide - layer.size) // layer.stride + 1, 0)
        framed = len(layer.W) // layer.size**2 * wide**2
        windows = (len(layer.W) + 1) * side**2
        return layer.W.size * side**2, framed + windows, side, len(layer.b) * side**2
    if isinstance(layer, Affine):
        return layer.W.size, 0, side, len(layer.b)
    if isinstance(layer, MaxPooling):
        channels, side = numbers // max(side, 1) ** 2, side // layer.size
        return 0, 0, side, channels * side**2
    return 0, 0, side, numbers


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # names that a terminal cannot show
    if len(sys.argv) != 2:
        sys.exit("Give one folder: python -m course.competition FOLDER")
    sys.exit(0 if rank(sys.argv[1]) else 1)
