"""What is noted of a learner's progress, and read again."""

import pytest
from lessons import TAUGHT

from course import copy_along
from course.copy_along import progress_store
from course.texts import LANGUAGES


def test_progress_outlives_the_kernel(open_desk, work):
    desk = open_desk()
    desk.lesson("imports")
    desk.lesson("weighted-sum")
    again = open_desk()
    assert again.watcher.record.done == {"weighted-sum"}
    assert "(1" not in str(copy_along.progress())
    row = next(line for line in str(copy_along.progress("en")).splitlines() if "perceptron" in line)
    assert "1 of 27" in row
    assert "2 of 27" in again.lesson("step-first")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"done": 3, "accuracy": 1}', '{"done": []}', "\x00", "[" * 99_999]
)
def test_a_damaged_record_is_put_aside(work, content):
    path = work / "progress" / "03_perceptron_en.json"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    record = progress_store.Record("03_perceptron_en")
    record.add(["years"])
    assert progress_store.Record("03_perceptron_en").done == {"years"}
    assert path.with_suffix(".damaged").read_text(encoding="utf-8") == content


@pytest.mark.parametrize("odd", ["NaN", "Infinity", "-1", "97.1", "1e999", "9" * 400, '"x"', "[]"])
def test_an_accuracy_that_cannot_be_is_none(work, odd):
    path = work / "progress" / "07_mnist_training_en.json"
    path.parent.mkdir(parents=True)
    path.write_text(f'{{"done": ["a"], "accuracy": {odd}}}', encoding="utf-8")
    record = progress_store.Record("07_mnist_training_en")
    assert (record.done, record.accuracy) == ({"a"}, None)
    record.add(accuracy=float("nan"))
    assert record.accuracy is None


def test_all_lessons_are_in_the_table():
    for language in LANGUAGES:
        lines = str(copy_along.progress(language)).splitlines()
        assert len(lines) == len([lesson for lesson in TAUGHT if lesson.edition == language])
