"""Explaining an error: what was probably meant, found by comparing with the lesson."""

from course.copy_along import lookalikes, tokens
from course.copy_along.review import short
from course.texts import COPY_ALONG


def explain(error, answer, typed, lesson, cell_id, ran):
    """Return a sentence about the error of a cell, or None if Python's own has to do.

    answer: the Review of the cell, or None if there is nothing to compare it with.
    ran: the ids of the cells that have run since the kernel was started.
    """
    if answer is not None and not answer.matches and not missing_elsewhere(error, answer, typed):
        return answer.message
    found = missing_name(error, lesson, cell_id, ran)
    if found:
        return found
    if answer is not None:
        return COPY_ALONG.say("earlier-cell", lesson.language) if answer.matches else answer.message
    return foreign(typed, lesson.language)


def missing_elsewhere(error, answer, typed):
    """Return whether a name is unknown that was typed as in the lesson."""
    name = getattr(error, "name", None)
    return type(error) is NameError and name not in str(typed[slice(*answer.typed or (0, 0))])


def missing_name(error, lesson, cell_id, ran):
    """Return which cell to run first, if a name is unknown that the lesson defines elsewhere."""
    name = getattr(error, "name", None)
    if type(error) is not NameError or name is None:
        return None
    order = list(lesson.code)
    here = order.index(cell_id) if cell_id in order else len(order)
    places = [other for other in lesson.definers(name) if other != cell_id]
    before = [other for other in places if order.index(other) < here]
    if not places:
        return None
    source = (before or places)[-1]
    kind = "name-elsewhere" if source in ran else "run-first"
    words = {"section": lesson.section(source), "code": short(lesson.source(source))}
    return COPY_ALONG.say(kind, lesson.language, name=name, **words)


def foreign(typed, language):
    """Return a sentence about full-width characters and the like, or None."""
    found = lookalikes.first_foreign(tokens.cut(typed))
    if found is None:
        return None
    kind, token, place = found
    sign = token.text[place]
    plain = lookalikes.plain(sign)
    if not plain.strip():
        kind = f"{kind}-space"
    return COPY_ALONG.say(kind, language, typed=sign, plain=plain)
