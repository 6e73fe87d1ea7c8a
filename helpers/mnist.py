"""Find the four files of MNIST, on this computer or on the internet, and trust none unchecked.

MNIST is a collection of 70,000 handwritten digits (LeCun, Cortes and Burges, 1998). A download
is collected in memory, checked there, and only then written to disk. If it breaks off, what has
arrived stays as a .part file, and the next download continues from there.
"""

import contextlib
import hashlib
import os
import time
from pathlib import Path

import requests

from helpers.folders import DATA, write_whole

CACHE = DATA / "mnist"
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)
TABLE = """\
train-images-idx3-ubyte.gz 9912422 440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609
train-labels-idx1-ubyte.gz 28881 3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c
t10k-images-idx3-ubyte.gz 1648877 8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6
t10k-labels-idx1-ubyte.gz 4542 f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6
"""
FILES = {  # name: size in bytes, SHA-256
    name: (int(size), sha256) for name, size, sha256 in map(str.split, TABLE.splitlines())
}
WAIT = (4, 15)  # seconds: for a connection, for the next bytes
TIME_LIMIT = 300  # seconds for one file
PIECE = 4096  # bytes
GZIP_MAGIC = b"\x1f\x8b"  # every .gz file begins with these two bytes
PLAIN_WORDS = (  # the first kind that fits an error explains it
    (requests.Timeout, "the server did not answer in time"),
    (requests.exceptions.SSLError, "the secure connection failed (a proxy, or a wrong clock?)"),
    (requests.ConnectionError, "no connection to the server (is this computer online?)"),
    (requests.exceptions.ChunkedEncodingError, "the connection broke off"),
    (OSError, "the server's answer made no sense"),
)


class Unusable(Exception):
    """A file is missing or is not what it should be. The message says why, in plain words."""


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
    """Return the four files, downloading those that data/mnist lacks, or None."""
    files = {}
    for name in FILES:
        with contextlib.suppress(Unusable):
            files[name] = read(CACHE / name)
    missing = [name for name in FILES if name not in files]
    if not missing:
        return files
    line = ProgressLine()
    try:
        return files | download_all(missing, line)
    except Unusable as problem:
        line.end(
            f"MNIST could not be downloaded: {problem}. Using the 1,797 bundled digits instead. "
            "To get MNIST later, go online and run this again, or see data/README.md."
        )
        return None
    except KeyboardInterrupt:
        line.end("Stopped downloading MNIST. Run this again to go on.")
        raise


def download_all(names, line):
    """Return {name: bytes} from the mirrors, kept in data/mnist if possible. Raises Unusable."""
    files, all_kept = {}, True
    for name in names:
        files[name], kept = download(name, line)
        all_kept = all_kept and kept
    line.end(
        "Downloaded MNIST and kept it in data/mnist."
        if all_kept
        else "Downloaded MNIST, but could not keep it in data/mnist (a full or read-only disk, or "
        "a file in use), so it is downloaded again next time."
    )
    return files


def download(name, line):
    """Return the bytes of one file, and whether they could be kept in data/mnist.

    Raises Unusable, with a reason for each mirror, if none of them has the file.
    """
    part, data = CACHE / f"{name}.part", bytearray()
    with contextlib.suppress(OSError):
        data += part.read_bytes()
    if not data.startswith(GZIP_MAGIC):
        data.clear()
    try:
        ask_mirrors(name, data, line)
        kept = keep(CACHE / name, data)
    except BaseException:  # also when the learner presses stop
        keep(part, data)
        raise
    keep(part, b"")
    return bytes(data), kept


def ask_mirrors(name, data, line):
    """Complete data, the beginning of a file, from the first mirror that gives the right bytes."""
    deadline, reasons = time.monotonic() + TIME_LIMIT, []
    for mirror in MIRRORS:
        try:
            for _ in range(2 if data else 1):  # the beginning may turn out to be wrong
                receive(mirror, name, data, deadline, line)
                if hashlib.sha256(data).hexdigest() == FILES[name][1]:
                    return
                data.clear()
            reasons.append("the file that arrived was damaged")
        except (Unusable, OSError) as error:
            reasons.append(in_plain_words(error))
    raise Unusable("; ".join(dict.fromkeys(reasons)))


def receive(mirror, name, data, deadline, line):
    """Add to data what one mirror sends, until it has the size of the file."""
    size = FILES[name][0]
    line.show(name, size, len(data))
    if len(data) >= size:
        return
    headers = {"Accept-Encoding": "identity"}
    if data:
        headers["Range"] = f"bytes={len(data)}-"
    with requests.get(mirror + name, headers=headers, stream=True, timeout=WAIT) as response:
        response.raise_for_status()
        at_start = response.status_code != 206 or not data
        for piece in response.iter_content(PIECE):
            if at_start:
                if not piece.startswith(GZIP_MAGIC):
                    raise Unusable("a web page came instead of the file (from a proxy or a login?)")
                data.clear()
                at_start = False
            data += piece
            line.show(name, size, len(data))
            if len(data) >= size:
                del data[size:]
                return
            if time.monotonic() > deadline:
                raise Unusable("it took too long")
    raise Unusable("the connection broke off")


def in_plain_words(error):
    """Return what `error` means to somebody who only wants the file."""
    if isinstance(error, Unusable):
        return str(error)
    if isinstance(error, requests.HTTPError):
        return f"the server answered with error {error.response.status_code}"
    return next(words for kind, words in PLAIN_WORDS if isinstance(error, kind))


def keep(path, data):
    """Write a file, or remove it if there is nothing to write. Return whether the disk let us."""
    try:
        if data:
            write_whole(path, data)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


class ProgressLine:
    """A line of text that changes in place while files arrive, and ends in one sentence."""

    def __init__(self):
        self.width = self.shown_at = 0

    def show(self, name, size, received):
        """Say how much of a file has arrived, four times a second at most."""
        if time.monotonic() - self.shown_at > 0.25:
            self.shown_at = time.monotonic()
            self.write(f"Downloading MNIST: {name.split('-idx')[0]} {100 * received // size} %")

    def end(self, sentence):
        """Replace the line with a last sentence."""
        self.write(sentence, end="\n")

    def write(self, text, end=""):
        """Print over the line."""
        print(("\r" if self.width else "") + text.ljust(self.width), end=end, flush=True)
        self.width = len(text)
