"""Install the course from this stick, without any network, and open lesson 00.

    python installer/install.py [en|ja] [--to FOLDER] [--no-open]

The start files call it. It needs Python and nothing else. It copies the course into the learner's
home folder and never overwrites anything there.
"""

import argparse
import json
import locale
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from environment import Problem, clean, install_packages, installed, python_of
from words import WORDS

from course import copy_course, place, start_file, write_start_file

STICK = Path(__file__).resolve().parent.parent
SPACE = 1_000_000_000  # bytes that the course and its packages need, and some more
MACHINES = {
    ("Windows", "AMD64"): "windows",
    ("Darwin", "arm64"): "mac-arm",
    ("Darwin", "x86_64"): "mac-intel",
    ("Linux", "x86_64"): "linux",
    ("Linux", "aarch64"): "linux-arm",
}


def main():
    """Install the course, check that all is well, and open it. Return the exit status."""
    options = parse()
    language = options.language or ask()
    try:
        course = install(options.to or Path.home(), language)
    except Problem as problem:
        key, details = problem.args
        print("\n" + WORDS[key][language].format(**details))
        return 1
    subprocess.run([str(python_of(course)), "-m", "course.doctor"], cwd=str(course), env=clean())
    print("\n" + WORDS["ready"][language].format(folder=course, start=start_file(course).name))
    if not options.no_open:
        subprocess.run([str(start_file(course))], cwd=str(course), env=clean())
    return 0


def parse():
    """Return the options of the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("language", nargs="?", choices=["en", "ja"])
    parser.add_argument("--to", type=Path, help="put the course into this folder, not into home")
    parser.add_argument("--no-open", action="store_true", help="do not start JupyterLab")
    return parser.parse_args()


def ask():
    """Return the language that the learner chooses, or else that of this computer."""
    usual = "ja" if str(locale.getlocale()[0]).startswith(("ja", "Japanese")) else "en"
    if not sys.stdin.isatty():
        return usual
    print("1  English\n2  日本語")
    return {"1": "en", "2": "ja"}.get(input("1 / 2 ? ").strip(), usual)


def install(home, language):
    """Copy the course below `home`, install its packages, and return its folder."""
    try:
        pack = json.loads((STICK / "pack.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Problem("damaged", {"names": "pack.json"}) from error
    fits(pack, home)
    course = place(home, pack["id"])
    print(WORDS["copying"][language].format(folder=course), flush=True)
    copy_course(STICK, course, pack)
    if not installed(course, pack["id"]):
        print(WORDS["installing"][language], flush=True)
        install_packages(STICK, course, pack)
    write_start_file(course, language)
    return course


def fits(pack, home):
    """Raise Problem if the stick does not hold what this computer needs."""
    version = "{}.{}".format(*sys.version_info[:2])
    if version not in pack["pythons"]:
        raise Problem("python", {"version": version, "known": ", ".join(pack["pythons"])})
    machine = (platform.system(), platform.machine())
    if MACHINES.get(machine) not in pack["systems"] or sys.maxsize < 2**32:
        raise Problem("system", {"machine": " ".join(machine)})
    try:
        home.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(str(home)).free
    except OSError as error:
        raise Problem("copy", {"error": error, "folder": home}) from error
    if free < SPACE:
        raise Problem("space", {"home": home})


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("")
