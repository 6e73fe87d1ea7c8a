"""tools/slides: what lessons put on slides, and that handouts leave nothing out."""

import functools
import html
import re
import shutil
import subprocess
from itertools import pairwise
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from lessons import (
    EDITIONS,
    NOTEBOOKS,
    ROOT,
    TAUGHT,
    every_lesson,
    every_taught_lesson,
    headings,
    words,
)

from tools import notebooks
from tools.slides import packages, pages, selection
from tools.slides.__main__ import main
from tools.slides.render import Renderer

KEPT = ROOT / "slides" / ".packages"
NO_REVEAL = {"styles": [], "programs": []}
NUMBERS = [lesson.number for lesson in EDITIONS["en"]]
every_number = pytest.mark.parametrize("number", NUMBERS)


def plain_formula(text, display):
    """Return a formula as it stands in the lesson: these tests need no other packages."""
    return html.escape(f"${text}$")


def renderer(lesson, formula=plain_formula):
    return Renderer(lesson.path.parent, formula, pages.WORDS[lesson.edition])


RENDER = Renderer(NOTEBOOKS / "en", plain_formula, pages.WORDS["en"])


@functools.cache
def slides_of(lesson):
    """Return the slides of a lesson as the template gets them."""
    notebook = SimpleNamespace(cells=lesson.cells)
    return [pages.slide_parts(slide, renderer(lesson)) for slide in selection.slides(notebook)]


@functools.cache
def slides_page(lesson, formula=plain_formula, reveal=NO_REVEAL):
    notebook = SimpleNamespace(cells=lesson.cells)
    return pages.slides_page(notebook, lesson.edition, renderer(lesson, formula), reveal)


@functools.cache
def handout(lesson, formula=plain_formula):
    notebook = SimpleNamespace(cells=lesson.cells)
    return pages.handout_page(notebook, lesson.edition, renderer(lesson, formula))


@functools.cache
def soup(page):
    return BeautifulSoup(page, "html.parser")


@pytest.fixture
def fetched():
    """Skip, unless the packages for slides are there."""
    if not packages.are_there(KEPT):
        pytest.skip("the packages for slides are not there (python -m tools.slides)")


# What is on the slides


def test_every_lesson_is_in_both_languages():
    assert [lesson.number for lesson in EDITIONS["ja"]] == NUMBERS


@every_number
def test_slides_are_the_same_in_both_languages(number):
    """The same slides with the same questions, pictures and code, which wait for the same keys."""
    english, japanese = (
        [[(kind, waits, cell) for kind, waits, _, cell in slide["pieces"]] for slide in found]
        for found in (slides_of(one) for one in pair(number))
    )
    assert english == japanese
    assert len(english) >= 5


def pair(number):
    """Return a lesson in both languages."""
    return [next(one for one in EDITIONS[e] if one.number == number) for e in ("en", "ja")]


@every_lesson
def test_metadata_are_those_that_jupyterlab_writes(lesson):
    for cell in lesson.cells:
        assert selection.slide_type(cell) in ("slide", "fragment", "skip"), cell.id
    first = next(cell for cell in lesson.cells if selection.slide_type(cell) != "skip")
    assert first.id == "title"


@every_taught_lesson
def test_slides_open_with_a_picture_and_close_with_the_recap(lesson):
    first, *_, last = slides_of(lesson)
    assert first["level"] == 1
    assert [kind for kind, *_ in first["pieces"]] == ["picture"]
    assert [cell for *_, cell in last["pieces"]] == ["recap"]


@every_taught_lesson
def test_each_section_has_a_slide_and_each_lesson_enough_questions(lesson):
    found = slides_of(lesson)
    kinds = [kind for slide in found for kind, *_ in slide["pieces"]]
    assert kinds.count("question") >= 7, kinds
    assert sum(html.count("<img ") for slide in found for _, _, html, _ in slide["pieces"]) >= 3
    without = [title for title, cells in sections(lesson) if not any(map(is_shown, cells))]
    assert not without, f"{lesson}: no slide for {without}"


def sections(lesson):
    """Give (title, cells) for each section that has its minutes."""
    starts = [n for n, cell in enumerate(lesson.cells) if section_title(cell)]
    for start, end in pairwise([*starts, len(lesson.cells)]):
        title = section_title(lesson.cells[start])
        if selection.MINUTES.search(title):
            yield title, lesson.cells[start:end]


