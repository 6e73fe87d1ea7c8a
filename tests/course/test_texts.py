"""Every text is there in both languages; the language is the one asked for, or the folder's."""

import re

import pytest

from course import demos, texts
from helpers import folders
from helpers.plots.color_charts import NAMES

FILES = {"copy_along": texts.COPY_ALONG, "demos": texts.DEMOS, "doctor": texts.DOCTOR}


@pytest.mark.parametrize("part", FILES)
def test_every_text_is_there_in_both_languages(part):
    wrong = [key for key, both in FILES[part].table.items() if not alike(both)]
    assert FILES[part].table and not wrong


def alike(both):
    """Return whether a text stands in each language, with the same {fields}."""
    fields = [set(re.findall(r"\{(\w+)", text)) for text in both.values()]
    return (
        sorted(both) == sorted(texts.LANGUAGES)
        and all(map(str.strip, both.values()))
        and (fields[0] == fields[1])
    )


def test_every_text_of_the_demos_is_used():
    """By its key, or by what comes after the name of its demo, which may hold a {name}."""
    paths = (folders.ROOT / "course" / "demos").rglob("*.py")
    sources = [path.read_text(encoding="utf-8") for path in paths]
    quoted = set(re.findall(r"[\"']([\w{}.-]+)[\"']", "".join(sources))) | {*NAMES}
    patterns = [re.sub(r"\\{.*?\\}", r"[\\w-]+", re.escape(text)) for text in quoted if fixed(text)]
    used = re.compile("|".join(patterns))
    unused = [
        key
        for key in texts.DEMOS.table
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


@pytest.mark.parametrize(
    ("folder", "language"),
    [("en", "en"), ("ja", "ja"), ("work", "en"), ("my_work/ja/notes", "ja"), ("ja/work", "en")],
)
def test_the_language_is_that_of_the_folder(tmp_path, monkeypatch, folder, language):
    monkeypatch.setattr(folders, "MY_WORK", tmp_path / "my_work")
    monkeypatch.delenv("COURSE_LANGUAGE", raising=False)
    (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / folder)
    assert texts.language() == language


@pytest.mark.parametrize("edition", texts.LANGUAGES)
def test_the_lessons_speak_their_edition(monkeypatch, edition):
    monkeypatch.chdir(folders.ROOT / "notebooks" / edition)
    assert texts.language() == edition


def test_the_environment_chooses_before_the_folder(tmp_path, monkeypatch):
    (tmp_path / "en").mkdir()
    monkeypatch.chdir(tmp_path / "en")
    monkeypatch.setenv("COURSE_LANGUAGE", "ja")
    assert texts.language() == "ja"
    monkeypatch.setenv("COURSE_LANGUAGE", "fr")
    with pytest.raises(ValueError, match='speaks "en" and "ja", not \'fr\''):
        texts.language()


def test_a_language_can_be_chosen():
    assert demos.language("ja") == demos.language() == "ja"
    assert demos.perceptron().problem.description == "教師データ"


def test_an_unknown_language():
    with pytest.raises(ValueError, match='speaks "en" and "ja", not \'fr\''):
        demos.language("fr")
    assert demos.language() == "en"
