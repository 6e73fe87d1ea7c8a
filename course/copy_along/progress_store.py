"""What a learner has done, kept in small files of their own: my_work/progress/NAME.json."""

import json
import os
from contextlib import suppress

from helpers import folders


class Record:
    """The cells done in one workbook, and the best accuracy reached in it."""

    def __init__(self, name):
        self.name = name
        self.path = folders.MY_WORK / "progress" / f"{name}.json"
        self.done, self.accuracy = set(), None
        try:
            self.done, self.accuracy = parsed(self.path.read_bytes())
        except FileNotFoundError:
            pass
        except (ValueError, OSError):
            self.put_aside()

    def put_aside(self):
        """Keep an unreadable file under another name."""
        if self.path.is_file():
            self.path.rename(folders.new_path(self.path.with_suffix(".damaged")))

    def add(self, cell_ids=(), accuracy=None):
        """Note cells that are done, and an accuracy; write the file if anything is new."""
        accuracy = share(accuracy)
        before = set(self.done), self.accuracy
        self.done |= set(cell_ids)
        if accuracy is not None:
            self.accuracy = max(accuracy, self.accuracy or 0)
        if (self.done, self.accuracy) != before:
            self.write()

    def write(self):
        """Write the file in one step."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = {"done": sorted(self.done), "accuracy": self.accuracy}
        temporary = self.path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        temporary.replace(self.path)


def parsed(content):
    """Return (cells done, accuracy) of a record's bytes. Raises ValueError if they are not one."""
    try:
        kept = json.loads(content)
        return {str(cell_id) for cell_id in kept["done"]}, share(kept["accuracy"])
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("This is no record of progress.") from error


def reached(history):
    """Return the last test accuracy of a training history, or None if it is not one."""
    values = history.get("test_accuracy") if isinstance(history, dict) else None
    return values[-1] if isinstance(values, list) and values else None


def share(value):
    """Return a number from 0 to 1, or None for anything else."""
    with suppress(TypeError, ValueError, OverflowError):
        number = float(value)
        if 0 <= number <= 1:
            return number
    return None


def names():
    """Return the names of the workbooks that have a record."""
    return sorted(path.stem for path in (folders.MY_WORK / "progress").glob("*.json"))


def best(lesson):
    """Return (cells done, accuracy) of the lesson's workbook in which most is done."""
    found = [(set(), None)]
    for name in names():
        if name.split("_")[0] == lesson.number:
            record = Record(name)
            found.append((record.done & set(lesson.typed), record.accuracy))
    accuracies = [accuracy for _, accuracy in found if accuracy is not None]
    return max((done for done, _ in found), key=len), max(accuracies, default=None)


def join(path, content):
    """Add a kept record to the one that is there; return the path if anything was new."""
    record = Record(path.stem)
    before = set(record.done), record.accuracy, path.exists()
    try:
        record.add(*parsed(content))
    except ValueError:
        return None
    return path if before != (record.done, record.accuracy, path.exists()) else None
