"""The instructor's guide agrees with the lessons, and its two editions agree with each other."""

import ast
import builtins
import importlib.util
import itertools
import re
from urllib.parse import unquote

import pytest
from lessons import EDITIONS, ROOT

from course import doctor

PAGES = {"en": ROOT / "docs" / "instructor.md", "ja": ROOT / "docs" / "instructor.ja.md"}
HEADING = re.compile(r"## (.+?) ?[(（](\d+) (?:min|分)[)）]")  # of a section in a lesson
MISTAKES = {"en": "Seen", "ja": "見えるもの"}
QUESTIONS = {"en": "Ask", "ja": "質問"}
TYPED = {"en": "type", "ja": "打つ"}
LENGTHS = [120, 240, 150, 150, 60]  # minutes of the run sheets
both = pytest.mark.parametrize("edition", PAGES)


# Reading the pages and the lessons


class Table:
    """A table of a page: the headings above it, its columns, its rows of texts."""

    def __init__(self, headings, lines):
        self.headings = headings
        self.columns, _, *self.rows = [cells(line) for line in lines]

    def __str__(self):
        return " / ".join(self.headings)


class Sheet:
    """A run sheet: its rows (start, lesson, section, minutes, how, cut), and the skips below it."""

    def __init__(self, table, late):
        self.name = str(table)
        *self.rows, self.end = table.rows
        self.late = late.rows
        self.sections = [(row[1], row[2]) for row in self.rows if row[1]]


def cells(line):
    """Return the texts of a table's line."""
    return [text.strip() for text in line.strip().strip("|").split("|")]


def text(edition):
    """Return a page without its pieces to paste."""
    page = PAGES[edition].read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)


def tables(edition):
    """Return all tables of a page."""
    found, headings = [], []
    for is_table, lines in itertools.groupby(text(edition).splitlines(), lambda s: s[:1] == "|"):
        if is_table:
            found.append(Table(list(headings), lines))
            continue
        for line in lines:
            if match := re.match(r"(#+) (.+)", line):
                headings[len(match[1]) - 1 :] = [match[2]]
    return found


def sheets(edition):
    """Return the run sheets of a page: each is followed by its table of skips."""
    pairs = itertools.pairwise(tables(edition))
    return [Sheet(table, late) for table, late in pairs if len(table.columns) == 6]


