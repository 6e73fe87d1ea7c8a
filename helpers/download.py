"""Download a file of known size and checksum, so that nothing false is ever used or kept.

A file is gathered in memory, checked there, and only then written to disk. What had
arrived when a download broke off stays as a .part file, and the next one goes on from there.
"""

import contextlib
import hashlib
import time
import uuid

import requests

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


class DownloadError(Exception):
    """No mirror gave the file. The message says why, in plain words."""


class Download:
    """One gzip file that is to be had from several mirrors.

    path: where the file shall be kept. size: in bytes. sha256: in hexadecimal digits.
    show: a function that is called with the number of bytes that are there so far.
    """

    def __init__(self, path, size, sha256, show):
        self.path = path
        self.part = path.with_name(f"{path.name}.part")
        self.size = size
        self.sha256 = sha256
        self.show = show
        self.data = bytearray()

    def run(self, mirrors):
        """Return the file's bytes, and whether they could be kept on disk.

        mirrors: addresses of folders, each with a slash at its end, in the order to try them.
        Raises DownloadError if none of them gives the file.
        """
        self.data[:] = read_part(self.part)
        try:
            self._try_all(mirrors)
            kept = write_whole(self.path, self.data)
        except BaseException:  # also when the learner presses stop
            self._keep_part()
            raise
        remove(self.part)
        return bytes(self.data), kept

    def _try_all(self, mirrors):
        deadline = time.monotonic() + TIME_LIMIT
        reasons = []
        for mirror in mirrors:
            try:
                return self._try(mirror + self.path.name, deadline)
            except (DownloadError, OSError) as error:
                reasons.append(in_plain_words(error))
        raise DownloadError("; ".join(dict.fromkeys(reasons)))

    def _try(self, address, deadline):
        resumed = len(self.data) > 0
        self._receive(address, deadline)
        if resumed and not self._is_right():
            self.data.clear()
            self._receive(address, deadline)
        if not self._is_right():
            self.data.clear()
            raise DownloadError("the file that arrived was damaged")

    def _is_right(self):
        return hashlib.sha256(self.data).hexdigest() == self.sha256

    def _receive(self, address, deadline):
        """Add to the data what the server sends, until they have the file's size."""
        self.show(len(self.data))
        if len(self.data) >= self.size:
            return
        headers = {"Accept-Encoding": "identity"}
        if self.data:
            headers["Range"] = f"bytes={len(self.data)}-"
        with requests.get(address, headers=headers, stream=True, timeout=WAIT) as response:
            response.raise_for_status()
            pieces = response.iter_content(PIECE)
            if not self.data or response.status_code != 206:  # it begins at the beginning
                self.data[:] = first_of(pieces)
            while len(self.data) < self.size:
                if time.monotonic() > deadline:
                    raise DownloadError("it took too long")
                self.data += next_of(pieces)
                self.show(len(self.data))
        del self.data[self.size :]

    def _keep_part(self):
        if self.data:
            write_whole(self.part, self.data)
        else:
            remove(self.part)


def first_of(pieces):
    """Return the first piece of a gzip file. Raises DownloadError if it is something else."""
    piece = next_of(pieces)
    if not piece.startswith(GZIP_MAGIC):
        raise DownloadError("a web page came instead of the file (from a proxy or a login?)")
    return piece


def next_of(pieces):
    """Return the next piece of a file. Raises DownloadError if there is none."""
    piece = next(pieces, b"")
    if not piece:
        raise DownloadError("the connection broke off")
    return piece


def in_plain_words(error):
    """Return what `error` means to somebody who only wants the file."""
    if isinstance(error, DownloadError):
        return str(error)
    if isinstance(error, requests.HTTPError):
        return f"the server answered with error {error.response.status_code}"
    return next(words for kind, words in PLAIN_WORDS if isinstance(error, kind))


def read_part(path):
    """Return what an earlier download left, which may be nothing."""
    try:
        data = path.read_bytes()
    except OSError:
        return b""
    return data if data.startswith(GZIP_MAGIC) else b""


def write_whole(path, data):
    """Write a file that nobody ever sees half written. Return whether that was possible."""
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        return False
    finally:
        remove(temporary)
    return True


def remove(path):
    """Remove a file if it is there and the system allows it."""
    with contextlib.suppress(OSError):
        path.unlink()
