"""The learner's own digits: a small test set that grows in my_work, and is never overwritten."""

import contextlib
import io
import time

import numpy as np

from helpers.folders import MY_WORK, new_path, write_whole

PATH = MY_WORK / "my_handwriting.npz"
PATIENCE = 5  # seconds: nobody takes longer to write


def load():
    """Return x (N, 784), float32 from 0 to 1, and t (N,), int64. Without a file, N is 0.

    Raises ValueError if the file is damaged, or holds something else.
    """
    if not PATH.exists():
        return np.zeros((0, 784), np.float32), np.zeros(0, np.int64)
    try:
        with np.load(PATH, allow_pickle=False) as file:
            x, t = file["x"], file["t"]
    except PermissionError:
        raise
    except Exception as error:  # a damaged file can fail in any part of what unpacks it
        raise ValueError(f"{PATH.name} cannot be read: it is damaged.") from error
    shaped = x.ndim == 2 and x.shape[1] == 784 and t.shape == x.shape[:1]
    whole = x.dtype == np.uint8 and t.dtype.kind in "iu"
    if not (shaped and whole and np.isin(t, range(10)).all()):
        raise ValueError(f"{PATH.name} holds something else than digits.")
    return x.astype(np.float32) / 255, t.astype(np.int64)


def add(picture, digit):
    """Add a picture (28, 28) and what it shows to the file. Returns whether it is new, and aside.

    A picture that is there already is not added again. A file that cannot be read is kept under
    another name, `aside` (else None), and a new one is begun. The file is replaced as a whole, so
    that it is complete at any time. Raises OSError if it cannot be written.
    """
    PATH.parent.mkdir(parents=True, exist_ok=True)
    row = np.rint(255 * np.reshape(picture, (1, 784))).astype(np.uint8)
    with alone():
        aside = set_aside()
        x, t = load()
        x = np.rint(255 * x).astype(np.uint8)
        if ((x == row).all(axis=1) & (t == digit)).any():
            return False, aside
        file = io.BytesIO()
        np.savez_compressed(file, x=np.vstack([x, row]), t=np.append(t, np.int64(digit)))
        write_whole(PATH, file.getvalue())
    return True, aside


@contextlib.contextmanager
def alone():
    """Let nobody else, in this notebook or in another one, change the file in a `with` block.

    Raises OSError if the file is in use all the time.
    """
    lock, end = PATH.with_name(f".{PATH.name}.lock"), time.monotonic() + 2 * PATIENCE
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            if time.monotonic() > end:
                raise OSError(f"{PATH.name} is in use") from None
            with contextlib.suppress(OSError):  # it may have gone
                if time.time() - lock.stat().st_mtime > PATIENCE:  # left by one that broke off
                    lock.unlink()
            time.sleep(0.01)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def set_aside():
    """Rename a file that cannot be read. Returns the new name, or None if all is well."""
    try:
        load()
    except ValueError:
        aside = new_path(PATH.with_name(f"{PATH.stem}_damaged{PATH.suffix}"))
        PATH.rename(aside)
        return aside
    return None
