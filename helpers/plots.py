"""The pictures that more than one lesson draws, all in one style."""

import matplotlib.pyplot as plt
import numpy as np

BLUE, ORANGE, GREEN, RED, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#767676"

plt.rcParams.update(
    {
        "axes.prop_cycle": plt.cycler(
            color=[BLUE, ORANGE, GREEN, RED], linestyle=["-", "--", "-.", ":"]
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
    for part, marker in ("train", "o"), ("test", "s"):
        label = {"train": "training data", "test": "test data"}[part]
        left.plot(epochs, history[f"{part}_loss"], marker=marker, label=label)
        percent = [100 * value for value in history[f"{part}_accuracy"]]
        right.plot(epochs, percent, marker=marker, label=label)
    left.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
    right.set(xlabel="epoch", ylabel="accuracy (%)", ylim=(0, 100))
    for axes in left, right:
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend()
    return figure
