"""Reading a zip file that may come from anywhere: all of it is checked before any is used."""

import hashlib
import json
import re
import stat
import zipfile
from contextlib import suppress

from helpers.copying.messages import say

COURSE = "deep-learning-by-hand"
LIST = "kept.json"
LARGEST = 200_000_000  # bytes, unpacked
MOST = 2000  # files
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def unpacked(file, language):
    """Return {name: (content, time)} of an archive that `keep` has made.

    Raises ValueError with a clear message if it is another file, damaged, too large, or if it
    holds a path that leads out of my_work.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return contents(archive, language)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise ValueError(say("archive-damaged", language)) from error


def contents(archive, language):
    """Return {name: (content, time)} of an open archive."""
    members = archive.infolist()
    for member in members:
        if not is_inside(member):
            raise ValueError(say("archive-outside", language, name=member.filename[:80]))
    if len(members) > MOST + 1 or sum(member.file_size for member in members) > LARGEST:
        raise ValueError(say("archive-too-large", language))
    listed = file_list(archive)
    folded = [member.filename.casefold() for member in members]
    if listed is None or len(set(folded)) < len(folded):
        raise ValueError(say("archive-not-ours", language))
    if {member.filename for member in members} != {LIST, *listed}:
        raise ValueError(say("archive-not-ours", language))
    found, total = {}, 0
    for name, (moment, digest) in listed.items():
        with archive.open(name) as packed:  # what it says of its size need not be true
            content = packed.read(LARGEST - total + 1)
        total += len(content)
        if total > LARGEST:
            raise ValueError(say("archive-too-large", language))
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError(say("archive-damaged", language))
        found[name] = content, moment
    return found


def is_inside(member):
    """Return whether a member is a file whose path stays in the folder, on every system."""
    name = member.orig_filename
    parts = name.split("/")
    strange = re.search(r'[\\:*?"<>|\x00-\x1f]', name)
    odd = any(part in ("", ".", "..") or part[-1] in ". " or RESERVED.match(part) for part in parts)
    kind = stat.S_IFMT(member.external_attr >> 16)
    return not strange and not odd and len(name) < 240 and kind in (0, stat.S_IFREG)


def file_list(archive):
    """Return {name: (time, sha256)} as `keep` has written it, or None."""
    with suppress(KeyError, ValueError, TypeError, AttributeError, RecursionError):
        with archive.open(LIST) as packed:
            kept = json.loads(packed.read(2_000_000))
        if kept["course"] == COURSE:
            return {
                name: (min(max(float(entry["time"]), 0.0), 4e9), str(entry["sha256"]))
                for name, entry in kept["files"].items()
            }
    return None
