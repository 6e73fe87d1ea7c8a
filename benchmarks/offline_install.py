"""Install the course from an offline pack on this computer with the network cut off.

    python benchmarks/offline_install.py                 makes a pack for this computer first
    python benchmarks/offline_install.py offline_pack    uses one that is there

Linux only: `unshare --net` gives the installer a network that leads nowhere (where that is not
allowed, the script says so and stops). The script starts start.sh as a learner would, but with an
empty home folder; runs the doctor; runs lesson 00 of both editions to the end; and says how long
each step took and how much room the course needs. If uv is there, it also says for every system
whether everything in the lock can be installed from the stick alone.
"""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CUT = [
    "unshare",
    "--map-root-user",
    "--net",
    "sh",
    "-c",
    'ip link set lo up 2>/dev/null; "$@"',
    "-",
]
ON_PAPER = {  # what uv calls the systems
    "windows": "x86_64-pc-windows-msvc",
    "mac-arm": "aarch64-apple-darwin",
    "mac-intel": "x86_64-apple-darwin",
    "linux": "x86_64-manylinux_2_28",
    "linux-arm": "aarch64-manylinux_2_28",
}
REACH = """
import socket, sys
for address in (("1.1.1.1", 443), ("pypi.org", 443)):
    try:
        socket.create_connection(address, timeout=5)
        sys.exit(f"reached {address}")
    except OSError:
        pass
"""


def main():
    """Cut the network off, install, run, measure."""
    version = "{}.{}".format(*sys.version_info[:2])
    if sys.platform != "linux" or subprocess.run([*CUT, "true"], capture_output=True).returncode:
        return print("Not run: this needs Linux, where `unshare --net` is allowed.")
    subprocess.run([*CUT, sys.executable, "-c", REACH], check=True)
    print("The network is cut off: nothing can be reached.")
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:]:
            pack = Path(sys.argv[1]).resolve()
        else:
            pack = Path(folder) / "stick"
            command = ["-m", "tools.offline_pack", str(pack), "--systems", "linux"]
            timed("make", [sys.executable, *command, "--python", version], cwd=ROOT)
        print(f"on the stick: {size(pack):.0f} MB")
        solve(pack)
        install(pack, Path(folder) / "home")


def solve(pack):
    """Let uv, if it is there, install on paper from the stick alone for every system it serves."""
    if not (uv := shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")):
        return print("uv is not here: other systems than this one are not tried on paper.")
    lock = pack / "course" / "requirements-hashes.txt"
    about = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    source = ["--no-cache", "--offline", "--no-index", "--find-links", str(pack / "wheels")]
    env = os.environ | {"MACOSX_DEPLOYMENT_TARGET": "12.0"}
    for system, python in itertools.product(about["systems"], about["pythons"]):
        platform = ["--python-platform", ON_PAPER[system], "--python-version", python]
        command = [uv, "pip", "compile", "--quiet", "--only-binary=:all:", *source, *platform]
        run = subprocess.run([*command, str(lock)], env=env, capture_output=True, text=True)
        print(f"on paper, {system} {python}: {run.stdout.count('==')} packages{run.stderr}")
        assert run.returncode == 0


def install(pack, home):
    """Install as a learner would, twice, and run lesson 00 of both editions."""
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TERM") if name in os.environ}
    env = kept | {"HOME": str(home), "PATH": f"{sys.base_prefix}/bin:{os.environ['PATH']}"}
    start = [*CUT, "sh", str(pack / "start.sh"), "en", "--no-open"]
    said = timed("install", start, env=env)
    print(said.rstrip())
    assert "All is well." in said
    course = home / "deep-learning-by-hand"
    print(f"on the learner's disk: {size(course):.0f} MB")
    assert "All is well." in timed("start again", start, env=env)
    python = str(course / ".venv" / "bin" / "python")
    for edition in ("en", "ja"):
        lesson = course / "notebooks" / edition / "00_start_here.ipynb"
        command = [
            python,
            "-m",
            "jupyter",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--stdout",
        ]
        run = timed(f"lesson 00 ({edition})", [*CUT, *command, str(lesson)], env=env, cwd=course)
        assert "All is well." in "".join(shown(json.loads(run))), "the lesson's own check"
    if (course / "data" / "mnist").is_dir():
        load = "from helpers import datasets; print(len(datasets.mnist()[0]))"
        assert timed("MNIST", [*CUT, python, "-c", load], env=env, cwd=course).endswith("60000\n")
    shutil.rmtree(home)


def shown(notebook):
    """Give the text that the cells of a lesson show."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            yield "".join(output.get("text", []))


def timed(name, command, **options):
    """Run a command, print how long it took, and return what it said. Stop if it fails."""
    start = time.perf_counter()
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", **options)
    print(f"{name}: {time.perf_counter() - start:.0f} s")
    if run.returncode:
        sys.exit(run.stdout)
    return run.stdout


def size(folder):
    """Return the size of all files in a folder, in MB."""
    return sum(p.stat().st_size for p in folder.rglob("*") if not p.is_symlink()) / 1e6


if __name__ == "__main__":
    main()
