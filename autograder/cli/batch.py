"""`grade batch`: a folder of strangers in, a gradebook out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.batch_explain import explain_mistakes
from autograder.cli.batch_setup import (
    BatchRequest,
    Prepared,
    exam_of_batch,
    executor_for,
    find_students,
    store_exam,
)
from autograder.cli.batch_written import check_written, store_written
from autograder.cli.changes import (
    GradedChange,
    changes_of_points,
    print_changes,
    print_kept,
    print_summary,
    why_changed,
)
from autograder.cli.console import exam_progress, make_console, status_line
from autograder.cli.exits import FAULT, INTERRUPTED
from autograder.cli.interrupts import end_on_signals
from autograder.cli.policy import best_by, course_file_of, print_policy
from autograder.errors import UserError
from autograder.reports.formats import FORMATS

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Differences, Outcome, StoredResult, StudentFiles
    from autograder.course import Course


@options.command()
@options.assignment
@click.argument("submissions", type=options.ANY_PATH)
@click.option("-o", "--output", "results", metavar="RESULTS", type=options.ANY_PATH, help="Where to write.")
@click.option("--roster", metavar="FILE.csv", type=options.ANY_PATH, help="Who takes the course: ids, names.")
@click.option("--jobs", type=click.IntRange(min=1), help="Submissions at the same time.  [default: one per core]")
@click.option("--gpu-slots", type=click.IntRange(min=1), help="Trainings at the same time on a GPU.")
@options.seed(default="a secret one")
@options.device()
@options.data
@options.no_training
@options.course_file
@options.comments
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Write this as well.")
@click.option("--dry-run", is_flag=True, help="Show whose score would change and why; write nothing.")
@click.option("--explain", is_flag=True, help="Then look for the places of mistakes that no hint explains.")
@click.option("--regrade", is_flag=True, help="Use today's reference and options; grade again what others graded.")
@options.require_isolation(default="landlock")
@click.option("--cluster", metavar="ADDRESS", help="Grade on the Dask cluster with this scheduler.")
def command(
    assignment: str,
    submissions: Path,
    results: Path | None,
    roster: Path | None,
    jobs: int | None,
    gpu_slots: int | None,
    seed: int | None,
    device: str,
    data: Path | None,
    no_training: bool,
    course_file: Path | None,
    comments: Path | None,
    formats: tuple[str, ...],
    dry_run: bool,
    explain: bool,
    regrade: bool,
    require_isolation: str,
    cluster: str | None,
) -> None:
    """Grade many submissions of ASSIGNMENT and write a gradebook and a report.

    SUBMISSIONS is a folder with one folder, .py file, notebook or .zip for each student, or the zip of all submissions
    from Moodle or Canvas. RESULTS, by default beside it, gets one JSON file per student, gradebook.csv and
    report/index.html. The same command again goes on where an earlier one ended, and grades only what is new.

    \b
    Exit status: 0 graded, 2 usage, 3 some could not be graded by a fault of torchgrade
    or of the course, 4 the sandbox is not strong enough.
    """
    from autograder.classroom import choose_jobs
    from autograder.prepare import Request

    request = BatchRequest(
        Request(assignment, submissions, (), seed, data, not no_training, device, require_isolation),
        submissions=submissions,
        results=results or submissions.with_name(f"{submissions.stem or 'submissions'}-results"),
        roster=roster,
        jobs=choose_jobs(jobs),
        training_slots=gpu_slots,
        regrade=regrade,
        dry_run=dry_run,
        cluster=cluster,
        explain=explain and not dry_run,
        course_file=course_file,
        comments=comments,
    )
    end_on_signals()
    try:
        with ExitStack() as stack:
            counts = _run(request, stack, make_console(stderr=True))
            if not dry_run:
                print_summary(request.results, formats, counts)
    except KeyboardInterrupt:
        click.echo("Interrupted. Run the same command again to continue.", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(FAULT if counts["failed"] else 0)


def _run(request: BatchRequest, stack: ExitStack, console: Console) -> Counter[str]:
    """Grade and store; the number of students in each state. The lock of the results ends with `stack`."""
    from autograder.classroom import gradebook_of_entries, read_entries, write_last_run
    from autograder.course import Course, find_course
    from autograder.errors import NoCourseError
    from autograder.prepare import check_device
    from autograder.reports.shown_points import read_shown_points

    try:
        course = find_course(Path.cwd(), request.grading.assignment)
    except NoCourseError:
        if not (request.results / "batch.exam").is_file():
            raise
        course = Course(Path.cwd())  # the stored exam is enough
    if not course.has_reference(request.grading.assignment) and not (request.results / "batch.exam").is_file():
        raise UserError(
            f"{course.folder} has no reference of {request.grading.assignment}, which a batch is graded with."
        )
    check_device(request.grading.device)
    prepared = _prepare(request, course, stack, console)
    exam, students = prepared.exam, prepared.students
    stored = read_entries(request.results)
    counts, changes = _grade_and_store(request, prepared, stored, console)
    if request.regrade and counts["kept"]:
        print_kept(counts["kept"], console)
    entries = [change.after for change in changes]
    gradebook = gradebook_of_entries(request.results, prepared.batch, exam, entries, prepared.course_file)
    shown = read_shown_points(request.results / "gradebook.csv")
    if request.dry_run:
        print_changes(changes, shown, gradebook, counts)
    else:
        write_last_run(request.results, *changes_of_points(changes, shown, gradebook))
        _set_aside_missing(request.results, stored, students, console)
    if request.explain:
        explain_mistakes(request, exam, console)
    return counts


def _prepare(request: BatchRequest, course: Course, stack: ExitStack, console: Console) -> Prepared:
    """The sandbox first, so that a machine that is too weak is refused before any submission is read."""
    from autograder.classroom import (
        NOT_ON_ROSTER,
        create_results_folder,
        lock_results,
        read_batch,
        remove_partial_files,
        renewed_manifest,
    )
    from autograder.errors import Faults
    from autograder.text import plural

    with status_line(console) as show:
        show("Starting the sandbox")
        executor = executor_for(request, stack)
        show("Reading the names of the submissions")
        faults = Faults()
        with faults.collect():
            course_file = course_file_of(request, course)
        with faults.collect():
            students = find_students(request, course, stack, console)
        faults.report()
        changed_by_others = None
        if not request.dry_run:
            create_results_folder(request.results)
        if request.results.is_dir():
            stack.enter_context(lock_results(request.results))
            remove_partial_files(request.results)
        if not request.dry_run:
            changed_by_others = stack.enter_context(renewed_manifest(request.results))
        before = read_batch(request.results)
        strangers = sum(one.problem == NOT_ON_ROSTER for one in students)
        off = f" ({strangers} not on the roster)" if strangers else ""
        console.print(f"{plural(len(students), 'student')}{off}")
        show("Preparing the exam")
        people = {one.student.key: one.student for one in students}
        is_kept = before is not None or request.grading.seed is not None or not request.dry_run
        batch, whole, exam = exam_of_batch(request, course, before, console, exam_progress(show, is_kept))
        policy = check_written(request, course_file, batch, exam, people)
    _print_changed_by_others(request.results, changed_by_others, console)
    if course_file is not None:
        print_policy(course_file, request.grading.assignment, console)
    if not request.dry_run:
        if before is not None and request.regrade:
            store_exam(request.results, batch, whole)
        store_written(request, course_file)
    return Prepared(batch, exam, students, executor, course_file, best_by(policy, batch, exam))


def _print_changed_by_others(results: Path, found: Differences | None, console: Console) -> None:
    """Name what somebody else has changed since the last run; a run that is refused does not come here."""
    if found and found.of_the_grader:
        names = ", ".join(found.of_the_grader[:5])
        more = len(found.of_the_grader) - 5
        console.print(
            f"Changed in {results} since the last grade batch, by something else: "
            f"{names}{f' and {more} more' if more > 0 else ''}. This run takes them as they are.",
            soft_wrap=True,
        )


def _grade_and_store(
    request: BatchRequest,
    prepared: Prepared,
    stored: dict[str, StoredResult],
    console: Console,
) -> tuple[Counter[str], list[GradedChange]]:
    """The number of students in each state, and what was found of each student."""
    from autograder.classroom import ClusterLostError, grade_class, store_outcome, this_machine
    from autograder.cli.progress_bar import Bar
    from autograder.sandbox import uses_gpu

    batch, exam, students = prepared.batch, prepared.exam, prepared.students
    counts: Counter[str] = Counter()
    changes: list[GradedChange] = []
    machine = this_machine(uses_gpu(request.grading.device), request.cluster is not None)
    try:
        with Bar(console, len(students)) as bar:
            for outcome in grade_class(students, stored, batch.fingerprint, exam, prepared.executor, prepared.best):
                entry, before = outcome.entry, outcome.stored
                counts["kept" if outcome.task is None and entry.state == "graded" else entry.state] += 1
                if problem := _problem_line(outcome):
                    bar.say(problem)
                if entry.state == "failed" and before is not None:
                    entry = before.entry  # a fault of ours changes no result that is there
                elif not request.dry_run:
                    store_outcome(request.results, batch, outcome, machine)
                changes.append(GradedChange(before.entry if before else None, entry, why_changed(outcome)))
                bar.step(counts)
    except (KeyboardInterrupt, ClusterLostError) as error:
        lost = isinstance(error, ClusterLostError)
        left = len(students) - sum(counts.values())
        why = f"{error} There are" if lost else "Interrupted with"
        console.print(f"{why} {left} of {len(students)} left. Run the same command again to continue.")
        sys.exit(FAULT if lost else INTERRUPTED)
    return counts, changes


def _problem_line(outcome: Outcome) -> str:
    """What stays above the bar of a submission that has no grade; empty for all others."""
    from autograder.text import one_line

    if outcome.entry.state not in ("unreadable", "refused", "failed"):
        return ""
    who, why = one_line(outcome.entry.student.key), one_line(outcome.entry.problem)
    return why if why.startswith(who) and outcome.task is None else f"{who}: {why}"


def _set_aside_missing(
    results: Path, stored: dict[str, StoredResult], students: Sequence[StudentFiles], console: Console
) -> None:
    """Move results of students who are no longer among the submissions."""
    from autograder.classroom import move_to_gone

    gone = set(stored) - {one.student.key for one in students}
    for key in sorted(gone):
        move_to_gone(results, key)
    if gone:
        names = ", ".join(sorted(gone))
        console.print(f"No longer among the submissions or on the roster, moved to {results / 'gone'}: {names}")