def section_title(cell):
    """Return the ## heading of a Markdown cell, or nothing."""
    found = headings(cell.source) if cell.cell_type == "markdown" else []
    return next((title for level, title in found if level == 2), "")


def is_shown(cell):
    return selection.slide_type(cell) != "skip"


@every_taught_lesson
def test_few_words_on_a_slide(lesson):
    for slide in selection.slides(SimpleNamespace(cells=lesson.cells)):
        text = " ".join(part.text for part in slide.parts)
        is_recap = slide.parts[0].cell.id == "recap"
        assert words(selection.PICTURE.sub("", text)) <= (160 if is_recap else 85), text


@every_lesson
def test_the_rest_is_in_the_speakers_notes(lesson):
    page = soup(slides_page(lesson))
    notes = letters(" ".join(aside.get_text() for aside in page.select("aside.notes")))
    for cell in lesson.markdown:
        said = re.sub(r"^##? .*$", "", cell.source, flags=re.M)
        for prose in selection.DETAILS.split(said):
            assert letters(plain(prose)) in notes, cell.id


def test_what_waits_for_a_key_is_the_answer():
    first, second = new_code("1 + 1", "2"), new_code("plt.show()", picture="iVBO")
    second.metadata["slideshow"] = {"slide_type": "fragment"}
    question = new_markdown("question", "## One (3 min)\n\nHello. **Predict** it, please. (Ready.)")
    (slide,) = selection.slides(SimpleNamespace(cells=[question, second]))
    pieces = pages.slide_parts(slide, RENDER)["pieces"]
    assert [(kind, waits) for kind, waits, *_ in pieces] == [("question", False), ("picture", True)]
    assert slide.title == "One" and slide.parts[0].text == "Hello. **Predict** it, please."
    assert seen(first) == [("code", False), ("output", True)]


def seen(*cells):
    """Return (kind, whether it waits) for the pieces of the one slide of some cells."""
    (slide,) = selection.slides(SimpleNamespace(cells=cells))
    pieces = pages.slide_parts(slide, RENDER)["pieces"]
    return [(kind, waits) for kind, waits, *_ in pieces]


def test_code_waits_after_a_question_that_waits():
    first, question = new_code("1 + 1", "2"), new_markdown("question", "Is it?")
    second = new_code("2 + 2", "4")
    for cell in question, second:
        cell.metadata["slideshow"] = {"slide_type": "fragment"}
    shown = [("code", False), ("output", True), ("question", True), ("code", True)]
    assert seen(first, question, second) == [*shown, ("output", True)]


def test_long_code_that_prints_is_not_shown():
    long = "\n".join(["1 + 1"] * 13)
    assert seen(new_code(long, "2")) == [("output", False)]
    assert seen(new_code(long[:-6], "2")) == [("code", False), ("output", True)]
    assert seen(new_code(long, "")) == [("code", False)]


def test_beside_a_picture_a_few_printed_lines_are_shown():
    cell = new_code("plt.show()", picture="iVBO")
    cell.outputs.insert(0, nbformat.v4.new_output("stream", text="1\n2\n3\n"))
    assert seen(cell) == [("output", False), ("picture", False)]
    cell.outputs[0].text += "4\n"
    assert seen(cell) == [("picture", False)]


def test_in_japanese_no_line_ends_after_a_number_or_a_latin_word():
    text = RENDER.line("100 枚の画像で、約 97 % です。`Adam` は a b と `c d` です（x = 1 は）。")
    assert text == (
        "100\xa0枚の画像で、約\xa097 %\xa0です。<code>Adam</code>\xa0は a b\xa0と <code>c d</code>"
        "\xa0です（x = 1\xa0は）。"
    )


def test_of_an_error_slides_show_the_last_line_and_handouts_all():
    (lesson,) = [one for one in EDITIONS["en"] if one.number == "01"]
    last = "NameError: name &#x27;number&#x27; is not defined"
    assert f'<pre class="error">{last}</pre>' in slides_page(lesson)
    assert f"{last}</pre>" in handout(lesson) and "Traceback" in handout(lesson)


