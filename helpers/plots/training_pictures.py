"""Pictures of training: the curves of loss and accuracy, and which answers are confused."""

import matplotlib.pyplot as plt
import numpy as np


def learning_curves(history, names=("training data", "test data")):
    """Draw the loss and the accuracy after each epoch, for two sets of data with these names.

    history is what `training.train` returns; without accuracy in it, there is one picture.
    Returns the figure.
    """
    kinds = ("loss", "accuracy") if "train_accuracy" in history else ("loss",)
    figure, spots = plt.subplots(1, len(kinds), figsize=(4.5 * len(kinds), 3.2), squeeze=False)
    epochs = range(1, len(history["train_loss"]) + 1)
    highest = max(history["train_loss"] + history["test_loss"], default=1)
    scales = {"loss": (1, "loss", 1.1 * highest), "accuracy": (100, "accuracy (%)", 103)}
    for axes, kind in zip(spots[0], kinds, strict=True):
        scale, title, top = scales[kind]
        for part, name, marker in zip(("train", "test"), names, "os", strict=True):
            values = [scale * value for value in history[f"{part}_{kind}"]]
            axes.plot(epochs, values, marker=marker, label=name)
        axes.set(xlabel="epoch", ylabel=title, ylim=(0, top))
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend()
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