def blocks(edition):
    """Return {heading: text} for what stands under each heading of the second level."""
    parts = re.split(r"^## (.+)$", text(edition), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def lesson_blocks(edition):
    """Return {number of a lesson: what the page says under its heading}."""
    found = {}
    for heading, block in blocks(edition).items():
        if match := re.fullmatch(r"(?:Lesson|レッスン) (\d\d)", heading):
            found[match[1]] = block
    return found


def lessons(edition):
    """Return {number: notebook}."""
    return {lesson.number: lesson for lesson in EDITIONS[edition]}


NOTEBOOKS = {edition: lessons(edition) for edition in PAGES}


def sections(edition, number):
    """Return [(name, minutes, code cells)] of a lesson; what comes before the first one is ""."""
    found = [("", 0, [])]
    for cell in NOTEBOOKS[edition][number].cells:
        if cell.cell_type == "code":
            found[-1][2].append(cell)
        else:
            matches = map(HEADING.fullmatch, cell.source.splitlines())
            found += [(match[1], int(match[2]), []) for match in matches if match]
    return found


def minutes(edition):
    """Return {(lesson, section): minutes} of all lessons, in order."""
    return {
        (number, name): length
        for number in NOTEBOOKS[edition]
        for name, length, _ in sections(edition, number)
        if name
    }


def told(edition, number):
    """Return all that a lesson shows: prose, code, outputs."""
    shown = []
    for cell in NOTEBOOKS[edition][number].cells:
        shown.append(cell.source)
        for output in cell.get("outputs", []):
            shown.append(output.get("text", ""))
            shown.append(output.get("data", {}).get("text/plain", ""))
            shown.append("\n".join(output.get("traceback", [])))
            shown.append(output.get("evalue", ""))
    return "\n".join(shown)


def numbers(words):
    """Return the numbers of a text, without commas for the thousands and without zeros behind."""
    found = re.findall(r"\d[\d,]*\.?\d*", words)
    return {float(number.replace(",", "").rstrip(".")) for number in found}


def clock(time):
    """Return the minutes of a time such as 1:04."""
    hours, rest = time.split(":")
    return 60 * int(hours) + int(rest)


# Run sheets


@both
def test_sections_and_minutes_are_those_of_the_lessons(edition):
    known = minutes(edition)
    for sheet in sheets(edition):
        for _, number, name, length, how, _ in sheet.rows:
            if number:
                assert known[number, name] == int(length), f"{sheet.name}: {number} {name}"
                assert how, f"{sheet.name}: {name} says not how"


@both
def test_times_run_on_and_add_up(edition):
    for sheet, length in zip(sheets(edition), LENGTHS, strict=True):
        now = 0
        for row in sheet.rows:
            assert clock(row[0]) == now, f"{sheet.name}: {row[2]} begins at {row[0]}"
            now += int(row[3])
        assert clock(sheet.end[0]) == int(sheet.end[3]) == now == length, sheet.name


@both
def test_sections_stand_in_the_order_of_the_course(edition):
    order = list(minutes(edition))
    for sheet in sheets(edition):
        places = [order.index(section) for section in sheet.sections]
        assert places == sorted(set(places)), sheet.name


@both
def test_skips_lead_to_a_section_at_its_own_time(edition):
    for sheet in sheets(edition):
        starts = {(row[1], row[2]): row[0] for row in sheet.rows}
        assert len(sheet.late) >= 2, sheet.name
        for time, number, name, left_out in sheet.late:
            assert starts[number, name] == time and left_out, f"{sheet.name}: {name}"


@both
def test_no_class_sits_too_long(edition):
    for sheet in sheets(edition):
        sitting = 0
        for _, number, name, length, _, _ in sheet.rows:
            sitting = 0 if re.match("Break|休憩", name) else sitting + int(length)
            assert sitting <= 85, f"{sheet.name}: a break before {name}"


def needed(cell):
    """Return the names that a code cell uses and those that it makes."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:  # a mistake on purpose
        return set(), set()
    used, made = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler):
            made.add(node.name)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
        elif isinstance(node, ast.alias):
            made.add(node.asname or node.name.split(".")[0])
    on_purpose = "raises-exception" in cell.metadata.get("tags", [])
    return (set() if on_purpose else used), made


def missing(edition, number, chosen):
    """Return the names that the chosen sections of a lesson use, but do not make."""
    made, used = set(dir(builtins)), set()
    for name, _, code in sections(edition, number):
        if name == "" or name in chosen:
            for cell in code:
                uses, makes = needed(cell)
                made |= makes
                used |= uses - made
    return used


@both
def test_who_types_needs_nothing_from_sections_left_out(edition):
    """A workbook has empty cells, so nobody can run there what the class has skipped."""
    for sheet in sheets(edition):
        for number in sorted({number for number, _ in sheet.sections}):
            rows = [row for row in sheet.rows if row[1] == number]
            if any(row[4] == TYPED[edition] for row in rows):
                assert not missing(edition, number, [row[2] for row in rows]), sheet.name


@pytest.mark.parametrize("number", NOTEBOOKS["en"])
def test_a_lesson_starts_cold(number):
    names = [name for name, _, _ in sections("en", number)]
    assert not missing("en", number, names)
    for cell in NOTEBOOKS["en"][number].cells:
        assert "load_network(MY_WORK" not in cell.source, "it needs a file of another lesson"


# Lessons


@both
def test_each_section_has_a_question(edition):
    asked = []
    for table in tables(edition):
        if table.columns[1] == QUESTIONS[edition] and len(table.columns) == 3:
            number = table.headings[-1][-2:]
            asked += [(number, row[0]) for row in table.rows]
            assert all(all(row) for row in table.rows), table
    assert asked == list(minutes(edition))


@both
def test_each_lesson_says_what_a_cold_starter_needs(edition):
    found = lesson_blocks(edition)
    assert list(found) == list(NOTEBOOKS[edition])
    for number, block in found.items():
        if number != "00":
            assert len(re.findall(r"^- ", block, re.MULTILINE)) == 2, number


@both
def test_numbers_of_a_lesson_stand_in_the_lesson(edition):
    for number, block in lesson_blocks(edition).items():
        block = re.sub(r"\]\([^)]*\)", "", block)  # addresses
        known = numbers(told(edition, number)) | numbers(told("en", number))
        known |= {float(n) for n in range(10)}
        unknown = numbers(block) - known - GUESSES.get(number, set())
        assert not unknown, f"lesson {number}: {sorted(unknown)}"


# What learners answer wrongly, a time that the guide gives, and sums of numbers of the lesson.
GUESSES = {
    "01": {5.33},
    "04": {53.6},
    "09": {23},
}


@both
def test_each_mistake_has_a_cause_and_a_cure(edition):
    found = [table for table in tables(edition) if table.columns[0] == MISTAKES[edition]]
    numbers = [table.headings[-1][-2:] for table in found]
    assert [number for number in numbers if number.isdigit()] == list(NOTEBOOKS[edition])[1:]
    for table in found:
        assert table.rows and all(len(row) == 3 and all(row) for row in table.rows), table


# Set-up


@both
def test_words_to_read_out_are_explained(edition):
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", text(edition), re.MULTILINE))
    assert {name.upper() for name in doctor.CHECKS} <= explained


@both
def test_commands_are_there(edition):
    page = text(edition)
    modules = set(re.findall(r"python -m ((?:course|helpers|tools|benchmarks)[.\w]*\w)", page))
    assert {"course.doctor", "course.copy_along", "tools.slides"} <= modules
    missing_ones = [module for module in modules if not importlib.util.find_spec(module)]
    assert not missing_ones


@pytest.mark.parametrize("fact", ["323 MB", "497 MB", "1,797", "3.11", "requirements.txt"])
def test_facts_are_those_of_the_other_pages(fact):
    for end in ".md", ".ja.md":
        pages = [ROOT / f"README{end}", ROOT / "docs" / f"measurements{end}"]
        assert fact in "".join(page.read_text(encoding="utf-8") for page in pages), end
    assert all(fact in text(edition) for edition in PAGES)


def test_thirty_downloads_are_thirty_times_one():
    assert "12 MB" in told("en", "07")
    assert all("12 MB" in text(edition) and f"{30 * 12} MB" in text(edition) for edition in PAGES)


# Both editions


def test_run_sheets_are_the_same_in_both_editions():
    for english, japanese in pairs(sheets("en"), sheets("ja")):
        assert english.end[::3] == japanese.end[::3]
        for ones, others in ((english.rows, japanese.rows), (english.late, japanese.late)):
            for one, other in pairs(ones, others):
                assert alike("en", one) == alike("ja", other), f"{one}\n{other}"


def alike(edition, row):
    """Return what a row of a sheet has in common with its twin: no words, but their places."""
    start, number, name, *others = row
    place = list(minutes(edition)).index((number, name)) if number else None
    digits = others[0] if others[0].isdigit() else ""
    return start, number, place, digits, list(map(bool, others))


def pairs(ones, others):
    """Return both lists in pairs; they must be equally long."""
    return list(zip(ones, others, strict=True))


def test_both_editions_have_the_same_tables():
    for english, japanese in zip(tables("en"), tables("ja"), strict=True):
        assert len(english.columns) == len(japanese.columns), japanese
        assert len(english.rows) == len(japanese.rows), japanese


def test_both_editions_say_the_same_numbers_and_code():
    for (heading, english), (name, japanese) in pairs(blocks("en").items(), blocks("ja").items()):
        for differs in (large, code, items):
            assert differs(english) == differs(japanese), f"{heading}, {name}"


def large(block):
    """Return the numbers above 9, or with a point: the others may be words."""
    return {number for number in numbers(re.sub(r"\]\([^)]*\)", "", block)) if number not in SMALL}


SMALL = {*map(float, range(11)), 30.0, 40.0, 50.0, 100.0, 150.0}  # "thirty", "forty"


def code(block):
    """Return the pieces of code, without those that name a language or hold words of it."""
    found = re.findall(r"`([^`]+)`", re.sub(r"\]\([^)]*\)", "", block))
    return {piece for piece in found if not re.search(r"copy_along[ .]", piece)}


def items(block):
    """Return how many headings, steps and points a block has."""
    return [len(re.findall(mark, block, re.MULTILINE)) for mark in (r"^### ", r"^\d\. ", r"^- ")]


@both
def test_links_and_contents_lead_somewhere(edition):
    page = PAGES[edition].read_text(encoding="utf-8")
    anchors = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text(edition), re.M)}
    linked = set(re.findall(r"\]\(#([^)]+)\)", page))
    assert linked <= anchors, linked - anchors
    missing_ones = {anchor(heading) for heading in blocks(edition)} - linked
    assert not missing_ones, f"not in the contents: {missing_ones}"
    for address in re.findall(r"\]\(([^)#]+)\)", page):
        assert (PAGES[edition].parent / unquote(address)).is_file(), address


def anchor(heading):
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@both
def test_style(edition):
    page = PAGES[edition].read_text(encoding="utf-8")
    assert "—" not in page and "–" not in page
    assert not re.search("[０-９Ａ-Ｚａ-ｚ]", page), "full-width digits or letters"
    if edition == "ja":
        prose = re.sub(r"`[^`]*`", "", text("ja"))
        assert not re.search(r"[ぁ-んァ-ヶ一-龠][,.!?;:]", prose), "half-width punctuation"


@both
def test_questionnaires_ask_the_same(edition):
    pasted = re.findall(r"^```text\n(.*?)^```$", PAGES[edition].read_text("utf-8"), re.M | re.S)
    assert [len(piece.splitlines()) for piece in pasted] == [6, 7]
