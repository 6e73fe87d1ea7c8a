"""The comparison of typed cells with the lesson: mistakes made on purpose, in every lesson."""

import time

import pytest

from benchmarks import copy_along, layouts, typos
from course.copy_along import review
from course.texts import COPY_ALONG, LANGUAGES

CELLS = copy_along.cells()
SOME = 60  # of each kind; benchmarks/copy_along.py makes all of them
LOOP = 'for i in range(3):\n    print(f"{i} and {i + 1}")\nw = x @ y\n'


@pytest.fixture(scope="module")
def counted():
    """Count for each kind of mistake how often the review is right."""
    return {
        make: copy_along.judge(copy_along.examples(CELLS, make, SOME), kind)
        for make, kind in typos.KINDS.items()
    }


@pytest.mark.slow
def test_the_lessons_hold_thousands_of_possible_mistakes(counted):
    assert sum(counts["typos"] for counts in counted.values()) > 1000
    assert all(counts["typos"] >= 10 for counts in counted.values())


@pytest.mark.slow
def test_the_right_line_is_named(counted):
    counts = sum(counted.values(), start=copy_along.Counter())
    assert counts["line"] >= 0.98 * counts["typos"]


@pytest.mark.slow
@pytest.mark.parametrize("make", typos.KINDS, ids=lambda make: make.__name__)
def test_the_right_kind_is_named(counted, make):
    counts = counted[make]
    assert counts["kind"] >= 0.9 * counts["typos"]


@pytest.mark.slow
def test_no_changed_meaning_matches(counted):
    assert sum(counts["missed"] for counts in counted.values()) == 0


def test_other_layouts_match():
    variants = [(code, variant) for code in CELLS for variant in layouts.variants(code)]
    variants += layouts.formatted(CELLS)
    assert len(variants) > 3 * len(CELLS)
    wrong = [variant for code, variant in variants if not review(variant, code).matches]
    assert not wrong, wrong[0]


