"""A competition of saved networks: how many of the test digits does each of them read?

    python -m course.competition FOLDER     ranks all .npz files of a folder

The name of a file is the name of the entry. Files may come from anyone: nothing in them is
executed, and one that is broken, or too large to be scored in reasonable time, is listed with the
reason while the others are ranked. The test digits are those of `datasets.mnist`.
"""

import hashlib
import sys
from pathlib import Path

from course.scoring import score
from helpers import datasets
from helpers.folders import DATA
from helpers.saving import describe, load_network

NOTES = "competition_notes.txt"  # beside the files: what has been scored

# How many of each test set the networks of lesson 07 read (tests/test_claims_08.py).
LESSON_07 = {
    "lesson 07: Sigmoid, lr 0.01, 10 epochs": {10000: 8333, 297: 67},
    "lesson 07: ReLU, lr 0.2, 10 epochs": {10000: 9744, 297: 267},
}


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
    """Return a text that is the same for equal layers and numbers, under whatever file name."""
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
            if not path.is_file():  # a pipe, for one, would be waited for without end
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
    except OSError:  # no network has been scored here, or nobody may know
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


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # names that a terminal cannot show
    if len(sys.argv) != 2:
        sys.exit("Give one folder: python -m course.competition FOLDER")
    sys.exit(0 if rank(sys.argv[1]) else 1)
