"""Reading a zip file that may come from anywhere: all of it is checked before any is used."""

import hashlib
import json
import re
import stat
import zipfile
from contextlib import suppress
from pathlib import PurePosixPath

from course.texts import COPY_ALONG

COURSE = "deep-learning-by-hand"
LIST = ".kept.json"  # hidden, so no file of the learner has this name
LARGEST = 200_000_000  # bytes, unpacked
MOST = 2000  # files
STRANGE = re.compile(r'[\\:*?"<>|\x00-\x1f]')
LONGEST = 240  # characters of a path
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class Refused(ValueError):
    """Says why an archive is not used."""


def unpacked(file, language):
    """Return {name: (content, time)} of an archive that `keep` has made.

    Raises Refused, a ValueError, with a clear message if it is another file, damaged, too large,
    or if it holds a path that leads out of my_work.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return contents(archive, language)
    except Refused:
        raise
    except Exception as error:  # of a damaged file zipfile says so in a dozen ways
        raise Refused(COPY_ALONG.say("archive-damaged", language)) from error


def contents(archive, language):
    """Return {name: (content, time)} of an open archive."""
    found, total = {}, 0
    for name, (moment, digest) in checked(archive, language).items():
        with archive.open(name) as packed:  # what it says of its size need not be true
            content = packed.read(LARGEST - total + 1)
        total += len(content)
        if total > LARGEST:
            raise Refused(COPY_ALONG.say("archive-too-large", language))
        if hashlib.sha256(content).hexdigest() != digest:
            raise Refused(COPY_ALONG.say("archive-damaged", language))
        found[name] = content, moment
    return found


def checked(archive, language):
    """Return {name: (time, sha256)} of an archive that holds just what its list says."""
    members = archive.infolist()
    for member in members:
        if not is_inside(member):
            raise Refused(COPY_ALONG.say("archive-outside", language, name=member.filename[:80]))
    if len(members) > MOST + 1 or sum(member.file_size for member in members) > LARGEST:
        raise Refused(COPY_ALONG.say("archive-too-large", language))
    listed = file_list(archive)
    names = {member.filename for member in members}
    alike = len({name.casefold() for name in names}) < len(members)
    nested = any(str(folder) in names for n in names for folder in PurePosixPath(n).parents)
    if listed is None or alike or nested or names != {LIST, *listed}:
        raise Refused(COPY_ALONG.say("archive-not-ours", language))
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
    """Return {name: the name it has in an archive}, which every system can give to a file.

    That is nearly always the same one; JupyterLab on Binder also allows `Why?.ipynb`.
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
    """Return {name: (time, sha256)} as `keep` has written it, or None."""
    with suppress(KeyError, ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        with archive.open(LIST) as packed:
            kept = json.loads(packed.read(2_000_000))
        if kept["course"] == COURSE:
            return {
                name: (min(max(0.0, float(entry["time"])), 4e9), str(entry["sha256"]))
                for name, entry in kept["files"].items()
            }
    return None
