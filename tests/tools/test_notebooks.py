"""tools/notebooks.py, on a small lesson in a temporary folder."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import notebooks
from tools.notebooks import build, check, main, read, translated

NAME = "07_digits.ipynb"
CODE = {
    "imports": "import os, sys",
    "streams": 'print("a")\nprint("b", file=sys.stderr)\nprint("c\\rd")\nos.environ["MNIST_DIR"]',
}


def markdown(cell_id, source, **metadata):
    return new_markdown_cell(source, id=cell_id, metadata=metadata)


def code(cell_id, source, *tags):
    return new_code_cell(source, id=cell_id, metadata={"tags": list(tags)})


def save(folder, edition, *cells):
    """Write a notebook as an editor might leave it."""
    (folder / edition).mkdir(exist_ok=True)
    metadata = {"language_info": {"name": "python", "version": "3.11.0"}, "widgets": {}}
    notebook = new_notebook(cells=list(cells), metadata=metadata)
    nbformat.write(notebook, folder / edition / NAME)


def change(folder, edition, cell_id, **fields):
    """Change fields of one cell of a stored notebook."""
    notebook = read(folder / edition / NAME)
    cell(notebook, cell_id).update(fields)
    nbformat.write(notebook, folder / edition / NAME)


def cell(notebook, cell_id):
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def contents(folder):
    return {path: path.read_bytes() for path in folder.glob("*/*")}


@pytest.fixture
def unbuilt(tmp_path):
    """A lesson of three cells in English only."""
    head = markdown("head", "# Digits", collapsed=True)
    save(tmp_path, "en", head, *(code(cell_id, source) for cell_id, source in CODE.items()))
    return tmp_path


@pytest.fixture
def folder(unbuilt, monkeypatch):
    """The lesson in both editions, built and translated, but not run: no kernel starts."""
    monkeypatch.setattr(notebooks, "run", lambda notebook, folder: None)
    build(unbuilt, NAME)
    change(unbuilt, "ja", "head", source="# 数字をよむ")
    translated(unbuilt, NAME)
    return unbuilt


def test_a_notebook_of_ones_own_is_no_lesson(folder, capsys):
    """JupyterLab calls a new one Untitled.ipynb; its cells may lack what a lesson's have."""
    for edition in "en", "ja":
        for name in "Untitled.ipynb", "Untitled1.ipynb", "07_digits-Copy1.ipynb", "notes 1.ipynb":
            (folder / edition / name).write_text('{"cells": []}', encoding="utf-8")
    assert notebooks.names(folder) == notebooks.names(folder, "ja") == [NAME]
    assert main(["check"], folder) == 0
    assert "1 lessons" in capsys.readouterr().out


# Running


def test_building_twice_changes_nothing(unbuilt, monkeypatch):
    monkeypatch.setenv("MNIST_DIR", "/real/mnist")
    build(unbuilt, NAME)
    first = contents(unbuilt)
    times = [path.stat().st_mtime_ns for path in unbuilt.glob("*/*")]
    build(unbuilt, NAME)
    assert contents(unbuilt) == first
    assert [path.stat().st_mtime_ns for path in unbuilt.glob("*/*")] == times
    assert all(data.endswith(b"}\n") and b"\r\n" not in data for data in first.values())

    english = read(unbuilt / "en" / NAME)
    assert [c.execution_count for c in notebooks.code_cells(english)] == [1, 2]
    assert english.metadata == notebooks.METADATA
    assert cell(english, "head").metadata == {}
    stdout, stderr, result = cell(english, "streams").outputs
    assert (stdout.text, stderr.text) == ("a\nd\n", "b\n")
    assert result.data["text/plain"] == "'bundled'"


def test_an_error_stops_the_build(unbuilt, capsys):
    change(unbuilt, "en", "streams", source="1 / 0")
    before = contents(unbuilt)
    assert main(["build", "07"], unbuilt) == 1
    said = "07_digits, cell streams: ZeroDivisionError: division by zero\n"
    assert capsys.readouterr().out == said
    assert contents(unbuilt) == before


def test_an_error_that_is_meant_is_stored_without_paths(unbuilt):
    source = "import json\njson.loads('{')"
    change(unbuilt, "en", "imports", source=source, metadata={"tags": ["raises-exception"]})
    change(unbuilt, "en", "streams", source="print(1)")
    build(unbuilt, NAME)
    [error] = cell(read(unbuilt / "ja" / NAME), "imports").outputs
    shown = "\n".join(error.traceback)
    assert error.ename == "JSONDecodeError"
    assert "Cell In[1], line 2" in shown
    assert "decoder.py" not in shown and "\x1b" not in shown


# Cleaning


def test_widgets_are_dropped():
    widget = nbformat.v4.new_output(
        "display_data", {"text/plain": "IntSlider()", notebooks.WIDGET: {"model_id": "5a1b"}}
    )
    picture = nbformat.v4.new_output("display_data", {"image/png": "iVBO"})
    assert list(notebooks.clean_outputs([widget, picture])) == [picture]


def test_a_widget_leaves_its_page_without_widgets():
    still = {"text/plain": "a demo", "text/html": "<p>a demo</p>"}
    both = still | {notebooks.WIDGET: {"model_id": "5a1b"}}
    demo = nbformat.v4.new_output("execute_result", both, execution_count=1)
    assert [output.data for output in notebooks.clean_outputs([demo])] == [still]


