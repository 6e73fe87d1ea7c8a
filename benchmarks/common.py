"""What several of these scripts need: data, contestants in turn, the memory of a kernel."""

import contextlib
import io
import os
import statistics
import sys
import time
from unittest import mock


def set_threads(threads):
    """Let NumPy use this many threads; call it before NumPy is imported."""
    for name in "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS":
        os.environ[name] = str(threads)


def images():
    """Return x (60000, 784) and t (60000,): MNIST, or random pixels, which take as long."""
    import numpy as np

    from helpers import datasets

    x, t, _, _ = datasets.mnist()
    if len(x) < 60000:
        rng = np.random.default_rng(0)
        x = rng.random((60000, 784), dtype=np.float32)
        t = rng.integers(0, 10, 60000)
    return x, t


def epoch_of(network, optimizer, x, t, batch_size, rng):
    """Return a function that trains one epoch with the course's helpers, without evaluation."""
    from helpers import training

    def epoch():
        nothing = mock.patch.object(training, "evaluate", return_value=(0.0, 0.0))
        with nothing, contextlib.redirect_stdout(io.StringIO()):
            training.train(network, x, t, x[:1], t[:1], 1, batch_size, optimizer, rng)

    return epoch


def in_turn(contestants, rounds):
    """Return {name: seconds of each round}. The first round, which warms up, is not counted.

    contestants are functions by name. They take turns, so that a machine that slows down slows
    all of them.
    """
    seconds = {name: [] for name in contestants}
    for turn in range(rounds + 1):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def print_ratios(seconds, ours):
    """Print a line for each contestant: its median seconds, and ours divided by them."""
    print(f"{'':36}{'seconds':>9}{'this course / it':>19}")
    for name, times in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(seconds[ours], times, strict=True))
        print(f"{name:36}{statistics.median(times):9.3f}{ratio:19.2f}")


def kernel_memory(code):
    """Return the peak memory in MB of a new Jupyter kernel that runs the code, or None.

    Call it before anything large is loaded: a child process inherits the peak of its parent.
    """
    from jupyter_client.manager import start_new_kernel

    if sys.platform == "win32":
        return None
    manager, client = start_new_kernel()
    ask = "\nimport resource\nprint('PEAK', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    printed = []
    try:
        client.execute_interactive(
            code + ask,
            timeout=600,
            output_hook=lambda m: printed.append(m["content"].get("text", "")),
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    peak = int("".join(printed).split("PEAK")[1].split()[0])
    return peak / (1024 if sys.platform == "linux" else 1024**2)
