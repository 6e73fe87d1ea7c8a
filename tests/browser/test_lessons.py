"""Each lesson of both editions in JupyterLab, run from top to bottom as a learner would."""

import re

import nbformat
from lessons import every_lesson, tagged
from notebook_page import NOTEBOOK, eventually

# What stands on the page, cell by cell.
SEEN = f"""() => {NOTEBOOK}.widgets.map(cell => {{
    const all = chosen => [...cell.node.querySelectorAll(chosen)];
    const area = cell.outputArea;
    const outputs = area ? cell.model.toJSON().outputs : [];
    const visible = node => node && node.offsetWidth > 0 && node.offsetHeight > 0;
    const text = cell.node.querySelector('.jp-MarkdownOutput')?.cloneNode(true);
    text?.querySelectorAll('code, pre, mjx-container').forEach(node => node.remove());
    return {{
        prompt: cell.node.querySelector('.jp-InputPrompt').textContent,
        errors: outputs.filter(x => x.output_type == 'error').map(x => x.ename + ': ' + x.evalue),
        stderr: outputs.filter(x => x.name == 'stderr').map(x => [x.text].flat().join('')).join(''),
        unseen: outputs.filter((x, i) => x.data && '{{WIDGET}}' in x.data
            && !visible(area.widgets[i]?.node.querySelector('.jupyter-widgets'))).length,
        broken: all('.jp-OutputArea-output').map(x => x.innerText.match(
            /(Error (displaying|creating|loading)|Loading) widget.*|model not found/i)?.[0])
            .filter(Boolean),
        images: all('img').filter(x => !x.complete || !x.naturalWidth).map(x => x.alt || x.src),
        formulas: all('mjx-container').length,
        wrong: all('mjx-merror, [data-mjx-error], mjx-mtext[style*=red]').length,
        text: text?.textContent ?? '',
    }};
}})""".replace("{WIDGET}", "application/vnd.jupyter.widget-view+json")


def problems(cell, seen):
    """Return what is wrong with a cell of a lesson, of which this was seen on the page."""
    known = "".join(x["text"] for x in cell.get("outputs", []) if x.get("name") == "stderr")
    found = {
        "error": seen["errors"] if not tagged(cell, "raises-exception") else [],
        "red text": seen["stderr"] if not known else "",
        "a widget that is not seen": seen["unseen"],
        "a broken widget": seen["broken"],
        "a picture that is not there": seen["images"],
        "a broken formula": seen["wrong"],
    }
    if cell.cell_type == "code":
        found["not run"] = cell.source.strip() and not re.search(r"\d", seen["prompt"])
    else:
        source = re.sub(r"```.*?```|`[^`]*`", "", cell.source, flags=re.DOTALL)
        found["no text"] = cell.source.strip() and not seen["text"].strip()
        found["a raw formula"] = re.findall(r".*\$\$.*|\\[a-z]+\{.*", seen["text"])
        found["a missing formula"] = "$$" in source and not seen["formulas"]
    return [f"{cell.id}: {problem}: {what}" for problem, what in found.items() if what]


def all_problems(book, cells):
    """Return what is wrong with the notebook that is on the page."""
    seen = book.page.evaluate(SEEN)
    assert len(seen) == len(cells)
    pairs = zip(cells, seen, strict=True)
    return [problem for cell, there in pairs for problem in problems(cell, there)]


@every_lesson
def test_lesson_in_jupyterlab(lesson, notebook, screenshots):
    """No error, no red text, no missing widget, picture or formula; nothing from elsewhere."""
    book = notebook(f"notebooks/{lesson.edition}/{lesson.path.name}")
    try:
        book.run_all()
        found = eventually(lambda: all_problems(book, lesson.cells))
    finally:
        photograph(book, lesson, screenshots)
    assert not found, "\n".join(found)
    assert not book.dialogs(), book.dialogs()
    assert not book.page.complaints, "\n".join(book.page.complaints)


def photograph(book, lesson, folder):
    """Write pictures of the lesson in the light and in the dark theme, if they are asked for."""
    if folder is not None:
        for theme in ("Dark", "Light"):  # Light is what the next lesson starts with
            book.theme(theme)
            book.photograph(folder, f"{lesson.edition}_{lesson.path.stem}_{theme.lower()}")


WRONG = {
    "red": "import sys; print('red', file=sys.stderr)",
    "no-view": "from IPython.display import display\ndisplay({VIEW}, raw=True)".replace(
        "{VIEW}",
        "{'application/vnd.jupyter.widget-view+json': {'model_id': 'none', 'version_major': 2}}",
    ),
    "fine": "print('fine')",
    "error": "1 / 0",
    "after": "print('not run')",
}
WRONG_TEXT = {"picture": "![a picture](nowhere.png)", "formula": "$$\n\\nothing{x}\n$$"}


def test_what_is_wrong_is_found(lab, notebook):
    """The test above would see it: red text, an error, a lost widget, picture or formula."""
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in WRONG.items()]
    cells += [nbformat.v4.new_markdown_cell(text, id=name) for name, text in WRONG_TEXT.items()]
    lab.write("my_work/wrong.ipynb", *cells)
    book = notebook("my_work/wrong.ipynb")
    book.run_all()
    # Everything else has been there when the picture is given up.
    eventually(lambda: "picture" not in " ".join(all_problems(book, cells)), seconds=10)
    found = [problem.split(": ")[:2] for problem in all_problems(book, cells)]
    (lab.work / "wrong.ipynb").unlink()
    assert ["red", "red text"] in found
    assert ["no-view", "a widget that is not seen"] in found
    assert ["error", "error"] in found and ["after", "not run"] in found
    assert ["picture", "a picture that is not there"] in found
    assert ["formula", "a broken formula"] in found
    assert not [problem for name, problem in found if name == "fine"]
