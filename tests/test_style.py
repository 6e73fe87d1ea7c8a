"""The rules of style that a machine can see, one test for each."""

import ast
import difflib
import functools
import re
import statistics
import sys
from itertools import groupby, pairwise
from types import SimpleNamespace

import nbformat
import pytest
from lessons import (
    EDITIONS,
    ROOT,
    TAUGHT,
    alt_texts,
    bare,
    complain,
    definitions,
    every_lesson,
    every_taught_lesson,
    headings,
    links,
    tagged,
    tree,
    words,
)

# What each module of helpers may import: from other packages (the standard library is free), and
# from helpers. No widgets, and nothing from course: helpers is what learners type and import.
IMPORTS = {
    "checks": ("numpy", ""),
    "convolution": ("numpy", "checks layers"),
    "datasets": ("numpy", "folders mnist"),
    "folders": ("", ""),
    "gradients": ("numpy", "checks"),
    "layers": ("numpy", "checks"),
    "losses": ("numpy", "checks"),
    "mnist": ("requests", "folders"),
    "network": ("numpy", "checks"),
    "optimizers": ("numpy", "checks"),
    "plots": ("IPython matplotlib numpy", "losses plots"),
    "progress": ("IPython matplotlib numpy", "plots"),
    "saving": ("numpy", "convolution folders layers network"),
    "training": ("numpy", "checks losses progress"),
}

OUT_OF_HELPERS = ("course", "tools", "tests", "ipywidgets", "anywidget", "traitlets")

# Write it, then import it: what lessons import from these helpers has been typed before.
TYPED_HELPERS = (
    "layers", "losses", "network", "optimizers", "training", "gradients", "convolution",
)  # fmt: skip

# What code cells must not hold, and what to do instead.
FORBIDDEN = {
    r";[ \t]*$": "ends a line with a semicolon: leave it out",
    r"^ *%matplotlib": "has %matplotlib: pictures appear without it",
    r"\bnp\.random\.(?!default_rng)": "uses np.random: use rng = np.random.default_rng(seed)",
    r"\bnp\.dot\b": "uses np.dot: use @",
    r"\bimport \*": "imports *: name what you import",
    r"\bsys\.path\b": "touches sys.path: helpers are installed, import them",
}

# The ids of the last three cells of a lesson.
CLOSING = ["recap", "words", "next"]

HELPERS = sorted((ROOT / "helpers").rglob("*.py"))
COURSE = sorted((ROOT / "course").rglob("*.py"))
TOOLS = sorted((ROOT / "tools").rglob("*.py"))
LINES = dict.fromkeys(HELPERS, 150) | dict.fromkeys(COURSE, 400)  # at most, without docstrings
LINES[ROOT / "helpers" / "mnist.py"] = 220  # finding, fetching and checking the files is one thing
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef


# Lessons: the code


def test_lessons_were_found():
    assert EDITIONS["en"], "There is no lesson in notebooks/en."
    assert EDITIONS["ja"], "There is no lesson in notebooks/ja."
    assert TAUGHT, "There is no lesson but 00."


@every_lesson
def test_the_file_is_a_valid_notebook(lesson):
    nbformat.validate(nbformat.read(lesson.path, as_version=4))


@every_lesson
def test_code_cells_have_at_most_15_lines_of_72_columns(lesson):
    long = [cell for cell in lesson.code if len(re.findall(r"^.*\S", cell.source, re.M)) > 15]
    wide = [cell for cell in lesson.code if re.search(r".{73}", cell.source)]
    complain(lesson, long, "has more than 15 lines: make it two cells, with prose between them")
    complain(lesson, wide, "has a line of more than 72 columns: break it")


@every_lesson
def test_at_most_two_code_cells_in_a_row(lesson):
    runs = [list(run) for _, run in groupby(lesson.cells, lambda cell: cell.cell_type)]
    third = [run[2] for run in runs if run[0].cell_type == "code" and len(run) > 2]
    complain(lesson, third, "is the third code cell in a row: put a sentence before it")


@every_taught_lesson
def test_20_to_40_code_cells(lesson):
    needed = [cell for cell in lesson.code if not cell.source.startswith("demos.")]
    assert 20 <= len(needed) <= 40, f"{lesson} has {len(needed)} code cells without its demos."


@every_lesson
def test_first_code_cell_holds_the_imports(lesson):
    late = [cell for cell in lesson.code[1:] if imported(tree(cell))]
    wrong = [c for c in late if not (tagged(c, "given") and is_standard(imported(tree(c))))]
    complain(
        lesson,
        wrong,
        "imports: do that in the lesson's first code cell (only a cell tagged `given` may, "
        "and only from the standard library)",
    )


