"""The two pages of a lesson: its slides, and its handout."""

import re
import tomllib
from pathlib import Path

import jinja2

from tools.slides import digest
from tools.slides.render import CODE_STYLE

HERE = Path(__file__).parent
WORDS = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE, encoding="utf-8"), undefined=jinja2.StrictUndefined
)
SUMMARY = re.compile(r"<details><summary>(.*?)</summary>(.*?)</details>", re.S)


def slides_page(notebook, edition, render, reveal):
    """Return the page with the slides of a lesson."""
    slides = [slide_parts(slide, render) for slide in digest.slides(notebook)]
    return page("slides.html.j2", edition, notebook, slides=slides, reveal=reveal)


def slide_parts(slide, render):
    """Return what the template needs of a slide."""
    parts = [piece for part in slide.parts for piece in part_pieces(part, render)]
    notes = [render.markdown(digest.without_pictures(c.source), c) for c in slide.notes]
    return {
        "title": render.line(slide.title),
        "level": slide.level,
        "pieces": parts,
        "notes": notes,
    }


def part_pieces(part, render):
    """Give (kind, waits, HTML, cell id) for what is shown of a cell, in order.

    Of code that draws only the picture is shown; of other code, what it prints waits for a key.
    """
    cell = part.cell
    if cell.cell_type == "markdown":
        yield part.kind, part.waits, render.markdown(part.text, cell), cell.id
        return
    outputs = render.outputs(cell, brief=True)
    pictures = [html for kind, html in outputs if kind == "picture"]
    for html in pictures:
        yield "picture", part.waits, html, cell.id
    if not pictures:
        yield "code", False, render.code(cell.source), cell.id
        for _, html in outputs:
            yield "output", True, html, cell.id


def handout_page(notebook, edition, render):
    """Return the page with the whole lesson, made for printing; what is folded is at its end."""
    pieces, answers, exercise = [], [], ""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            pieces.append(code_piece(cell, render))
            continue
        prose, folded = SUMMARY.sub("", cell.source), SUMMARY.findall(cell.source)
        exercise = (digest.headings(prose) or [(0, exercise)])[-1][1]
        pieces.append({"id": cell.id, "prose": render.markdown(prose, cell)})
        if folded:
            answers.append(answer(cell, folded, exercise, render))
            pieces[-1]["see"] = len(answers)
    return page("handout.html.j2", edition, notebook, pieces=pieces, answers=answers)


def code_piece(cell, render):
    """Return what the handout needs of a code cell."""
    outputs = [html for _, html in render.outputs(cell)]
    return {
        "id": cell.id,
        "number": cell.execution_count,
        "code": render.code(cell.source),
        "outputs": outputs,
        "write": cell.id.startswith("write-"),
        "demo": cell.source.startswith("demos."),
    }


def answer(cell, folded, exercise, render):
    """Return what the handout needs of the hints and solutions that a cell folds away."""
    parts = [(render.line(name), render.markdown(text.strip(), cell)) for name, text in folded]
    return {"id": cell.id, "title": render.line(exercise), "parts": parts}


def page(template, edition, notebook, **values):
    """Return a page of a lesson, in the words of its edition."""
    words = WORDS[edition]
    (_, name), *_ = digest.headings(notebook.cells[0].source)
    values |= {"words": words, "lang": edition, "name": name, "code_style": CODE_STYLE}
    return TEMPLATES.get_template(template).render(values) + "\n"
