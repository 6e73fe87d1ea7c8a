"""Keeping my_work in one zip file, and bringing it back without losing anything newer.

The file may come from anywhere: all of it is checked before any is used.
"""

import hashlib
import io
import json
import os
import re
import stat
import time
import zipfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

from course.copy_along import progress_store
from course.texts import COPY_ALONG
from helpers import folders

say = COPY_ALONG.say

COURSE = "deep-learning-by-hand"
LIST = ".kept.json"  # hidden, so no file of the learner has this name
LARGEST = 200_000_000  # bytes, unpacked
MOST = 2000  # files
STRANGE = re.compile(r'[\\:*?"<>|\x00-\x1f]')
LONGEST = 240  # characters of a path
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class Refused(ValueError):
    """Says why an archive is not used."""


def keep(language):
    """Pack my_work into a new zip file beside the work, and return its path."""
    paths = dict(sorted(work().items()))
    if not paths:
        raise ValueError(say("nothing-to-keep", language))
    sizes = {name: path.stat().st_size for name, path in paths.items()}
    if sum(sizes.values()) > LARGEST or len(sizes) > MOST:
        largest = max(sizes, key=sizes.get)
        raise ValueError(say("too-much-to-keep", language, name=largest))
    files, kept = {}, {}
    for name, packed in safe_names(paths).items():
        files[packed] = data = paths[name].read_bytes()
        moment, digest = paths[name].stat().st_mtime, hashlib.sha256(data).hexdigest()
        kept[packed] = {"time": moment, "sha256": digest}
    stamp = time.strftime("%Y-%m-%d_%H%M")
    path = folders.new_path(folders.MY_WORK / "kept" / f"my_work_{stamp}.zip")
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LIST, json.dumps({"course": COURSE, "files": kept}))
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def work():
    """Return {name: path} of my_work, without hidden files and those that `keep` wrote."""
    found = {}
    for path in folders.MY_WORK.rglob("*"):
        parts = path.relative_to(folders.MY_WORK).parts
        hidden = any(part.startswith(".") for part in parts) or path.suffix == ".tmp"
        if path.is_file() and not path.is_symlink() and not hidden and parts[0] != "kept":
            found["/".join(parts)] = path
    return found


def restore(file, language):
    """Bring back the files of a zip file, given as path or bytes.

    Return {name: the name it has now}, for each file that was written. Raises ValueError, before
    anything is written, if the file is not one of ours.
    """
    data = file if isinstance(file, bytes) else read(file, language)
    kept = unpacked(io.BytesIO(data), language)
    targets = {name: folders.MY_WORK.joinpath(*PurePosixPath(name).parts) for name in kept}
    for name, target in targets.items():
        if not target.parent.resolve().is_relative_to(folders.MY_WORK.resolve()):
            raise ValueError(say("archive-outside", language, name=name))
    written = {name: bring_back(targets[name], *entry) for name, entry in kept.items()}
    return {
        name: path.relative_to(folders.MY_WORK).as_posix() for name, path in written.items() if path
    }


def read(file, language):
    """Return the bytes of a file, if it is not too large."""
    path = Path(file)
    if not path.is_file():
        raise ValueError(say("archive-not-there", language, name=path.name))
    if path.stat().st_size > LARGEST:
        raise ValueError(say("archive-too-large", language))
    return path.read_bytes()


def bring_back(target, content, moment):
    """Write a file of the archive; return its path, or None if it is there already.

    A record of progress is joined with the one that is there. Of two other files, the newer one
    gets the name, the older one a number.
    """
    if target.parent == folders.MY_WORK / "progress" and target.suffix == ".json":
        return progress_store.join(target, content)
    if target.is_file():
        if target.read_bytes() == content:
            return None
        if target.stat().st_mtime < moment:
            target.rename(folders.new_path(target))
    path = folders.new_path(target)
    with path.open("xb") as file:
        file.write(content)
    os.utime(path, (moment, moment))
    return path


def unpacked(file, language):
    """Return {name: (content, time)} of an archive that `keep` made.

    Raises Refused, a ValueError, with a clear message if it is another file, damaged, too large,
    or if it holds a path that leads out of my_work.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return contents(archive, language)
    except Refused:
        raise
    except Exception as error:  # zipfile has a dozen ways to say that a file is damaged
        raise Refused(say("archive-damaged", language)) from error


def contents(archive, language):
    """Return {name: (content, time)} of an open archive."""
    found, total = {}, 0
    for name, (moment, digest) in validated(archive, language).items():
        with archive.open(name) as packed:  # the size it claims need not be true
            content = packed.read(LARGEST - total + 1)
        total += len(content)
        if total > LARGEST:
            raise Refused(say("archive-too-large", language))
        if hashlib.sha256(content).hexdigest() != digest:
            raise Refused(say("archive-damaged", language))
        found[name] = content, moment
    return found


def validated(archive, language):
    """Return {name: (time, sha256)} of an archive that holds exactly what its list says."""
    members = archive.infolist()
    for member in members:
        if not is_inside(member):
            raise Refused(say("archive-outside", language, name=member.filename[:80]))
    if len(members) > MOST + 1 or sum(member.file_size for member in members) > LARGEST:
        raise Refused(say("archive-too-large", language))
    listed = file_list(archive)
    names = {member.filename for member in members}
    alike = len({name.casefold() for name in names}) < len(members)
    nested = any(str(folder) in names for n in names for folder in PurePosixPath(n).parents)
    if listed is None or alike or nested or names != {LIST, *listed}:
        raise Refused(say("archive-not-ours", language))
    return listed


def is_inside(member):
    """Return whether a member is a file whose path stays in the folder, on every system."""
    name = member.orig_filename
    parts = name.split("/")
    odd = any(part in ("", ".", "..") or part[-1] in ". " or RESERVED.match(part) for part in parts)
    kind = stat.S_IFMT(member.external_attr >> 16)
    return (
        not STRANGE.search(name) and not odd and len(name) < LONGEST and kind in (0, stat.S_IFREG)
    )


def safe_names(names):
    """Return {name: the name it has in an archive}, one that every system allows for a file.

    That is nearly always the same name; JupyterLab on Binder also allows `Why?.ipynb`.
    """
    found, taken = {}, set()
    for name in names:
        parts = STRANGE.sub("_", name.encode(errors="replace").decode()).split("/")
        parts = [part.rstrip(". ") or "_" for part in parts]
        path = "/".join(f"_{part}" if RESERVED.match(part) else part for part in parts)
        first = path = PurePosixPath(path[10 - LONGEST :].lstrip("/. "))
        number = 2
        while str(path).casefold() in taken:
            path = first.with_name(f"{first.stem}_{number}{first.suffix}")
            number += 1
        taken.add(str(path).casefold())
        found[name] = str(path)
    return found


def file_list(archive):
    """Return {name: (time, sha256)} as `keep` wrote it, or None."""
    with suppress(KeyError, ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        with archive.open(LIST) as packed:
            kept = json.loads(packed.read(2_000_000))
        if kept["course"] == COURSE:
            return {
                name: (min(max(0.0, float(entry["time"])), 4e9), str(entry["sha256"]))
                for name, entry in kept["files"].items()
            }
    return None
