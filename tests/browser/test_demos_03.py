"""The demo of lesson 03 in JupyterLab: the line by hand, and the learning rule step by step."""

import pytest


def test_by_mouse(open_demo):
    demo = open_demo("perceptron")
    demo.says("Wrong: 1 of 4")
    with demo.changing():
        demo.drag("weight w1", 1)
    with demo.changing():
        demo.drag("weight w2", 1)
    with demo.changing():
        demo.drag("bias b", 0)
    assert "z = 4 × x1 + 4 × x2 + (−4)" in demo.status()
    assert "All four points are right." in demo.status()
    with demo.changing():
        demo.choose("Targets", "NAND")
    assert "Wrong: 4 of 4" in demo.status()


def test_by_keyboard(open_demo):
    demo = open_demo("perceptron")
    cells = demo.page.locator(".jp-Cell").count()
    with demo.changing():
        demo.press("weight w1", "Home")
    with demo.changing():
        demo.press("weight w2", "Home")
    with demo.changing():
        demo.press("bias b", "End")
    with demo.changing(text=False):  # two are wrong before and after
        demo.press("Targets", "ArrowDown", "ArrowDown")
    assert "z = −4 × x1 + −4 × x2 + (4)" in demo.status()
    assert "Wrong: 2 of 4" in demo.status()  # on the line z is 0, so the answer is 0
    with demo.changing(picture=False):
        demo.press("bias b", "ArrowLeft")
    demo.press("Targets", "b", "d", "d")  # commands of JupyterLab, were it not for the menu
    demo.rest()
    assert demo.page.locator(".jp-Cell").count() == cells


@pytest.mark.parametrize(
    ("language", "learn", "right"),
    [
        ("en", "Learn from the next point", "All four points are right."),
        ("ja", "次の点から学習する", "四つの点すべてに正解です。"),
    ],
)
def test_learning(open_demo, language, learn, right):
    demo = open_demo("perceptron", language)
    for point in range(20):  # five rounds, as in the lesson
        with demo.changing(picture=False, text=False):
            demo.click(learn)
    demo.says(right)
