"""How fast an array is, compared with a loop over a list: the race of lesson 02.

    python benchmarks/loops_and_arrays.py

Both calculate (number + 3) * 10 for n numbers, in turn; the figure is the median ratio of 15
rounds.
"""

import statistics
from timeit import timeit

import numpy as np


def ratio(n):
    """Return the median of (seconds with a list) / (seconds with an array) for n numbers."""
    numbers, array = list(range(n)), np.arange(n)

    def with_loop():
        return [(number + 3) * 10 for number in numbers]

    def with_array():
        return (array + 3) * 10

    repeats = max(20, 200_000 // n)
    return statistics.median(
        timeit(with_loop, number=repeats) / timeit(with_array, number=repeats) for _ in range(15)
    )


for n in (10, 100, 1000, 10_000, 100_000):
    print(f"{n:8,} numbers: the array is {ratio(n):5.1f} times as fast")
