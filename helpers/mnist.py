"""Find the four files of MNIST, on this computer or on the internet, and trust none unchecked.

MNIST is a collection of 70,000 handwritten digits (LeCun, Cortes and Burges, 1998).
"""

import contextlib
import functools
import hashlib
import os
import time
from pathlib import Path

from helpers.download import Download, DownloadError
from helpers.folders import DATA

CACHE = DATA / "mnist"

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)

FILES = {  # name: size in bytes, SHA-256
    "train-images-idx3-ubyte.gz": (
        9912422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    ),
    "train-labels-idx1-ubyte.gz": (
        28881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    ),
    "t10k-images-idx3-ubyte.gz": (
        1648877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    ),
    "t10k-labels-idx1-ubyte.gz": (
        4542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
}


class Unusable(Exception):
    """A file is missing or is not what it should be. The message says which and why."""


def find():
    """Return the four files as {name: bytes}, or None if only the bundled digits are left.

    Looks in the folder that the environment variable MNIST_DIR names, then in data/mnist, then on
    the mirrors; what is downloaded is kept in data/mnist. MNIST_DIR=bundled asks for None.
    Prints one line for each step that needs an explanation.
    """
    chosen = os.environ.get("MNIST_DIR", "")
    if chosen == "bundled":
        print("Using the 1,797 bundled digits (MNIST_DIR=bundled).")
        return None
    if chosen:
        try:
            return read_folder(Path(chosen))
        except Unusable as problem:
            print(f"The folder in MNIST_DIR is not used: {problem}.")
    return read_or_download()


def read_folder(folder):
    """Return the four files in `folder`. Raises Unusable, which names every file at fault."""
    files, problems = {}, []
    for name in FILES:
        try:
            files[name] = read(folder / name)
        except Unusable as problem:
            problems.append(str(problem))
    if problems:
        raise Unusable(", ".join(problems))
    return files


def read(path):
    """Return the bytes of one of the four files. Raises Unusable."""
    size, sha256 = FILES[path.name]
    try:
        with path.open("rb") as file:
            data = file.read(size + 1)
    except FileNotFoundError:
        raise Unusable(f"{path.name} is missing") from None
    except OSError:
        raise Unusable(f"{path.name} cannot be read") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Unusable(f"{path.name} is damaged")
    return data


def read_or_download():
    """Return the four files, those from the mirrors that data/mnist lacks, or None."""
    files = {}
    for name in FILES:
        with contextlib.suppress(Unusable):
            files[name] = read(CACHE / name)
    missing = [name for name in FILES if name not in files]
    if not missing:
        return files
    line = ProgressLine()
    try:
        return files | download(missing, line)
    except DownloadError as problem:
        line.end(
            f"MNIST could not be downloaded: {problem}. Using the 1,797 bundled digits instead. "
            "To get MNIST later, go online and run this again, or see data/README.md."
        )
        return None
    except KeyboardInterrupt:
        line.end("Stopped downloading MNIST. Run this again to go on.")
        raise


def download(names, line):
    """Return {name: bytes} from the mirrors, kept in data/mnist if possible.

    Raises DownloadError.
    """
    files, all_kept = {}, True
    for name in names:
        size, sha256 = FILES[name]
        show = functools.partial(line.show, name, size)
        files[name], kept = Download(CACHE / name, size, sha256, show).run(MIRRORS)
        all_kept = all_kept and kept
    if all_kept:
        line.end("Downloaded MNIST and kept it in data/mnist.")
    else:
        line.end(
            "Downloaded MNIST, but could not keep it in data/mnist (a full or read-only disk, or "
            "a file in use), so it is downloaded again next time."
        )
    return files


class ProgressLine:
    """A line of text that changes in place while files arrive, and ends in one sentence."""

    def __init__(self):
        self.width = 0
        self.shown_at = 0

    def show(self, name, size, received):
        """Say how much of a file is there, four times a second at most."""
        if time.monotonic() - self.shown_at > 0.25:
            short_name = name.split("-idx")[0]
            self._print(f"Downloading MNIST: {short_name} {100 * received // size} %", end="")
            self.shown_at = time.monotonic()

    def end(self, sentence):
        """Put a last sentence in the place of the line."""
        self._print(sentence, end="\n")

    def _print(self, text, end):
        start = "\r" if self.width else ""
        print(start + text.ljust(self.width), end=end, flush=True)
        self.width = len(text)
