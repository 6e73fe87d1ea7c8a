"""The learner's own digits: a small test set that grows in my_work, and is never overwritten."""

import contextlib
import os
import time
import zipfile
from pathlib import Path

import numpy as np

from helpers.folders import MY_WORK, new_path

PATH = MY_WORK / "my_handwriting.npz"
PATIENCE = 5  # seconds: nobody takes longer to write


def load(path=None):
    """Return x (N, 784), float32 from 0 to 1, and t (N,), int64. Without a file, N is 0.

    Raises ValueError if the file is damaged, or holds something else.
    """
    path = Path(path or PATH)
    if not path.exists():
        return np.zeros((0, 784), np.float32), np.zeros(0, np.int64)
    try:
        with np.load(path, allow_pickle=False) as file:
            x, t = file["x"], file["t"]
    except PermissionError:
        raise
    except Exception as error:  # a damaged file can fail in any part of what unpacks it
        raise ValueError(f"{path.name} cannot be read: it is damaged.") from error
    shaped = x.ndim == 2 and x.shape[1] == 784 and t.shape == x.shape[:1]
    if (
        not shaped
        or x.dtype != np.uint8
        or t.dtype.kind not in "iu"
        or not np.isin(t, range(10)).all()
    ):
        raise ValueError(f"{path.name} holds something else than digits.")
    return x.astype(np.float32) / 255, t.astype(np.int64)


def add(picture, digit, path=None):
    """Add a picture (28, 28) and what it shows to the file. Returns whether it is new, and aside.

    A picture that is there already is not added again. A file that cannot be read is kept under
    another name, `aside` (else None), and a new one is begun. The file is replaced as a whole, so
    that it is complete at any time. Raises OSError if it cannot be written.
    """
    path = Path(path or PATH)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = np.rint(255 * np.reshape(picture, (1, 784))).astype(np.uint8)
    with alone(path):
        aside = set_aside(path)
        x, t = load(path)
        x = np.rint(255 * x).astype(np.uint8)
        if ((x == row).all(axis=1) & (t == digit)).any():
            return False, aside
        write(path, np.vstack([x, row]), np.append(t, np.int64(digit)))
    return True, aside


@contextlib.contextmanager
def alone(path):
    """Let nobody else, in this notebook or in another one, change the file in a `with` block.

    Raises OSError if the file is in use all the time.
    """
    lock, end = path.with_name(f".{path.name}.lock"), time.monotonic() + 2 * PATIENCE
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            if time.monotonic() > end:
                raise OSError(f"{path.name} is in use") from None
            with contextlib.suppress(OSError):  # it may have gone
                if time.time() - lock.stat().st_mtime > PATIENCE:  # left by one that broke off
                    lock.unlink()
            time.sleep(0.01)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def set_aside(path):
    """Give a file that cannot be read another name. Returns that, or None if all is well."""
    try:
        load(path)
    except ValueError:
        aside = new_path(path.with_name(f"{path.stem}_damaged{path.suffix}"))
        path.rename(aside)
        return aside
    return None


def write(path, x, t):
    """Write the file beside itself first, then put it in its place."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.savez_compressed(file, x=x, t=t)
            file.flush()
            os.fsync(file.fileno())
        if not zipfile.is_zipfile(part):
            raise OSError("the disk did not keep what was written")
        part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
