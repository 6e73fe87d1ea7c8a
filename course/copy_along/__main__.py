"""python -m course.copy_along 03 --language ja"""

import argparse
import sys

from course.copy_along import start
from course.texts import LANGUAGES


def main(arguments=None):
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m course.copy_along", description=start.__doc__)
    parser.add_argument("lesson", metavar="03")
    parser.add_argument("--language", choices=LANGUAGES, help="else that of the folder")
    parser.add_argument("--again", action="store_true", help="make another one, with a number")
    parser.add_argument("--gaps", action="store_true", help="with gaps to fill")
    options = parser.parse_args(arguments)
    try:
        print(start(options.lesson, options.language, options.again, options.gaps))
    except (ValueError, OSError) as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
