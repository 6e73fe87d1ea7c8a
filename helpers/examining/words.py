"""What the doctor says, in English and in Japanese: all of it is in words.json.

It is JSON, not TOML as elsewhere, since a Python that is too old to read TOML must be told so.
"""

import json
from pathlib import Path

LANGUAGES = ("en", "ja")


class Problem(Exception):
    """Something is not ready. Its lines say what, and what to do."""

    def __init__(self, key, **values):
        self.lines = say(key, **values)
        super().__init__(self.lines[0])


class Note:
    """Something works, but is worth knowing. Its lines say what, and what to do if need be."""

    def __init__(self, key, **values):
        self.lines = say(key, **values)


def table():
    """Return all texts: {key: {language: text}}."""
    return json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def say(key, **values):
    """Return a text in both languages, with its values filled in. It can always be shown."""
    texts = [table()[key][language].format(**values) for language in LANGUAGES]
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
