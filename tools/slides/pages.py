"""The two pages of a lesson: its slides, and its handout."""

import re
import tomllib
from pathlib import Path

import jinja2

from tools.slides import selection
from tools.slides.render import CODE_STYLE

HERE = Path(__file__).parent
WORDS = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE, encoding="utf-8"), undefined=jinja2.StrictUndefined
)
SUMMARY = re.compile(r"<details><summary>(.*?)</summary>(.*?)</details>", re.S)
SEE = '<p class="see"><a href="#answer-{number}">→ {see}</a></p>'

LINES_OF_CODE = 12  # with more, code that prints is not shown
LINES_BESIDE_A_PICTURE = 3


def slides_page(notebook, edition, render, reveal):
    """Return the page with the slides of a lesson."""
    slides = [slide_parts(slide, render) for slide in selection.slides(notebook)]
    return page("slides.html.j2", edition, notebook, slides=slides, reveal=reveal)


def slide_parts(slide, render):
    """Return what the template needs to know about a slide."""
    pieces = []
    for part in slide.parts:
        after = any(waits for _, waits, *_ in pieces)
        pieces += part_pieces(part, render, after)
    notes = [render.markdown(selection.without_pictures(c.source), c) for c in slide.notes]
    return {
        "title": render.line(slide.title),
        "level": slide.level,
        "pieces": pieces,
        "notes": notes,
    }


def part_pieces(part, render, after):
    """Give (kind, waits, HTML, cell id) for what is shown of a cell, in order.

    For code that draws, only the picture and a few printed lines are shown; for long code, only
    what it prints; for other code, what it prints waits for a key. Code waits if something before
    it does.
    """
    cell = part.cell
    if cell.cell_type == "markdown":
        yield part.kind, part.waits, render.markdown(part.text, cell), cell.id
        return
    outputs = render.outputs(cell, brief=True)
    draws = any(kind == "picture" for kind, _ in outputs)
    is_hidden = draws or (outputs and cell.source.count("\n") >= LINES_OF_CODE)
    if not is_hidden:
        yield "code", after, render.code(cell.source), cell.id
    for kind, html in outputs:
        if kind == "picture":
            yield "picture", part.waits, html, cell.id
        elif not draws or html.count("\n") < LINES_BESIDE_A_PICTURE:
            yield "output", part.waits or not is_hidden, html, cell.id


def handout_page(notebook, edition, render):
    """Return the page with the whole lesson, made for printing, with what is folded at its end."""
    pieces, answers, exercise = [], [], ""
    ids = {cell.id for cell in notebook.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            pieces.append(code_piece(cell, render))
            pieces[-1]["check"] = is_check(cell, ids)
            continue
        folded = SUMMARY.findall(cell.source)
        exercise = (selection.headings(cell.source) or [(0, exercise)])[-1][1]
        if folded:
            answers.append(answer(cell, folded, exercise, render))
        see = SEE.format(number=len(answers), see=WORDS[edition]["see"].format(number=len(answers)))
        prose = SUMMARY.sub("", SUMMARY.sub(see, cell.source, count=1))
        pieces.append({"id": cell.id, "prose": render.markdown(prose, cell)})
    return page("handout.html.j2", edition, notebook, pieces=pieces, answers=answers)


def is_check(cell, ids):
    """Return whether a cell checks an exercise to write. Its code holds the solution."""
    return cell.id.startswith("check-") and cell.id.replace("check-", "write-", 1) in ids


def code_piece(cell, render):
    """Return what the handout needs to know about a code cell."""
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
    """Return what the handout needs to know about the hints and solutions folded away in a cell."""
    parts = [(render.line(name), render.markdown(text.strip(), cell)) for name, text in folded]
    return {"id": cell.id, "title": render.line(exercise), "parts": parts}


def page(template, edition, notebook, **values):
    """Return a page of a lesson, in the words of its edition."""
    words = WORDS[edition]
    (_, name), *_ = selection.headings(notebook.cells[0].source)
    values |= {"words": words, "lang": edition, "name": name, "code_style": CODE_STYLE}
    return TEMPLATES.get_template(template).render(values) + "\n"
