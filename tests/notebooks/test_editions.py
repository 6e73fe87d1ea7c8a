"""The two editions are in step, each is in its language, and all links lead somewhere."""

import re
from urllib.parse import unquote

import pytest
from lessons import (
    EDITIONS,
    LESSONS,
    NOTEBOOKS,
    ROOT,
    Lesson,
    complain,
    every_lesson,
    headings,
    links,
)

from tools import notebooks

PAGES = [
    *ROOT.glob("*.md"),
    *(p for part in ("data", "deploy", "docs") for p in (ROOT / part).rglob("*.md")),
]
DOCUMENTS = [path.relative_to(ROOT).as_posix() for path in PAGES]
KANA = re.compile(r"[\u3040-\u30ff]")


def test_editions_are_in_step():
    problems = notebooks.check(NOTEBOOKS)
    assert not problems, "\n".join(problems)


def test_editions_hold_the_same_lessons():
    english, japanese = ([lesson.path.name for lesson in EDITIONS[name]] for name in ("en", "ja"))
    assert english, "There is no lesson."
    assert english == japanese


@every_lesson
def test_first_cell_links_to_the_other_edition(lesson):
    other = {"en": "ja", "ja": "en"}[lesson.edition]
    twin = f"../{other}/{lesson.path.name}"
    first = lesson.markdown[0]
    complain(lesson, [first] if twin not in links(first.source) else [], f"must link to {twin}")


@pytest.mark.parametrize("lesson", EDITIONS["ja"], ids=str)
def test_japanese_prose_is_japanese(lesson):
    """A sentence has kana; a heading, a formula or a name need not."""
    prose = [cell for cell in lesson.markdown if re.search(r"\w{2}", sentences(cell))]
    foreign = [cell for cell in prose if not KANA.search(cell.source)]
    complain(lesson, foreign if len(foreign) > len(prose) / 5 else [], "is not Japanese")


def sentences(cell):
    """Return the prose of a Markdown cell without its headings."""
    return re.sub(r"^#.*", "", notebooks.prose(cell.source), flags=re.MULTILINE)


@every_lesson
def test_code_is_ascii(lesson):
    """Both editions share the code, so its words are short English ones."""
    foreign = [cell for cell in lesson.code if not cell.source.isascii()]
    complain(lesson, foreign, "has code that is not ASCII: say it in the prose")


@every_lesson
def test_links_of_lessons(lesson):
    for cell in lesson.markdown:
        attached = {f"attachment:{name}" for name in cell.get("attachments", {})}
        wrong = [t for t in links(cell.source) if t not in attached and not leads(lesson.path, t)]
        complain(lesson, [cell] if wrong else [], f"links to {wrong}, which is not there")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_of_documents(name):
    path = ROOT / name
    targets = links(path.read_text(encoding="utf-8"))
    wrong = [target for target in targets if not leads(path, target)]
    assert not wrong, f"{name} links to {wrong}, which is not there."


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_documents_name(name):
    """What stands in `code` and looks like a file of ours is there; CAPITALS stand for any name."""
    code = " ".join(re.findall(r"`([^`\n]+)`", (ROOT / name).read_text(encoding="utf-8")))
    folders = "benchmarks|course|data|deploy|docs|helpers|notebooks|tests|tools"
    files = re.findall(rf"(?<![\w./\\])(?:{folders})/[\w./-]+\.\w+\b", code)
    files = [file for file in files if not re.search("[A-Z]{2}", file)]
    wrong = [file for file in files if not (ROOT / file).exists()]
    assert not wrong, f"{name} names {wrong}, which is not there."


def leads(path, target):
    """Return whether a link in the file at path leads somewhere. The web is not tried."""
    if re.match(r"(https?|mailto):", target):
        return True
    file, _, anchor = unquote(target).partition("#")
    there = path.parent / file if file else path
    if not there.exists():
        return False
    return not anchor or there.suffix not in (".md", ".ipynb") or anchor in anchors(there)


def anchors(path):
    """Return the anchors that GitHub (.md) and JupyterLab (.ipynb) give the headings of a file."""
    if path.suffix == ".ipynb":
        text = "\n\n".join(cell.source for cell in Lesson(path).markdown)
        titles = [re.sub(r"[*`]", "", title) for _, title in headings(text)]
        return [title.replace(" ", "-") for title in titles]
    titles = [title for _, title in headings(path.read_text(encoding="utf-8"))]
    return [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]


@pytest.mark.parametrize("document", ["README.md", "README.ja.md", "00"])
def test_every_lesson_stands_in_the_tables(document):
    """Both READMEs link to both editions, and the road map of lesson 00 to its own."""
    for lesson in LESSONS:
        if document.startswith("README"):
            targets = links((ROOT / document).read_text(encoding="utf-8"))
            target = f"notebooks/{lesson.edition}/{lesson.path.name}"
        else:
            (start,) = [other for other in EDITIONS[lesson.edition] if other.number == "00"]
            (road,) = [cell for cell in start.markdown if cell.id == "road"]
            targets = [*links(road.source), start.path.name]
            target = lesson.path.name
        assert target in targets, f"{document} does not link to {target}."