@pytest.mark.parametrize(
    "typed, lesson, matches",
    [
        ("x=1.", "x = 1.0", True),
        ("x = 1_000", "x = 1000", True),
        ("x = 1", "x = 1.0", False),
        ("x = (1,)", "x = (1)", False),
        ("f( a , b , )", "f(a, b)", True),
        ("x = 'a'  # b", 'x = "a"', True),
        ("x = 'A'", 'x = "a"', False),
        ("x = [1,\n  2]", "x = [1, 2]", True),
        ("x = -0.0", "x = 0.0", False),
        ("x = True", "x = 1", False),
        ('f"a"', '"a"', True),
        ('f"{a}"', '"{a}"', False),
        ("if a:\n\tb", "if a:\n    b", True),
        ("if a:\n    b\nc", "if a:\n    b\n    c", False),
        ("a\r\nb", "a\nb", True),
        ("a\rb", "a\nb", True),
        ("x = u'a'", "x = 'a'", True),
        ("x = (7\n% 3)", "x = 7 % 3", True),
        ("a;b", "a\nb", True),
        ("%time a", "%time a", True),
        ("%time b", "%time a", False),
        ("", "a", False),
        ("# a", "a", False),
        ("for i in range(5)\n  print(i)", "for i in range(5)\n    print(i)", True),
        ("for i in range(5)\nprint(i)", "for i in range(5)\n    print(i)", False),
        ("for i in range(5):\n    print(i)", "for i in range(5)\n    print(i)", False),
        ("\uff50rint(1)", "print(1)", True),  # so it does for Python
        ("x = '\uff11'", "x = '1'", False),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_matches(typed, lesson, matches, language):
    answer = review(typed, lesson, language)
    assert answer.matches == matches
    assert answer.message


@pytest.mark.parametrize(
    "typed, lesson, kind, line",
    [
        ("", "a = 1", "empty", None),
        ("a = ____", "a = 1", "gap", 1),
        ("a = 1\nb = 3\n", "a = 1\nb = 2\n", "number", 2),
        ("a = 'red'", "a = 'blue'", "text", 1),
        (LOOP.replace('f"', '"'), LOOP, "f-string", 2),
        (LOOP.replace("@", "%"), LOOP, "operator", 3),
        (LOOP + "print(1)", LOOP, "line-extra", 4),
        ("b = 2\na = 1", "a = 1\nb = 2", "line-order", 1),
        (LOOP.replace("for i", "fori"), LOOP, "space", 1),
        (LOOP.replace("range", "sum"), LOOP, "name", 1),
        ("a = 1 \u00d7 2", "a = 1 * 2", "look-alike", 1),
        ("a =\u00a01", "a = 1", "look-alike", 1),
        ("a = [1, 2]\nb = (3)", "a = [1, 2]\nb = (3,)", "comma", 2),
        ("\u3053\u308c = 1", "a = 1", "japanese-input", 1),
        ("x = '\uff11'", "x = '1'", "full-width", 1),
        ("reshape(2, 3)", "reshape(3, 2)", "matrix", 1),
        ("x[\n0] = 1\nx = np.zeros((2, 3))", "x[0] = 1\nx = np.zeros((3, 2))", "matrix", 3),
        ("# \u2028\u3042\r\nx = [[1, 3], [2, 4]]", "x = [[1, 2], [3, 4]]", "matrix", 2),
        ("#\rx = [[1, 3], [2, 4]]", "x = [[1, 2], [3, 4]]", "matrix", 2),
        ("print(f'{a}!')", "print(f'{a}')", "text", 1),
        ("import numpy", "import numpy as np", "missing", 1),
        ("something else", "a = 1", "different", 1),
        ("x = 1\n", "x = 1\nif x:\n    y = 2\n", "line-missing", 1),
    ],
)
def test_kinds_of_differences(typed, lesson, kind, line):
    answer = review(typed, lesson)
    assert (answer.matches, answer.kind, answer.line) == (False, kind, line)


def test_the_marks_show_the_difference():
    answer = review("x = [1, 2\ny = 3", "x = [1, 2]\ny = 3")
    assert answer.typed == (9, 9) and answer.lesson == (9, 10)
    answer = review("w = x * y", "w = x @ y")
    assert answer.typed == answer.lesson == (6, 7)


@pytest.mark.parametrize("language, wrong", [("en", "wrong"), ("ja", "間違")])
@pytest.mark.parametrize(
    "typed, lesson",
    [
        *(("w = 5", "w = 3"), ("w = -3", "w = 3"), ('w = "tab:red"', 'w = "tab:blue"')),
        *(('print(f"{w}!")', 'print(f"{w}")'), ('print(f"{w:.3f}")', 'print(f"{w:.2f}")')),
        ('print("a")', 'print(f"b")'),
    ],
)
def test_an_experiment_is_not_called_wrong(typed, lesson, language, wrong):
    answer = review(typed, lesson, language)
    assert answer.playful and not answer.matches
    assert wrong not in answer.message


@pytest.mark.parametrize(
    "typed, lesson",
    [
        *(("print(x))", "print(x)"), ("x = 1:", "x = 1"), ("f(a,,b)", "f(a,b)")),
        *(("x = = 1", "x = 1"), ("x..T", "x.T"), ("import numpy", "import numpy as np")),
        *(("print(f'{a}!')", "print(f'{a}')"), ("print(f'{a}')", "print(f'{a}!')")),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shows_an_empty_piece_of_code(typed, lesson, language):
    assert "``" not in review(typed, lesson, language).message


def test_another_name_is_no_experiment():
    assert not review("w = x", "w = y").playful


def test_a_huge_cell_is_not_compared_for_long():
    start = time.perf_counter()
    assert not review("x = 1\n" * 200_000, "x = 1\ny = 2").matches
    assert time.perf_counter() - start < 1  # hundreds of times as long, if it were compared


@pytest.mark.parametrize(
    "typed", ["\x00", "(" * 3000, "'" * 999, "\\", "f'{", "0x", "\ud800", "{{"]
)
def test_odd_texts_are_compared_too(typed):
    assert not review(typed, LOOP).matches
    assert not review(LOOP, typed).matches


def test_unknown_language():
    with pytest.raises(ValueError, match='"en" and "ja"'):
        review("a", "b", language="fr")


def test_every_message_is_used():
    sources = [copy_along.ROOT / "benchmarks" / "typos.py"]
    sources += (copy_along.ROOT / "course" / "copy_along").glob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    for key in COPY_ALONG.table:
        assert f'"{key.removesuffix("-space")}"' in code, key


def test_every_kind_has_a_message():
    for kind in set(typos.KINDS.values()):
        assert COPY_ALONG.say(kind, "ja", line=1, typed="a", lesson="b", plain="c")
