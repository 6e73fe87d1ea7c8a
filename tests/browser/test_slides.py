"""Slides and handouts in a real browser without network: each slide fits, each page prints."""

import pytest
from notebook_page import complaints_of

from tools import notebooks
from tools.slides import packages
from tools.slides.__main__ import main

KEPT = notebooks.FOLDER.parent / "slides" / ".packages"
NAMES = notebooks.names(notebooks.FOLDER)
PAGES = [(edition, name.removesuffix(".ipynb")) for name in NAMES for edition in ("en", "ja")]
each_lesson = pytest.mark.parametrize("edition, name", PAGES, ids=lambda text: text)

# What is wrong with the slide that is shown: what is cut off, or is not seen.
LOOK = """() => {
  const slide = Reveal.getCurrentSlide(), box = Reveal.getSlidesElement().getBoundingClientRect();
  const wrong = [];
  for (const part of slide.querySelectorAll("h1, h2, .piece, pre, img, table, .course")) {
    if (part.closest(".notes")) continue;
    const own = part.getBoundingClientRect(), name = part.className || part.tagName;
    if (own.width === 0 || own.height === 0) wrong.push(name + " is not seen");
    if (own.bottom > box.bottom + 1) {
      wrong.push(`${name} is cut off: ${own.bottom - box.bottom} pixels below`);
    }
    if (own.right > box.right + 1) wrong.push(name + " is cut off at the right");
    if (part.scrollWidth > part.clientWidth + 1) wrong.push(name + " is wider than its frame");
    if (parseFloat(getComputedStyle(part).fontSize) < 15) wrong.push(name + " is too small");
    if (part.matches(".fragment:not(.visible)")) wrong.push(name + " does not appear");
  }
  return wrong;
}"""


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Give the folder with all slides and handouts."""
    if not packages.are_there(KEPT):
        pytest.skip("the packages for slides are not there (python -m tools.slides)")
    out = tmp_path_factory.mktemp("slides")
    assert main([], out) == 0
    return out


@pytest.fixture
def page(browser):
    """Give a page as large as a projector, in a browser that is cut off from the network."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    page.complaints = complaints_of(page, "file://")
    yield page
    context.close()
    assert not page.complaints, "\n".join(page.complaints)


@each_lesson
def test_every_slide_fits(edition, name, made, page, screenshots):
    page.goto((made / edition / f"{name}.html").as_uri())
    page.wait_for_function("Reveal.isReady()")
    count, wrong, shown, pressed = page.evaluate("Reveal.getTotalSlides()"), [], 0, 0
    while shown < count:
        waiting = page.evaluate("Reveal.availableFragments().next")
        if not waiting:
            shown += 1
            wrong += [f"slide {shown}: {what}" for what in page.evaluate(LOOK)]
            if screenshots:
                path = screenshots / f"slides_{name[:2]}_{edition}_{shown:02}.png"
                page.screenshot(path=path)
        page.keyboard.press("ArrowRight")
        pressed += 1
        assert pressed < 200, "The arrow key does not lead to the end."
    assert not wrong, f"{edition}/{name}\n" + "\n".join(wrong)


def test_the_speakers_notes_open(made, page):
    page.goto((made / "en" / "03_perceptron.html").as_uri())
    page.wait_for_function("Reveal.isReady()")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    popup.value.wait_for_selector(".speaker-controls-notes .value:not(:empty)", timeout=20000)
    assert "one artificial neuron" in popup.value.locator(".speaker-controls-notes").inner_text()


@each_lesson
def test_the_handout_prints(edition, name, made, page, screenshots):
    page.goto((made / edition / f"{name}_handout.html").as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 658, "height": 980})  # A4 without its margins
    wide = page.evaluate(
        "[...document.querySelectorAll('.prose *, .cell *')]"
        ".filter(part => part.getBoundingClientRect().right > innerWidth + 1)"
        ".map(part => part.outerHTML.slice(0, 80))"
    )
    assert not wide, "wider than the paper"
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") >= 4
    assert b"/MediaBox [0 0 594" in pdf or b"/MediaBox [0 0 595" in pdf, "the paper is A4"
    assert page.locator("html").get_attribute("lang") == edition
    if screenshots:
        (screenshots / f"handout_{name[:2]}_{edition}.pdf").write_bytes(pdf)