@every_lesson
def test_the_tools_that_the_prose_names_are_imported(lesson):
    there = set(re.findall(r"\w+", lesson.code[0].source))
    named = [cell for cell in lesson.markdown if cell.id == "setup"]
    missing = [cell for cell in named if not set(re.findall(r"`(\w+)`", cell.source)) <= there]
    complain(lesson, missing, "names in `code` what the first code cell does not import")


def imported(module):
    """Return the modules that a syntax tree imports, with dots."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module in ("helpers", "course"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
    return found


def is_standard(modules):
    """Return whether all modules belong to the standard library."""
    return {name.split(".")[0] for name in modules} <= sys.stdlib_module_names


@every_lesson
def test_drawing_cells_end_in_show(lesson):
    drawing = [cell for cell in lesson.code[1:] if draws(tree(cell))]
    unseen = [cell for cell in drawing if ast.unparse(tree(cell).body[-1]) != "plt.show()"]
    complain(lesson, unseen, "draws: make plt.show() its last line")


def draws(node):
    """Return whether plt or plots is called now, not in a function for later."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
        return False
    if isinstance(node, ast.Call) and re.match(r"(plt|plots)\.\w+$", ast.unparse(node.func)):
        return True
    return any(draws(child) for child in ast.iter_child_nodes(node))


@every_lesson
def test_code_avoids(lesson):
    for pattern, advice in FORBIDDEN.items():
        found = [cell for cell in lesson.code if re.search(pattern, cell.source, re.MULTILINE)]
        complain(lesson, found, advice)


# Lessons: the outputs


@every_lesson
def test_executed_from_top_to_bottom(lesson):
    wrong = [cell for n, cell in enumerate(lesson.code, 1) if cell.execution_count != n]
    complain(lesson, wrong[:1], "was not executed in its turn: run tools/notebooks.py build")


@every_lesson
def test_errors_only_where_they_are_the_lesson(lesson):
    failed = [cell for cell in lesson.code if "error" in [o.output_type for o in cell.outputs]]
    unmeant = [cell for cell in failed if not tagged(cell, "raises-exception")]
    complain(lesson, unmeant, "stores an error: repair it, or tag the cell `raises-exception`")


@every_lesson
def test_outputs_are_the_same_everywhere(lesson):
    changing = re.compile(r"\bnp\.((float|int|uint|bool|str)\w*\(|True_|False_)|\bat 0x[0-9a-f]+")
    found = [cell for cell in lesson.code if changing.search(shown(cell))]
    complain(lesson, found, "shows a bare NumPy number or an address: print it with an f-string")


def shown(cell):
    """Return all text that a code cell's outputs show."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts += [output.get("text", ""), *output.get("traceback", [])]
        parts += [data[kind] for kind in data if kind.startswith("text/")]
    return "\n".join(parts)


@every_lesson
def test_pictures_are_png(lesson):
    kinds = {cell.id: {k for o in cell.outputs for k in o.get("data", {})} for cell in lesson.code}
    svg = [cell for cell in lesson.code if "image/svg+xml" in kinds[cell.id]]
    complain(lesson, svg, "shows an SVG picture, which tests cannot compare: show a PNG")


# Lessons: the prose


@every_lesson
def test_images_say_what_is_seen(lesson):
    silent = [c for c in lesson.markdown if any(words(alt) < 3 for alt in alt_texts(c.source))]
    complain(lesson, silent, "has an image without alt text of three words or more")


@every_lesson
def test_minutes_of_the_sections_add_up(lesson):
    """The head says "40 minutes" or 「40 分」, and each ## heading ends in (8 min) or （8 分）."""
    untimed = [c for c in lesson.markdown if None in section_minutes(c) and c.id not in CLOSING]
    complain(lesson, untimed, "has a ## heading that does not end in (8 min) or （8 分）")
    total = re.search(r"(\d+) (minutes|分)", head(lesson))
    assert total, f'{lesson}: the head must say how long it takes: "40 minutes" or 「40 分」.'
    minutes = [m for cell in lesson.markdown for m in section_minutes(cell) if m is not None]
    assert sum(minutes) == int(total[1]), (
        f"{lesson}: the head says {total[1]} minutes, but the sections take {sum(minutes)}."
    )


def section_minutes(cell):
    """Return the minutes of each ## heading of a Markdown cell, None where it has none."""
    titles = [title for level, title in headings(cell.source) if level == 2]
    found = [re.search(r"\((\d+) min\)$|（(\d+) 分）$", title) for title in titles]
    return [int(match[1] or match[2]) if match else None for match in found]


