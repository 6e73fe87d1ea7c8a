"""What a look ends with, if not all is well: a Problem or a Note, said in both languages."""

from course.texts import DOCTOR, LANGUAGES


class Problem(Exception):
    """Something is not ready. Its lines say what, and what to do."""

    def __init__(self, key, **values):
        self.lines = say(key, **values)
        super().__init__(self.lines[0])


class Note:
    """Something works, but is worth knowing. Its lines say what, and what to do if need be."""

    def __init__(self, key, **values):
        self.lines = say(key, **values)


def say(key, **values):
    """Return a text in both languages, with its values filled in. It can always be shown."""
    texts = [DOCTOR.say(key, language, **values) for language in LANGUAGES]
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
