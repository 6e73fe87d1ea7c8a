"""Draw along_an_axis.png: axis=0 adds down the columns, axis=1 along the rows."""

from number_grid import canvas, grid, save, write

from helpers.plots import BLUE, ORANGE

figure, axes = canvas(9.6, 5.9)
left, top = 2.4, 0.3
grid(axes, left, top, [[1, 3], [5, 7], [9, 11]])
grid(axes, left, top + 4.4, [[15, 21]], {(0, 0): BLUE, (0, 1): BLUE})
grid(axes, left + 3.4, top, [[4], [12], [20]], {(i, 0): ORANGE for i in range(3)})
for j in range(2):
    arrow = {"arrowstyle": "-|>", "color": BLUE, "linewidth": 2.5}
    axes.annotate("", (left + j + 0.5, top + 4.3), (left + j + 0.5, top + 3.1), arrowprops=arrow)
for i in range(3):
    arrow = {"arrowstyle": "-|>", "color": ORANGE, "linewidth": 2.5, "linestyle": "--"}
    axes.annotate("", (left + 3.3, top + i + 0.5), (left + 2.1, top + i + 0.5), arrowprops=arrow)
write(axes, 1.15, top + 3.7, "axis=0", color=BLUE, weight="bold")
write(axes, left + 5.9, top + 1.5, "axis=1", color="#9A6A00", weight="bold")
save(figure, __file__)
