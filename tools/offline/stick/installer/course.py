"""Put the course into a folder of the learner's own, and overwrite nothing there."""

import hashlib
import os
import platform

from environment import MARK, Problem, marked

NAME = "deep-learning-by-hand"


def place(home, pack_id):
    """Return the folder that this pack already has, or a new one: others are left alone."""
    number, course = 2, home / NAME
    while course.exists() and not marked(course / MARK, pack_id):
        course = home / (NAME + "_" + str(number))
        number += 1
    return course


def copy_course(stick, course, pack):
    """Copy the files of the course that are not there yet. Raises Problem."""
    try:
        course.mkdir(parents=True, exist_ok=True)
        (course / MARK).write_text(pack["id"] + "\n", encoding="utf-8")
        for name, wanted in pack["files"].items():
            target = course / name[len("course/") :]
            if name.startswith("course/") and not target.exists():
                copy(stick / name, target, wanted)
    except OSError as error:
        raise Problem("copy", {"error": error, "folder": course}) from error


def copy(source, target, wanted):
    """Copy one file through a part file, so that a target is complete or not there."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise Problem("damaged", {"names": source.name}) from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise Problem("damaged", {"names": source.name})
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.write_bytes(content)
    part.replace(target)


def start_file(course):
    """Return the path of the file with which the course is started again, without the stick."""
    ends = {"Windows": ".bat", "Darwin": ".command"}
    return course / ("start_again" + ends.get(platform.system(), ".sh"))


def write_start_file(course, language):
    """Write that file; it is the installer's own, so it may be overwritten."""
    lesson = "notebooks/" + language + "/00_start_here.ipynb"
    if os.name == "nt":
        start = ".venv\\Scripts\\python -m jupyterlab " + lesson
        lines = ["@echo off", 'cd /d "%~dp0"', start]
    else:
        start = "exec .venv/bin/python -m jupyterlab " + lesson
        lines = ["#!/bin/sh", 'cd "$(dirname "$0")" || exit', start]
    path, end = start_file(course), "\r\n" if os.name == "nt" else "\n"
    path.write_bytes((end.join(lines) + end).encode("ascii"))
    path.chmod(0o755)
