"""How the cost of lesson 09's network grows with the images and with the size of a batch.

    python benchmarks/growth.py [--rounds 3] [--threads 2] [--picture growth.png]

Trains 30 filters 5x5, 2x2 max pooling, ReLU, 100, 10 with Adam in float32 for one epoch, each time
in a process of its own, which takes a few steps first to warm up. Prints a table of the seconds of
the epoch (the median of the rounds, in which the cases take turns) and of the peak memory of the
process, which also holds the 60,000 images; draws both, if --picture names a file.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from common import epoch_of, images, set_threads

COUNTS, BATCHES = (10_000, 30_000, 60_000), (20, 100, 500)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--picture")
    parser.add_argument("--case", type=int, nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(count, batch_size):
    """Return the seconds of one epoch and the peak memory of this process in MB."""
    import resource

    import numpy as np

    from helpers.convolution import Convolution, Flatten, MaxPooling
    from helpers.layers import Affine, ReLU
    from helpers.network import Network
    from helpers.optimizers import Adam

    x, t = images()
    x, t = x.reshape(-1, 28, 28, 1)[:count], t[:count]
    rng = np.random.default_rng(0)
    network = Network(
        Convolution(1, 30, 5, rng, dtype=np.float32), MaxPooling(2), ReLU(), Flatten(),
        Affine(4320, 100, rng, np.float32), ReLU(), Affine(100, 10, rng, np.float32),
    )  # fmt: skip
    optimizer, warm = Adam(), 3 * batch_size
    epoch_of(network, optimizer, x[:warm], t[:warm], batch_size, rng)()
    epoch = epoch_of(network, optimizer, x, t, batch_size, rng)
    start = time.perf_counter()
    epoch()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, peak / (1024 if sys.platform == "linux" else 1024**2)


def in_a_process(case, threads):
    """Return what `measure` returns, from a new process."""
    command = [sys.executable, __file__, "--threads", str(threads), "--case", *map(str, case)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def draw(results, path):
    """Write a picture: seconds and megabytes over the number of images, a line for each batch."""
    import matplotlib.pyplot as plt

    from helpers import plots  # noqa: F401, sets the style

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2))
    for batch_size, marker in zip(BATCHES, "os^", strict=True):
        seconds, memory = zip(*(results[count, batch_size] for count in COUNTS), strict=True)
        left.plot(COUNTS, seconds, marker=marker, label=f"batches of {batch_size}")
        right.plot(COUNTS, memory, marker=marker, label=f"batches of {batch_size}")
    left.set(xlabel="images", ylabel="seconds of one epoch", ylim=(0, None))
    right.set(xlabel="images", ylabel="peak memory (MB)", ylim=(0, None))
    for axes in left, right:
        axes.set_xticks(COUNTS)
        axes.legend()
    figure.savefig(path)


def main():
    options = arguments()
    set_threads(options.threads)
    if options.case:
        print(json.dumps(measure(*options.case)))
        return
    cases = [(count, batch_size) for count in COUNTS for batch_size in BATCHES]
    measured = {case: [] for case in cases}
    for _ in range(options.rounds):
        for case in cases:
            measured[case].append(in_a_process(case, options.threads))
    results = {
        case: [statistics.median(numbers) for numbers in zip(*runs, strict=True)]
        for case, runs in measured.items()
    }
    print(f"one epoch, {options.threads} threads, median of {options.rounds} rounds")
    print("images  batch  seconds  microseconds per image  peak memory (MB)")
    for (count, batch_size), (seconds, memory) in results.items():
        each = 1e6 * seconds / count
        print(f"{count:6}{batch_size:7}{seconds:9.2f}{each:24.0f}{memory:18.0f}")
    if options.picture:
        draw(results, options.picture)


if __name__ == "__main__":
    main()
