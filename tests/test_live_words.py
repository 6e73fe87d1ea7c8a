"""What the demos say is there in both languages, and used; language() chooses."""

import re
from pathlib import Path

import pytest

from helpers import demos
from helpers.live import words
from helpers.swatches import NAMES

SOURCES = [path.read_text(encoding="utf-8") for path in Path(words.__file__).parent.glob("*.py")]


def fields(text):
    """Return the names in curly brackets, each once."""
    return sorted(set(re.findall(r"\{(\w+)\}", text)))


@pytest.mark.parametrize("key", words.table())
def test_words_in_both_languages(key):
    texts = words.table()[key]
    assert sorted(texts) == sorted(words.LANGUAGES)
    assert all(text.strip() for text in texts.values())
    assert fields(texts["en"]) == fields(texts["ja"])


def test_every_word_is_used():
    """By its key, or by what comes after the name of its demo, which may hold a {name}."""
    quoted = set(re.findall(r"[\"']([\w{}.-]+)[\"']", "".join(SOURCES))) | {*NAMES}
    patterns = [re.sub(r"\\{.*?\\}", r"[\\w-]+", re.escape(text)) for text in quoted if fixed(text)]
    used = re.compile("|".join(patterns))
    unused = [
        key
        for key in words.table()
        if not (used.fullmatch(key) or used.fullmatch(rest(key)))
        and not quoted.issuperset(rest(key).split("-"))
    ]
    assert not unused


def fixed(text):
    """Return the part of a text that does not stand in curly brackets."""
    return re.sub(r"\{.*?\}|\W", "", text)


def rest(key):
    """Return what comes after the name of the demo."""
    return key.split("-", 1)[-1]


@pytest.fixture
def nothing_chosen(monkeypatch):
    """Let no language be chosen yet."""
    monkeypatch.setattr(words, "_chosen", [])


@pytest.mark.parametrize(("folder", "language"), [("en", "en"), ("ja", "ja"), ("work", "en")])
def test_the_language_is_that_of_the_folder(
    tmp_path, monkeypatch, nothing_chosen, folder, language
):
    (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / folder)
    assert demos.language() == language


def test_a_language_can_be_chosen(nothing_chosen):
    assert demos.language("ja") == demos.language() == "ja"
    assert demos.perceptron().problem.description == "教師データ"


def test_an_unknown_language(nothing_chosen):
    with pytest.raises(ValueError, match='takes "en" or "ja". But it got \'fr\''):
        demos.language("fr")
