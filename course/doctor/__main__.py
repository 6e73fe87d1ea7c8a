"""python -m course.doctor"""

import sys

from course.doctor import examine


def main():
    """Examine, and return the exit status. A terminal without Japanese letters shows ? instead."""
    sys.stdout.reconfigure(errors="replace")
    return 1 if examine() else 0


if __name__ == "__main__":
    sys.exit(main())
