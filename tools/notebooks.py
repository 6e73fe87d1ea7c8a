"""Run the English lessons, and keep the Japanese ones in step with them.

build [07 ...]            run the lessons, copy code and outputs to their Japanese twins
translated 07 [cell ...]  note that these Japanese cells say what the English says now
check                     list what is untranslated, stale, or out of step
"""

import argparse
import hashlib
import os
import re
import sys
import tempfile
from copy import deepcopy
from itertools import groupby
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from course.copy_along import lessons

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KEPT = "slideshow", "tags"  # of a cell's metadata
STAMP = "translation_of"
WIDGET = "application/vnd.jupyter.widget-view+json"
COLOR = re.compile(r"\x1b\[[0-9;]*m")
OVERWRITTEN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
NOT_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|\]\([^)]*\)|</?[a-z][^>]*>|https?://\S+", re.DOTALL
)


class LessonError(Exception):
    """A lesson cannot be built or stamped; the message says which one and why."""


def read(path):
    """Return the notebook at path. Every cell must have an id of its own."""
    notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
    ids = [cell.get("id") for cell in notebook.cells]
    for cell_id in ids:
        if cell_id is None or ids.count(cell_id) > 1:
            raise LessonError(f"{path.stem}: cell id {cell_id} is missing or used twice.")
    return notebook


def write(path, notebook):
    """Write the notebook in one step, always in the same form; leave an identical file alone."""
    data = (nbformat.writes(notebook) + "\n").encode("utf-8")
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def names(folder, edition="en"):
    """Return the file names of an edition's lessons, in order."""
    return [f"{name}.ipynb" for name in lessons.names(edition, folder)]


def find(folder, number):
    """Return the file name of the lesson with this number, such as 07."""
    for name in names(folder):
        if name.split("_")[0] == number:
            return name
    raise LessonError(f"There is no lesson {number} in {folder / 'en'}.")


def code_cells(notebook):
    """Return the code cells, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown_cells(notebook):
    """Return the Markdown cells by id, in order."""
    return {cell.id: cell for cell in notebook.cells if cell.cell_type == "markdown"}


def run(notebook, folder):
    """Run every cell in a fresh kernel of this Python, with the bundled digits, never MNIST."""
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    kernel = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    client = NotebookClient(notebook, kernel, timeout=600, record_timing=False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        environment = os.environ | {"MNIST_DIR": "bundled", "MY_WORK": work, "PYTHONHASHSEED": "0"}
        with client.setup_kernel(cwd=str(folder), env=environment, cleanup_kc=True):
            for index, cell in enumerate(notebook.cells):
                try:
                    client.execute_cell(cell, index)
                except CellExecutionError as error:
                    raise LessonError(f"cell {cell.id}: {error.ename}: {error.evalue}") from error
                except (CellTimeoutError, DeadKernelError) as error:
                    raise LessonError(f"cell {cell.id}: {error}") from error


def clean(notebook):
    """Keep what a reader sees, the tags, and what is a slide; drop what changes in each run."""
    notebook.nbformat_minor = 5
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)}
        cell.metadata = nbformat.from_dict(kept)
    for cell in code_cells(notebook):
        cell.outputs = list(clean_outputs(cell.outputs))


def clean_outputs(outputs):
    """Give the outputs with streams merged, tracebacks plain, and without widgets.

    A widget that also brings HTML is kept as that: it is for pages without widgets.
    """
    for is_stream, group in groupby(outputs, lambda output: output.output_type == "stream"):
        if is_stream:
            yield from merged(list(group))
            continue
        for output in group:
            if output.output_type == "error":
                output.traceback = clean_traceback(output.traceback)
            widget = output.get("data", {}).pop(WIDGET, None)
            if widget is None or "text/html" in output.data:
                yield output


def merged(streams):
    """Give one output for stdout and one for stderr, as they look when all is printed."""
    for name in ("stdout", "stderr"):
        text = "".join(stream.text for stream in streams if stream.name == name)
        if text:
            yield nbformat.v4.new_output("stream", name=name, text=OVERWRITTEN.sub("", text))


def clean_traceback(frames):
    """Return the frames in cells, without colours: library files differ by machine."""
    plain = [COLOR.sub("", frame) for frame in frames]
    return [frame for frame in plain if not frame.startswith("File ")]


def fingerprint(text):
    """Return the first 16 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def prose(text):
    """Return Markdown text without code, formulas, HTML tags and link targets."""
    return NOT_PROSE.sub(" ", text)


def translations(japanese):
    """Return the Markdown cells by id, without those that are mere copies of the English."""
    return {
        cell_id: cell
        for cell_id, cell in markdown_cells(japanese).items()
        if STAMP in cell.metadata or JAPANESE.search(cell.source)
    }


