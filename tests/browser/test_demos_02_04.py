"""The demos of lessons 02 and 04 in JupyterLab, moved by mouse and by keyboard."""

import pytest
from notebook_page import eventually

SIZES = {
    "en": ("rows of A", "columns of A", "rows of B", "columns of B"),
    "ja": ("A の行の数", "A の列の数", "B の行の数", "B の列の数"),
}


def test_product_step_by_step(open_demo):
    demo = open_demo("matrix_product")
    demo.says("(2, 3) @ (3, 2) works")
    with demo.changing():
        demo.click("Step")
    assert "1 × 1 = 1" in demo.status() and "Pairs still to come: 2" in demo.status()
    with demo.changing():
        demo.press("step", "End")
    assert "4 × 2 + 5 × 4 + 6 × 6 = 64" in demo.status() and "All is done" in demo.status()
    with demo.changing():
        demo.click("Back")
    assert "4 × 2 + 5 × 4 = 28" in demo.status()
    with demo.changing():
        demo.drag("step", 0.75)
    assert "Row 4 5 6 meets column 1 3 5" in demo.status() and "= 49" in demo.status()
    with demo.changing():
        demo.click("Start again")
    assert "(2, 3) @ (3, 2) works" in demo.status() and demo.value("step") == 0
    with demo.changing():
        demo.click("Step")
        demo.click("Other numbers")
        demo.click("Step")
    assert "Row 1 2 3" not in demo.status()


def test_product_plays_by_itself(open_demo):
    demo = open_demo("matrix_product")
    assert demo.plays("Play", "step", 2)[:3] == [0, 1, 2]
    demo.click("Pause")
    seen = demo.rest()
    demo.page.wait_for_timeout(1500)
    assert demo.rest() == seen
    demo.press("columns of A", "Home")
    demo.press("rows of B", "Home")
    demo.says("(2, 1) @ (1, 2) works")
    assert demo.plays("Play", "step", 4) == [0, 1, 2, 3, 4]
    demo.says("Row 2 meets column 2")
    demo.says("2 × 2 = 4")
    assert not eventually(lambda: demo.area.get_by_role("button", name="Pause").count())
    assert demo.plays("Play", "step", 4) == [4, 0, 1, 2, 3, 4], "from the end, it starts again"
    demo.press("step", "Home", "ArrowRight")
    demo.says("Row 1 meets column 1")


@pytest.mark.parametrize("language", SIZES)
def test_product_of_all_shapes(open_demo, language):
    demo = open_demo("matrix_product", language)
    rows_a, columns_a, rows_b, columns_b = SIZES[language]
    with demo.changing():
        demo.drag(rows_b, 1)
    assert "(2, 3) @ (4, 2)" in demo.status()
    assert ("does not work" if language == "en" else "計算できません") in demo.status()
    with demo.changing():
        demo.press(columns_a, "End")
    assert "(2, 4) @ (4, 2)" in demo.status() and "(2, 2)" in demo.status()
    with demo.changing():
        demo.drag(rows_a, 1)
    assert "(4, 4) @ (4, 2)" in demo.status()
    with demo.changing():
        demo.press(columns_b, "End")
    assert "(4, 4) @ (4, 4)" in demo.status()
    for label in SIZES[language]:
        with demo.changing():
            demo.drag(label, 0)
    assert "(1, 1) @ (1, 1)" in demo.status()
    assert demo.control(columns_b).locator(".widget-label").evaluate(FITS)


FITS = "label => label.scrollWidth <= label.clientWidth + 1"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_activations(open_demo, language):
    z, gain = ("weighted sum z", "gain") if language == "en" else ("重み付き和 z", "ゲイン")
    almost = "almost {}" if language == "en" else "ほとんど {}"
    demo = open_demo("activations", language)
    assert {"0.622", "0.235", "0.462", "0.786"} <= set(demo.status().split())
    with demo.changing():
        demo.press(z, "End")
    assert "1 × 5 = 5" in demo.status() and "0.993" in demo.status()
    with demo.changing():
        demo.drag(z, 0)
    assert "1 × (−5) = −5" in demo.status() and "0.007" in demo.status()
    with demo.changing():
        demo.press(gain, "End")
    assert "100 × (−5) = −500" in demo.status() and almost.format("−1") in demo.status()
    with demo.changing():
        demo.drag(gain, 0)
    assert "−1 × (−5) = 5" in demo.status()
    with demo.changing():
        demo.press(gain, "ArrowRight")
    assert "0 × (−5) = 0" in demo.status()
    for label in z, gain:
        assert demo.control(label).locator(".widget-label").evaluate(FITS)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_flow(open_demo, language):
    x1, x2 = ("input x[0]", "input x[1]") if language == "en" else ("入力 x[0]", "入力 x[1]")
    layer = "layer" if language == "en" else "層"
    demo = open_demo("flow", language)
    assert "= 0.317" in demo.status() and "= 0.696" in demo.status()
    with demo.changing():
        demo.press(layer, "Home")
    assert "x = [1 0.5]" in demo.status()
    with demo.changing():
        demo.click("Step" if language == "en" else "進む")
    assert "1 × 0.1 + 0.5 × 0.2 + 0.1 = 0.3, sigmoid(0.3) = 0.574" in demo.status()
    with demo.changing():
        demo.drag(x1, 1)
        demo.drag(x2, 0)
    assert "20 × 0.1 + (−20) × 0.2 + 0.1 = −1.9" in demo.status()
    with demo.changing():
        demo.press(x1, "Home")
    assert "(−20) × 0.1 + (−20) × 0.2 + 0.1 = −5.9" in demo.status()
    with demo.changing():
        demo.drag(layer, 1)
    demo.press(layer, "Home")
    demo.rest()
    assert demo.plays("Play" if language == "en" else "再生", layer, 3) == [0, 1, 2, 3]
    for name in "y", "a2", "a1":
        demo.says(f"makes {name}:" if language == "en" else f"層目の {name}（")
        demo.press(layer, "ArrowLeft")
