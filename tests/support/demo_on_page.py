"""A demo on the screen: its sliders, menus and buttons, its picture, its line of text.

A control is found by its label; where several have none, by its place: 0 is the first.
"""

import contextlib
import time

SECOND = 1000  # milliseconds
IS_IDLE = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.status == 'idle'"
KINDS = ".widget-slider, .widget-dropdown, .widget-toggle-buttons, .widget-radio, .widget-text"

# The address of an unchanged picture changes with each message, so what counts is its content.
PICTURES = """async area => {
    const pictures = [...area.querySelectorAll('img')].filter(x => x.getClientRects().length);
    return Promise.all(pictures.map(async picture => {
        const bytes = await (await fetch(picture.src)).arrayBuffer();
        const hash = await crypto.subtle.digest('SHA-1', bytes);
        return [...new Uint8Array(hash)].map(x => x.toString(16).padStart(2, '0')).join('');
    }));
}"""

# Each value that a slider takes, none left out, however busy the computer is.
NOTE_VALUES = """handle => {
    const passed = window.passed = [];
    const note = () => {
        const now = Number(handle.getAttribute('aria-valuenow'));
        if (passed.at(-1) !== now) passed.push(now);
    };
    note();
    new MutationObserver(note).observe(handle, {attributeFilter: ['aria-valuenow']});
}"""


class Demo:
    """The output of a cell that shows a demo. `page` is the page, `area` the output."""

    def __init__(self, page, area):
        self.page, self.area = page, area
        self.area.locator(".jupyter-widgets").first.wait_for(timeout=60 * SECOND)
        self.area.scroll_into_view_if_needed()

    def control(self, label):
        """Return the slider, menu or group of buttons with this label, or with this number."""
        controls = self.area.locator(KINDS)
        if isinstance(label, int):
            return controls.nth(label)
        own = self.page.locator(".widget-label").get_by_text(label, exact=True)
        return controls.filter(has=own).first

    def handle(self, label):
        """Return what a slider is dragged by."""
        return self.control(label).locator(".noUi-handle").first

    def drag(self, label, fraction):
        """Drag a slider with the mouse to a fraction of its length: 0 is left, 1 is right."""
        handle, control = self.handle(label), self.control(label)
        handle.scroll_into_view_if_needed()
        track, start = control.locator(".noUi-base").bounding_box(), handle.bounding_box()
        middle = start["y"] + start["height"] / 2
        beyond = {0: -20, 1: 20}.get(fraction, 0)  # an end is reached for certain
        self.page.mouse.move(start["x"] + start["width"] / 2, middle)
        self.page.mouse.down()
        end = track["x"] + fraction * track["width"] + beyond
        self.page.mouse.move(end, middle, steps=8)
        self.page.mouse.up()

    def press(self, label, *keys):
        """Press keys on a slider, menu or group: "Home", "End", "PageUp", "ArrowLeft" ..."""
        control = self.control(label)
        target = control.locator(".noUi-handle, select, input, button")
        target.first.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def value(self, label):
        """Return where a slider stands, as a number (of the choice, if it chooses)."""
        return float(self.handle(label).get_attribute("aria-valuenow"))

    def choose(self, label, option):
        """Choose an option of a menu, of toggle buttons or of radio buttons."""
        control = self.control(label)
        if "widget-dropdown" in control.get_attribute("class"):
            control.locator("select").select_option(label=option)
        elif "widget-radio" in control.get_attribute("class"):
            control.get_by_label(option, exact=True).check()
        else:
            control.get_by_role("button", name=option, exact=True).click()

    def click(self, label):
        """Press the button with this label with the mouse."""
        self.area.get_by_role("button", name=label, exact=True).click()

    def plays(self, button, label, last, seconds=60):
        """Press a button that plays; return what a slider then passes through, up to `last`."""
        self.handle(label).evaluate(NOTE_VALUES)
        self.click(button)
        reached = "last => window.passed.lastIndexOf(last) > 0"
        self.page.wait_for_function(reached, arg=last, timeout=seconds * SECOND)
        return self.page.evaluate("window.passed")

    def type(self, label, text):
        """Type a text into a box, and Enter."""
        box = self.control(label).locator("input")
        box.fill(text)
        box.press("Enter")

    def status(self):
        """Return the text that says what is seen."""
        return self.area.locator("[role=status]").first.inner_text()

    def says(self, text, seconds=30):
        """Wait until that text contains another."""
        line = self.area.locator("[role=status]", has_text=text).first
        line.wait_for(timeout=seconds * SECOND)

    def pictures(self):
        """Return a mark of each picture that is shown: a changed picture has another mark."""
        for _ in range(100):
            with contextlib.suppress(Exception):  # a picture was replaced while it was read
                return self.area.evaluate(PICTURES)
            time.sleep(0.05)
        return self.area.evaluate(PICTURES)

    def state(self):
        """Return what is seen: the marks of the pictures, and the text."""
        return self.pictures(), self.status()

    def rest(self, seconds=30):
        """Wait until the kernel has nothing to do and nothing changes; return what is seen."""
        end, seen = time.monotonic() + seconds, []
        while time.monotonic() < end:
            seen = [*seen[-3:], self.state()] if self.page.evaluate(IS_IDLE) else []
            if len(seen) == 4 and all(state == seen[0] for state in seen):
                return seen[0]
            time.sleep(0.05)
        raise AssertionError(f"The demo does not come to rest: {self.status()}")

    @contextlib.contextmanager
    def changing(self, picture=True, text=True, seconds=30):
        """Fail if what is done in this block does not change the picture and the text.

        At the end of the block, the demo is at rest again.
        """
        pictures, status = self.rest(seconds)
        yield
        end = time.monotonic() + seconds
        while True:
            now = self.state()
            if (not picture or now[0] != pictures) and (not text or now[1] != status):
                break
            assert time.monotonic() < end, f"Nothing has changed. The demo says: {status}"
            time.sleep(0.05)
        self.rest(seconds)