def twin(english, japanese):
    """Return the English notebook with its Markdown in Japanese, where there is any."""
    result = deepcopy(english)
    cells = markdown_cells(result)
    for cell_id, translation in translations(japanese).items():
        if cell_id in cells:
            cell = cells[cell_id]
            cell.source = translation.source
            cell.pop("attachments", None)
            if "attachments" in translation:
                cell.attachments = translation.attachments
            if STAMP in translation.metadata:
                cell.metadata[STAMP] = translation.metadata[STAMP]
    return result


def build(folder, name):
    """Run an English lesson, write it, and bring its Japanese twin into step."""
    english = read(folder / "en" / name)
    path = folder / "ja" / name
    japanese = read(path) if path.exists() else nbformat.v4.new_notebook()
    try:
        run(english, folder / "en")
    except LessonError as error:
        raise LessonError(f"{Path(name).stem}, {error}") from error
    clean(english)
    for cell_id, cell in translations(japanese).items():
        if cell_id not in markdown_cells(english):
            print(f"{path.stem}: the Japanese of cell {cell_id} is removed. It was:\n{cell.source}")
    write(folder / "en" / name, english)
    write(path, twin(english, japanese))


def translated(folder, name, cell_ids=()):
    """Stamp Japanese cells (all, if none is named) with the English they now translate.

    Return the ids of the cells that are refused, because their words are still English.
    """
    english = markdown_cells(read(folder / "en" / name))
    japanese = read(folder / "ja" / name)
    cells = markdown_cells(japanese)
    refused = []
    for cell_id in cell_ids or english:
        if cell_id not in english or cell_id not in cells:
            raise LessonError(f"{Path(name).stem}: no Markdown cell {cell_id} in both editions.")
        source = english[cell_id].source
        if cells[cell_id].source == source and re.search("[A-Za-z]{2}", prose(source)):
            refused.append(cell_id)
        else:
            cells[cell_id].metadata[STAMP] = fingerprint(source)
    write(folder / "ja" / name, japanese)
    return refused


def check(folder):
    """Return one line for each thing that keeps the editions from being in step."""
    problems = []
    for name in names(folder):
        number = name.split("_")[0]
        if (folder / "ja" / name).exists():
            english, japanese = read(folder / "en" / name), read(folder / "ja" / name)
            problems += [f"{number} {line}" for line in compare(english, japanese, number)]
        else:
            problems.append(f"{number} has no Japanese twin: run build {number}")
    for name in sorted(set(names(folder, "ja")) - set(names(folder))):
        problems.append(f"{name} is in ja but not in en: rename it, or remove it")
    return problems


def compare(english, japanese, number):
    """Give a line for each cell that is out of step, untranslated, or stale."""
    cells = {cell.id: cell for cell in japanese.cells}
    gone = cells.keys() - {cell.id for cell in english.cells}
    for source, expected in zip(english.cells, twin(english, japanese).cells, strict=True):
        stamp = expected.metadata.get(STAMP)
        after = f"then run translated {number} {source.id}"
        if cells.get(source.id) != expected:
            yield f"{source.id}: the Japanese twin is out of step: run build {number}"
        elif source.cell_type == "markdown" and stamp is None:
            yield f"{source.id}: untranslated: translate it, {after}"
        elif source.cell_type == "markdown" and stamp != fingerprint(source.source):
            yield f"{source.id}: stale, the English has changed: update the Japanese, {after}"
    for cell_id in sorted(gone):
        yield f"{cell_id}: is no longer in the English: run build {number}"
    order = [cell.id for cell in japanese.cells if cell.id not in gone]
    if order != [cell.id for cell in english.cells if cell.id in cells]:
        yield f"(whole lesson): the Japanese cells stand in another order: run build {number}"
    if japanese.metadata != english.metadata:
        yield f"(whole lesson): the notebooks' metadata differ: run build {number}"


def parse(arguments):
    """Return the command line's command, lessons and cells."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build").add_argument("lessons", nargs="*", metavar="07")
    stamp = commands.add_parser("translated")
    stamp.add_argument("lesson", metavar="07")
    stamp.add_argument("cells", nargs="*", metavar="cell")
    commands.add_parser("check")
    return parser.parse_args(arguments)


def main(arguments=None, folder=FOLDER):
    """Do what the command line says; return the exit code."""
    options = parse(arguments)
    complaints = []
    try:
        if options.command == "build":
            for name in [find(folder, number) for number in options.lessons] or names(folder):
                build(folder, name)
                print(f"{Path(name).stem}: built")
        elif options.command == "translated":
            refused = translated(folder, find(folder, options.lesson), options.cells)
            complaints = [f"{options.lesson} {cell}: is still the English text" for cell in refused]
        else:
            complaints = check(folder)
            if not complaints:
                print(f"{len(names(folder))} lessons, both editions in step")
    except LessonError as error:
        complaints = [str(error)]
    for line in complaints:
        print(line)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
