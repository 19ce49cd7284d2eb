"""Grades one student of a batch again from the results alone, and compares the two grades check by check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.classroom.batch_file import ResultsError, read_batch
from autograder.classroom.people import UnknownStudentError, find_key
from autograder.classroom.results import StoredResult, read_entries, read_sources
from autograder.exam import ExamFileError, load_exam, without_training
from autograder.grading import grade
from autograder.model import CheckResult, Exam, Grade, Submission
from autograder.sandbox import Sandbox
from autograder.submission import digest


@dataclass(frozen=True)
class Record:
    """What the results hold of one student: the stored grade, the files that were graded, and the exam."""

    stored: StoredResult
    grade: Grade
    submission: Submission
    exam: Exam
    trains: bool

    @property
    def holds_what_was_graded(self) -> bool:
        """Whether the stored files are the graded ones, as far as the digest in the grade says."""
        return digest(self.submission) == self.stored.submission

    def with_exam(self, exam: Exam) -> Record:
        """The same with another exam, with trainings or without them as in the stored one."""
        return replace(self, exam=exam if self.trains else without_training(exam))


@dataclass(frozen=True)
class Difference:
    """A check with another result than the stored one; None where a grade lacks the check."""

    exercise: str
    before: CheckResult | None
    after: CheckResult | None

    @property
    def is_of_words(self) -> bool:
        """Whether only the feedback or the hint differs, and no verdict and no points."""
        before, after = self.before, self.after
        if before is None or after is None:
            return False
        return (before.verdict, before.earned) == (after.verdict, after.earned)


def read_record(folder: Path, student: str) -> Record:
    """Read the record of a student, named by key, number, mail or name; raise ResultsError if it cannot be used."""
    batch = read_batch(folder)
    if batch is None:
        raise ResultsError(f"{folder} holds no results of grade batch")
    stored = _find(folder, student, read_entries(folder))
    key, entry = stored.entry.student.key, stored.entry
    if entry.grade is None:
        raise ResultsError(f"{key} has no grade to compare with: {entry.state}, {entry.problem or 'without a reason'}")
    sources = read_sources(folder, key)
    if not sources:
        raise ResultsError(f"The files of {key} in {folder / 'sources'} cannot be read")
    if stored.fingerprint != batch.fingerprint:
        raise ResultsError(f"The grade of {key} is from an earlier exam; run grade batch again before the replay")
    try:
        exam = load_exam(folder / "batch.exam")
    except ExamFileError as error:
        raise ResultsError(str(error)) from None
    except OSError as error:
        raise ResultsError(f"{folder / 'batch.exam'} cannot be read: {error.strerror}") from None
    if exam.digest != batch.digest:
        raise ResultsError(f"{folder / 'batch.exam'} is not the exam that batch.json names")
    return Record(stored, entry.grade, Submission(key, sources), exam, batch.training).with_exam(exam)


def grade_again(record: Record, sandbox: Sandbox) -> Grade:
    """Grade the stored files with the stored exam."""
    return grade(record.exam, record.submission, sandbox)


def compare_grades(before: Grade, after: Grade) -> list[Difference]:
    """The checks whose verdict, points, feedback or hint differ, in the order of the exam."""
    old, new = dict(_checks(before)), dict(_checks(after))
    places = [*old, *(place for place in new if place not in old)]
    return [
        Difference(place[0], old.get(place), new.get(place))
        for place in places
        if _result(old.get(place)) != _result(new.get(place))
    ]


def other_conditions(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What differs between two machines, as phrases: `torch 2.4.0 then, 2.5.1 now`."""
    return [
        f"{name} {before[name]} then, {after[name]} now"
        for name in before
        if name in after and before[name] != after[name]
    ]


def _find(folder: Path, student: str, results: Mapping[str, StoredResult]) -> StoredResult:
    """Find the student by key, else by number, mail or name where that names one student only."""
    people = {key: one.entry.student for key, one in results.items()}
    try:
        return results[find_key(student, people, by_name=True)]
    except UnknownStudentError as error:
        message = str(error)
        raise ResultsError(f"{message[0].upper()}{message[1:]}") from None


def _checks(grade: Grade) -> Iterator[tuple[tuple[str, str], CheckResult]]:
    for section in grade.sections:
        for exercise in section.exercises:
            yield from (((exercise.name, check.name), check) for check in exercise.checks)


def _result(check: CheckResult | None) -> Sequence[object] | None:
    if check is None:
        return None
    return (check.verdict, check.earned, check.feedback, check.misconception, check.hint)
