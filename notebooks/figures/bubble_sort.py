"""Draw bubble_sort.png: each comparison of a bubble sort of 3 1 4 5 2, pass by pass.

A row is the list before a comparison. The two numbers that are compared are framed: solid where
they are in order, dashed with arrows where they change places. Dark squares have found their place.
"""

from pathlib import Path

import matplotlib.pyplot as plt

from helpers import plots

numbers, steps = [3, 1, 4, 5, 2], []
for last in range(len(numbers) - 1, 0, -1):
    for i in range(last):
        swap = numbers[i] > numbers[i + 1]
        steps.append((list(numbers), last, i, swap))
        if swap:
            numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]
steps.append((list(numbers), 0, None, False))

figure, axes = plt.subplots(figsize=(9, 2.2))
x, y, previous = 0, 0, len(numbers) - 1
for row, last, i, swap in steps:
    if last != previous:
        x, y, previous = x + 7, 0, last
    for k, number in enumerate(row):
        done = k > last or last == 0
        axes.add_patch(
            plt.Rectangle((x + k, y), 1, 1, edgecolor="white", linewidth=2,
                          facecolor=plots.BLUE if done else "#CFE6F5")
        )  # fmt: skip
        axes.text(x + k + 0.5, y + 0.5, number, ha="center", va="center", fontsize=12,
                  color="white" if done else "black")  # fmt: skip
    if i is not None:
        axes.add_patch(
            plt.Rectangle((x + i + 0.04, y + 0.04), 1.92, 0.92, fill=False, linewidth=2,
                          edgecolor=plots.RED if swap else "black", linestyle="--" if swap else "-")
        )  # fmt: skip
        if swap:
            axes.annotate("", (x + i + 1.6, y - 0.2), (x + i + 0.4, y - 0.2),
                          arrowprops={"arrowstyle": "<->", "color": plots.RED})  # fmt: skip
    y -= 1.5
axes.set(xlim=(-0.3, x + 5.3), ylim=(-5.2, 1.3), aspect="equal")
axes.axis("off")
figure.savefig(Path(__file__).with_suffix(".png"), metadata={"Software": None})
