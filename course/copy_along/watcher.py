"""Looking at each cell of a workbook when it has run, and saying at once whether it is right."""

from IPython.display import Markdown, display

from course import texts
from course.copy_along import certificate_page, errors, feedback_html, lessons, tokens
from course.copy_along.cell_finder import Finder
from course.copy_along.pieces import Pieces
from course.copy_along.progress_store import Record, reached
from course.copy_along.review import LONGEST, review, short
from course.texts import COPY_ALONG


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
        """Look at each cell from now on, in the place of any watcher before, and show the head."""
        before = getattr(shell, "copy_along_watcher", None)
        if before is not None:
            before.stop(shell)
        shell.copy_along_watcher = self
        texts.use(self.language)  # so that the demos in the workbook speak it, too
        shell.events.register("post_run_cell", self.after)
        self.shell = shell
        certificate_page.taught(self.language)  # read now, so that no cell has to wait for it
        self.head = display(self.overview(), raw=True, display_id=True)

    def stop(self, shell):
        """Look no more."""
        shell.events.unregister("post_run_cell", self.after)

    def after(self, result):
        """Show what there is to say about a cell that has run. Never fails."""
        try:
            self.look(result)
        except Exception as error:
            try:
                message = COPY_ALONG.say("check-failed", self.language)
                display(
                    feedback_html.note(f"{message} ({type(error).__name__})", feedback_html.AMBER),
                    raw=True,
                )
            except Exception:  # not even that can be shown
                pass

    def look(self, result):
        """Compare a cell with the lesson, and show a tick, a note or a box."""
        typed = tokens.without_time(tokens.with_newlines(result.info.raw_cell or ""))
        if len(typed) > LONGEST or not tokens.cut(typed):
            return
        cell_id = self.finder.find(typed, getattr(result.info, "cell_id", None), self.record.done)
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, KeyboardInterrupt | SystemExit):  # that was the learner's own wish
            return
        if cell_id is not None and error is None:
            self.ran.add(cell_id)
        self.record.add(accuracy=reached(self.shell.user_ns.get("history")))
        if cell_id is None:
            whole = self.pieces.completed(typed) if error is None else []
            if set(whole) - self.record.done:
                self.right(whole, COPY_ALONG.say("match", self.language))
        elif cell_id not in self.lesson.typed:
            self.show_error(error, None, typed, cell_id)
        else:
            self.judge(typed, cell_id, error)

    def judge(self, typed, cell_id, error):
        """Say what a cell that belongs to the lesson is like."""
        answer = review(typed, self.lesson.source(cell_id), self.language)
        merged = [] if answer.matches else self.finder.joined(typed)
        if answer.matches and (error is None or self.lesson.fails(cell_id)):
            self.right([cell_id], answer.message)
        elif merged and error is None:
            self.right(merged, COPY_ALONG.say("match", self.language))
        elif error is None and self.continues(typed, cell_id):
            return
        elif error is None and (answer.playful or answer.kind == "line-extra"):
            self.show_play(answer, typed, cell_id)
        elif error is None:
            self.show(feedback_html.box(answer, typed, self.lesson.source(cell_id), self.language))
        else:
            self.show_error(error, answer, typed, cell_id)

    def right(self, cell_ids, message):
        """Show the tick; when that was the last cell, say what was learnt."""
        all_cells = set(self.lesson.typed)
        before = all_cells <= self.record.done
        self.record.add(cell_ids)
        done = len(self.record.done & all_cells)
        self.show(
            feedback_html.tick(
                message, COPY_ALONG.say("done", self.language, done=done, all=len(all_cells))
            )
        )
        if self.head is not None:
            self.head.update(self.overview(), raw=True)
        if done == len(all_cells) and not before:
            self.finish()

    def continues(self, typed, cell_id):
        """Say how far one is within a cell, if the first statements of it were typed."""
        rest = self.pieces.add(typed, cell_id)
        if rest is None:
            return False
        if rest:
            first = lessons.statement(self.lesson.source(cell_id), min(rest))
            self.show(feedback_html.note(COPY_ALONG.say("part", self.language, lesson=first)))
        else:
            self.right([cell_id], COPY_ALONG.say("match", self.language))
        return True

    def show_play(self, answer, typed, cell_id):
        """Say something kind about an experiment."""
        lesson = self.lesson.source(cell_id)
        mine, theirs = (
            text[slice(*place)] for text, place in ((typed, answer.typed), (lesson, answer.lesson))
        )
        key = "experiment" if answer.playful else "line-extra-ran"
        words = {"typed": short(mine) or "-", "lesson": short(theirs) or "-", "line": answer.line}
        self.show(feedback_html.note(COPY_ALONG.say(key, self.language, **words)))

    def show_error(self, error, answer, typed, cell_id):
        """Explain an error, if there is one and an explanation."""
        if error is None:
            return
        message = errors.explain(error, answer, typed, self.lesson, cell_id, self.ran)
        if message is None:
            return
        if answer is None or answer.matches or message != answer.message:
            self.show(feedback_html.note(message, feedback_html.AMBER))
        else:
            self.show(feedback_html.box(answer, typed, self.lesson.source(cell_id), self.language))

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
            title = COPY_ALONG.say("finished", self.language, number=self.lesson.number)
            display(Markdown(f"**{title}**\n\n{recap}"))
        path = certificate_page.write_if_earned(self.language)
        if path:
            self.show(feedback_html.link(COPY_ALONG.say("all-finished", self.language), path))
            self.show(feedback_html.note(COPY_ALONG.say("certificate-name", self.language)))

    def show(self, output):
        """Show something under the cell."""
        display(output, raw=True)
