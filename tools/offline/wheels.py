"""Fetch the wheels for every kind of computer with pip, and say clearly what is missing."""

import errno
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.offline.targets import needed, serves

OFFLINE = ("Failed to establish", "ConnectionError", "NameResolutionError", "Connection refused",
           "Network is unreachable", "Could not connect", "ProxyError", "timed out",
           "connection broken")  # fmt: skip
RETRIES = 5
FULL = ("No space left on device", "not enough space on the disk")


class PackError(Exception):
    """The pack cannot be made. The message says why, and what to do."""


def full_disk(folder):
    """Return the error to raise if there is no space left."""
    return PackError(
        f"There is no space left for {folder}. A full pack needs about 850 MB: free some space, "
        "or take fewer systems (--systems) or Pythons (--python)."
    )


def fetch(targets, lock, folder, report=print):
    """Put all wheels that the targets need into `folder`; remove those that none needs.

    `lock` is the text of a list with checksums. What is already there is not fetched again.
    Raises PackError.
    """
    make(folder)
    for number, target in enumerate(targets, 1):
        missing = lacking(target, lock, folder)
        report(f"[{number}/{len(targets)}] {target}: {len(missing)} packages to fetch")
        if missing:
            download(target, missing, folder)
        left = lacking(target, lock, folder)
        if left:
            raise PackError(f"pip did not fetch {', '.join(map(str, left))} for {target}.")
    for name in set(wheels(folder)) - set(used(targets, lock, folder)):
        (folder / name).unlink()


def make(folder):
    """Make a folder. Raises PackError if that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise full_disk(folder) from error
        raise PackError(f"{folder} cannot be made ({error.strerror}): name another one.") from error


def wheels(folder):
    """Return the file names of the wheels in a folder."""
    return sorted(path.name for path in folder.glob("*.whl"))


def lacking(target, lock, folder):
    """Return the entries of the list that a target needs and no wheel in the folder meets."""
    names, known = wheels(folder), target.tags()
    return [
        pin
        for pin in needed(target, lock)
        if not any(serves(name, pin.requirement, known) for name in names)
    ]


def used(targets, lock, folder):
    """Give the names of the wheels in the folder that some target can use."""
    names = wheels(folder)
    for target in targets:
        known = target.tags()
        for pin in needed(target, lock):
            yield from (name for name in names if serves(name, pin.requirement, known))


def download(target, pins, folder):
    """Let pip fetch the wheels of one target and compare their checksums. Raises PackError."""
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"),
        *("--disable-pip-version-check", "--progress-bar=off", f"--dest={folder}"),
        f"--retries={RETRIES}",  # pip reports a broken connection only when it tries again
        *(f"--python-version={target.version}", "--implementation=cp"),
        f"--abi=cp{target.python.replace('.', '')}",
        *(f"--platform={platform}" for platform in target.platforms()),
    ]
    english = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "1"}
    with tempfile.TemporaryDirectory() as temporary:
        entries = Path(temporary) / "requirements.txt"
        entries.write_text("\n".join(pin.line() for pin in pins), encoding="utf-8")
        command += ["--require-hashes", f"--requirement={entries}"]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=english)
    if run.returncode:
        raise problem(run.stdout + run.stderr, target, folder)


def problem(said, target, folder):
    """Return the error to raise for what pip said."""
    if any(words in said for words in FULL):
        return full_disk(folder)
    if "No module named pip" in said:
        return PackError("This Python has no pip. Make the pack with the README's .venv.")
    others = re.search(r"from versions: \d", said)  # then the index was reached
    if any(words in said for words in OFFLINE) and not others:
        return PackError(
            "The packages cannot be reached. Is this computer online? Then run the same command "
            "again: what was fetched is kept."
        )
    if found := re.search(
        r"^ +(\S+) from \S+ \(from -r .*:\n +Expected sha256", said, re.MULTILINE
    ):
        return PackError(
            f"{found[1]} for {target} is not the file that requirements-hashes.txt names: do not "
            "use it. Try again in another network, or run `python tools/lock.py`."
        )
    if found := re.search(r"No matching distribution found for (\S+)", said):
        return PackError(
            f"There is no wheel of {found[1]} for {target}. Leave this system out (--systems) "
            f"or this Python (--python), or lock another version of {found[1].split('=')[0]}."
        )
    return PackError(f"pip failed for {target}:\n{said.strip()}")
