"""Reading a cell as code: its tokens, its syntax tree, its meaning.

What a beginner has typed need not be Python: nothing here fails, whatever it is given.
"""

import ast
import re
import warnings
from bisect import bisect_right
from itertools import groupby, pairwise
from typing import NamedTuple

SCANNER = re.compile(
    r"""
      (?P<skip>   [ \t\f\r]+ | \\\n | \#[^\n]* )
    | (?P<newline> \n )
    | (?P<string> (?P<prefix>[rRbBfFuU]{0,2}) (?P<quote>\"\"\"|'''|"|') )
    | (?P<number> 0[xXbBoO][\da-fA-F_]+ | (?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?[jJ]? )
    | (?P<name>   [^\W\d]\w* )
    | (?P<sign>   \*\*=|//=|>>=|<<=|\.\.\.|==|!=|<=|>=|->|:=|\+=|-=|\*=|/=|%=|@=|\*\*|//|<<|>> )
    | (?P<other>  . )
    """,
    re.VERBOSE | re.DOTALL,
)
FIELD = re.compile(
    r"(?<!\{)\{(?!\{)(?P<code>(?:[^{}:!\[(]|!=|\[[^\]]*\]|\([^()]*\))*)(?P<format>[^{}]*)\}"
)
OPENING, CLOSING = "([{", ")]}"
MAGIC = re.compile(r"^[%!].*", re.MULTILINE)
GAP = "____"  # in a workbook, a token that the learner fills in


class Token(NamedTuple):
    """A piece of code and where it is; tokens with equal keys mean the same."""

    kind: str  # name, number, string, chunk (a text inside an f-string), sign, broken
    text: str
    key: object
    start: int  # in the text
    line: int  # 1, 2, ...
    column: int  # 0, 1, ...
    first: bool = False  # the first one of its line
    starts: bool = False  # the first one of its statement: not inside brackets

    @property
    def end(self):
        return self.start + len(self.text)


class Tokenizer:
    """Cuts one text into tokens: names, numbers, texts, signs."""

    def __init__(self, text):
        self.text = text
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.tokens = []
        self.depth = 0

    def add(self, kind, start, end, key=None):
        text = self.text[start:end]
        line = bisect_right(self.lines, start)
        last = self.tokens[-1] if self.tokens else None
        first = last is None or last.line < line
        joined = last is not None and re.search(r"\\\n", self.text[last.end : start])
        place = (start, line, start - self.lines[line - 1], first)
        starts = first and self.depth <= 0 and not joined
        self.tokens.append(Token(kind, text, text if key is None else key, *place, starts))

    def scan(self, position, end):
        """Cut the text from position to end."""
        while position < end:
            match = SCANNER.match(self.text, position, end)
            kind, position = match.lastgroup, match.end()
            if kind == "string":
                position = self.string(match)
            elif kind == "number":
                self.add(kind, *match.span(), value(match[0].lower()))
            elif kind in ("name", "sign"):
                self.add(kind, *match.span())
            elif kind == "other":
                self.depth = max(self.depth - (match[0] in CLOSING), 0)
                self.add("sign", *match.span())
                self.depth += match[0] in OPENING

    def string(self, match):
        """Cut the text in quotes that begins at the match; return where it ends."""
        quote, start, body = match["quote"], match.start(), match.end()
        letter = "." if len(quote) == 3 else r"[^\n]"
        inside = rf"(?:\\.|(?!{quote}){letter})*"
        end = re.compile(inside, re.DOTALL).match(self.text, body).end()
        if not self.text.startswith(quote, end):
            self.add("broken", start, end)
            return end
        if "f" in match["prefix"].lower() and "{" in self.text[body:end]:
            self.add("sign", start, body, "f-string")
            self.fields(body, end)
            self.add("sign", end, end + len(quote), "end of f-string")
        else:
            stop = end + len(quote)
            self.add("string", start, stop, ("text", value(self.text[start:stop])))
        return end + len(quote)

    def fields(self, position, end):
        """Cut the inside of an f-string into its texts and its {fields}."""
        for match in FIELD.finditer(self.text, position, end):
            self.chunk("chunk", position, match.start())
            self.add("sign", match.start(), match.start() + 1)
            self.scan(*match.span("code"))
            self.chunk("format", *match.span("format"))
            self.add("sign", match.end() - 1, match.end())
            position = match.end()
        self.chunk("chunk", position, end)

    def chunk(self, kind, start, end):
        """Add a text inside an f-string, if there is one."""
        if start < end:
            self.add("chunk", start, end, (kind, self.text[start:end]))


