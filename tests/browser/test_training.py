"""Training on the screen: progress, loss and accuracy move, and nothing jumps."""

from itertools import pairwise

TRAINING = """
import time
from helpers.progress import Progress

with Progress(5, 8) as progress:
    for epoch in range(5):
        for step in range(8):
            progress.step(1 / (epoch + 1))
            time.sleep(0.1)
        progress.epoch((1 / (epoch + 1), 0.5), (1 / (epoch + 1), 0.4))
"""

# In every frame: how high the output is, and whether each picture in it is there.
WATCH = """area => {
    const seen = window.seen = [];
    const look = () => {
        const pictures = [...area.querySelectorAll('img')];
        const there = pictures.every(x => x.complete && x.naturalWidth);
        seen.push([area.offsetHeight, pictures.length, there, area.innerText]);
        requestAnimationFrame(look);
    };
    look();
}"""


def test_training_is_seen_without_flicker(notebook, lab):
    lab.write("notebooks/en/training.ipynb", TRAINING)
    book = notebook("notebooks/en/training.ipynb")
    shown = book.cell("Progress(5, 8)")
    book.page.evaluate(WATCH, shown.locator(".jp-Cell-outputWrapper").element_handle())
    book.run(shown)
    book.see(shown, "5   0.200     50.0%   0.200     40.0%")
    frames = book.page.evaluate("window.seen")
    steps = {text.split(" of 40 steps")[0].split()[-1] for *_, text in frames if " of 40" in text}
    assert len(steps) > 10  # the bar moves within an epoch, too
    assert any("loss of the last mini-batch 0.500" in text for *_, text in frames)
    first = next(i for i, (_, pictures, there, _) in enumerate(frames) if pictures and there)
    after = frames[first:]
    assert len(after) > 50
    assert all(pictures == 1 and there for _, pictures, there, _ in after)
    heights = [height for height, *_ in after]
    drop = max(before - now for before, now in pairwise(heights))
    assert drop < 70, f"The page jumps by {drop} pixels."  # at the end, the bar goes: three lines
