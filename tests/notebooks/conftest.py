"""What the tests of the lessons' claims share: a lesson, run as it stands."""

import pytest
from lessons import run


@pytest.fixture(scope="module")
def lesson(request):
    """Run the lesson that the test file is about, and return the names after each code cell."""
    return run(request.path.stem.removeprefix("test_claims_"))


@pytest.fixture(scope="module")
def end(lesson):
    """Return the names after the last code cell."""
    return list(lesson.values())[-1]


@pytest.fixture(scope="module")
def is_mnist(end):
    """Return whether the lesson has found the real MNIST, with its 10,000 test digits."""
    return len(end["t_test"]) == 10000
