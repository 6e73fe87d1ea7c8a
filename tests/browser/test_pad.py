"""The drawing pad in a real browser: drawn on by mouse, finger and keyboard, then read off."""

import numpy as np
import pytest
from notebook_page import SECOND

CODE = "from course.demos.handwriting.pad import Pad\npad = Pad()\npad"
AGAIN = "pad.pad  # once more"
PATH = "notebooks/en/pad.ipynb"
ONE = [(0.52, 0.15), (0.5, 0.85)]
SEVEN = [(0.3, 0.3), (0.6, 0.3), (0.58, 0.4), (0.42, 0.8)]
ZERO = [
    (0.5 + 0.2 * np.sin(turn), 0.45 - 0.3 * np.cos(turn)) for turn in np.linspace(0, 2 * np.pi, 17)
]
EMPTY = "The pad is empty"


class Drawing:
    """The pad on the page, and the hand that draws on it."""

    def __init__(self, demo):
        self.demo, self.page = demo, demo.page
        self.paper = demo.area.locator("canvas.course-pad-paper")
        self.paper.wait_for(timeout=60 * SECOND)

    def places(self, points):
        """Return points in 0..1 of the pad as places on the page."""
        self.paper.scroll_into_view_if_needed()
        box = self.paper.bounding_box()
        return [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]

    def draw(self, points):
        """Draw a stroke with the mouse."""
        first, *others = self.places(points)
        self.page.mouse.move(*first)
        self.page.mouse.down()
        for place in others:
            self.page.mouse.move(*place, steps=4)
        self.page.mouse.up()

    def touch(self, points):
        """Draw a stroke with a finger."""
        session = self.page.context.new_cdp_session(self.page)
        first, *others = self.places(points)
        steps = [("touchStart", first), *(("touchMove", place) for place in others)]
        for kind, (x, y) in steps:
            session.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]}
            )
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.detach()

    def press(self, *keys):
        """Press keys on the pad."""
        self.paper.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def holds(self, strokes):
        """Wait until the pad shows so many strokes."""
        shown = self.demo.area.locator(f"canvas[data-strokes='{strokes}']")
        shown.first.wait_for(timeout=30 * SECOND)

    def says(self, text):
        """Wait for a text about the pad itself."""
        line = self.demo.area.locator(".course-pad-said", has_text=text)
        line.first.wait_for(timeout=30 * SECOND)


@pytest.fixture
def open_pad(notebook, lab):
    """Give a function that opens a notebook with the pad, and returns both."""
    lab.write(PATH, CODE, AGAIN)

    def open_it():
        page = notebook(PATH)
        return page, Drawing(page.demo("pad = Pad()"))

    return open_it


def test_digits_by_mouse_and_by_finger(open_pad):
    _, pad = open_pad()
    pad.demo.says(EMPTY)
    for draw in pad.draw, pad.touch:
        for points, digit in ((ONE, 1), (SEVEN, 7), (ZERO, 0)):
            with pad.demo.changing():
                draw(points)
                pad.demo.says(f"The answer of the MLP is {digit}")
            pad.demo.click("Clear")
            pad.demo.says(EMPTY)
    pad.draw(SEVEN)
    with pad.demo.changing():
        pad.demo.choose("Network", "CNN")
    pad.demo.says("The answer of the CNN is 7")


def test_undo_and_clear(open_pad):
    _, pad = open_pad()
    pad.draw(SEVEN)
    pad.draw([(0.4, 0.55), (0.6, 0.55)])
    pad.holds(2)
    pad.demo.click("Undo")
    pad.holds(1)
    pad.demo.says("The answer of the MLP is 7")
    pad.demo.click("Clear")
    pad.demo.says(EMPTY)
    pad.press("Control+z")  # brings back what was cleared
    pad.holds(1)
    pad.demo.says("The answer of the MLP is 7")
    pad.press("Control+z", "Control+z", "Control+z", "Delete")
    pad.demo.says(EMPTY)


def test_off_the_paper_and_a_dot(open_pad):
    _, pad = open_pad()
    pad.draw([(0.3, 0.1), (0.8, 0.1), (1.6, 0.2), (0.5, 0.9)])
    pad.holds(1)
    pad.draw([(0.5, 0.5), (0.5, -3)])  # the button is released off the pad
    pad.holds(2)
    pad.draw([(0.1, 0.1)])
    pad.holds(3)
    first, *_ = pad.places([(0.9, 0.9)])
    pad.page.mouse.move(*first)  # nothing is drawn any more
    pad.demo.says("The answer of the MLP is")
    pad.holds(3)


def test_the_keyboard(open_pad):
    page, pad = open_pad()
    pad.press("ArrowUp")
    pad.says("Pen up: row 7, column 8 of 14")
    pad.press(*["ArrowUp"] * 3, *["ArrowLeft"] * 3, "Space")
    pad.says("Pen down: row 4, column 5 of 14")
    pad.press(*["ArrowRight"] * 5, *["ArrowDown"] * 2, *["End"] * 2, *["ArrowDown"] * 4, "Space")
    pad.says("Pen up: row 12, column 8")
    pad.demo.says("The answer of the MLP is 7")
    pad.press("Control+z")
    pad.demo.says(EMPTY)
    pad.press(*["ArrowDown"] * 20, "Enter", "Escape")
    pad.says("Pen up: row 14")
    pad.holds(1)
    page.save()  # Ctrl + S is still JupyterLab's
    assert page.page.locator(".jp-Notebook-cell").count() == 2, "no key went to the notebook"


def test_teach_me(open_pad, lab):
    page, pad = open_pad()
    pad.draw(SEVEN)
    pad.demo.says("The answer of the MLP is 7")
    pad.demo.click("Add to my test set")
    page.see(page.cell("pad = Pad()"), "Choose the right answer first.")
    pad.demo.choose("Right answer", "7")
    pad.demo.click("Add to my test set")
    page.see(page.cell("pad = Pad()"), "The MLP reads")
    with np.load(lab.work / "my_handwriting.npz") as file:
        assert file["t"][-1] == 7 and file["x"].shape == (len(file["t"]), 784)


def test_views_stay_in_step(open_pad):
    page, pad = open_pad()
    pad.draw(SEVEN)
    pad.holds(1)
    page.run(page.cell("once more"))
    other = page.cell("once more").locator("canvas.course-pad-paper")
    other.wait_for()
    seen = "canvas => canvas.toDataURL()"

    def same(count):
        page.page.locator(f"canvas[data-strokes='{count}']").nth(1).wait_for(timeout=30 * SECOND)
        blur = "document.activeElement.blur()"  # no cursor of the keyboard
        page.page.evaluate(f"() => {{ {blur} }}")
        page.page.wait_for_function(
            f"([one, other]) => ({seen})(one) === ({seen})(other)",
            arg=[pad.paper.element_handle(), other.element_handle()],
        )

    same(1)
    pad.draw([(0.2, 0.6), (0.8, 0.6)])
    same(2)
    page.cell("once more").get_by_role("button", name="Clear").click()
    same(0)
    pad.demo.says(EMPTY)
