"""Draw shape_rule.png: the inner sizes of a matrix product must be equal, the outer ones stay."""

from number_grid import canvas, grid, save, write

from helpers.plots import BLUE, GREEN, ORANGE

figure, axes = canvas(10.6, 6.2)
grid(axes, 0.2, 0.7, [[1, 2, 3], [4, 5, 6]], {(1, j): BLUE for j in range(3)})
write(axes, 3.9, 1.7, "@")
grid(axes, 4.6, 0.2, [[1, 2], [3, 4], [5, 6]], {(i, 0): ORANGE for i in range(3)})
write(axes, 7.4, 1.7, "=")
grid(axes, 8.2, 0.7, [[22, 28], [49, 64]], {(1, 0): GREEN})

places = [("2", 1.2, BLUE), ("3", 2.2, GREEN), ("3", 5.1, GREEN), ("2", 6.1, ORANGE)]
for text, x, color in [*places, ("2", 8.7, BLUE), ("2", 9.7, ORANGE)]:
    box = {"facecolor": "white", "edgecolor": color, "boxstyle": "round,pad=0.25"}
    write(axes, x, 4.3, text, weight="bold", bbox=box | {"linewidth": 1.8})
for text, x in [("@", 3.65), ("=", 7.4)]:
    write(axes, x, 4.3, text)
for x in 1.7, 5.6, 9.2:
    write(axes, x, 4.35, ",")
for left in 0.6, 4.5, 8.1:
    write(axes, left, 4.3, "(", fontsize=18)
    write(axes, left + 2.2, 4.3, ")", fontsize=18)
line = {"arrowstyle": "-", "color": GREEN, "linewidth": 2, "connectionstyle": "bar,fraction=-0.17"}
axes.annotate("", (2.2, 4.8), (5.1, 4.8), arrowprops=line)
write(axes, 3.65, 5.75, "3 = 3", weight="bold", color=GREEN)
save(figure, __file__)