def with_newlines(text):
    """Return a text in which each line ends with a newline, as Python reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_time(text):
    """Return a cell with its %%time as a comment of the same length: it runs the same code."""
    return re.sub(r"\A%%time(?=[ \t]*\n)", "# time", text)


def tokenize(text, trailing=False):
    """Return the tokens of a text, commas before a closing bracket only if `trailing`."""
    tokenizer = Tokenizer(text)
    tokenizer.scan(0, len(text))
    found = tokenizer.tokens
    last = [t.key == "," and after.text in CLOSING for t, after in pairwise(found)]
    return [t for t, gone in zip(found, [*last, False], strict=False) if trailing or not gone]


def value(text):
    """Return how Python writes a number or a text in quotes: 1., 1.0 and 1.00 are the same."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return repr(ast.literal_eval(text))
    except (SyntaxError, ValueError):
        return text


def keys(tokens):
    """Return the keys of the tokens, which are what is compared."""
    return [token.key for token in tokens]


def rows(tokens):
    """Return the tokens in lists, one for each line on the screen that has any."""
    return [list(row) for _, row in groupby(tokens, lambda token: token.line)]


def statements(tokens):
    """Return the tokens in lists, one for each statement."""
    found = []
    for token in tokens:
        if token.starts or not found:
            found.append([])
        found[-1].append(token)
    return found


def levels(tokens):
    """Return how deep each statement is indented: 0, 1, 2, ..."""
    open_columns, depths = [0], []
    for token in tokens:
        if token.starts:
            while token.column < open_columns[-1]:
                open_columns.pop()
            if token.column > open_columns[-1]:
                open_columns.append(token.column)
            depths.append(len(open_columns) - 1)
    return depths


def parse(text):
    """Return the syntax tree of a cell, or None. Lines such as %time count as texts."""
    try:
        with warnings.catch_warnings(action="ignore"):
            try:
                return ast.parse(text)
            except SyntaxError:
                return ast.parse(MAGIC.sub(lambda line: repr(line[0]), text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Plain(ast.NodeTransformer):
    """Makes an f-string without fields a plain text; hides numbers and texts, if wanted."""

    def __init__(self, hide):
        self.hide = hide

    def visit_JoinedStr(self, node):
        self.generic_visit(node)
        fields = [part for part in node.values if not isinstance(part, ast.Constant)]
        if not fields:
            return ast.Constant("?" if self.hide else "".join(part.value for part in node.values))
        return ast.JoinedStr(fields) if self.hide else node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        signed = self.hide and isinstance(node.op, ast.USub)
        return node.operand if signed and isinstance(node.operand, ast.Constant) else node

    def visit_Constant(self, node):
        if self.hide and isinstance(node.value, int | float | str | bool | None):
            return ast.Constant("?" if isinstance(node.value, str) else 0)
        return ast.Constant(node.value)  # without the u of u"text"


def meaning(text, hide=False):
    """Return a text that is the same for code that means the same, or None if it is not Python.

    It has one line for each statement.
    """
    tree = parse(text)
    return tree and "\n".join(ast.dump(Plain(hide).visit(part)) for part in tree.body)


def layout(text):
    """Return tokens, statements and indentation: for code that is deliberately not Python."""
    found = tokenize(text)
    starts = [number for number, token in enumerate(found) if token.starts]
    return keys(found), starts, levels(found)


def same_meaning(typed, lesson):
    """Return whether two cells mean the same.

    Spaces, quotes, comments, line breaks in brackets, trailing commas and the spelling of numbers
    do not matter.
    """
    wanted = meaning(lesson)
    if wanted is None:
        return meaning(typed) is None and layout(typed) == layout(lesson)
    return meaning(typed) == wanted


def is_experiment(typed, lesson):
    """Return whether two cells differ only in numbers and texts."""
    wanted = meaning(lesson, hide=True)
    return wanted is not None and meaning(typed, hide=True) == wanted