def head(lesson):
    """Return the Markdown text before the first ## heading."""
    return re.split(r"^## ", "\n".join(c.source for c in lesson.markdown), flags=re.MULTILINE)[0]


@every_taught_lesson
def test_closes_with_recap_words_and_next(lesson):
    last = [cell.id for cell in lesson.cells[-3:]]
    assert last == CLOSING, f"{lesson}: the last three cells must have the ids {CLOSING}."
    following = [other for other in EDITIONS[lesson.edition] if other.number > lesson.number]
    home = {"en": "../../README.md", "ja": "../../README.ja.md"}[lesson.edition]
    target = following[0].path.name if following else home
    assert target in links(lesson.cells[-1].source), f"{lesson}, cell next: must link to {target}."


@every_lesson
def test_details_are_closed(lesson):
    uneven = [
        cell
        for cell in lesson.markdown
        if len(re.findall(r"<details\b", cell.source)) != cell.source.count("</details>")
    ]
    complain(lesson, uneven, "opens <details> without </details>, or the other way round")


@every_taught_lesson
def test_each_exercise_has_a_folded_hint_or_solution(lesson):
    cells = lesson.markdown
    starts = [n for n, cell in enumerate(cells) if cell.id.startswith("exercise-")]
    assert starts, f"{lesson} has no exercise: give a Markdown cell an id such as exercise-1."
    unsolved = []
    for start, end in pairwise([*starts, len(cells)]):
        if not any("<details" in cell.source for cell in cells[start + 1 : end]):
            unsolved.append(cells[start])
    complain(lesson, unsolved, "is an exercise: put a Markdown cell with <details> after it")


@every_lesson
def test_enough_prose(lesson):
    before, counts = 0, []
    for cell in lesson.cells:
        if cell.cell_type == "code":
            counts.append(before)
            before = 0
        else:
            before += words(cell.source)
    median = statistics.median(counts)
    assert median >= 30, f"{lesson} has {median:.0f} words before a code cell (median), not 30."


# The two packages


@functools.cache
def parse(path):
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def module_name(path):
    """Return the name under which a Python file is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_helpers_is_small():
    """What a learner types and imports can be read in an evening."""
    assert {path.name for path in (ROOT / "helpers").glob("*.py")} == (
        {f"{name}.py" for name in IMPORTS if name != "plots"} | {"__init__.py"}
    ), "helpers has another module now: say in IMPORTS what it may import."
    assert len(IMPORTS) <= 17, "helpers has more than 16 modules and plots."
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in HELPERS)
    assert lines <= 3500, f"helpers has {lines} lines."


@pytest.mark.parametrize("name", IMPORTS)
def test_imports_of_helpers(name):
    outside, inside = (set(names.split()) for names in IMPORTS[name])
    allowed = outside | {f"helpers.{name}" for name in inside}
    paths = [path for path in HELPERS if module_name(path).split(".")[1:2] == [name]]
    found = [one.split(".") for path in paths for one in imported(parse(path))]
    roots = {".".join(parts[: 1 + (parts[0] == "helpers")]) for parts in found}
    surprising = roots - sys.stdlib_module_names - allowed
    assert paths and not surprising, f"{name} imports {surprising}, which IMPORTS does not allow."


def test_helpers_never_imports_course():
    wrong = [
        f"{module_name(path)} imports {name}"
        for path in HELPERS
        for name in imported(parse(path))
        if name.split(".")[0] in OUT_OF_HELPERS
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_run_in_no_circle():
    """Imports at the top of a module; one inside a function is late on purpose."""
    modules = {module_name(path): path for path in [*HELPERS, *COURSE]}
    arrows = {name: set(arrows_of(path, modules)) for name, path in modules.items()}
    done = set()
    while ready := {name for name in arrows if name not in done and arrows[name] <= done}:
        done |= ready
    circle = {name: sorted(arrows[name] - done) for name in arrows if name not in done}
    assert arrows["helpers.training"] >= {"helpers.losses"} and not circle, circle


def arrows_of(path, modules):
    """Give the modules of the two packages that a module imports at its top."""
    for node in parse(path).body:
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (
                name if name in modules else node.module
                for name in names
                if name in modules or node.module in modules
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)


def test_modules_and_functions_are_short():
    wrong = []
    for path, most in LINES.items():
        documented = [node for node in ast.walk(parse(path)) if isinstance(node, DOCUMENTED)]
        length = len(path.read_text(encoding="utf-8").splitlines())
        length -= sum(docstring_lines(node) for node in documented)
        if length > most:
            wrong.append(f"{module_name(path)} has {length} lines without docstrings, not {most}.")
        for node in documented:
            if isinstance(node, ast.FunctionDef):
                lines = node.end_lineno - node.lineno + 1 - docstring_lines(node)
                if lines > 25:
                    wrong.append(f"{module_name(path)}: {node.name} has {lines} lines, not 25.")
    assert not wrong, "\n".join(wrong)


def docstring_lines(node):
    """Return how many lines the docstring of a module, class or function takes."""
    if ast.get_docstring(node) is None:
        return 0
    return node.body[0].end_lineno - node.body[0].lineno + 1


def test_what_is_public_has_a_docstring():
    silent = [module_name(path) for path in LINES if not ast.get_docstring(parse(path))]
    for path in LINES:
        public = {name: node for name, node in definitions(parse(path)).items() if name[0] != "_"}
        silent += [
            f"{module_name(path)}.{n}" for n, node in public.items() if not ast.get_docstring(node)
        ]
    assert not silent, f"no docstring: {silent}"


def test_text_files_have_an_encoding():
    unsafe = []
    for path in [*HELPERS, *COURSE, *TOOLS]:
        calls = [node for node in ast.walk(parse(path)) if isinstance(node, ast.Call)]
        opening = re.compile(r"(?<!archive\.)\b(open|read_text|write_text)$")
        opened = [ast.unparse(node) for node in calls if opening.search(ast.unparse(node.func))]
        safe = re.compile(r"""encoding=|['"](utf-8|[rwxa]b\+?)['"]""")
        unsafe += [f"{path.name}: {call}" for call in opened if not safe.search(call)]
    assert not unsafe, f'give encoding="utf-8" to {unsafe}.'


