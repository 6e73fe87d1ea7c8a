"""JupyterLab as the course ships it: quiet, with line numbers, and with the user's own settings."""

import json
from importlib.metadata import entry_points

import pytest
from notebook_page import eventually

LESSON = "notebooks/ja/00_start_here.ipynb"
NUMBERS = ".jp-CodeCell .cm-lineNumbers"


@pytest.fixture
def choose(lab):
    """Give a function that stores a setting of the user's own, until the test ends."""
    chosen = {}

    def store(plugin, values):
        file = lab.settings / f"{plugin}.jupyterlab-settings"
        chosen.setdefault(file, file.read_text("utf-8") if file.exists() else None)
        file.parent.mkdir(parents=True, exist_ok=True)
        before = json.loads(chosen[file] or "{}")
        file.write_text(json.dumps(before | values), encoding="utf-8")

    yield store
    for file, text in chosen.items():
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_text(text, encoding="utf-8")


def size(page, selector):
    """Return the size of the letters, as the browser shows them."""
    element = page.locator(selector).first
    return element.evaluate("element => getComputedStyle(element).fontSize")


def test_a_first_time_user_sees_the_lesson_and_nothing_else(notebook):
    page = notebook(LESSON).page
    assert page.locator(NUMBERS).first.is_visible()
    assert size(page, ".jp-CodeCell .cm-content") == "15px"
    page.wait_for_timeout(3000)  # the question about news comes late
    for distraction in (".jp-Dialog", ".Toastify__toast"):
        assert page.locator(distraction).count() == 0, page.locator(distraction).all_inner_texts()


def test_what_a_user_has_chosen_comes_first(notebook, choose):
    own = {"lineNumbers": False, "customStyles": {"fontSize": 20}}
    choose("@jupyterlab/notebook-extension/tracker", {"codeCellConfig": own})
    page = notebook(LESSON).page
    assert page.locator(NUMBERS).count() == 0
    assert not eventually(lambda: size(page, ".jp-CodeCell .cm-content") != "20px")


@pytest.mark.skipif(
    "ja_JP" not in {point.name for point in entry_points(group="jupyterlab.languagepack")},
    reason="jupyterlab-language-pack-ja-JP is not installed",
)
def test_menus_in_japanese(notebook, choose, screenshots):
    choose("@jupyterlab/translation-extension/plugin", {"locale": "default"})
    page = notebook(LESSON).page
    page.get_by_role("menuitem", name="Settings").click()
    page.locator(".lm-Menu-item", has_text="Language").click()
    page.locator(".lm-Menu-item", has_text="日本語").click()
    page.locator(".jp-Dialog").get_by_text("Change and reload").click()
    page.get_by_role("menuitem", name="ファイル").wait_for()
    page.get_by_role("menuitem", name="カーネル").click()
    page.get_by_role("menuitem", name="カーネルを再起動…").first.wait_for()
    if screenshots:
        page.screenshot(path=screenshots / "menus_in_japanese.png")
