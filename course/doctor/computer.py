"""Is the computer ready: disk, memory, browser, and the place where the course is?"""

import os
import shutil
import sys
import webbrowser
from pathlib import Path

from course.doctor.findings import Note, Problem
from helpers import folders
from helpers.folders import ROOT

MB = 10**6
DISK = (200, 1000)  # MB: less than the first is a fault, less than the second a note
MEMORY = (500, 1000)  # lesson 09's kernel needs 497 MB
TEXT_BROWSERS = {"www-browser", "links", "elinks", "lynx", "w3m"}
LIMITS = (  # of a container, such as on Binder or a hub
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
LONGEST = 90  # Windows allows 259 letters, and the longest path in .venv has 162


def disk():
    """Check that the disk has room for the learner's work and for MNIST."""
    folder = folders.MY_WORK
    while not folder.is_dir():
        folder = folder.parent
    return amount("disk", shutil.disk_usage(str(folder)).free, DISK)


def memory():
    """Check that there is memory for the largest lesson."""
    try:
        import psutil
    except ImportError:
        return Note("memory-unseen")
    return amount("memory", min(psutil.virtual_memory().available, limit()), MEMORY)


def limit():
    """Return how many bytes a container may use, or infinity without a container."""
    for file in LIMITS:
        try:
            return int(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # not there, or "max"
            continue
    return float("inf")


def amount(key, free, borders):
    """Return what to say about this many free bytes; raise Problem if that is too few."""
    megabytes = int(free / MB)
    if megabytes < borders[0]:
        raise Problem(key + "-full", free=megabytes)
    if megabytes < borders[1]:
        return Note(key + "-little", free=megabytes)
    return "more than 1 GB free"


def in_notebook():
    """Return whether this runs in a notebook, not in a terminal."""
    if "IPython" not in sys.modules:
        return False
    return hasattr(sys.modules["IPython"].get_ipython(), "kernel")


def browser():
    """Return which browser would open the course; a notebook's page is asked by widget_check.py."""
    if in_notebook():
        return "is asked below"
    name = windows_browser() if os.name == "nt" else other_browser()
    if name.startswith("IE."):
        raise Problem("browser-old")
    return name or Note("browser-none")


def windows_browser():
    """Return the name under which Windows knows the browser that opens links, or ''."""
    import winreg

    place = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\http\UserChoice"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            return winreg.QueryValueEx(key, "ProgId")[0]
    except OSError:
        return ""


def other_browser():
    """Return the name of the browser that opens links, or '' if there is none with pictures."""
    try:
        name = Path(getattr(webbrowser.get(), "name", "")).name
    except webbrowser.Error:
        return ""
    return "" if name in TEXT_BROWSERS else name or "the standard one"


def folder():
    """Check that the course is in a place that all programs can cope with."""
    path = str(ROOT)
    if any("\ud800" <= letter <= "\udfff" for letter in path):  # bytes that are not text
        raise Problem("folder-unreadable")
    if os.pathsep in path:
        raise Problem("folder-separator", sign=os.pathsep)
    if os.name == "nt" and len(path) > LONGEST and not long_paths():
        raise Problem("folder-long", length=len(path))
    if " " in path or any(letter > "~" for letter in path):
        return Note("folder-letters")
    return "plain letters, no spaces"


def long_paths():
    """Return whether this Windows allows paths of more than 259 letters."""
    import ctypes

    return bool(ctypes.windll.ntdll.RtlAreLongPathsEnabled())