# Write it, then import it


def test_lessons_import_only_what_was_typed_before():
    helpers = {name: definitions(parse(ROOT / f"helpers/{name}.py")) for name in TYPED_HELPERS}
    problems = list(untyped(EDITIONS["en"], helpers))
    assert not problems, "\n".join(problems)


def untyped(lessons, helpers):
    """Give a line for each imported name that no earlier cell defines in the helper's words."""
    typed = {}
    for lesson in lessons:
        for cell in lesson.code:
            for module, name in typed_imports(cell):
                for problem in compare(helpers[module].get(name), typed.get(name, [])):
                    yield f"{lesson.number} {cell.id}: imports {name}, {problem}"
            for name, node in definitions(tree(cell)).items():
                typed.setdefault(name, []).append(bare(node))


def typed_imports(cell):
    """Give (helper, name) for each import of what learners type; a whole helper is no name."""
    for node in ast.walk(tree(cell)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            source = getattr(node, "module", None) or ""
            for alias in node.names:
                if source.removeprefix("helpers.") in TYPED_HELPERS:
                    yield source.removeprefix("helpers."), alias.name
                elif alias.name.removeprefix("helpers.") in TYPED_HELPERS:
                    yield alias.name.removeprefix("helpers."), "a whole helper"


def compare(expected, typed):
    """Give what is wrong, if the definition has not been typed in the words expected."""
    if expected is None:
        yield "which is not a function or class"
    elif not typed:
        yield "which no earlier cell defines"
    elif all(bare(expected, words) != words for words in typed):
        words = bare(expected, typed[-1]).splitlines(), typed[-1].splitlines()
        lines = difflib.unified_diff(*words, "helper", "lesson", lineterm="")
        yield "which an earlier cell defines in other words:\n" + "\n".join(lines)


HELPER = '''
class Affine:
    """Weighted sums."""

    def __init__(self, W: list, *layers):
        check_count("inputs", W)
        if W is None:
            raise ValueError("no")
        for layer in layers:
            check_layer(layer)
        self.W: list = W

    def forward(self, x: float) -> float:
        """Return y."""
        assert x > 0
        try:
            with np.errstate(over="ignore"):
                y = x * self.W
        finally:
            self.y = y
        return y
'''
TYPED = """
class Affine:
    def __init__(self, W, *layers):
        self.W = W

    def forward(self, x):
        y = x * self.W  # (N, H)
        self.y = y
        return y
"""
OTHER = TYPED.replace("x * self.W", "x + self.W")
IMPORT = "from helpers.layers import Affine"


def lesson(number, *sources):
    """Return a lesson, as far as the comparison reads one."""
    return SimpleNamespace(number=number, code=[nbformat.v4.new_code_cell(s) for s in sources])


@pytest.mark.parametrize(
    "lessons, problem",
    [
        ([lesson("06", TYPED), lesson("07", IMPORT)], None),
        ([lesson("06", "class Affine: pass", TYPED), lesson("07", IMPORT)], None),
        ([lesson("06", TYPED, IMPORT)], None),
        ([lesson("06", IMPORT, TYPED)], "no earlier cell defines"),
        ([lesson("07", IMPORT)], "no earlier cell defines"),
        ([lesson("06", OTHER), lesson("07", IMPORT)], "in other words"),
        ([lesson("07", "from helpers import layers")], "a whole helper"),
        ([lesson("07", "import helpers.layers as l")], "a whole helper"),
        ([lesson("07", "from helpers.layers import gone")], "not a function or class"),
    ],
)
def test_the_comparison_of_typed_and_imported(lessons, problem):
    helpers = {"layers": definitions(ast.parse(HELPER))}
    found = list(untyped(lessons, helpers))
    assert not found if problem is None else problem in found[0]


WITH_OPTIONS = """
def train(network, x, epochs, loss=None, names=("a", "b"), *, other=None):
    check_data(x, loss)
    loss = loss or CrossEntropy()
    with Progress(epochs, names=names, accuracy=has_labels(loss, x)) as progress:
        for epoch in range(epochs):
            step(network, x, loss)
            if other is not None and epoch:
                return other(x)
            progress.epoch(evaluate(network, x, criterion=loss), (other or evaluate)(x))
    return progress
"""
WITHOUT_OPTIONS = """
def train(network, x, epochs):
    loss = CrossEntropy()
    with Progress(epochs) as progress:
        for epoch in range(epochs):
            step(network, x, loss)
            progress.epoch(evaluate(network, x), evaluate(x))
    return progress
"""


def same(helper, lesson):
    """Return whether the helper is the lesson's function, its optional parameters put aside."""
    words = bare(ast.parse(lesson))
    return not list(compare(*definitions(ast.parse(helper)).values(), [words]))


def test_optional_parameters_that_the_lesson_lacks_are_put_aside():
    assert same(WITH_OPTIONS, WITHOUT_OPTIONS)
    assert same("def f(x, p=None): return p or x or 0", "def f(x): return x or 0")
    assert same("def f(x, p=None): return g(p, x)", "def f(x, p=None): return g(p, x)")
    assert same(
        "class A:\n def f(self, x, p=None):\n  return g(x, p=p)",
        "class A:\n def f(self, x):\n  return g(x)",
    )


@pytest.mark.parametrize(
    "words, others",
    [
        ("x, loss)\n            if", "x)\n            if"),
        ("step(network, x, loss)", "step(network, 2 * x, loss)"),
        ("CrossEntropy()", "MeanSquaredError()"),
        ("return progress", "return progress.history"),
        ("x, epochs, loss=None", "x, epochs=3, loss=None"),
        ("network, x, epochs", "x, network, epochs"),
        ("loss=None, names", "loss, names"),
        ("Progress(epochs, names=names", "Progress(epochs, names"),
        ("names=names", "names=3"),
        ("if other is not None and epoch", "if other is None and epoch"),
        ("if other is not None and epoch", "if other is not None or epoch"),
        ("if other is not None and epoch", "if other is not None and epoch or x"),
        ("if other is not None and epoch", "if names is not None and epoch"),
        ("if other is not None and epoch", "if loss is not None and epoch"),
        ("if other is not None and epoch", "if network is not None and epoch"),
        ("                return other(x)", "                return other(x)\n            else: y"),
        ("(other or evaluate)", "(other and evaluate)"),
        ("(other or evaluate)", "(evaluate or other)"),
        ("(other or evaluate)", "(names or evaluate)"),
        ("(other or evaluate)", "(loss or evaluate)"),
        ("(other or evaluate)", "(x or evaluate)"),
        ("    return progress\n", "    other = x\n    return progress\n"),
        ("    loss = loss or", "    loss = x\n    loss = loss or"),
        ("            step(", "            loss = loss or CrossEntropy()\n            step("),
    ],
)
def test_a_changed_body_is_found_behind_optional_parameters(words, others):
    assert WITH_OPTIONS.count(words) == 1
    assert not same(WITH_OPTIONS.replace(words, others), WITHOUT_OPTIONS)


def test_parameters_in_the_middle_are_not_put_aside():
    """A call that gives the last one by its place would mean another one."""
    assert not same("def f(x, p=None, y=1): return x + y", "def f(x, y=1): return x + y")
    assert not same("def f(x, y=1): return x", "def f(x, y=1, p=None): return x")
