"""Make a folder for a USB stick, from which the course installs without any network.

    python -m tools.offline_pack                   makes the folder offline_pack
    python -m tools.offline_pack /media/STICK/course --python 3.13 3.14
    python -m tools.offline_pack offline_pack.zip  one zip file
    python -m tools.offline_pack --check FOLDER    is everything on the stick as it was made?

In the folder: the wheels of all packages in requirements-hashes.txt for Windows, macOS (Apple and
Intel processors) and Linux, compared with the checksums there, the course, MNIST if this computer
has it (in the folder that MNIST_DIR names, or in data/mnist), and a start file for each system.
Making it needs the network.
"""

import argparse
import errno
import shutil
import sys
import tempfile
from pathlib import Path

from helpers.folders import ROOT
from tools.offline import contents
from tools.offline.targets import SYSTEMS, USUAL, supported, targets
from tools.offline.wheels import PackError, fetch, full_disk, make

PYTHONS = supported((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def main(arguments=None):
    """Make a pack or check one. Return the exit status: 1 if something is wrong."""
    options = parse(arguments)
    try:
        if options.check:
            return check(options.folder)
        make_pack(options)
    except PackError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again: what was fetched is kept.")
        return 1
    return 0


def parse(arguments):
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.offline_pack",
        description="Make a folder from which the course installs without any network.",
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("offline_pack"))
    parser.add_argument("--python", nargs="+", default=PYTHONS, choices=PYTHONS, metavar="3.14")
    parser.add_argument("--systems", nargs="+", default=list(USUAL), choices=SYSTEMS)
    parser.add_argument(
        "--installers", type=Path, help="a folder with python.org's installers, to put on the stick"
    )
    parser.add_argument("--check", action="store_true", help="compare a pack with its checksums")
    return parser.parse_args(arguments)


def check(pack):
    """Say whether a pack is complete. Return the exit status."""
    wrong = contents.damaged(pack)
    for name in wrong:
        print(f"missing or damaged: {name}")
    print("Make the pack again." if wrong else "The pack is whole.")
    return 1 if wrong else 0


def make_pack(options):
    """Make a folder, or a zip file of one if the name ends in .zip. Raises PackError."""
    target = options.folder
    try:
        if target.suffix != ".zip":
            fill(target, options)
        elif target.exists():
            raise PackError(f"{target} exists already: name another file, or delete it.")
        else:
            make(target.parent)
            with tempfile.TemporaryDirectory(dir=target.parent) as folder:
                fill(Path(folder) / "pack", options)
                contents.to_zip(Path(folder) / "pack", target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise full_disk(target) from error
        raise PackError(f"{target} cannot be made: {error}") from error
    print(f"Ready: {target}")


def fill(pack, options):
    """Put everything into a folder, which must be new, empty, or left by a stopped attempt."""
    if pack.exists() and not (pack.is_dir() and {p.name for p in pack.iterdir()} <= {"wheels"}):
        raise PackError(f"{pack} exists already: name another folder, or delete it.")
    pythons = [python for python in PYTHONS if python in options.python]
    systems = [name for name in SYSTEMS if name in options.systems]
    lock = (ROOT / "requirements-hashes.txt").read_text(encoding="utf-8")
    make(pack)
    fetch(targets(systems, pythons, lock), lock, pack / "wheels")
    write(pack, pythons, systems, options.installers)


def write(pack, pythons, systems, installers):
    """Write all but the wheels. If that fails, nothing but the wheels stays."""
    try:
        contents.copy_course(ROOT, pack)
        print(f"The pack is made {contents.copy_mnist(pack)}.")
        if installers:
            contents.copy_installers(installers, pack)
        contents.write_start_files(pack, pythons)
        size = contents.write_list(pack, pythons, systems)
    except BaseException:
        for path in pack.iterdir():
            if path.name != "wheels":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    print(f"{size / 1e6:.0f} MB, for {', '.join(systems)} with Python {', '.join(pythons)}")


if __name__ == "__main__":
    sys.exit(main())
