"""Write requirements.txt, the lock of all packages, from the dependencies in pyproject.toml.

python tools/lock.py              (needs uv: python -m pip install uv)
python tools/lock.py --upgrade    take the newest versions
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"


def main():
    command = [
        *("uv", "pip", "compile", "pyproject.toml", "--output-file", LOCK.name),
        *("--universal", "--python-version", "3.11", "--no-annotate", "--quiet"),
        *("--custom-compile-command", "python tools/lock.py", *sys.argv[1:]),
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    with LOCK.open("a", encoding="utf-8", newline="\n") as file:
        file.write("-e .\n")


if __name__ == "__main__":
    main()
