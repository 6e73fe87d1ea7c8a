"""What goes onto the slides: from each cell that the lesson chooses, only what can be read there.

A lesson chooses by the metadata that JupyterLab's property inspector writes, slide_type: `slide`
begins a new slide, `fragment` continues it. All other prose becomes the speaker's notes.
"""

import re
from dataclasses import dataclass, field

BLOCK = re.compile(r"^```.*?^```|^\$\$.*?\$\$$|(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.M | re.S)
DETAILS = re.compile(r"<details>.*?</details>", re.S)
PREDICT = re.compile(r"\*\*(Predict|予想)")
QUESTION = re.compile(r"\?[*)]*$|(か|なら|でしょう)。$|？$")
SENTENCE = re.compile(r"(?<=[.?!])(?<!\.\.\.)\s+|(?<=[.?!]\))\s+|(?<=[。？！])(?=.)", re.S)
REMARK = re.compile(r"\(.*\)|\W*", re.S)
ASIDE = re.compile(r"（[^（）]*）")
MINUTES = re.compile(r" *(\(\d+ min\)|（\d+ 分）)$")
PICTURE = re.compile(r"!\[[^]]*\]\([^)]*\)")


@dataclass
class Part:
    """A piece of a slide: a cell, what it shows, of what kind, and whether it waits for a key."""

    cell: object
    kind: str
    text: str
    waits: bool


@dataclass
class Slide:
    """A slide: its title, its parts, and what the lesson says meanwhile."""

    title: str
    level: int
    parts: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def slides(notebook):
    """Return the slides of a lesson."""
    found, section = [], ""
    for cell in notebook.cells:
        titles = headings(cell.source) if cell.cell_type == "markdown" else []
        section = next((title for level, title in titles if level < 3), section)
        kind = slide_type(cell)
        if kind == "slide":
            level, title = titles[-1] if titles else (2, section)
            found.append(Slide(title, level))
        if kind in ("slide", "fragment"):
            shown = select(cell.source) if cell.cell_type == "markdown" else ("code", "")
            found[-1].parts.append(Part(cell, *shown, kind == "fragment"))
        if found and cell.cell_type == "markdown":
            found[-1].notes.append(cell)
    return found


def slide_type(cell):
    """Return what a cell is on the slides: slide, fragment, or skip."""
    return cell.metadata.get("slideshow", {}).get("slide_type", "skip")


def headings(text):
    """Return (level, title without its minutes) for each heading of a Markdown text."""
    lines = [block for block in blocks(text) if block.startswith("#")]
    found = [re.match(r"(#+) +(.*)", line) for line in lines]
    return [(len(match[1]), MINUTES.sub("", match[2].strip())) for match in found]


def blocks(text):
    """Return the paragraphs, lists, tables, pictures, formulas and headings of a Markdown text."""
    return [block.strip() for block in BLOCK.findall(DETAILS.sub("", text))]


def select(text):
    """Return the part of a Markdown cell for a slide, as (question, picture or text, Markdown).

    It is the first of these that is there: a whole exercise; pictures, formulas and predictions;
    questions with lists and tables; lists and tables alone; everything.
    """
    _, heading, exercise = f"\n{text}".partition("\n### ")
    found = [block for block in blocks(f"### {exercise}" if heading else text) if block[0] != "#"]
    if heading:
        return "question", join(found)
    paragraphs = [block for block in found if kind_of(block) == "text"]
    seen = [predictions(block) if block in paragraphs else block for block in found
            if kind_of(block) in ("picture", "formula", "text")]  # fmt: skip
    if any(seen):
        return ("question" if any(map(predictions, paragraphs)) else "picture"), join(seen)
    listed = [block for block in found if kind_of(block) in ("list", "table")]
    if any(map(questions, paragraphs)):
        return "question", join([*map(questions, paragraphs), *listed])
    return "text", join(listed or found)


def join(found):
    """Return blocks as one Markdown text."""
    return "\n\n".join(filter(None, found))


def kind_of(block):
    """Return what a block is: picture, formula, table, list, code, or text."""
    signs = {r"!\[": "picture", r"\$\$": "formula", r"\|": "table", r"[-*] |\d+\. ": "list"}
    signs["```"] = "code"
    return next((kind for sign, kind in signs.items() if re.match(sign, block)), "text")


def predictions(block):
    """Return the questions of a paragraph that asks for a prediction, or nothing of any other."""
    return questions(block, PREDICT) if PREDICT.search(block) else ""


def questions(block, also=re.compile(r"$^")):
    """Return the sentences of a paragraph that ask, or in which the pattern is found.

    Each comes with the sentence before it, on which it often depends. Remarks in brackets are left
    out.
    """
    sentences = [sentence.strip() for sentence in SENTENCE.split(ASIDE.sub("", block))]
    sentences = [sentence for sentence in sentences if not REMARK.fullmatch(sentence)]
    asks = [bool(QUESTION.search(part) or also.search(part)) for part in sentences]
    kept = [part for n, part in enumerate(sentences) if any(asks[n : n + 2])]
    return ("" if "。" in block else " ").join(kept)


def without_pictures(text):
    """Return a Markdown text without its pictures and its largest headings."""
    return re.sub(r"^##? .*$", "", PICTURE.sub("", text), flags=re.M)
