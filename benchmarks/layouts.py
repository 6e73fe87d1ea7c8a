"""The same code in other layouts: none of them changes what it means."""

import ast
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks import typos


def is_python(code):
    """Return whether the code can be parsed."""
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def variants(code):
    """Give the code in other layouts."""
    makers = (narrow, wide, requoted, unparsed, wrapped, commented, trailing, numbers, spread)
    for make in makers:
        new = make(code)
        if new != code:
            assert typos.same_meaning(new, code), (make.__name__, new)
            yield new


def respaced(code, space):
    """Return the code with other spaces between its tokens."""
    pieces, end = [], 0
    for text, _, start, stop in typos.tokens(code):
        between = code[end:start]
        if between.strip(" ") == "" and end and "\n" not in between:
            between = space(pieces[-1], text, between)
        pieces += [between, text]
        end = stop
    return "".join(pieces) + code[end:]


def in_f_string(code):
    return re.search(r"""\bf["']""", code)


def narrow(code):
    """Return the code without any space that is not needed."""
    if in_f_string(code):
        return code
    words = re.compile(r"\w$|[\"']$")
    return respaced(
        code, lambda a, b, s: " " if words.search(a) and re.match(r"[\w\"'.]", b) else ""
    )


def wide(code):
    return code if in_f_string(code) else respaced(code, lambda a, b, s: s + "  ")


def requoted(code):
    return re.sub(r'(\bf)?"([^"\'\n\\]*)"', r"\1'\2'", code)


def unparsed(code):
    return ast.unparse(ast.parse(code))


def wrapped(code):
    """Return the code with a new line after each comma in brackets."""
    new, depth = "", 0
    ends = {end for text, _, _, end in typos.tokens(code) if text == ","}
    opened = {start: text for text, _, start, _ in typos.tokens(code) if text in set("()[]{}")}
    for place, letter in enumerate(code):
        depth += (opened.get(place, ".") in "([{") - (opened.get(place, ".") in ")]}")
        new += letter
        if depth and place + 1 in ends and not in_f_string(code):
            new += "\n      "
    return new


def commented(code):
    """Return the code with comments, and blank lines between its parts."""
    if any("\n" in text for text, *_ in typos.tokens(code)):
        return code
    noted = re.sub(r"(?<=\S)$", "  # \u8aac\u660e, a note (1 \uff0b 1)", code, flags=re.MULTILINE)
    return "# first\n\n" + noted.replace("\n", "\n\n")


def trailing(code):
    """Return the code with a comma after the last item of each call and list."""
    new = code
    for node in sorted(ast.walk(ast.parse(code)), key=lambda n: -getattr(n, "col_offset", 0)):
        lines = isinstance(node, ast.List) and node.elts and node.end_lineno == node.lineno
        if lines and new == code:
            _, end = typos.place(code, node)
            new = code[: end - 1] + "," + code[end - 1 :]
    return new


def numbers(code):
    """Return the code with its numbers written in another way."""
    new = code
    for text, kind, start, end in reversed(typos.tokens(code)):
        if re.fullmatch(r"\d+\.\d+", text):
            new = new[:start] + text + "0" + new[end:]
        elif re.fullmatch(r"\d{4,}", text):
            new = new[:start] + f"{int(text):_}" + new[end:]
    return new


def spread(code):
    """Return the code with every right side in brackets, over several lines."""
    return re.sub(r"^( *\w+ = )([^\n(\[{]+)$", r"\1(\n    \2\n)", code, flags=re.MULTILINE)


def formatted(codes):
    """Return (code, variant) as ruff lays it out in narrow lines, if ruff is there."""
    ruff = shutil.which("ruff", path=str(Path(__import__("sys").executable).parent))
    if ruff is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.py") for number in range(len(codes))]
        for path, code in zip(paths, codes, strict=True):
            path.write_text(code, encoding="utf-8")
        command = [ruff, "format", "--isolated", "--line-length", "30", folder]
        subprocess.run(command, check=True, capture_output=True)
        return [
            (code, path.read_text(encoding="utf-8"))
            for path, code in zip(paths, codes, strict=True)
        ]
