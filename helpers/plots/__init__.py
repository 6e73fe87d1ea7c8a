"""The pictures that more than one lesson draws, all in one style."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.losses import softmax

# Colours that stay apart for colour-blind eyes too (Okabe and Ito, 2008; the red by Tol, 2021).
BLUE, ORANGE, GREEN, RED, GREY = "#0072B2", "#E69F00", "#009E73", "#CC3311", "#767676"

plt.rcParams.update(
    {
        "axes.prop_cycle": plt.cycler(
            color=[BLUE, RED, GREEN, ORANGE], linestyle=["-", "--", "-.", ":"]
        ),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.constrained_layout.use": True,
        "figure.dpi": 100,
        "figure.facecolor": "white",
        "font.size": 11,
        "image.cmap": "gray_r",
        "image.interpolation": "nearest",
        "legend.frameon": False,
        "savefig.facecolor": "white",
    }
)


def learning_curves(history):
    """Draw the loss and the accuracy after each epoch, for training and test data.

    history is what `training.train` returns. Returns the figure.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2))
    epochs = range(1, len(history["train_loss"]) + 1)
    for part, name, marker in ("train", "training data", "o"), ("test", "test data", "s"):
        percent = [100 * value for value in history[f"{part}_accuracy"]]
        left.plot(epochs, history[f"{part}_loss"], marker=marker, label=name)
        right.plot(epochs, percent, marker=marker, label=name)
    highest = max(history["train_loss"] + history["test_loss"], default=1)
    left.set(xlabel="epoch", ylabel="loss", ylim=(0, 1.1 * highest))
    right.set(xlabel="epoch", ylabel="accuracy (%)", ylim=(0, 103))
    for axes in left, right:
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend()
    return figure


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
    """Draw the images x (N, 784), under each the network's answer as ten bars.

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


def confusion_matrix(t, y, classes=10):
    """Draw how often the label t (N,) got the answer y (N,). Returns the figure.

    Rows are labels, columns are answers: right answers lie on the diagonal. Mistakes are
    shaded by their number; the diagonal is not, so that they can be seen beside it.
    """
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (t, y), 1)
    mistakes = counts * (1 - np.eye(classes, dtype=int))
    figure, axes = plt.subplots(figsize=(5.6, 5.2))
    axes.imshow(mistakes, cmap="Oranges", vmax=max(mistakes.max() * 1.5, 1))
    for (row, column), count in np.ndenumerate(counts):
        if count:
            weight = "bold" if row == column else "normal"
            axes.text(column, row, count, ha="center", va="center", fontsize=9, weight=weight)
    axes.set(xticks=range(classes), yticks=range(classes), xlabel="answer", ylabel="label")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
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
