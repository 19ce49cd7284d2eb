"""Which of several uploads counts, and what becomes of them if one cannot be graded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.classroom.batch import Outcome, grade_class
from autograder.classroom.gradebook import Student
from autograder.classroom.intake import StudentFiles
from autograder.classroom.task import Task
from autograder.exam.subset import only
from autograder.model import Exam, Grade, Isolation

EMPTY = Grade("exercise3", "ada", 0.0, 12.0, 0.0, Isolation("full"), 7, "d", {}, 1.0, ())


@pytest.fixture
def files(tmp_path: Path) -> StudentFiles:
    """Three uploads of one file; the roster knows when the last one came."""
    uploads = []
    for number in range(3):
        path = tmp_path / f"ada_12_{number}_a.py"
        path.write_text(f"x = {number}\n", encoding="utf-8")
        uploads.append((("a.py", path),))
    return StudentFiles(Student("ada"), uploads[-1], roster_time="2026-12-01 10:00", uploads=tuple(uploads))


@pytest.fixture
def outcome_of(exam: Callable[[int], Exam], files: StudentFiles) -> Callable[..., Outcome]:
    """The only outcome where the uploads get these points; a text is a fault of the grader."""

    def run(*given: float | str, turned: bool = False) -> Outcome:
        def execute(_: Exam, tasks: Iterable[Task]) -> Iterator[tuple[Task, Grade | str]]:
            for task in list(tasks)[:: -1 if turned else 1]:
                points = given[task.upload]
                yield task, points if isinstance(points, str) else replace(EMPTY, earned=points)

        (outcome,) = grade_class([files], {}, "f", only(exam(0), ["conv_output_size"]), execute, best=True)
        return outcome

    return run


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("earned", "number"), [((1.0, 3.0, 2.0), 2), ((3.0, 3.0, 2.0), 1), ((0.0, 0.0, 0.0), 1), ((1.0, 2.0, 3.0), 3)]
)
def test_most_points_count_and_of_equal_ones_the_oldest(
    outcome_of: Callable[..., Outcome], earned: tuple[float, ...], number: int, turned: bool
) -> None:
    entry = outcome_of(*earned, turned=turned).entry
    assert (entry.earned, [one.earned for one in entry.uploads]) == (max(earned), list(earned))
    assert [one.counts for one in entry.uploads] == [place == number for place in (1, 2, 3)]
    assert entry.problem.endswith(f"points; the best counts, number {number}")
    assert entry.sources == entry.uploads[number - 1].files


def test_time_of_the_roster_is_that_of_the_last_upload(outcome_of: Callable[..., Outcome]) -> None:
    last, first = outcome_of(1.0, 1.0, 2.0).entry.handed_in, outcome_of(2.0, 1.0, 1.0).entry.handed_in
    assert last is not None
    assert first is not None
    assert (last.source, first.source) == ("roster", "file")


def test_fault_on_one_upload_is_no_grade(outcome_of: Callable[..., Outcome]) -> None:
    entry = outcome_of(12.0, "could not be graded: a fault", 3.0).entry
    assert (entry.state, entry.grade, entry.problem) == ("failed", None, "could not be graded: a fault")


def test_upload_that_cannot_be_read_does_not_count(files: StudentFiles, outcome_of: Callable[..., Outcome]) -> None:
    files.uploads[0][0][1].write_bytes(b"\xff\xfe\x00")
    entry = outcome_of(5.0, 2.0).entry
    assert ([one.earned for one in entry.uploads], entry.earned) == ([5.0, 2.0], 5.0)
    for upload in files.uploads[:2]:
        upload[0][1].write_bytes(b"\xff\xfe\x00")
    assert outcome_of(2.0).entry.problem == "of several uploads only one can be read"
    files.uploads[2][0][1].write_bytes(b"\xff\xfe\x00")
    assert outcome_of().entry.state == "unreadable"
