"""How long a demo takes from a change to the new picture: at most 60 ms on two cores.

    python benchmarks/demos.py [--changes 60]

Each demo of course.demos is made, and each of its sliders, menus and ticks is moved through its
values; on the pad, one stroke after another is drawn. It measures the time in the kernel from the
change until the new picture and the new words are handed to the page. The figures are the median,
what 95 of 100 changes do not exceed, and how long it takes to make the demo.
"""

import argparse
import statistics
import time

import ipywidgets

from course import demos
from course.demos.handwriting.pad import PadWidget

CONTROLS = ipywidgets.FloatSlider, ipywidgets.IntSlider, ipywidgets.Dropdown, ipywidgets.Checkbox


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--changes", type=int, default=60, help="of each control")
    return parser.parse_args()


def controls(widget):
    """Give all controls inside a widget."""
    if isinstance(widget, CONTROLS):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from controls(child)


def values(control, count):
    """Give `count` values for a control, there and back again."""
    for k in range(count):
        if isinstance(control, ipywidgets.Checkbox):
            yield k % 2 == 0
        elif isinstance(control, ipywidgets.Dropdown):
            yield control._options_values[k % len(control._options_values)]
        else:
            steps = round((control.max - control.min) / control.step)
            yield control.min + control.step * (abs(2 * steps * k // count - steps))


def seconds(demo, changes):
    """Return the seconds that each change took."""
    moves = [
        (control, "value", value)
        for control in controls(demo.box)
        for value in values(control, changes)
    ]
    if isinstance(getattr(demo, "pad", None), PadWidget):
        strokes = [[[k / changes, y / 9] for y in range(10)] for k in range(changes)]
        moves += [(demo.pad, "strokes", strokes[: k + 1]) for k in range(changes)]
    found = []
    for widget, name, value in moves:
        if getattr(widget, name) != value:
            start = time.perf_counter()
            setattr(widget, name, value)
            found.append(time.perf_counter() - start)
    return found


def main():
    options = arguments()
    print(f"{'ms from a change to the picture':36}{'median':>8}{'95 of 100':>11}{'first':>8}")
    for name in demos.__all__:
        make = getattr(demos, name)
        if not isinstance(make, type):
            continue
        start = time.perf_counter()
        demo = make()
        first = time.perf_counter() - start
        times = seconds(demo, options.changes)
        numbers = statistics.median(times), statistics.quantiles(times, n=20)[-1], first
        median, late, first = (1000 * number for number in numbers)
        print(f"{name:36}{median:8.0f}{late:11.0f}{first:8.0f}")


if __name__ == "__main__":
    main()
