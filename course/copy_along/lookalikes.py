"""Characters that look like code but are not: full-width ones, curly quotes, Japanese ones."""

import re

WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
WIDE |= {"\u3000": " ", "\uffe5": "\\"}
CURLY = dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
CURLY |= dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'")
ALIKE = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
ALIKE |= {"\u00d7": "*", "\u00f7": "/", "\u00a0": " ", "\u2026": "...", "\u00a5": "\\"}
ALIKE |= dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
JAPANESE = dict(zip("\u3001\u3002\u300c\u300d\u30fb\u30fc\u301c", ",.[]/-~", strict=True))
KANA_OR_KANJI = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uff66-\uff9f]")
PLAIN = WIDE | CURLY | ALIKE | JAPANESE


def kind(character):
    """Return what is foreign about a character, or None."""
    if character in JAPANESE or KANA_OR_KANJI.match(character):
        return "japanese-input"
    for name, table in {"full-width": WIDE, "curly-quote": CURLY, "look-alike": ALIKE}.items():
        if character in table:
            return name
    return None


def plain(text):
    """Return a text with the characters that were probably meant."""
    return "".join(PLAIN.get(character, character) for character in text)


def first_foreign(tokens, skip=("string", "chunk")):
    """Return (kind, token, place in its text) of the first foreign character, or None.

    Texts in quotes may hold any character, and are skipped. A line with kana was typed with the
    Japanese input on, whatever comes first in it.
    """
    found = [
        (kind(character), token, place)
        for token in tokens
        if token.kind not in skip
        for place, character in enumerate(token.text)
        if kind(character)
    ]
    if not found:
        return None
    name, first, place = found[0]
    if any(other == "japanese-input" and token.line == first.line for other, token, _ in found):
        name = "japanese-input"
    return name, first, place
