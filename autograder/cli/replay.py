"""`grade replay`: grades one student again from the results of a batch, and says what differs and why."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import exam_progress, make_console, printable, status_line
from autograder.cli.exits import BELOW

if TYPE_CHECKING:
    from autograder.classroom import Difference, Record
    from autograder.exam import Progress
    from autograder.model import CheckResult, Exam, Grade

INDENT = 6


@options.command()
@options.results
@click.argument("student")
@click.option("--new-reference", is_flag=True, help="Grade with today's reference of this course and the same seed.")
@options.device()
@options.require_isolation(default="landlock")
def command(results: Path, student: str, new_reference: bool, device: str, require_isolation: str) -> None:
    """Grade STUDENT again from RESULTS alone: with the files, the exam and the seed that are stored there.

    STUDENT is the key in gradebook.csv, or a number, mail or name. The two grades are compared check by check. Nothing
    is written, and overrides do not count.

    \b
    Exit status: 0 all verdicts and points are the same, 1 some differ, 2 usage, 3 a fault of torchgrade or of
    the course, 4 the sandbox is not strong enough.
    """
    from autograder.classroom import compare_grades, grade_again, other_conditions, read_record, this_machine
    from autograder.prepare import open_sandbox
    from autograder.sandbox import uses_gpu

    record = read_record(results, student)
    with status_line() as show:
        reference_now = _exam_of_course(record.exam, exam_progress(show), build=new_reference)
        if new_reference and reference_now is not None:
            record = record.with_exam(reference_now)
        show("Starting the sandbox")
        with open_sandbox(device, require_isolation) as sandbox:
            show(f"Grading {record.grade.student} again")
            grade = grade_again(record, sandbox)
    found = compare_grades(record.grade, grade)
    conditions = other_conditions(record.stored.machine or record.grade.versions, this_machine(uses_gpu(device)))
    if record.grade.isolation.tier != grade.isolation.tier:
        conditions.append(f"isolation {record.grade.isolation.tier} then, {grade.isolation.tier} now")
    console = make_console()
    clean = printable(console)
    for line in _lines(results, record, grade, found, conditions, new_reference):
        console.print(clean(line), soft_wrap=True)
    same = record.holds_what_was_graded and all(one.is_of_words for one in found)
    sys.exit(0 if same else BELOW)


def _lines(
    results: Path,
    record: Record,
    grade: Grade,
    found: Sequence[Difference],
    conditions: Sequence[str],
    new_reference: bool,
) -> Iterator[str]:
    from autograder.text import one_line, plural, points

    person = record.stored.entry.student
    name = one_line(person.display_name) + (f" ({one_line(person.key)})" if person.name else "")
    exam = "today's reference" if new_reference else "the stored exam"
    yield f"{name}, graded again with {exam}, seed {record.exam.seed}."
    if not record.holds_what_was_graded:
        yield f"The stored files are not those that were graded: one of {results / 'sources'} was changed."
    verdicts = [one for one in found if not one.is_of_words]
    for one in verdicts:
        yield from _of_check(one)
    total = sum(len(exercise.checks) for section in grade.sections for exercise in section.exercises)
    if not verdicts:
        yield f"All {plural(total, 'check')} have the same verdict and points: {points(grade.earned)} points."
    else:
        yield (
            f"{plural(len(verdicts), 'check')} of {total} differ{'s' if len(verdicts) == 1 else ''}: "
            f"{points(record.grade.earned)} points then, {points(grade.earned)} now."
        )
    yield from _by_hand(results, person.key)
    if words := [one for one in found if one.is_of_words]:
        places = sorted({one.exercise for one in words})
        yield f"The same verdict with other feedback: {plural(len(words), 'check')} of {', '.join(places)}."
    yield from _reasons(results, record, bool(verdicts), conditions, new_reference)


def _by_hand(results: Path, key: str) -> Iterator[str]:
    """A sentence if the gradebook has other points than the grader gave."""
    from autograder.classroom import read_gradebook
    from autograder.errors import UserError
    from autograder.text import points

    try:
        entries = read_gradebook(results).entries
    except UserError:  # such as a fault in overrides.csv, which says nothing about the replay
        return
    entry = next((one for one in entries if one.student.key == key), None)
    if entry is not None and entry.overrides and entry.earned is not None:
        yield f"In the gradebook {points(entry.earned)} points count, by overrides.csv. A replay leaves overrides out."


def _of_check(one: Difference) -> Iterator[str]:
    from autograder.text import one_line

    check = one.before or one.after
    assert check is not None
    yield f"{one.exercise}, {one_line(check.title)}"
    yield f"{'then':>{INDENT}}: {_verdict(one.before)}"
    yield f"{'now':>{INDENT}}: {_verdict(one.after)}"


def _verdict(check: CheckResult | None) -> str:
    from autograder.text import one_line, points

    if check is None:
        return "no such check"
    feedback = f": {one_line('; '.join(check.feedback.splitlines()))}" if check.feedback else ""
    return f"{check.verdict}, {points(check.earned)} of {points(check.points)}{feedback}"


def _reasons(
    results: Path, record: Record, differs: bool, conditions: Sequence[str], new_reference: bool
) -> Iterator[str]:
    """What may explain the differences."""
    if conditions:
        yield f"Other conditions: {'; '.join(conditions)}."
    if new_reference:
        yield "The grade in the results is unchanged; `grade batch --regrade` grades the class with this reference."
    elif differs and not conditions and record.holds_what_was_graded:
        yield (
            "The conditions that torchgrade records are the same. The code may answer differently each time, for "
            f"example with random numbers, or the results were changed: see `grade verify {shlex.quote(str(results))}`."
        )
    if differs and not record.stored.machine:
        yield "The results do not say on which machine they were graded: they are older than torchgrade 0.4."


def _exam_of_course(stored: Exam, progress: Progress, build: bool) -> Exam | None:
    """Today's exam of the course in this folder, if `build`; else say if it is another one than the stored exam."""
    from autograder.course import find_course
    from autograder.errors import NoCourseError, UserError
    from autograder.exam import exam_digest, exam_for

    try:
        course = find_course(Path.cwd(), stored.assignment)
        has_reference = course.has_reference(stored.assignment)
    except NoCourseError:
        has_reference = False
    if build and not has_reference:
        raise UserError(f"--new-reference needs the reference of {stored.assignment}: run it in the course's folder.")
    if build:
        return exam_for(course, stored.assignment, stored.seed, None, progress)
    if has_reference and exam_digest(course, stored.assignment, stored.seed) != stored.digest:
        click.echo(
            "The reference, torchgrade or torch has changed since. This replay uses the stored exam; "
            "--new-reference uses the reference of today.",
            err=True,
        )
    return None
