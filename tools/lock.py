"""Write the lock of all packages from pyproject.toml, and lists with the checksums of their wheels.

    python tools/lock.py              writes requirements.txt and all that is derived from it
    python tools/lock.py --upgrade    the same with the newest versions
    python tools/lock.py --check      is there a wheel of each package for each computer and Python?

requirements-hashes.txt has the same versions, pip, and what builds the course, each with the
SHA-256 of its wheels. The lists of the hubs have what a hub needs besides; what they ask for is in
the file requirements.in next to each. It needs uv: `python -m pip install -e ".[dev]"` installs it.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tools.offline.targets import SYSTEMS, needed, pins, serves, supported, targets

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
HASHES = ROOT / "requirements-hashes.txt"
PROJECT = ROOT / "pyproject.toml"
HUBS = (ROOT / "deploy/jupyterhub", ROOT / "deploy/jupyterhub/kubernetes")
HUB_SYSTEMS = ("linux", "linux-arm")
COMMAND = "python tools/lock.py"
BESIDE = ("editables", "pip")  # hatchling asks for the first when it installs with -e


def main(arguments=None):
    """Write all lists, or check them. Return the exit status: 1 if a wheel is missing."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments == ["--check"]:
        return check()
    solve("pyproject.toml", f"--output-file={LOCK}", *arguments)
    with LOCK.open("a", encoding="utf-8", newline="\n") as file:
        file.write("-e .\n")
    lock = read(LOCK)
    derive(HASHES, lock, builder(), arguments)
    for folder in HUBS:
        wanted = read(folder / "requirements.in")
        derive(folder / "requirements.txt", read(HASHES), wanted, arguments, leave_out=True)
    return 0


def read(path):
    """Return the entries of a list."""
    return pins(path.read_text(encoding="utf-8"))


def builder():
    """Return the requirements of what builds the course, and of what installs it."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return [*project["build-system"]["requires"], *BESIDE]


def derive(path, lock, more, options, leave_out=False):
    """Write a list with checksums: what is locked (unless it is left out), and more."""
    known = [pin.requirement for pin in lock]
    solve("-", f"--output-file={path}", *options, given=map(str, [*known, *more]))
    own = {key(pin): pin for pin in [*read(path), *lock]}  # entries of the lock stay as they are
    for pin in lock if leave_out else ():
        del own[key(pin)]
    path.write_text(with_hashes(own), encoding="utf-8", newline="\n")


def solve(source, *options, given=()):
    """Let uv choose versions for all systems and Pythons at once; "-" stands for `given`."""
    command = [
        *("uv", "pip", "compile", source, "--universal", "--python-version=3.11", "--quiet"),
        *("--no-annotate", f"--custom-compile-command={COMMAND}", *options),
    ]
    subprocess.run(command, cwd=ROOT, check=True, input="\n".join(given), encoding="utf-8")


def packages(pins):
    """Return what uv knows of the packages that are pinned, with all their wheels."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "pylock.toml"
        only = ("--no-deps", "--only-binary=:all:")
        solve("-", f"--output-file={found}", *only, given=map(str, pins))
        return tomllib.loads(found.read_text(encoding="utf-8"))["packages"]


def with_hashes(pins):
    """Return the text of a list: each entry with the SHA-256 of its wheels."""
    text = (
        f"# Made with the versions of requirements.txt by the following command:\n#    {COMMAND}\n"
    )
    for package in packages(pins.values()):
        text += str(pins[package["name"], f"=={package['version']}"])
        for value in sorted(wheel["hashes"]["sha256"] for wheel in package["wheels"]):
            text += f" \\\n    --hash=sha256:{value}"
        text += "\n"
    return text


def key(pin):
    """Return the name and the version of an entry."""
    return pin.requirement.name, str(pin.requirement.specifier)


def check():
    """Print what lacks a wheel, and on which computers. Return the exit status.

    The first Python that is not supported yet is checked, too, but only reported.
    """
    pythons = supported(PROJECT.read_text(encoding="utf-8"))
    coming = f"3.{int(pythons[-1].split('.')[1]) + 1}"
    lacks = list(lacking(HASHES, SYSTEMS, pythons))
    for folder in HUBS:
        lacks += lacking(folder / "requirements.txt", HUB_SYSTEMS, pythons)
    for target, pin in lacks:
        print(f"{pin} has no wheel for {target}")
    later = {str(pin) for _, pin in lacking(HASHES, SYSTEMS, [coming])}
    print(f"Not yet for Python {coming}: {', '.join(sorted(later)) or 'nothing'}")
    if not lacks:
        print(f"All packages have wheels for {', '.join(SYSTEMS)} with {', '.join(pythons)}.")
    return 1 if lacks else 0


def names(found):
    """Return {SHA-256: file name} of all wheels of some packages."""
    every = [wheel for package in found for wheel in package["wheels"]]
    return {wheel["hashes"]["sha256"]: wheel["url"].rsplit("/", 1)[1] for wheel in every}


def lacking(path, systems, pythons):
    """Give each computer with each entry of a list that has no listed wheel for it."""
    text = path.read_text(encoding="utf-8")
    files = names(packages(pins(text)))
    for target in targets(systems, pythons, text):
        known = target.tags()
        for pin in needed(target, text):
            own = [files[value] for value in pin.hashes if value in files]
            if not any(serves(name, pin.requirement, known) for name in own):
                yield target, pin


if __name__ == "__main__":
    sys.exit(main())
