"""Typing mistakes, made on purpose: one for each place where a learner can make it.

Each function takes the code of a cell and gives (typed, line): the code with one mistake, and the
line where it is. It knows nothing of how the course finds mistakes.
"""

import ast
import io
import itertools
import re
import token as kinds
import tokenize
import types
import warnings

WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
KANA = {
    **{"pri": "ぷり", "ra": "ら", "ri": "り", "ru": "る", "re": "れ", "ro": "ろ", "ta": "た"},
    **{"to": "と", "te": "て", "na": "な", "ne": "ね", "no": "の", "nu": "ぬ", "ma": "ま"},
    **{"mo": "も", "me": "め", "ha": "は", "he": "へ", "so": "そ", "sa": "さ", "se": "せ"},
    **{"fo": "ふぉ", "de": "で", "do": "ど", "ba": "ば", "be": "べ", "bo": "ぼ", "pa": "ぱ"},
    **{"po": "ぽ", "pe": "ぺ", "pu": "ぷ", "wa": "わ", "we": "うぇ", "xi": "ぃ", "a": "あ"},
    **{"i": "い", "u": "う", "e": "え", "o": "お", ",": "、", ".": "。", "[": "「", "]": "」"},
    **{"/": "・", "-": "ー"},
}
OPERATORS = {"+", "-", "*", "/", "//", "%", "**", "@", "==", "<", ">", "=", "+=", "<=", ">="}


def tokens(code):
    """Return Python's own tokens: (text, kind, start, end) with places in the text."""
    lines = list(itertools.accumulate(map(len, code.splitlines(keepends=True)), initial=0))
    found = tokenize.generate_tokens(io.StringIO(code).readline)
    ends = (kinds.NEWLINE, tokenize.NL, kinds.ENDMARKER, kinds.INDENT, kinds.DEDENT)
    return [
        (t.string, t.type, lines[t.start[0] - 1] + t.start[1], lines[t.end[0] - 1] + t.end[1])
        for t in found
        if t.type not in ends
    ]


def put(code, start, end, new):
    """Return the code with another piece in it, and the line where that is."""
    return code[:start] + new + code[end:], code.count("\n", 0, start) + 1


def replaced(code, wanted, new):
    """Give the code with each token that is in `wanted` replaced."""
    for text, _, start, end in tokens(code):
        if text in wanted:
            yield put(code, start, end, new(text))


def names(code):
    return [t for t in tokens(code) if t[1] == kinds.NAME]


def texts(code):
    """Return the texts in quotes; in Python 3.12, f-strings come in parts and are put together."""
    found = re.finditer(r"""(?:\b[rf])?(?P<quote>["'])(?:\\.|[^\\\n])*?(?P=quote)""", code)
    return [(match["quote"], *match.span()) for match in found]


def full_width(code):
    for text, kind, start, end in tokens(code):
        if kind in (kinds.OP, kinds.NAME, kinds.NUMBER) and len(text) <= 2:
            yield put(code, start, end, "".join(map(WIDE.get, text)))
        elif kind == kinds.NAME:
            yield put(code, start, end, "".join(map(WIDE.get, text)))
            yield put(code, start, start + 1, WIDE[text[0]])
    for quote, start, end in texts(code):
        yield put(code, end - 1, end, WIDE[quote])
    for match in re.finditer(r"(?<=\S) (?=\S)", code):
        if not any(start < match.start() < end for _, start, end in texts(code)):
            yield put(code, *match.span(), "\u3000")


def curly_quotes(code):
    for quote, start, end in texts(code):
        opening = code.index(quote, start)
        curly = "\u201c\u201d" if quote == '"' else "\u2018\u2019"
        yield put(code, opening, end, curly[0] + code[opening + 1 : end - 1] + curly[1])
        yield put(code, end - 1, end, curly[1])


def missing_bracket(code):
    yield from replaced(code, set("()[]{}"), lambda text: "")


def extra_bracket(code):
    yield from replaced(code, set("()[]{}"), lambda text: text * 2)


def wrong_bracket(code):
    pairs = dict(zip("()[]{}", "[]()()", strict=True))
    yield from replaced(code, set(pairs), pairs.get)


def missing_quote(code):
    for quote, start, end in texts(code):
        opening = code.index(quote, start)
        yield put(code, opening, opening + 1, "")
        yield put(code, end - 1, end, "")


def extra_quote(code):
    for quote, _, end in texts(code):
        yield put(code, end, end, quote)


def missing_colon(code):
    yield from replaced(code, {":"}, lambda text: "")


def missing_comma(code):
    yield from replaced(code, {","}, lambda text: "")


def missing_operator(code):
    yield from replaced(code, OPERATORS, lambda text: "")


def single_equals(code):
    yield from replaced(code, {"=="}, lambda text: "=")


def star_for_at(code):
    yield from replaced(code, {"@"}, lambda text: "*")


def dot_for_comma(code):
    yield from replaced(code, {","}, lambda text: ".")
    yield from replaced(code, {"."}, lambda text: ",")


def lines(code):
    return code.splitlines(keepends=True)


def outside(code):
    """Return the numbers (0, 1, ...) of the lines that begin a statement."""
    found, depth, last = [], 0, -1
    for text, _, start, _ in tokens(code):
        line = code.count("\n", 0, start)
        if line != last and depth == 0:
            found.append(line)
        depth += (text in "([{") - (text in ")]}")
        last = line + text.count("\n")
    return found


def missing_indentation(code):
    for number in outside(code):
        line = lines(code)[number]
        for width in {1, 2, 4, len(line) - len(line.lstrip())}:
            if line.startswith(" " * width):
                yield changed(code, number, line[width:])