@pytest.mark.parametrize("second", [{"id": "head"}, {}], ids=["twice", "missing"])
def test_every_cell_needs_an_id_of_its_own(unbuilt, second):
    notebook = read(unbuilt / "en" / NAME)
    del notebook.cells[1]["id"]
    notebook.cells[1].update(second)
    (unbuilt / "en" / NAME).write_text(nbformat.v4.writes(notebook), encoding="utf-8")
    with pytest.raises(notebooks.LessonError, match="07_digits: cell id"):
        read(unbuilt / "en" / NAME)


# Two editions


def test_a_new_twin_is_untranslated(folder, capsys):
    (folder / "ja" / NAME).unlink()
    assert check(folder) == ["07 has no Japanese twin: run build 07"]
    build(folder, NAME)
    line = "07 head: untranslated: translate it, then run translated 07 head"
    assert main(["check"], folder) == 1
    assert capsys.readouterr().out == line + "\n"


def test_check_is_content(folder, capsys):
    assert main(["check"], folder) == 0
    assert capsys.readouterr().out == "1 lessons, both editions in step\n"


def test_build_keeps_the_japanese(folder):
    picture = {"a.png": {"image/png": "iVBO"}}
    change(folder, "ja", "head", attachments=picture)
    change(folder, "en", "head", metadata={"tags": ["wide"]})
    build(folder, NAME)
    head = cell(read(folder / "ja" / NAME), "head")
    assert head.source == "# 数字をよむ"
    assert head.attachments == picture
    assert head.metadata == {"tags": ["wide"], "translation_of": notebooks.fingerprint("# Digits")}
    assert check(folder) == []


def test_what_is_a_slide_is_kept_in_both_editions(folder):
    slide = {"slideshow": {"slide_type": "slide"}}
    for cell_id in "head", "imports":
        change(folder, "en", cell_id, metadata=slide | {"collapsed": True, "tags": []})
    build(folder, NAME)
    for edition in "en", "ja":
        notebook = read(folder / edition / NAME)
        assert cell(notebook, "head").metadata["slideshow"] == slide["slideshow"]
        assert cell(notebook, "imports").metadata == slide


def test_changed_english_makes_the_japanese_stale(folder):
    change(folder, "en", "head", source="# Reading digits")
    build(folder, NAME)
    [line] = check(folder)
    assert line.startswith("07 head: stale")
    assert main(["translated", "07", "head"], folder) == 0
    assert check(folder) == []


def test_an_untranslated_cell_follows_the_english(folder):
    change(folder, "ja", "head", source="# Digits", metadata={})
    change(folder, "en", "head", source="# Reading digits")
    build(folder, NAME)
    assert cell(read(folder / "ja" / NAME), "head").source == "# Reading digits"


def test_english_words_are_no_translation(folder, capsys):
    change(folder, "ja", "head", source="# Digits")
    assert main(["translated", "07"], folder) == 1
    assert capsys.readouterr().out == "07 head: is still the English text\n"


@pytest.mark.parametrize("source", ["$$y = Wx$$", "`np.dot`", "```python\nx\n```", "[1](to.md)"])
def test_nothing_to_translate(folder, source):
    for edition in "en", "ja":
        change(folder, edition, "head", source=source)
    assert translated(folder, NAME) == []
    assert check(folder) == []


@pytest.mark.parametrize("cell_id", ["imports", "nowhere"])
def test_only_markdown_is_translated(folder, capsys, cell_id):
    assert main(["translated", "07", cell_id], folder) == 1
    assert f"no Markdown cell {cell_id}" in capsys.readouterr().out


def test_a_removed_cell_is_shown(folder, capsys):
    english = read(folder / "en" / NAME)
    save(folder, "en", *english.cells[1:])
    assert "07 head: is no longer in the English: run build 07" in check(folder)
    build(folder, NAME)
    assert "# 数字をよむ" in capsys.readouterr().out
    assert [c.id for c in read(folder / "ja" / NAME).cells] == ["imports", "streams"]
    assert check(folder) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "import os"},
        {"execution_count": 5},
        {"metadata": {"tags": ["given"]}},
        {"outputs": [nbformat.v4.new_output("stream", text="other\n")]},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_code_that_differs_is_out_of_step(folder, fields):
    change(folder, "ja", "imports", **fields)
    line = "07 imports: the Japanese twin is out of step: run build 07"
    assert check(folder) == [line]
    build(folder, NAME)
    assert check(folder) == []


def test_another_order_is_out_of_step(folder):
    japanese = read(folder / "ja" / NAME)
    japanese.cells.reverse()
    nbformat.write(japanese, folder / "ja" / NAME)
    [line] = check(folder)
    assert "another order" in line


def test_a_lesson_in_japanese_only(folder):
    (folder / "en" / NAME).unlink()
    assert check(folder) == [f"{NAME} is in ja but not in en: rename it, or remove it"]


def test_an_unknown_lesson(folder, capsys):
    assert main(["build", "42"], folder) == 1
    assert "no lesson 42" in capsys.readouterr().out
