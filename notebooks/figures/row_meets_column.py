"""Draw row_meets_column.png: a row of a matrix meets a vector, and one number comes out."""

from number_grid import canvas, grid, save, write

from helpers.plots import BLUE, GREEN, ORANGE

figure, axes = canvas(8.6, 4.8)
grid(axes, 0.2, 0.2, [[1, 3], [5, 7], [9, 11]], {(1, 0): BLUE, (1, 1): BLUE})
write(axes, 3.1, 1.7, "@")
grid(axes, 4, 0.7, [[11], [22]], {(0, 0): ORANGE, (1, 0): ORANGE})
write(axes, 5.9, 1.7, "=")
grid(axes, 6.8, 0.2, [[77], [209], [341]], {(1, 0): GREEN})
for x, text, color in [
    (0.5, "5", BLUE), (1.2, "×", "black"), (2.0, "11", ORANGE), (3.1, "+", "black"),
    (4.1, "7", BLUE), (4.8, "×", "black"), (5.6, "22", ORANGE), (6.6, "=", "black"),
    (7.7, "209", GREEN),
]:  # fmt: skip
    box = {"facecolor": "white", "edgecolor": color, "boxstyle": "round,pad=0.25"}
    write(axes, x, 4.2, text, bbox=None if color == "black" else box)
save(figure, __file__)