def new_markdown(cell_id, source):
    metadata = {"slideshow": {"slide_type": "slide"}}
    return nbformat.v4.new_markdown_cell(source, id=cell_id, metadata=metadata)


def new_code(source, text=None, picture=None):
    data = {"image/png": picture} if picture else {"text/plain": text}
    output = nbformat.v4.new_output("execute_result", data, execution_count=1)
    metadata = {"slideshow": {"slide_type": "slide"}}
    return nbformat.v4.new_code_cell(
        source, id=f"code-{bool(picture)}", metadata=metadata, outputs=[output], execution_count=1
    )


@pytest.mark.parametrize(
    "text, shown",
    [
        ("One. Two. **Predict** it: what comes? (Ready.)\n\nOther?",
         "Two. **Predict** it: what comes?"),
        ("One. Two. (That is ready.) Three? Four. Five. Is it 2.718... times six? Seven.",
         "Two. Three? Five. Is it 2.718... times six?"),
        ("初めです。説明です。**予想**してください（用意あり。）。（あり。）。何が出るでしょうか。",
         "説明です。**予想**してください。何が出るでしょうか。"),
        ("Look.\n\nIs it? Yes.\n\n- one\n- two", "Is it?\n\n- one\n- two"),
        ("待ちます。見ます。正しいでしょうか。はい。", "見ます。正しいでしょうか。"),
        ("Look.\n\n![a b](c.png)\n\nIs it?", "![a b](c.png)"),
        ("Look.\n\n$$y = x$$\n\n**Predict** `y`.", "$$y = x$$\n\n**Predict** `y`."),
        ("Say.\n\n- one\n- two", "- one\n- two"),
        ("Only this.", "Only this."),
        ("Before.\n\n### Exercise 1 · Predict\n\nA. B?\n\n1. C", "A. B?\n\n1. C"),
        ("Is it?\n\n<details><summary>S</summary>\n\nIs this?\n\n</details>", "Is it?"),
    ],
)  # fmt: skip
def test_selection(text, shown):
    assert selection.select(text)[1] == shown


# The handout


@every_lesson
def test_no_cell_is_lost(lesson):
    page = soup(handout(lesson))
    assert [piece["data-cell"] for piece in page.select("[data-cell]")] == [
        cell.id for cell in lesson.cells
    ]


@every_lesson
def test_all_code_is_in_the_handout_but_that_of_checks(lesson):
    pieces = by_cell(handout(lesson))
    written = {cell.id.removeprefix("write-") for cell in lesson.code if cell.id[:6] == "write-"}
    for cell in lesson.code:
        piece = pieces[cell.id]
        text = piece.get_text()
        assert f"[{cell.execution_count}]" in text
        if cell.id[:6] == "check-" and cell.id[6:] in written:
            said = text.replace(f"[{cell.execution_count}]", "").strip()
            assert said == pages.WORDS[lesson.edition]["check"]
            continue
        assert piece.find(class_="highlight").get_text().strip() == cell.source.strip(), cell.id
        pictures = [o for o in cell.outputs if {"image/png", "text/html"} & {*o.get("data", {})}]
        assert len(piece.find_all("img")) == len(pictures), cell.id
        assert len(piece.find_all(class_="write")) == cell.id.startswith("write-"), cell.id
        printed = [output.text for output in cell.outputs if output.output_type == "stream"]
        assert all(part.strip() in text for part in printed), cell.id


@every_lesson
def test_all_prose_is_in_the_handout_and_what_is_folded_at_its_end(lesson):
    pieces = by_cell(handout(lesson))
    answers = by_cell(handout(lesson), "data-answers")
    assert all(answer.parent["class"] == ["answers"] for answer in answers.values())
    for cell in lesson.markdown:
        folded = "\n".join(selection.DETAILS.findall(cell.source))
        rest = plain(selection.DETAILS.sub("", cell.source))
        assert said(pieces[cell.id]) == letters(rest), cell.id
        assert (cell.id in answers) == bool(folded), cell.id
        if folded:
            assert said(answers[cell.id]) == letters(plain(folded)), cell.id


@functools.cache
def by_cell(page, attribute="data-cell"):
    """Return the pieces of a page by the ids of their cells."""
    return {tag[attribute]: tag for tag in soup(page).find_all(attrs={attribute: True})}


