"""What learners do in a class: log in, run a lesson, and find their work again."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import requests
from client import ScenarioError

LESSONS = {
    "02": "notebooks/en/02_vectors_and_matrices.ipynb",
    "07": "notebooks/en/07_mnist_training.ipynb",
}


def together(do, learners, lost):
    """Let all learners do the same at once; note what went wrong; return the results."""

    def one(learner):
        try:
            return do(learner)
        except (ScenarioError, OSError, requests.RequestException, ValueError) as problem:
            lost.append(f"{learner}: {problem}"[:300])

    with ThreadPoolExecutor(len(learners)) as pool:
        return [result for result in pool.map(one, learners) if result is not None]


def log_in(learner):
    """Log in, with a wrong password first, start the server and save something private."""
    right, learner.password = learner.password, "wrong-" + learner.password
    if learner.login() != 403:
        raise ScenarioError("a wrong password was not refused")
    learner.password = right
    if learner.login() != 302:
        raise ScenarioError("could not log in")
    learner.started = learner.start()
    learner.save("my_work/mine.txt", secret(learner))
    return learner


def secret(learner):
    """Return what only this learner may read."""
    return f"the work of {learner}, {hash(learner.password)}"


def run_lesson(path, pause):
    """Return what a learner does in a lesson: open it and run its cells, with pauses."""

    def lesson(learner):
        notebook, kernel = learner.open(path)
        for cell in notebook["content"]["cells"]:
            if cell["cell_type"] == "code":
                time.sleep(random.uniform(0, 2 * pause))
                check(cell, kernel.run(cell["source"]))
        kernel.close()

    return lesson


def check(cell, outputs):
    """Compare what a cell prints with the lesson. Raises ScenarioError if they differ."""
    tags = cell["metadata"].get("tags", [])
    errors = [output["evalue"] for output in outputs if output["output_type"] == "error"]
    if errors and "raises-exception" not in tags:
        raise ScenarioError(f"cell {cell['id']}: {errors[0]}")
    if "nbval-ignore-output" not in tags and printed(outputs) != printed(cell["outputs"]):
        raise ScenarioError(f"cell {cell['id']} prints {printed(outputs)!r}")


def printed(outputs):
    """Return the text that a cell prints."""
    return "".join(o["text"] for o in outputs if o["output_type"] == "stream")


def exhaust_memory(learners, lost):
    """Let one learner take all memory: only this kernel may die."""
    greedy, other = learners[0], learners[-1]
    _, kernel = greedy.open(LESSONS["02"])
    try:
        kernel.run("eaten = [b'x' * 10**8 for _ in range(100)]")
        lost.append("A kernel could take 10 GB: there is no memory limit.")
    except ScenarioError:
        pass
    greedy.api("GET", "contents/my_work")
    other.open(LESSONS["02"])[1].run("1 + 1")


def check_saved_work(learner):
    """Read back what was saved at the beginning. Raises ScenarioError if it is not there."""
    if learner.api("GET", "contents/my_work/mine.txt")["content"] != secret(learner):
        raise ScenarioError("the saved work has changed")
