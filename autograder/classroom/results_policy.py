"""The policy of a folder of results: `course.toml` there is a copy of the one that was used last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from autograder.classroom.batch_file import Batch, ResultsError
from autograder.classroom.gradebook import Gradebook, Student
from autograder.classroom.people import UnknownStudentError, find_key, has_gone
from autograder.classroom.policy import Policy, SectionPoints, check_sections, sections_of, with_policy
from autograder.classroom.policy_file import NAME, CourseFile, read_course_file
from autograder.classroom.roster import STORED
from autograder.errors import Faults
from autograder.exam import ExamFileError, load_exam, without_training
from autograder.files import write_atomically
from autograder.model import Exam
from autograder.suggest import likely_intended


def stored_course_file(folder: Path) -> CourseFile | None:
    """Read the `course.toml` of the results; None if there is none."""
    path = folder / NAME
    return read_course_file(path) if path.is_file() else None


def write_course_file(folder: Path, file: CourseFile) -> None:
    """Make this the policy of the results."""
    path = folder / NAME
    if not path.is_file() or path.read_bytes() != file.text.encode():
        write_atomically(path, file.text.encode())


def policy_of(
    file: CourseFile,
    assignment: str,
    students: Mapping[str, Student],
    sections: Sequence[SectionPoints],
    folder: Path,
    roster: bool,
) -> tuple[Policy | None, list[str]]:
    """The policy of an assignment for these students, and notes; None if the file has none for it.

    Raise ResultsError for all sections that are unknown, and all students who are not on the `roster`. Without a
    roster, a student who has handed in nothing is unknown, so that is a note only.
    """
    if assignment not in file.policies:
        if close := likely_intended(assignment, file.policies):
            raise ResultsError(f"{file.place(close)}: this is [{close}], and the results are of {assignment}")
        return None, []
    policy = file.policies[assignment]
    known = [one.name for one in sections]
    faults = Faults()
    for name in policy.weights:
        if name not in known:
            close = likely_intended(name, known)
            meant = f"did you mean {close}?" if close else f"there are {', '.join(known)}"
            faults.add(f"{file.place(assignment, 'weights', name)}: there is no section {name!r}; {meant}")
    if fault := check_sections(policy, sections):
        faults.add(f"{file.place(assignment, 'weights')}: {fault}")
    deadlines, notes = _deadlines(file, assignment, policy, students, folder, roster, faults)
    faults.report(ResultsError)
    return replace(policy, deadlines=deadlines), notes


def _deadlines(
    file: CourseFile,
    assignment: str,
    policy: Policy,
    students: Mapping[str, Student],
    folder: Path,
    roster: bool,
    faults: Faults,
) -> tuple[dict[str, datetime], list[str]]:
    """The deadlines of single students by key."""
    deadlines: dict[str, datetime] = {}
    named: dict[str, str] = {}
    notes = []
    for name, time in policy.deadlines.items():
        place = file.place(assignment, "deadlines", name)
        try:
            key = find_key(name, students)
        except UnknownStudentError as error:
            if has_gone(folder, name):
                continue
            if roster:
                faults.add(f"{place}: {error}")
                continue
            notes.append(f"{place}: {error} A --roster makes known who has handed in nothing")
            continue
        if key in deadlines:
            faults.add(f"{place}: {name} and {named[key]} are the same student")
        deadlines[key], named[key] = time, name
    return deadlines, notes


def with_policy_of_results(
    gradebook: Gradebook, folder: Path, batch: Batch, file: CourseFile | None = None
) -> Gradebook:
    """The gradebook with final points by this file, else by the stored one, if it has a policy for the assignment."""
    file = file or stored_course_file(folder)
    if file is None:
        return gradebook
    students = {entry.student.key: entry.student for entry in gradebook.entries}
    sections = _sections(folder, batch) if _needs_sections(file, batch) else ()
    policy, notes = policy_of(file, batch.assignment, students, sections, folder, (folder / STORED).is_file())
    if policy is None:
        return gradebook
    return with_policy(replace(gradebook, notes=(*gradebook.notes, *notes)), policy, sections)


def asked_exam(folder: Path, training: bool) -> Exam | None:
    """The exam of the results, without what was not asked; None if it cannot be read."""
    try:
        exam = load_exam(folder / "batch.exam")
    except (OSError, ExamFileError):
        return None
    return exam if training else without_training(exam)


def _needs_sections(file: CourseFile, batch: Batch) -> bool:
    policy = file.policies.get(batch.assignment)
    return policy is not None and bool(policy.weights)


def _sections(folder: Path, batch: Batch) -> tuple[SectionPoints, ...]:
    exam = asked_exam(folder, batch.training)
    if exam is None:
        raise ResultsError(f"{folder / 'batch.exam'} cannot be read, which weights of sections need")
    return sections_of(exam)
