"""What copying along says, in English and in Japanese: all of it is in messages.toml."""

import functools
import tomllib
from pathlib import Path

LANGUAGES = ("en", "ja")


@functools.cache
def table():
    """Return all messages: {key: {language: text}}."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def mentions(key, field):
    """Return whether a message has a place for this value."""
    return f"{{{field}}}" in table()[key][LANGUAGES[0]]


def say(key, language, **values):
    """Return a message with its values filled in. Raises ValueError if the language is unknown."""
    if language not in LANGUAGES:
        raise ValueError(f'language must be "en" or "ja", not {language!r}.')
    return table()[key][language].format(**values)
