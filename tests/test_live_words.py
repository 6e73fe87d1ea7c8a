"""What the demos say is there in both languages, and used; language() chooses."""

import re
from pathlib import Path

import pytest

from helpers import demos
from helpers.live import words

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
    assert demos.perceptron().problem.description == "目標"


def test_an_unknown_language(nothing_chosen):
    with pytest.raises(ValueError, match='takes "en" or "ja". But it got \'fr\''):
        demos.language("fr")