def extra_indentation(code):
    for number in outside(code):
        for width in (1, 2, 4):
            yield changed(code, number, " " * width + lines(code)[number])


def tab(code):
    indented = [n for n in outside(code) if lines(code)[n].startswith("    ")]
    for number in indented if len(indented) > 2 else []:
        yield changed(code, number, lines(code)[number].replace("    ", "\t", 1))


def changed(code, number, line):
    """Return the code with another line in it, and the line's number."""
    found = lines(code)
    found[number] = line
    return "".join(found), number + 1


def digit_letter(code):
    letters = {"1": "lI", "0": "O", "l": "1", "I": "1", "O": "0", "o": "0"}
    for text, kind, start, _ in tokens(code):
        if kind in (kinds.NAME, kinds.NUMBER):
            for place, letter in enumerate(text):
                for other in letters.get(letter, ""):
                    yield put(code, start + place, start + place + 1, other)


def other_case(code):
    for text, _, start, end in names(code):
        yield put(code, start, start + 1, text[0].swapcase())
        yield put(code, start, end, text.swapcase())


def transposed_letters(code):
    for text, _, start, _ in names(code):
        for place in range(len(text) - 1):
            if text[place] != text[place + 1]:
                yield put(code, start + place, start + place + 2, text[place : place + 2][::-1])


def missing_letter(code):
    for text, _, start, _ in names(code):
        for place in range(len(text) if len(text) > 1 else 0):
            yield put(code, start + place, start + place + 1, "")


def doubled_letter(code):
    for text, _, start, _ in names(code):
        for place in range(len(text) if len(text) > 1 else 0):
            yield put(code, start + place, start + place, text[place])


def swapped_matrix(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.List) and all(isinstance(row, ast.List) for row in node.elts):
            if len({len(row.elts) for row in node.elts}) == 1 and node.elts[0].elts:
                rows = zip(*[[ast.unparse(x) for x in row.elts] for row in node.elts], strict=True)
                new = "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]"
                yield put(code, *place(code, node), new)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
            if len(node.slice.elts) == 2:
                index = [ast.get_source_segment(code, part) or ":" for part in node.slice.elts]
                yield put(code, *place(code, node.slice), ", ".join(index[::-1]))


def place(code, node):
    """Return where a part of the syntax tree begins and ends (the code is ASCII)."""
    starts = list(itertools.accumulate(map(len, lines(code)), initial=0))
    begin = starts[node.lineno - 1] + node.col_offset
    return begin, starts[node.end_lineno - 1] + node.end_col_offset


def skipped_line(code):
    found, starts = lines(code), outside(code)
    for number, after in itertools.pairwise([*starts, len(found)]):
        if len(starts) > 1:
            rest = "".join(found[:number] + found[after:])
            if number < len(found) and rest.strip():
                blank = len(re.match(r"\n*", "".join(found[after:]) or "x")[0])
                yield rest, min(number + 1 + blank, len(rest.rstrip().splitlines()))


def joined_lines(code):
    found = lines(code)
    for number in outside(code)[1:]:
        if found[number - 1].strip():
            before = "".join(found[:number]).rstrip("\n")
            rest = "".join([found[number].lstrip(), *found[number + 1 :]])
            yield before + " " + rest, number


def old_print(code):
    for match in re.finditer(r"^( *print)\((.*)\)$", code, re.MULTILINE):
        try:
            ast.parse(match[0].strip())
        except SyntaxError:
            continue
        yield put(code, *match.span(), f"{match[1]} {match[2]}".rstrip())


def stray_prompt(code):
    for number in outside(code):
        line = lines(code)[number]
        for prompt in (">>> ", "In [3]: ", "[12]: ", f"{number + 1} ", f"{number + 1}: "):
            yield changed(code, number, prompt + line)


def japanese_input(code):
    for number in outside(code):
        line = lines(code)[number]
        typed = re.sub("|".join(map(re.escape, KANA)), lambda m: KANA[m[0]], line)
        if typed != line:
            yield changed(code, number, re.sub(r"[!-~]", lambda m: WIDE[m[0]], typed))


# What the course should call each of them.
KINDS = {
    full_width: "full-width",
    curly_quotes: "curly-quote",
    missing_bracket: "bracket",
    extra_bracket: "bracket",
    wrong_bracket: "bracket",
    missing_quote: "quote",
    extra_quote: "quote",
    missing_colon: "colon",
    missing_comma: "comma",
    missing_operator: "operator",
    missing_indentation: "indentation",
    extra_indentation: "indentation",
    tab: "tab",
    digit_letter: "digit-letter",
    other_case: "case",
    transposed_letters: "letters",
    missing_letter: "letters",
    doubled_letter: "letters",
    single_equals: "equals",
    dot_for_comma: "dot-comma",
    swapped_matrix: "matrix",
    star_for_at: "star-at",
    skipped_line: "line-missing",
    joined_lines: "lines-joined",
    old_print: "print-statement",
    stray_prompt: "prompt",
    japanese_input: "japanese-input",
}


def same_meaning(typed, code):
    """Return whether both compile to the same instructions."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return instructions(compiled(typed)) == instructions(compiled(code))
        except (SyntaxError, ValueError):
            return False


def compiled(code):
    """Return code compiled as if it were all on one line, so that line numbers do not matter."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            node.lineno = node.end_lineno = 1
            node.col_offset = node.end_col_offset = 0
    return compile(tree, "", "exec")


def instructions(code):
    """Return what Python does in a compiled piece of code, whatever the lines are."""
    constants = [
        instructions(c) if isinstance(c, types.CodeType) else repr(c) for c in code.co_consts
    ]
    return code.co_code, code.co_names, code.co_varnames, constants, code.co_name