def said(piece):
    """Return the letters of a piece of the handout, without what the handout itself says."""
    own = [piece.find(class_="see"), piece.find("h3") if piece.has_attr("data-answers") else None]
    text = letters(piece.get_text())
    for tag in filter(None, own):
        text = text.replace(letters(tag.get_text()), "", 1)
    return text


def plain(text):
    """Return a Markdown text without what is not read: targets, tags, numbers of lists."""
    code = re.compile(r"```\w*\n(.*?)```|`([^`\n]*)`", re.S)
    saved = [next(filter(None, found)) for found in code.findall(text)]
    text = code.sub("\0", text)
    text = re.sub(r" · \[[^]]*\]\(\.\./(en|ja)/[^)]*\)", "", text)
    text = re.sub(r"!\[[^]]*\]\([^)]*\)|^\d+\. ", "", text, flags=re.M)
    text = html.unescape(re.sub(r"</?[a-z]+>", "", re.sub(r"\]\([^)]*\)", "", text)))
    return re.sub("\0", lambda _: saved.pop(0), text)


def letters(text):
    """Return the letters, digits and kana of a text, one after the other."""
    return re.sub(r"[\W_]", "", text)


@every_taught_lesson
def test_of_a_demo_the_picture_stands_in_the_handout_and_on_slides(lesson):
    pieces = by_cell(handout(lesson))
    demos = [cell for cell in lesson.code if cell.source.startswith("demos.")]
    for cell in demos:
        text = pieces[cell.id].get_text()
        assert "Here is a demo" not in text, "that is for pages without widgets"
        assert pages.WORDS[lesson.edition]["demo"] in text
    shown = [part for slide in slides_of(lesson) for part in slide["pieces"]]
    ids = {cell.id for cell in demos}
    found = [(kind, content) for kind, _, content, cell in shown if cell in ids]
    # Of the pad alone, slides show nothing: it is empty at the start.
    assert bool(found) == any("pad" not in cell.source for cell in demos)
    assert all(kind == "picture" and content.startswith("<img ") for kind, content in found)


@every_lesson
def test_each_reference_leads_to_its_answer(lesson):
    page = soup(handout(lesson))
    targets = [link["href"][1:] for link in page.select(".see a")]
    assert targets == [title["id"] for title in page.select(".answers h3")]
    assert all(title.get_text(strip=True)[3:] for title in page.select(".answers h3"))


def test_the_reference_stands_where_the_text_was_folded():
    text = "One.\n\n<details><summary>S</summary>\n\nTwo.\n\n</details>\n\nNow:"
    cells = [new_markdown("title", "# 01 Name"), new_markdown("folded", text)]
    page = pages.handout_page(SimpleNamespace(cells=cells), "en", RENDER)
    shown = [tag.get_text() for tag in by_cell(page)["folded"].find_all("p")]
    assert shown == ["One.", "→ Hints and solutions: number 1 at the end", "Now:"]


# Both pages


@every_lesson
@pytest.mark.parametrize("make", [slides_page, handout])
def test_a_page_speaks_its_language_and_needs_nothing_from_elsewhere(lesson, make):
    page = make(lesson)
    assert fetches(page) == []
    assert soup(page).html["lang"] == lesson.edition
    style = soup(page).style.get_text()
    for font in "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP":
        assert f'"{font}"' in style.partition(":lang(ja)")[2]
    assert soup(page).title.get_text().startswith(f"{lesson.number} ")


@every_lesson
@pytest.mark.parametrize("make", [slides_page, handout])
def test_pictures_are_inside_and_say_what_is_seen(lesson, make):
    for image in soup(make(lesson)).select("img"):
        assert image["src"].startswith("data:image/png;base64,")
        assert len(image["alt"]) > 5


def fetches(page):
    """Return what a page would fetch from elsewhere: files, styles, fonts, other pages."""
    found = [tag for tag in soup(page).find_all(True) if tag.name in ("link", "iframe", "base")]
    sources = [tag["src"] for tag in soup(page).select("[src], [srcset], [poster]")]
    found += [source for source in sources if not source.startswith("data:")]
    found += re.findall(r"@import[^;]*|url\(['\"]?(?!data:|#|['\"]?data:)[^)]*", styles(page))
    return found + re.findall(r"https?://[^\s\"'<]*(?:cdn|unpkg|jsdelivr)[^\s\"'<]*", page)


