"""HTML of Markdown, code and outputs that needs nothing from elsewhere: pictures are embedded."""

import base64
import mimetypes
import re
from html import escape

from nbconvert.filters.ansi import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

CODE_STYLE = HtmlFormatter(style="default").get_style_defs(".highlight")
STILL = re.compile(r"<img\b[^>]*>")  # of a demo, for pages without widgets
# Spaces of the Japanese edition where no line may end: after 100 or Adam, and before 100.
SPACE = re.compile(r"(?:(?<=[!-~])|^) (?=[ぁ-んァ-ヶ一-龠])|(?<=約) (?=[-0-9])")
TWIN = re.compile(r" · \[[^]]*\]\(\.\./(en|ja)/[^)]*\)")  # the link to the other language


class Prose(IPythonRenderer):
    """Renders Markdown as nbconvert does, except for pictures, links and formulas."""

    def __init__(self, folder, formula, attachments):
        super().__init__(escape=False, exclude_anchor_links=True, attachments=attachments)
        self.folder, self.formula = folder, formula

    def text(self, text):
        """Return plain text; lines do not end between a number and its Japanese word."""
        return SPACE.sub("\xa0", super().text(text))

    def image(self, text, url, title=None):
        """Return the picture itself, whether it is a file or attached to the cell."""
        if url.startswith("attachment:"):
            return super().image(text, url, title)
        path = self.folder / url
        kind = mimetypes.guess_type(path.name)[0]
        return picture(kind, base64.b64encode(path.read_bytes()).decode("ascii"), text)

    def link(self, text, url, title=None):
        """Return a link to the web; a link to a file of the course becomes plain words."""
        return super().link(text, url, title) if "://" in url else text

    def inline_math(self, body):
        """Return a formula in the text."""
        return self.formula(body, "inline")

    def block_math(self, body):
        """Return a formula that stands alone."""
        return f"<p>{self.formula(body.strip(), 'block')}</p>\n"


class Renderer:
    """Makes HTML of the cells of a lesson in a folder, in the words of its edition."""

    def __init__(self, folder, formula, words):
        self.folder, self.formula, self.words = folder, formula, words

    def markdown(self, text, cell=None):
        """Return a Markdown text as HTML. The cell is asked for attached pictures."""
        attachments = cell.get("attachments", {}) if cell else {}
        prose = Prose(self.folder, self.formula, attachments)
        return MarkdownWithMath(renderer=prose).render(TWIN.sub("", text))

    def line(self, text):
        """Return a Markdown text of one line as HTML, without a paragraph around it."""
        return self.markdown(text).strip().removeprefix("<p>").removesuffix("</p>")

    def code(self, source):
        """Return Python code as HTML, in colours."""
        return highlight(source, PythonLexer(), HtmlFormatter())

    def outputs(self, cell, brief=False):
        """Return the outputs of a code cell as a list of (kind, HTML); kinds: picture, text.

        With `brief`, an error has only the line to read first.
        """
        found = [self.output(output, cell, brief) for output in cell.outputs]
        return [pair for pair in found if pair[1]]

    def output(self, output, cell, brief):
        """Return one output as (kind, HTML)."""
        data = output.get("data", {})
        if output.output_type == "stream":
            return "text", preformatted(output.text)
        if output.output_type == "error":
            lines = [f"{output.ename}: {output.evalue}"] if brief else output.traceback
            return "text", preformatted("\n".join(lines), "error")
        if "image/png" in data:
            alt = self.words["output"].format(number=cell.execution_count)
            return "picture", picture("image/png", data["image/png"].replace("\n", ""), alt)
        if "text/html" in data:
            return "picture", "".join(STILL.findall(data["text/html"]))
        return "text", preformatted(data.get("text/plain", ""))


def picture(kind, data, alt):
    """Return a picture, with its data in it."""
    return f'<img src="data:{kind};base64,{data}" alt="{escape(alt)}">'


def preformatted(text, style="output"):
    """Return text as it was printed, or nothing if there is none."""
    text = strip_ansi(text).rstrip()
    return f'<pre class="{style}">{escape(text)}</pre>' if text else ""
