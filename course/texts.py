"""Which language is spoken here, and the texts in it: nothing else in the course knows.

The texts of each part of the course are beside it, in texts.toml (the doctor's in texts.json,
since it also has to speak on a Python that is too old to read TOML).
"""

import functools
import json
import os
from pathlib import Path

from helpers import folders

LANGUAGES = ("en", "ja")

_used = []  # the language that was asked for, if any


def language():
    """Return "en" or "ja".

    That is the language that was asked for with `use`, else that of the environment variable
    COURSE_LANGUAGE, else that of the folder: notebooks/ja, my_work/ja, or any folder named ja.
    """
    if _used:
        return _used[0]
    return checked(os.environ.get("COURSE_LANGUAGE") or language_of(Path.cwd()))


def use(name):
    """Speak this language from now on. Raises ValueError if it is neither "en" nor "ja"."""
    _used[:] = [checked(name)]


def checked(name):
    """Return the language. Raises ValueError if it is neither "en" nor "ja"."""
    if name not in LANGUAGES:
        raise ValueError(f'The course speaks "en" and "ja", not {name!r}.')
    return name


def language_of(folder):
    """Return the language of a folder: English, unless its name says otherwise."""
    for place in folders.MY_WORK, folders.ROOT / "notebooks":
        if place in folder.parents and folder.relative_to(place).parts[0] in LANGUAGES:
            return folder.relative_to(place).parts[0]
    return folder.name if folder.name in LANGUAGES else LANGUAGES[0]


class Texts:
    """The texts of one file of the course, TOML or JSON."""

    def __init__(self, name):
        self.path = Path(__file__).parent / name

    @functools.cached_property
    def table(self):
        """All texts: {key: {language: text}}. A text may have {fields} for values."""
        content = self.path.read_text(encoding="utf-8")
        if self.path.suffix == ".json":
            return json.loads(content)
        import tomllib  # new in Python 3.11, and the doctor starts on older ones, too

        return tomllib.loads(content)

    def say(self, key, language, **values):
        """Return a text in a language, with its values filled in."""
        return self.table[key][checked(language)].format(**values)


COPY_ALONG = Texts("copy_along/texts.toml")
DEMOS = Texts("demos/texts.toml")
DOCTOR = Texts("doctor/texts.json")
