"""Nine boxes into which a learner types a filter."""

import html

import ipywidgets

from course.demos import filters


class FilterBoxes:
    """A table of 3 x 3 boxes under a heading. `say` gives its words."""

    def __init__(self, say):
        self.say = say
        self.boxes = [
            ipywidgets.Text(tooltip=say("box", i=i // 3, j=i % 3), layout={"width": "66px"})
            for i in range(9)
        ]
        columns = {"grid_template_columns": "repeat(3, 70px)", "margin": "0 0 0 114px"}
        table = ipywidgets.GridBox(self.boxes, layout=columns)
        self.table = ipywidgets.VBox([ipywidgets.HTML(say("numbers")), table])

    def fill(self, name):
        """Write a filter into the boxes. One of another size does not fit: they are hidden."""
        self.table.layout.display = "none" if name == "learnt" else "flex"
        if name in filters.FILTERS:
            for box, value in zip(self.boxes, filters.FILTERS[name].ravel(), strict=True):
                box.value = "1/9" if name == "blur" else f"{value:g}"

    def read(self):
        """Return the filter (3, 3) in the boxes, or None, and what is wrong with it."""
        f, nonsense = filters.typed([box.value for box in self.boxes])
        if f is not None:
            return f, ""
        key = "nonsense" if nonsense.strip() else "empty"
        return None, self.say(key, text=html.escape(nonsense[:20]))
