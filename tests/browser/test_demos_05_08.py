"""The demos of lessons 05 and 08 in JupyterLab, moved by mouse and by keyboard."""

import re

import numpy as np
import pytest
from notebook_page import eventually

from course.demos import gradient_descent, optimizer_race
from course.demos.gradient_descent import STEPS, descend


def place(start, lr, steps):
    """Return what the demo of lesson 05 says after so many steps."""
    w = descend(start, lr, steps)[-1]
    w0, w1, loss = map(gradient_descent.compact, (*w, gradient_descent.loss(w)))
    return f"Steps taken: {steps}. w0 = {w0}, w1 = {w1}, loss {loss}."


def test_descent_by_keyboard(open_demo):
    demo = open_demo("descent")
    demo.says(place((2, -1), 0.01, 20))
    for label, key, start, lr, steps in (
        ("start at w0", "Home", (-4, -1), 0.01, 20),
        ("start at w0", "End", (4, -1), 0.01, 20),
        ("start at w1", "Home", (4, -3), 0.01, 20),
        ("start at w1", "End", (4, 7), 0.01, 20),
        ("learning rate", "Home", (4, 7), 0.001, 20),
        ("steps", "End", (4, 7), 0.001, STEPS),
        ("steps", "Home", (4, 7), 0.001, 0),
    ):
        with demo.changing():
            demo.press(label, key)
        assert place(start, lr, steps) in demo.status()
    demo.press("learning rate", "End")
    demo.says("it diverges. The border is 2 / 11.6, about 0.1724.")
    with demo.changing():
        demo.press("steps", "End")
    assert "The path has left the map." in demo.status()
    assert place((4, 7), max(gradient_descent.RATES), STEPS) in demo.status()


def test_descent_by_mouse(open_demo):
    demo = open_demo("descent")
    with demo.changing():
        demo.click("Start again")
    assert place((2, -1), 0.01, 0) in demo.status()
    assert f"2 along w0, {gradient_descent.formatted(-32.72)} along w1" in demo.status()
    for steps in 1, 2:
        with demo.changing():
            demo.click("Step")
        assert place((2, -1), 0.01, steps) in demo.status()
    with demo.changing():
        demo.click("Back")
    assert place((2, -1), 0.01, 1) in demo.status()
    for label, fraction, start, lr in (
        ("start at w0", 0, (-4, -1), 0.01),
        ("start at w1", 1, (-4, 7), 0.01),
        ("learning rate", 1, (-4, 7), max(gradient_descent.RATES)),
        ("learning rate", 0, (-4, 7), min(gradient_descent.RATES)),
    ):
        with demo.changing():
            demo.drag(label, fraction)
        assert place(start, lr, 1) in demo.status()


def taken(demo):
    """Return how many steps the demo says were taken."""
    return int(re.search(r"Steps taken: (\d+)", demo.status())[1])


@pytest.mark.parametrize("name", ["descent", "race"])
def test_play_and_pause(open_demo, name):
    demo = open_demo(name)
    with demo.changing():
        demo.click("Start again")
    demo.click("Play")
    assert not eventually(lambda: taken(demo) < 5), "some steps may be left out on a busy computer"
    demo.click("Pause")
    demo.rest()
    assert 5 <= taken(demo) == demo.value("steps")


def said(rates, surface, steps):
    """Return the order that the demo of lesson 08 gives, from the rules themselves."""
    slope = optimizer_race.SURFACES[surface][1]
    walked = {
        n: optimizer_race.walk(optimizer_race.RULES[n][0](lr), slope, steps)
        for n, lr in rates.items()
    }
    order = optimizer_race.standings(walked)
    return ", ".join(
        f"{n}. {rule} {gradient_descent.formatted(far)}" for n, (rule, far) in enumerate(order, 1)
    )


def test_race(open_demo):
    demo = open_demo("race")
    rates = {name: lr for name, (_, lr) in optimizer_race.RULES.items()}
    assert said(rates, "bowl", 30) in demo.status()
    with demo.changing():
        demo.choose("Surface", "The same, with a hollow on the way")
    assert said(rates, "hollow", 30) in demo.status()
    assert "In the hollow on the way: SGD, AdaGrad, RMSProp." in demo.status()
    demo.choose("Surface", "The long valley of the lesson")
    demo.rest()
    for key, steps in ("End", optimizer_race.STEPS), ("Home", 0):
        with demo.changing():
            demo.press("steps", key)
        assert said(rates, "bowl", steps) in demo.status()
    with demo.changing():
        demo.drag("steps", 1)
    assert said(rates, "bowl", optimizer_race.STEPS) in demo.status()


def test_rates_of_the_race(open_demo):
    demo = open_demo("race")
    rates = {name: lr for name, (_, lr) in optimizer_race.RULES.items()}
    for number, name in enumerate(rates, 1):  # 0 is the surface
        with demo.changing():
            demo.press(number, "Home")
        rates[name] = min(optimizer_race.RATES)
        assert said(rates, "bowl", 30) in demo.status()
    with demo.changing():
        demo.drag(1, 1)
    assert "Left the surface (in step): SGD (1)." in demo.status()
    with demo.changing():
        demo.click("Learning rates of the lesson")
    assert "6. SGD 2.19" in demo.status()


def test_boxes_of_the_race(open_demo):
    demo = open_demo("race")
    demo.rest()
    boxes = demo.area.locator("input[type=checkbox]")
    for number, name in enumerate(optimizer_race.RULES):
        with demo.changing():
            boxes.nth(number).focus()
            demo.page.keyboard.press("Space")
        assert name not in demo.status()
    assert "Tick at least one rule." in demo.status()
    with demo.changing():
        boxes.nth(5).click()
    assert "1. Adam 1.23." in demo.status()


def test_in_japanese(open_demo):
    demo = open_demo("descent", "ja")
    demo.says("20 回進んだところ")
    with demo.changing():
        demo.press("学習率", "End")
    assert "発散です。" in demo.status() and "約 0.1724" in demo.status()
    demo = open_demo("race", "ja")
    assert "近い順" in demo.status() and "1. RMSProp 0.01、2. AdaGrad 0.12" in demo.status()
    assert np.isclose(demo.value("歩数"), 30)
