"""Looking at each cell of a workbook when it has run, and saying at once whether it is right.

If it failed, comparing it with the lesson shows what was probably meant.
"""

from IPython.display import Markdown, display

from course import texts
from course.copy_along import certificate_page, code, feedback_html, lessons, lookalikes
from course.copy_along.cell_finder import Finder, Pieces
from course.copy_along.compare import LONGEST, review, short
from course.copy_along.progress_store import Record, reached


class Watcher:
    """Watches the cells of one workbook."""

    def __init__(self, name):
        self.lesson = lessons.of_workbook(name)
        self.language = self.lesson.language
        self.record = Record(name)
        self.finder = Finder(self.lesson)
        self.pieces = Pieces({c: self.finder.meanings[c] for c in self.lesson.typed})
        self.ran = set()
        self.head = self.shell = None

    def start(self, shell):
        """Look at each cell from now on, instead of any earlier watcher, and show the head."""
        before = getattr(shell, "copy_along_watcher", None)
        if before is not None:
            before.stop(shell)
        shell.copy_along_watcher = self
        texts.use(self.language)  # for all that the course says in the workbook
        shell.events.register("post_run_cell", self.after)
        self.shell = shell
        certificate_page.taught(self.language)  # read now, so that no cell has to wait for it
        self.head = display(self.overview(), raw=True, display_id=True)

    def stop(self, shell):
        """Leave the cells alone from now on."""
        shell.events.unregister("post_run_cell", self.after)

    def after(self, result):
        """Show what there is to say about a cell that has run. Never fails."""
        try:
            self.look(result)
        except Exception as error:
            try:
                message, name = self.say("check-failed"), type(error).__name__
                self.show(feedback_html.note(f"{message} ({name})", feedback_html.AMBER))
            except Exception:  # not even that can be shown
                pass

    def look(self, result):
        """Compare a cell with the lesson, and show a tick, a note or a box."""
        typed = code.without_time(code.with_newlines(result.info.raw_cell or ""))
        if len(typed) > LONGEST or not code.tokenize(typed):
            return
        cell_id = self.finder.find(typed, getattr(result.info, "cell_id", None), self.record.done)
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, KeyboardInterrupt | SystemExit):  # the learner wanted that
            return
        if cell_id is not None and error is None:
            self.ran.add(cell_id)
        self.record.add(accuracy=reached(self.shell.user_ns.get("history")))
        if cell_id is None:
            whole = self.pieces.completed(typed) if error is None else []
            if set(whole) - self.record.done:
                self.right(whole)
        elif cell_id not in self.lesson.typed:
            self.show_error(error, None, typed, cell_id)
        else:
            self.judge(typed, cell_id, error)

    def judge(self, typed, cell_id, error):
        """Show what there is to say about a cell that belongs to the lesson."""
        answer = review(typed, self.lesson.source(cell_id), self.language)
        merged = [] if answer.matches else self.finder.merged(typed)
        if answer.matches and (error is None or self.lesson.fails(cell_id)):
            self.right([cell_id], answer.message)
        elif error is not None:
            self.show_error(error, answer, typed, cell_id)
        elif merged:
            self.right(merged)
        elif self.continues(typed, cell_id):
            return
        elif answer.playful or answer.kind == "line-extra":
            self.show_play(answer, typed, cell_id)
        else:
            self.show_difference(answer, typed, cell_id)

    def right(self, cell_ids, message=None):
        """Show the tick; when that was the last cell, say what was learnt."""
        all_cells = set(self.lesson.typed)
        before = all_cells <= self.record.done
        self.record.add(cell_ids)
        done = len(self.record.done & all_cells)
        progress = self.say("done", done=done, all=len(all_cells))
        self.show(feedback_html.tick(message or self.say("match"), progress))
        if self.head is not None:
            self.head.update(self.overview(), raw=True)
        if done == len(all_cells) and not before:
            self.finish()

    def continues(self, typed, cell_id):
        """Say how much of a cell is done, if its first statements were typed."""
        rest = self.pieces.add(typed, cell_id)
        if rest is None:
            return False
        if rest:
            first = self.lesson.statement(cell_id, min(rest))
            self.show(feedback_html.note(self.say("part", lesson=first)))
        else:
            self.right([cell_id])
        return True

    def show_play(self, answer, typed, cell_id):
        """Say something kind about an experiment."""
        mine = typed[slice(*answer.typed)]
        theirs = self.lesson.source(cell_id)[slice(*answer.lesson)]
        key = "experiment" if answer.playful else "line-extra-ran"
        words = {"typed": short(mine) or "-", "lesson": short(theirs) or "-", "line": answer.line}
        self.show(feedback_html.note(self.say(key, **words)))

    def show_difference(self, answer, typed, cell_id):
        """Show the lesson's line and the learner's."""
        self.show(feedback_html.box(answer, typed, self.lesson.source(cell_id), self.language))

    def show_error(self, error, answer, typed, cell_id):
        """Explain an error, if there is one and it can be explained."""
        if error is None:
            return
        message = explanation(error, answer, typed, self.lesson, cell_id, self.ran)
        if answer is not None and not answer.matches and message == answer.message:
            self.show_difference(answer, typed, cell_id)
        elif message is not None:
            self.show(feedback_html.note(message, feedback_html.AMBER))

    def overview(self):
        """Return how many cells are done in each section."""
        done = self.record.done
        counts = {
            title: (len(done.intersection(ids)), len(ids))
            for title, ids in self.lesson.sections().items()
        }
        return feedback_html.sections(counts, self.language)

    def finish(self):
        """Say what was learnt in the lesson; after the last one, write the certificate."""
        recap = self.lesson.recap()
        if recap:
            title = self.say("finished", number=self.lesson.number)
            display(Markdown(f"**{title}**\n\n{recap}"))
        path = certificate_page.write_if_earned(self.language)
        if path:
            self.show(feedback_html.link(self.say("all-finished"), path))
            self.show(feedback_html.note(self.say("certificate-name")))

    def say(self, key, **values):
        """Return a text in the language of the workbook."""
        return texts.COPY_ALONG.say(key, self.language, **values)

    def show(self, output):
        """Show something under the cell."""
        display(output, raw=True)


