"""The tools of the demos' tests: a demo that is as small as can be, moved in every way."""

import pytest

SCRATCH = """
import io
import ipywidgets
from IPython.display import display
from matplotlib.figure import Figure

height = ipywidgets.FloatSlider(1, min=0, max=8, step=0.5, description="Height")
place = ipywidgets.IntSlider(1, min=0, max=3, description="Place")
shape = ipywidgets.Dropdown(options=["Bars", "Points"], description="Shape")
hue = ipywidgets.ToggleButtons(options=["blue", "red"], description="Hue")
half = ipywidgets.Button(description="Half")
half.on_click(lambda _: height.set_trait("value", height.value / 2))
picture, words = ipywidgets.Image(format="png"), ipywidgets.HTML()

def update(change=None):
    figure = Figure(figsize=(2, 1))
    axes = figure.add_subplot()
    axes.set(xlim=(0, 4), ylim=(0, 9))
    draw = axes.bar if shape.value == "Bars" else axes.scatter
    draw([place.value], [height.value], color=hue.value)
    file = io.BytesIO()
    figure.savefig(file)
    picture.value = file.getvalue()
    said = f"{shape.value}, {hue.value}: {height.value} at {place.value}."
    words.value = f'<div role="status">{said}</div>'

for control in height, place, shape, hue:
    control.observe(update, "value")
update()
display(ipywidgets.VBox([height, place, shape, hue, half, picture, words]))
"""


@pytest.fixture
def demo(lab, notebook):
    """Give the demo, as it is shown when its cell has run."""
    lab.write("my_work/scratch.ipynb", SCRATCH)
    yield notebook("my_work/scratch.ipynb").demo("import ipywidgets")
    (lab.work / "scratch.ipynb").unlink()


def test_moving_a_demo(demo):
    """Mouse and keyboard reach every control; what they do is waited for and read."""
    demo.says("Bars, blue: 1.0 at 1.")
    with demo.changing():
        demo.drag("Height", 1)
    assert demo.value("Height") == 8 and demo.status() == "Bars, blue: 8.0 at 1."
    with demo.changing():
        demo.drag("Height", 0.5)
    assert demo.value("Height") == 4
    with demo.changing():
        demo.press("Height", "Home", "ArrowRight")
    demo.says("0.5 at 1.")
    with demo.changing():
        demo.press("Place", "End")
    with demo.changing():
        demo.choose("Shape", "Points")
    with demo.changing():
        demo.choose("Hue", "red")
    assert demo.status() == "Points, red: 0.5 at 3."
    with demo.changing():
        demo.click("Half")
    with demo.changing():
        demo.press("Hue", "Space")  # on its first button
    assert demo.status() == "Points, blue: 0.25 at 3."  # of a half, a half


def test_a_demo_that_does_not_change_is_found(demo):
    """To press End where the slider already is changes nothing, and the test says so."""
    demo.press("Place", "End")
    demo.says("at 3")
    with pytest.raises(AssertionError, match="Nothing has changed"), demo.changing(seconds=1):
        demo.press("Place", "End")
