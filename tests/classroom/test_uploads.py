"""Which of several uploads counts, and what becomes of them if one cannot be graded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from autograder.classroom.batch import Outcome, grade_class
from autograder.classroom.best_upload import FinalPoints
from autograder.classroom.gradebook import Entry, Student
from autograder.classroom.intake import StudentFiles
from autograder.classroom.results import StoredResult, create_results_folder, read_entries, write_entry
from autograder.classroom.task import Task
from autograder.exam.subset import only
from autograder.model import Exam, ExerciseResult, Grade, Isolation, SectionResult

NOTHING: Mapping[str, StoredResult] = MappingProxyType({})


def grade_with(earned: float) -> Grade:
    result = ExerciseResult("conv_output_size", earned, 12.0, 0.0, (), "a.py")
    section = SectionResult("output_size", "Output size", False, earned, 12.0, (result,))
    return Grade("exercise3", "ada", earned, 12.0, 0.0, Isolation("full"), 7, "d", {}, 1.0, (section,))


def earned_points(entry: Entry) -> float:
    return entry.earned or 0.0


def late_costs_two(entry: Entry) -> float:
    """The last upload, whose time the roster says, was late."""
    late = entry.handed_in is not None and entry.handed_in.source == "roster"
    return (entry.earned or 0.0) - 2 * late


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

    def run(
        *given: float | str,
        turned: bool = False,
        best: FinalPoints = earned_points,
        stored: Mapping[str, StoredResult] = NOTHING,
    ) -> Outcome:
        def execute(_: Exam, tasks: Iterable[Task]) -> Iterator[tuple[Task, Grade | str]]:
            for task in list(tasks)[:: -1 if turned else 1]:
                points = given[task.upload]
                yield task, points if isinstance(points, str) else grade_with(points)

        (outcome,) = grade_class([files], stored, "f", only(exam(0), ["conv_output_size"]), execute, best=best)
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


def test_final_points_decide(outcome_of: Callable[..., Outcome]) -> None:
    entry = outcome_of(7.0, 6.0, 8.0, best=late_costs_two).entry
    assert (entry.earned, entry.handed_in and entry.handed_in.source) == (7.0, "file")
    assert entry.problem == "3 uploads with 7, 6 and 8 points; number 1 counts, because it has the most final points"
    equal = outcome_of(6.0, 5.0, 8.0, best=late_costs_two).entry
    assert (equal.earned, equal.problem[-8:]) == (8.0, "number 3")  # of equal final points those with more earned


def test_another_policy_chooses_again(tmp_path: Path, outcome_of: Callable[..., Outcome]) -> None:
    first = outcome_of(7.0, 6.0, 8.0)
    assert first.task is not None
    create_results_folder(tmp_path / "results")
    write_entry(tmp_path / "results", StoredResult(first.entry, first.task.digest, "f"))
    stored = read_entries(tmp_path / "results")
    assert stored["ada"].entry.uploads == first.entry.uploads

    kept = outcome_of("is not graded", "is not graded", "is not graded", stored=stored)
    assert (kept.task, kept.entry.earned) == (None, 8.0)
    chosen_again = outcome_of(7.0, 6.0, 8.0, stored=stored, best=late_costs_two)
    assert chosen_again.task is not None
    assert (chosen_again.entry.earned, [one.counts for one in chosen_again.entry.uploads]) == (
        7.0,
        [True, False, False],
    )