def explanation(error, answer, typed, lesson, cell_id, ran):
    """Return a sentence about the error of a cell, or None if Python's own has to do.

    answer: the Review of the cell, or None if there is nothing to compare it with.
    ran: the ids of the cells that have run since the kernel was started.
    """
    if answer is not None and not answer.matches and not missing_elsewhere(error, answer, typed):
        return answer.message
    found = missing_name(error, lesson, cell_id, ran)
    if found:
        return found
    if answer is None:
        return foreign_sign(typed, lesson.language)
    if answer.matches:
        return texts.COPY_ALONG.say("earlier-cell", lesson.language)
    return answer.message


def missing_elsewhere(error, answer, typed):
    """Return whether a name is unknown although it was typed as in the lesson."""
    name = getattr(error, "name", None)
    return type(error) is NameError and name not in str(typed[slice(*answer.typed or (0, 0))])


def missing_name(error, lesson, cell_id, ran):
    """Return which cell to run first, if the lesson defines an unknown name elsewhere."""
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
    key = "name-elsewhere" if source in ran else "run-first"
    words = {"section": lesson.section(source), "code": short(lesson.source(source))}
    return texts.COPY_ALONG.say(key, lesson.language, name=name, **words)


def foreign_sign(typed, language):
    """Return a sentence about full-width characters and the like, or None."""
    found = lookalikes.first_foreign(code.tokenize(typed))
    if found is None:
        return None
    kind, token, offset = found
    sign = token.text[offset]
    plain = lookalikes.plain(sign)
    if not plain.strip():
        kind = f"{kind}-space"
    return texts.COPY_ALONG.say(kind, language, typed=sign, plain=plain)
