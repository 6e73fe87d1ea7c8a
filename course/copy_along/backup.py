"""Keeping my_work in one zip file, and bringing it back without losing anything newer."""

import hashlib
import io
import json
import os
import time
import zipfile
from pathlib import Path, PurePosixPath

from course.copy_along import archives, progress_store
from course.texts import COPY_ALONG
from helpers import folders


def keep(language="en"):
    """Pack my_work into a new zip file beside the work, and return its path."""
    paths = dict(sorted(work().items()))
    if not paths:
        raise ValueError(COPY_ALONG.say("nothing-to-keep", language))
    sizes = {name: path.stat().st_size for name, path in paths.items()}
    if sum(sizes.values()) > archives.LARGEST or len(sizes) > archives.MOST:
        largest = max(sizes, key=sizes.get)
        raise ValueError(COPY_ALONG.say("too-much-to-keep", language, name=largest))
    files, kept = {}, {}
    for name, packed in archives.safe_names(paths).items():
        files[packed] = data = paths[name].read_bytes()
        moment, digest = paths[name].stat().st_mtime, hashlib.sha256(data).hexdigest()
        kept[packed] = {"time": moment, "sha256": digest}
    stamp = time.strftime("%Y-%m-%d_%H%M")
    path = folders.new_path(folders.MY_WORK / "kept" / f"my_work_{stamp}.zip")
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(archives.LIST, json.dumps({"course": archives.COURSE, "files": kept}))
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def work():
    """Return {name: path} of my_work, without what is kept already and what is hidden."""
    found = {}
    for path in folders.MY_WORK.rglob("*"):
        parts = path.relative_to(folders.MY_WORK).parts
        hidden = any(part.startswith(".") for part in parts) or path.suffix == ".tmp"
        if path.is_file() and not path.is_symlink() and not hidden and parts[0] != "kept":
            found["/".join(parts)] = path
    return found


def restore(file, language="en"):
    """Bring back the files of a zip file, given as path or bytes.

    Return {name: the name under which it now stands}, for each file that was written. Raises
    ValueError, before anything is written, if the file is not one of ours.
    """
    data = file if isinstance(file, bytes) else read(file, language)
    kept = archives.unpacked(io.BytesIO(data), language)
    targets = {name: folders.MY_WORK.joinpath(*PurePosixPath(name).parts) for name in kept}
    for name, target in targets.items():
        if not target.parent.resolve().is_relative_to(folders.MY_WORK.resolve()):
            raise ValueError(COPY_ALONG.say("archive-outside", language, name=name))
    written = {name: bring_back(targets[name], *entry) for name, entry in kept.items()}
    return {
        name: path.relative_to(folders.MY_WORK).as_posix() for name, path in written.items() if path
    }


def read(file, language):
    """Return the bytes of a file, if it is not too large."""
    path = Path(file)
    if not path.is_file():
        raise ValueError(COPY_ALONG.say("archive-not-there", language, name=path.name))
    if path.stat().st_size > archives.LARGEST:
        raise ValueError(COPY_ALONG.say("archive-too-large", language))
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
