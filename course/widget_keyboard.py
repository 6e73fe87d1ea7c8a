"""Keys that belong to a control, kept away from JupyterLab's own shortcuts."""

import anywidget


class OwnKeys(anywidget.AnyWidget):
    """As a child of a box, it lets menus and buttons in the box use their keys.

    Otherwise an arrow key on a menu would move to the next cell, and B would add a cell. It takes
    no room.
    """

    _esm = """export default { render({ el }) {
        el.style.display = "none";
        requestAnimationFrame(() => el.parentElement?.addEventListener("focusin",
            event => event.target.setAttribute("data-lm-suppress-shortcuts", "true")));
    } };"""
