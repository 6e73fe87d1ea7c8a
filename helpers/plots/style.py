"""One style for all pictures of the course."""

import matplotlib.pyplot as plt

# Colours that stay apart for colour-blind eyes too (Okabe and Ito, 2008; the red by Tol, 2021).
BLUE, ORANGE, GREEN, RED, GREY = "#0072B2", "#E69F00", "#009E73", "#CC3311", "#767676"


def use_style():
    """Set the style of all figures drawn from now on, including the learner's own.

    It is called once, when this package is imported. That is intended: in a lesson, what is drawn
    by hand and what is drawn by `plots` should look alike.
    """
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
