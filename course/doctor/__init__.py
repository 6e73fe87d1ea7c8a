"""Is everything ready for the course? One line for each thing, and a code to read out if not.

    python -m course.doctor

It looks for everything that may be missing before it imports it, so it can always tell. What it
looks at is in the files beside this one. The exit status is 0 if all is well, and 1 if not.
"""

from course.doctor import computer, installation
from course.doctor.findings import Note, Problem, say

CHECKS = {
    "Python": installation.python,
    "packages": installation.packages,
    "kernel": installation.kernel,
    "widgets": installation.widgets,
    "data": installation.data,
    "MNIST": installation.mnist,
    "my_work": installation.my_work,
    "disk": computer.disk,
    "memory": computer.memory,
    "browser": computer.browser,
    "folder": computer.folder,
}


def check():
    """Look at everything and print what was found; end with one line to read out.

    The last line says that all is well, or names what is wrong in a few words that are easy
    to read to an instructor: "Please read out: PYTHON KERNEL". In a notebook, the page is also
    asked whether widgets answer, and shows one more line.
    """
    wrong = examine()
    if computer.in_notebook() and not {"packages", "widgets"} & set(wrong):
        from course.doctor import widget_check

        widget_check.show()


def examine():
    """Print what was found, and return the names of what is wrong."""
    wrong = []
    for name, look in CHECKS.items():
        sign, (first, *others) = result(look)
        print(f"{sign:7}{name:10}{first}")
        for line in others:
            print(f"{'':17}{line}")
        if sign == "WRONG":
            wrong.append(name)
    if wrong:
        print(f"\nPlease read out: {' '.join(wrong).upper()}")
    else:
        print("\nAll is well.")
    return wrong


def result(look):
    """Return how one look ends: ok, note or WRONG, and the lines that say what was found."""
    try:
        found = look()
    except Problem as problem:
        return "WRONG", problem.lines
    except ImportError as error:
        return "WRONG", say("unseen", error=error)
    except Exception as error:  # a doctor must not fall ill
        return "WRONG", say("unforeseen", error=f"{type(error).__name__}: {error}")
    return ("note", found.lines) if isinstance(found, Note) else ("ok", [found])
