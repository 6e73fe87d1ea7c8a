"""What a curious learner could try, to see another's work: none of it may succeed."""

import ast
from pathlib import Path

from client import ScenarioError

PROBE = (Path(__file__).resolve().parent / "isolation_probe.py").read_text(encoding="utf-8")


def through_the_web(curious, victim, secret):
    """Give each address of the victim's server that shows something to the curious learner."""
    for path in (
        f"/user/{victim}/api/contents/my_work/mine.txt",
        f"/user/{victim}/files/my_work/mine.txt",
        f"/user/{victim}/lab",
        f"/user/{victim}/api/sessions",
        f"/hub/api/users/{victim}",
    ):
        page = curious.get(path)
        place = page.url.split("?")[0]
        inside = page.ok and (f"/user/{victim}/" in place or "/hub/api/" in place)
        if secret in page.text or inside:
            yield path


def from_a_kernel(curious, victim, own, secret):
    """Return what the curious learner's own kernel finds of the victim's secret."""
    _, kernel = curious.open("notebooks/en/02_vectors_and_matrices.ipynb")
    given = f"victim, own, secret = {str(victim)!r}, {own!r}, {secret!r}\n"
    outputs = kernel.run(given + PROBE)
    kernel.close()
    printed = "".join(output.get("text", "") for output in outputs)
    if "FOUND" not in printed:
        raise ScenarioError(f"{curious}: the attempt to look around has failed itself: {outputs}")
    return ast.literal_eval(printed.split("FOUND", 1)[1].strip())
