"""The demos of lesson 06 in a real browser, moved to their extremes by mouse and by keyboard."""

import re

from course.demos import color_network
from helpers.plots.color_charts import NAMES


def answer_to(color):
    """Return the status text's first sentence for a colour, calculated here."""
    network = color_network.learning()[-1].network
    shares = color_network.probabilities(network, [color])[0]
    name = NAMES[shares.argmax()]
    percent = ", ".join(f"{n} {100 * s:.0f} %" for n, s in zip(NAMES, shares, strict=True))
    return f"The network calls it {name}: {percent}."


def test_color_by_mouse(open_demo):
    shown = open_demo("color")
    assert answer_to((233, 63, 127)) in shown.status()
    color = [233, 63, 127]
    for place, name in enumerate(NAMES):
        for fraction in 0, 1:
            if color[place] == 255 * fraction:
                continue
            with shown.changing():
                shown.drag(name, fraction)
            color[place] = 255 * fraction
            assert shown.value(name) == color[place]
            shown.says(answer_to(color))
    assert chooser(shown).input_value() == "#ffffff"


def test_color_by_keyboard(open_demo):
    shown = open_demo("color")
    for name in NAMES:
        shown.press(name, "Home")
    shown.says(answer_to((0, 0, 0)))
    shown.press("green", *["ArrowRight"] * 40)
    shown.says(answer_to((0, 40, 0)))
    shown.press("blue", "End", "ArrowLeft")
    shown.says(answer_to((0, 40, 254)))
    shown.rest()
    assert chooser(shown).input_value() == "#0028fe"


def chooser(shown):
    """Return the box for the name of a colour."""
    return shown.area.locator(".widget-colorpicker input[type=text]")


def test_color_by_name(open_demo):
    """The box takes what was typed when it is left: JupyterLab keeps Enter from it."""
    shown = open_demo("color")
    for text, color in ("teal", (0, 128, 128)), ("#0a141e", (10, 20, 30)):
        with shown.changing():
            chooser(shown).fill(text)
            chooser(shown).press("Tab")
        shown.says(answer_to(color))
        assert [shown.value(name) for name in NAMES] == list(color)
    for nonsense in "no colour", "", "transparent":
        chooser(shown).fill(nonsense)
        chooser(shown).press("Tab")
        shown.rest()
        assert answer_to((10, 20, 30)) in shown.status()
    shown.press("red", "End")
    shown.says(answer_to((255, 20, 30)))


def test_color_from_the_color_field(open_demo):
    """What the browser's own chooser gives, which no test can see."""
    shown = open_demo("color")
    field = shown.area.locator(".widget-colorpicker input[type=color]")
    for color in "#00ff00", "#0000ff":
        with shown.changing():
            field.evaluate(
                """(field, colour) => {
                    field.value = colour;
                    for (const name of ['input', 'change'])
                        field.dispatchEvent(new Event(name, {bubbles: true}));
                }""",
                color,
            )
    shown.says(answer_to((0, 0, 255)))
    assert shown.value("blue") == 255


def test_new_colors(open_demo):
    shown = open_demo("color")
    for _ in range(3):
        with shown.changing():
            shown.click("A colour it has not learnt from")
    x, names, learnt = color_network.named()
    third = (~learnt).nonzero()[0][2]
    assert answer_to(x[third]) in shown.status() and f"{names[third]} (0)" in shown.status()


def test_color_in_japanese(open_demo):
    shown = open_demo("color", "ja")
    shown.press("赤（red）", "Home")
    shown.press("緑（green）", "End")
    shown.press("青（blue）", "Home")
    shown.says("ネットワークの答えは緑（green）です（赤 0%、緑 100%、青 0%）。")
    shown.says("スライダーを一つ動かすだけでは" if firm() else "いちばん小さな変化で")


def firm():
    """Return whether no slider alone changes the answer for the purest green."""
    network = color_network.learning()[-1].network
    x = color_network.variations((0, 255, 0)).reshape(-1, 3)
    answers = color_network.probabilities(network, x).argmax(axis=1).reshape(3, 256)
    return color_network.next_change((0, 255, 0), answers) is None


def right(at):
    """Return what the status text says of an epoch."""
    epoch = color_network.learning()[at]
    return (
        f"{epoch.right} of 240 colours right (loss {epoch.loss:.3f}), and {epoch.new_right} of 78"
    )


def test_decision_by_mouse(open_demo):
    shown = open_demo("decision")
    assert right(0) in shown.status() and "Before the training" in shown.status()
    for fraction, at in (1, 20), (0, 0), (0.5, None):
        with shown.changing():
            shown.drag("epoch", fraction)
        value = int(shown.value("epoch"))
        assert at in (None, value)
        shown.says(right(value))
    with shown.changing():
        shown.click("Step")
    shown.says(right(value + 1))
    with shown.changing():
        shown.click("Start again")
    shown.says("Before the training")


def test_decision_by_keyboard(open_demo):
    shown = open_demo("decision")
    shown.press("epoch", "End")
    shown.says(f"After epoch 20, that is 960 steps: {right(20)}")
    shown.press("epoch", "ArrowRight")
    shown.press("epoch", "ArrowLeft")
    shown.says("After epoch 19, ")
    shown.press("epoch", "Home")
    shown.says(right(0))


def test_decision_plays_to_its_end(open_demo):
    shown = open_demo("decision")
    assert shown.plays("Play", "epoch", 2)[:3] == [0, 1, 2]
    shown.click("Pause")
    shown.rest()
    at = int(re.search(r"epoch (\d+)", shown.status())[1])
    assert at == shown.value("epoch")
    assert shown.plays("Play", "epoch", 20) == list(range(at, 21))
    shown.says("After epoch 20,")
    shown.says("It has overtaken the rule")


def test_decision_in_japanese(open_demo):
    shown = open_demo("decision", "ja")
    shown.press("エポック", "End")
    shown.says("黄は「緑」、白は「青」、黒は「緑」と答えます。")
    shown.click("最初から")
    shown.says("学習の前です。")
