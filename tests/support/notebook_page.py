"""A notebook on the screen, used as a learner uses it: with the keyboard and the mouse."""

import re
import time

from demo_on_page import Demo

SECOND = 1000  # milliseconds
NOTEBOOK = "jupyterapp.shell.currentWidget.content"
# The circle beside the name of the kernel is idle also before there is a kernel.
IS_READY = """() => {
    const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
    const kernel = session?.isReady && session.session?.kernel;
    return kernel && kernel.connectionStatus == 'connected' && kernel.status == 'idle';
}"""
PROMPTS = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')]"

# JupyterLab writes each new number into a new node: what is not marked is new, even where
# a cell gets the number that it had before.
MARK = "prompt => { if (prompt.firstChild) prompt.firstChild.seen = true; }"
IS_NEW = "prompt => !prompt.firstChild?.seen && !prompt.textContent.includes('*')"
# Empty cells are not run.
ALL_ARE_NEW = f"""() => {NOTEBOOK}.widgets.every(cell => cell.model.type != 'code'
    || !cell.model.sharedModel.source.trim()
    || ({IS_NEW})(cell.node.querySelector('.jp-InputPrompt')))"""
# Below the last cell, a page is left empty.
END = """panel => {
    const last = [...panel.querySelectorAll('.jp-Cell')].at(-1).getBoundingClientRect();
    const top = panel.getBoundingClientRect().top;
    return [Math.ceil(last.bottom - top + panel.scrollTop), panel.clientHeight];
}"""


class Notebook:
    """A notebook on the screen."""

    def __init__(self, page):
        self.page = page
        self.ready()

    def ready(self, seconds=120):
        """Wait for the notebook, and until its kernel has nothing to do."""
        self.page.locator(".jp-Notebook-cell").first.wait_for(timeout=seconds * SECOND)
        assert not self.dialogs(), self.dialogs()
        self.page.wait_for_function(IS_READY, timeout=seconds * SECOND)

    def cell(self, text):
        """Return the code cell in which this text stands."""
        return self.page.locator(".jp-CodeCell", has_text=text).first

    def below(self, text):
        """Return the code cell that comes after the block with this text."""
        block = self.page.locator(".jp-MarkdownCell", has_text=text).first
        block.scroll_into_view_if_needed()
        return block.locator("xpath=following-sibling::*[contains(@class, 'jp-CodeCell')]").first

    def write(self, source):
        """Put code into the first cell, in place of what is there."""
        self.page.evaluate(
            f"code => {NOTEBOOK}.widgets[0].model.sharedModel.setSource(code)", source
        )

    def run(self, cell, typed=None, seconds=120):
        """Type into a cell, if there is something to type, and run it with Shift + Enter."""
        for _ in range(3):
            assert not self.dialogs(), self.dialogs()
            cell.scroll_into_view_if_needed()
            cell.locator(".cm-content").click()
            if typed is None or self.type(cell, typed):
                break
        else:
            raise AssertionError(f"The cell does not hold what was typed: {typed}")
        prompt = cell.locator(".jp-InputPrompt").element_handle()
        prompt.evaluate(MARK)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(IS_NEW, arg=prompt, timeout=seconds * SECOND)
        assert re.search(r"\[\d+\]", prompt.text_content()), f"It did not run. {self.dialogs()}"

    def run_all(self, seconds=900):
        """Run all cells, by the menu, and wait until each has run or will not run."""
        self.page.evaluate(f"{PROMPTS}.forEach({MARK})")
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(ALL_ARE_NEW, timeout=seconds * SECOND)
        self.ready()

    def demo(self, text, seconds=120):
        """Run the cell in which this text stands, and return the demo that it shows."""
        cell = self.cell(text)
        self.run(cell, seconds=seconds)
        return Demo(self.page, cell.locator(".jp-OutputArea").first)

    def dialogs(self):
        """Return what JupyterLab asks, if it asks something."""
        return self.page.locator(".jp-Dialog").all_inner_texts()

    def type(self, cell, text):
        """Type a text in place of what is there; return whether the cell holds it then."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        for number, line in enumerate(text.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
                self.page.keyboard.press("Shift+Home")  # JupyterLab indents by itself
                self.page.keyboard.press("Delete")
            self.page.keyboard.type(line)
        return cell.locator(".cm-line").all_inner_texts() == [x or "\n" for x in text.split("\n")]

    def see(self, cell, text, seconds=30):
        """Wait until a text stands under a cell."""
        shown = cell.locator(".jp-OutputArea", has_text=text).first
        shown.wait_for(timeout=seconds * SECOND)
        return shown

    def menu(self, *names):
        """Choose from a menu."""
        for name in names:
            self.page.get_by_role("menuitem", name=re.compile(f"^{name}")).first.click()

    def restart(self):
        """Restart the kernel, by the menu."""
        self.menu("Kernel", "Restart Kernel…")
        with self.page.expect_response(re.compile(r"/restart\b"), timeout=120 * SECOND):
            self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.ready()

    def save(self):
        """Save with Ctrl + S."""
        with self.page.expect_response(lambda answer: answer.request.method == "PUT"):
            self.page.keyboard.press("Control+S")

    def theme(self, name):
        """Change to the "Light" or the "Dark" theme."""
        self.page.evaluate(
            "name => jupyterapp.commands.execute('apputils:change-theme', {theme: name})",
            f"JupyterLab {name}",
        )
        shown = self.page.locator(f"body[data-jp-theme-name='JupyterLab {name}']")
        shown.wait_for(state="attached")

    def photograph(self, folder, name, height=4000):
        """Write pictures NAME_1.png, NAME_2.png ... that show all of the notebook."""
        size = self.page.viewport_size
        self.page.set_viewport_size(size | {"height": height})
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        end, step = panel.evaluate(END)
        for number, top in enumerate(range(0, end, step), 1):
            panel.evaluate("(panel, top) => { panel.scrollTop = top; }", top)
            panel.screenshot(path=folder / f"{name}_{number}.png", animations="disabled")
        self.page.set_viewport_size(size)


def eventually(check, seconds=30):
    """Call `check` until it returns nothing; return what it returned last."""
    end = time.monotonic() + seconds
    while (found := check()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def complaints_of(page, address):
    """Return a list that fills with what goes wrong on a page: errors, and calls to elsewhere."""
    complaints = []

    def look_at(request):
        if not request.url.startswith((address, "data:", "blob:", address.replace("http", "ws"))):
            complaints.append(f"It asked for {request.url}")

    page.on("pageerror", lambda error: complaints.append(f"JavaScript: {error}"))
    page.on("request", look_at)
    return complaints
