"""How well are typing mistakes found? Makes them in every lesson, and counts.

python benchmarks/copy_along.py            all of them (some minutes)
python benchmarks/copy_along.py 2000       this many of each kind, drawn at random
"""

import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import layouts, typos  # noqa: E402
from course.copy_along import review  # noqa: E402
from tools import notebooks  # noqa: E402


def cells(folder=ROOT / "notebooks"):
    """Return the code of every Python cell of every lesson, each once."""
    found = {}
    for name in notebooks.names(folder):
        for cell in notebooks.code_cells(notebooks.read(folder / "en" / name)):
            if layouts.is_python(cell.source):
                found[cell.source] = f"{name[:2]} {cell.id}"
    return list(found)


def examples(codes, make, count, seed=0):
    """Return (code, typed, line) for mistakes of a kind that change the meaning."""
    found = [(code, *typo) for code in codes for typo in make(code)]
    if count is not None and len(found) > count:
        found = random.Random(seed).sample(found, count)
    return [example for example in found if not typos.same_meaning(example[1], example[0])]


def judge(found, kind, wrong=None):
    """Count how often the line and the kind were right, and "matches" was wrong."""
    counts = Counter(typos=len(found))
    for code, typed, line in found:
        answer = review(typed, code)
        right = answer.line == line, answer.kind == kind, not answer.matches
        counts.update(line=right[0], kind=right[1], missed=not right[2])
        if wrong is not None and not all(right):
            wrong.append((answer, typed, code, line))
    return counts


def table(codes, count=None):
    """Give a line for each kind of mistake, and one for all of them."""
    total = Counter()
    yield f"{'mistake':22}{'typos':>8}{'line':>9}{'kind':>9}{'missed':>8}"
    for make, kind in typos.KINDS.items():
        counts = judge(examples(codes, make, count), kind)
        total += counts
        yield row(make.__name__.replace("_", " "), counts)
    yield row("all", total)


def row(name, counts):
    shares = [f"{counts[what] / max(counts['typos'], 1):9.1%}" for what in ("line", "kind")]
    return f"{name:22}{counts['typos']:8}{''.join(shares)}{counts['missed']:8}"


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else None
    codes = cells()
    start = time.perf_counter()
    print(*table(codes, count), sep="\n")
    variants = [(code, variant) for code in codes for variant in layouts.variants(code)]
    variants += layouts.formatted(codes)
    matches = sum(review(variant, code).matches for code, variant in variants)
    print(f"\nother layouts: {len(variants)}, {matches / len(variants):.1%} match")
    print(f"{time.perf_counter() - start:.0f} s, {len(codes)} different cells")


if __name__ == "__main__":
    main()
