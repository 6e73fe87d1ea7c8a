"""The check of the set-up in a real page: the line below it, with a page that answers or not."""

import pytest

CHECK = "from course import doctor\n\ndoctor.check()"
SLOW = """import time
from IPython.display import display
from course.doctor.widget_check import Answer

answer = Answer()
answer.patience = 1000
display(answer)
time.sleep(5)"""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_lesson_00_says_that_buttons_answer(notebook, language):
    book = notebook(f"notebooks/{language}/00_start_here.ipynb")
    book.run(book.cell("from course import"))
    check = book.cell("doctor.check()")
    book.run(check)
    assert "Please read out" not in book.see(check, "All is well.").inner_text()
    line = book.see(check, "And the buttons answer in your browser (Chrome ")
    assert "ブラウザーのボタンも動きます" in line.inner_text()


def test_a_page_that_the_browser_translates(notebook, lab):
    lab.write("notebooks/en/check.ipynb", CHECK)
    book = notebook("notebooks/en/check.ipynb")
    book.page.evaluate("document.documentElement.classList.add('translated-ltr')")  # Chrome's mark
    check = book.cell("doctor.check()")
    book.run(check)
    book.see(check, "Please read out: BROWSER")


def test_a_kernel_that_answers_late(notebook, lab):
    """While the kernel is busy it cannot answer: the page says so, and takes it back later."""
    lab.write("notebooks/en/check.ipynb", SLOW)
    book = notebook("notebooks/en/check.ipynb")
    check = book.cell("answer.patience")
    check.locator(".cm-content").click()
    book.page.keyboard.press("Shift+Enter")
    book.see(check, "Please read out: WIDGETS")
    book.see(check, "And the buttons answer")
    assert check.locator(".doctor-answer", has_text="read out").count() == 0


def test_a_page_that_cannot_show_widgets(notebook, lab):
    lab.write("notebooks/en/check.ipynb", CHECK)
    book = notebook("notebooks/en/check.ipynb")
    book.page.evaluate(
        """jupyterapp.shell.currentWidget.content.rendermime
            .removeMimeType('application/vnd.jupyter.widget-view+json')"""
    )
    check = book.cell("doctor.check()")
    book.run(check)
    book.see(check, "Please read out: WIDGETS (no buttons here)")
