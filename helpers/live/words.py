"""What the demos say, in English and in Japanese: all of it is in words.toml."""

import functools
import tomllib
from pathlib import Path

from helpers.copying.messages import LANGUAGES

_chosen = []


def language(name=None):
    """Choose the language of all demos from now on: "en" or "ja". Returns the one in use.

    Unless one is chosen, it is that of the lesson: lessons stand in folders called en and ja.
    """
    if name is not None:
        if name not in LANGUAGES:
            raise ValueError(f'language takes "en" or "ja". But it got {name!r}.')
        _chosen[:] = [name]
    here = Path.cwd().name
    return (_chosen or [here if here in LANGUAGES else LANGUAGES[0]])[0]


@functools.cache
def table():
    """Return all words: {key: {language: text}}."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def say(key, language, **values):
    """Return the words of a key in a language, with the values filled in."""
    return table()[key][language].format(**values)
