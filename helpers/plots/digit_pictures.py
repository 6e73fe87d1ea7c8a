"""Pictures of digits: in rows, over the bars of what a network answers, and as its weights."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.losses import softmax
from helpers.plots.style import BLUE, RED


def digits(x, titles=None, columns=10):
    """Draw the images x (N, 784), `columns` in a row, each under its title. Returns the figure."""
    rows = -(-len(x) // columns)
    height = 0.9 if titles is None else 1.15
    figure, axes = plt.subplots(rows, columns, figsize=(columns, rows * height), squeeze=False)
    for i, spot in enumerate(axes.flat):
        spot.axis("off")
        if i < len(x):
            spot.imshow(x[i].reshape(28, 28), vmin=0, vmax=1)
            if titles is not None:
                spot.set_title(titles[i], fontsize=10)
    return figure


def answers(x, scores, t):
    """Draw the images x (N, 784), each above ten bars for the network's answer.

    scores (N, 10) are the network's outputs, the bars their softmax in percent; t (N,) holds
    the right answers. Bars are blue where the answer is right, red and hatched where it is
    wrong, and the words below say the same. Returns the figure.
    """
    figure, axes = plt.subplots(
        2, len(x), figsize=(1.2 * len(x), 2.9), squeeze=False, sharey="row", height_ratios=(1, 1.1)
    )
    percent = 100 * softmax(scores)
    for image, bars, pixels, heights, label in zip(axes[0], axes[1], x, percent, t, strict=True):
        image.imshow(pixels.reshape(28, 28), vmin=0, vmax=1)
        image.axis("off")
        answer = np.argmax(heights)
        if answer == label:
            bars.bar(range(10), heights, color=BLUE)
            bars.set_xlabel(f"{answer}: right", color=BLUE, fontsize=10)
        else:
            bars.bar(range(10), heights, color="white", edgecolor=RED, hatch="/////")
            bars.set_xlabel(f"{answer}: wrong\nit is {label}", color=RED, fontsize=10)
        bars.set_xticks(range(10))
        bars.tick_params(labelsize=7, length=0)
        bars.set_ylim(0, 100)
    axes[1, 0].set_ylabel("percent", fontsize=9)
    return figure


def weights(W, columns=10):
    """Draw each column of W (784, H) as an image: red below 0, white at 0, blue above.

    All images share one scale, which the bar beside them shows. Returns the figure.
    """
    rows = -(-W.shape[1] // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(columns, rows), squeeze=False)
    limit = np.abs(W).max()
    for spot in axes.flat:
        spot.axis("off")
    for spot, column in zip(axes.flat, W.T, strict=False):
        image = spot.imshow(column.reshape(28, 28), cmap="RdBu", vmin=-limit, vmax=limit)
    figure.colorbar(image, ax=axes, label="weight", fraction=0.03)
    return figure
