"""The certificate: a page with the learner's name, once all lessons are finished."""

import functools
from datetime import date
from html import escape

from course.copy_along import lessons, progress_store
from course.texts import COPY_ALONG
from helpers import folders

say = COPY_ALONG.say

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
  body {{ margin: 0; padding: 4vmin; background: #f4f2ec; color: #222;
         font: 18px/1.7 Georgia, "Hiragino Mincho ProN", "Yu Mincho", serif }}
  main {{ max-width: 40em; margin: auto; padding: 3em 2em; background: #fff; text-align: center;
         border: 1px solid #b9a36b; outline: 1px solid #b9a36b; outline-offset: -9px }}
  h1 {{ font-weight: normal; letter-spacing: .06em }}
  .name {{ font-size: 1.6em; min-height: 1.7em; border-bottom: 1px solid #bbb; margin: 1em 3em }}
  .number {{ font-size: 2.4em; margin: .3em }}
  ul {{ display: inline-block; text-align: left; margin: 0; padding-left: 1.2em }}
  @media print {{ body {{ background: none }} }}
</style>
<main>
<p>{course}</p>
<h1>{title}</h1>
<p class="name">{name}</p>
<p>{text}</p>
{accuracy}
<ul>
{lessons}
</ul>
<p>{date}</p>
</main>
</html>
"""


@functools.cache
def taught(language):
    """Return the lessons that teach something: all but 00. Reading them takes a moment, once."""
    found = [lessons.Lesson(name, language) for name in lessons.names(language)]
    return [lesson for lesson in found if lesson.recap()]


def unfinished(language):
    """Return the numbers of the lessons that are not finished."""
    return [
        lesson.number
        for lesson in taught(language)
        if set(lesson.typed) - progress_store.best(lesson)[0]
    ]


def write_if_earned(language, name=""):
    """Write the certificate if all lessons are finished; return its path, or None."""
    if unfinished(language):
        return None
    finished = taught(language)
    kept = {lesson.number: progress_store.best(lesson) for lesson in finished}
    page = certificate(language, name, [lesson.title for lesson in finished], accuracy(kept))
    path = folders.MY_WORK / f"certificate_{language}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def accuracy(kept):
    """Return the accuracy that the learner's own network reached on MNIST, or None.

    kept: {lesson number: (cells done, accuracy)}. Lesson 07 trains it; later ones train others.
    """
    found = [kept[number][1] for number in sorted(kept) if number >= "07"]
    return next((value for value in found if value is not None), None)


def certificate(language, name, titles, share):
    """Return the page as HTML."""
    number = ""
    if share is not None:
        text = escape(say("certificate-accuracy", language))
        number = f'<p>{text}</p>\n<p class="number">{share:.1%}</p>'
    return PAGE.format(
        language=language,
        title=escape(say("certificate-title", language)),
        course=escape(say("certificate-course", language)),
        name=escape(name),
        text=escape(say("certificate-text", language)),
        accuracy=number,
        lessons="\n".join(f"<li>{escape(title)}</li>" for title in titles),
        date=date.today().isoformat(),
    )
