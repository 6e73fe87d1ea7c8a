"""Lesson 09's demos in JupyterLab: each control moved by mouse and by keyboard to its ends."""

import pytest


def test_a_filter_slides(open_demo):
    shown = open_demo("sliding")
    shown.says("−1 + 1 + 1 + 1 = 2")
    with shown.changing():
        shown.press("place", "Home")
    shown.says("1 of 16 sums")
    shown.drag("place", 1)
    shown.says("row 3, column 3")
    shown.says("16 of 16 sums")
    with shown.changing():
        shown.press("column", "Home")
    shown.says("row 3, column 0")
    shown.drag("row", 0)
    shown.says("1 of 16 sums")
    shown.click("Step")
    shown.says("2 of 16 sums")
    shown.click("Back")
    shown.says("1 of 16 sums")
    shown.click("All places")
    shown.says("16 of 16 sums")
    shown.click("Start again")
    shown.says("1 of 16 sums")
    assert shown.plays("Play", "place", 2)[:3] == [0, 1, 2]
    shown.click("Pause")
    shown.rest()
    assert f"{shown.value('place') + 1:.0f} of 16 sums" in shown.status()


def test_stride_and_padding_change_the_size(open_demo):
    shown = open_demo("sliding")
    shown.press("stride", "End")
    shown.says("2 rows and 2 columns")
    shown.drag("padding", 1)
    shown.says("3 rows and 3 columns")
    shown.drag("stride", 0)
    shown.says("8 rows and 8 columns")
    shown.press("padding", "Home")
    shown.says("4 rows and 4 columns")


def test_filters_are_chosen_and_typed(open_demo):
    shown = open_demo("sliding")
    with shown.changing():
        shown.choose("Filter", "flat edges (horizontal)")
    box = shown.area.locator(".widget-text input").nth(4)
    assert shown.area.locator(".widget-text input").first.input_value() == "-1"
    box.fill("abc")
    shown.says("“abc” is not a number")
    box.fill("")
    shown.says("A box is empty")
    with shown.changing():
        box.fill("50")
    chosen = shown.control("Filter").locator("select").input_value()
    assert chosen.replace("\xa0", " ") == "my own numbers"
    with shown.changing():
        shown.choose("Filter", "learnt by the CNN")
    shown.says("2 rows and 2 columns")
    assert not box.is_visible()
    with shown.changing():
        shown.choose("Image", "handwritten 9")
    shown.says("24 rows and 24 columns")
    shown.press("row", "End")
    shown.press("column", "End")
    shown.says("row 23, column 23")
    with shown.changing():
        shown.press("Image", "Home")
    shown.says("2 rows and 2 columns")


def test_what_the_layers_see(open_demo):
    shown = open_demo("inside")
    shown.says("Map 10: 24 × 24 sums")
    with shown.changing():
        shown.press("test digit", "End")
    assert shown.value("test digit") == 296
    with shown.changing():
        shown.drag("test digit", 0)
    assert shown.value("test digit") == 0
    for layer, said, label, last in (
        ("the filters", "Filter", "map", 29),
        ("after max pooling", "Map", "map", 29),
        ("after ReLU", "Map", "map", 29),
        ("affine and ReLU: 100 numbers", "Number", "number", 99),
        ("affine and softmax: 10 scores", "The score of", "score of digit", 9),
    ):
        with shown.changing():
            shown.choose("Layer", layer)
        shown.press(label, "End")
        shown.says(f"{said} {last}")
        shown.drag(label, 0)
        shown.says(f"{said} 0")


@pytest.mark.parametrize(
    "name, said", [("sliding", "窓は 2 行目、1 列目"), ("inside", "ネットワークの答え")]
)
def test_in_japanese(open_demo, name, said):
    open_demo(name, "ja").says(said)
