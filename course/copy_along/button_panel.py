"""Buttons for copying along, as lesson 00 shows them: start, see how far, keep, bring back."""

import ipywidgets
from IPython.display import display

from course.copy_along import api, certificate_page, feedback_html
from course.texts import COPY_ALONG
from course.widget_keyboard import OwnKeys

say = COPY_ALONG.say

WIDE = ipywidgets.Layout(width="16em")


class Buttons:
    """The buttons, and under them the result of the last click."""

    def __init__(self, language):
        self.language = language
        titles = [(lesson.title, lesson.number) for lesson in certificate_page.taught(language)]
        self.lesson = ipywidgets.Dropdown(options=titles, layout=WIDE)
        self.gaps = ipywidgets.Checkbox(description=say("button-gaps", language), indent=False)
        self.upload = ipywidgets.FileUpload(
            accept=".zip", description=say("button-restore", language), layout=WIDE
        )
        self.upload.observe(lambda _: self.show(self.restore), names="value")
        self.output = ipywidgets.Output()
        start = self.button("button-start", self.start, style="primary")
        far = self.button("button-progress", lambda: api.progress(language))
        keep = self.button("button-keep", lambda: api.keep(language))
        rows = (self.lesson, start, self.gaps), (far, keep, self.upload)
        self.box = ipywidgets.VBox([*map(ipywidgets.HBox, rows), self.output, OwnKeys()])

    def button(self, key, action, style=""):
        """Return a button that shows what its action returns."""
        title = say(key, self.language)
        button = ipywidgets.Button(description=title, button_style=style, layout=WIDE)
        button.on_click(lambda _: self.show(action))
        return button

    def start(self):
        """Make the chosen workbook."""
        return api.start(self.lesson.value, self.language, gaps=self.gaps.value)

    def restore(self):
        """Bring back what was uploaded."""
        return api.restore(bytes(self.upload.value[0]["content"]), self.language)

    def show(self, action):
        """Do something, and show what comes of it, or why it could not be done."""
        self.output.clear_output()
        with self.output:
            try:
                display(action())
            except (ValueError, OSError) as error:
                display(feedback_html.note(str(error), feedback_html.AMBER, "!"), raw=True)