def styles(page):
    return "\n".join(tag.get_text() for tag in soup(page).select("style"))


def test_fetches_are_seen():
    page = '<style>@import "a.css"; b { src: url(c.woff) }</style><img src="d.png">'
    assert len(fetches(page)) == 3
    assert fetches("<style>a { src: url('data:x') }</style><img src='data:y'>") == []


# With the packages


@pytest.mark.slides
@pytest.mark.parametrize("lesson", [one for one in TAUGHT if one.number in "030405"], ids=str)
def test_formulas_are_mathml(lesson, fetched):
    formula = packages.formulas(KEPT)
    for make in slides_page, handout:
        page = soup(make(lesson, formula))
        block = [tag for tag in page.select('math[display="block"]')]
        assert block, "a formula that stands alone"
        assert "\\" not in "".join(tag.get_text() for tag in page.select("math"))
    rows = formula(r"\begin{pmatrix} 1 & 2 \cr 3 & 4 \end{pmatrix}", "block")
    assert rows.count("<mtr>") == 2 and rows.count("<mtd>") == 4


@pytest.mark.slides
def test_the_command_writes_pages_that_need_nothing(tmp_path, fetched, capsys):
    assert main(["03"], tmp_path) == 0
    assert "03_perceptron: slides and handout" in capsys.readouterr().out
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))
    stem = "03_perceptron"
    assert names == [f"{e}/{stem}{end}.html" for e in ("en", "ja") for end in ("", "_handout")]
    for name in names:
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert fetches(page) == []
        assert ("Reveal.initialize" in page) == ("handout" not in name)


def test_a_notebook_of_ones_own_gets_no_slides(tmp_path, monkeypatch, capsys):
    for edition in "en", "ja":
        shutil.copytree(NOTEBOOKS / edition, tmp_path / edition, ignore=all_but_lesson_03)
        (tmp_path / edition / "Untitled.ipynb").write_text('{"cells": []}', encoding="utf-8")
    shutil.copytree(NOTEBOOKS / "figures", tmp_path / "figures")
    monkeypatch.setattr(notebooks, "FOLDER", tmp_path)
    monkeypatch.setattr(packages, "fetch", lambda kept: None)
    monkeypatch.setattr(packages, "formulas", lambda kept: plain_formula)
    monkeypatch.setattr(packages, "reveal", lambda kept: NO_REVEAL)
    assert main([], tmp_path / "slides") == 0
    made = sorted(path.name for path in (tmp_path / "slides" / "en").iterdir())
    assert made == ["03_perceptron.html", "03_perceptron_handout.html"]
    assert "Untitled" not in capsys.readouterr().out


def all_but_lesson_03(folder, names):
    """Return what shutil.copytree shall leave out."""
    return [name for name in names if not name.startswith("03_")]


def test_an_unknown_lesson(tmp_path, capsys):
    assert main(["42"], tmp_path) == 1
    assert "There is no lesson 42" in capsys.readouterr().out


def test_without_internet_it_says_what_to_do(tmp_path, monkeypatch):
    failed = SimpleNamespace(returncode=1, stderr="ERROR: no answer\n")
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: failed)
    with pytest.raises(packages.PackagesError, match="no answer\nConnect to the internet once"):
        packages.fetch(tmp_path / "packages")


def test_packages_of_another_list_are_fetched_again(tmp_path, monkeypatch):
    called = []

    def install(command, **options):
        called.append(command)
        (tmp_path / "kept").mkdir()
        return SimpleNamespace(returncode=0, stderr="")

    monkeypatch.setattr(subprocess, "run", install)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / packages.LIST.name).write_text("other==1", encoding="utf-8")
    for _ in range(2):
        packages.fetch(tmp_path / "kept")
    assert len(called) == 1
    assert {"--require-hashes", "--no-deps", "--target"} <= set(called[0])


def test_every_package_has_its_hash():
    lines = packages.LIST.read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) == 2
    assert all(re.fullmatch(r"[\w-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}", pin) for pin in pins)
