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
from autograder.cli.batch_setup import (
    BatchRequest,
    Prepared,
    check_comments,
    exam_of_batch,
    executor_for,
    find_students,
    roster_of,
)
from autograder.cli.changes import changes_of_points, print_changes, print_kept, print_summary, why_changed
from autograder.cli.console import exam_progress, make_console, status_line
from autograder.cli.exits import FAULT, INTERRUPTED
from autograder.cli.interrupts import end_on_signals
from autograder.cli.policy import course_file_of, use_policy
from autograder.errors import UserError
from autograder.reports.formats import FORMATS

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Entry, Outcome, StoredResult, StudentFiles
    from autograder.course import Course
    from autograder.model import Exam


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
    from autograder.classroom import read_entries, write_last_run
    from autograder.course import Course, find_course
    from autograder.errors import NoCourseError
    from autograder.prepare import check_device

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
    if request.dry_run:
        print_changes(changes, counts)
    else:
        write_last_run(request.results, *changes_of_points(changes))
        _set_aside_missing(request.results, stored, students, console)
    if request.explain:
        _explain(request, exam, console)
    return counts


def _prepare(request: BatchRequest, course: Course, stack: ExitStack, console: Console) -> Prepared:
    """The sandbox first, so that a machine that is too weak is refused before any submission is read."""
    from autograder.classroom import (
        NOT_ON_ROSTER,
        create_results_folder,
        lock_results,
        read_batch,
        read_overrides,
        remove_partial_files,
        write_roster,
    )
    from autograder.text import plural

    with status_line(console) as show:
        show("Starting the sandbox")
        executor = executor_for(request, stack)
        show("Reading the names of the submissions")
        course_file = course_file_of(request, course)
        students = find_students(request, course, stack, console)
        if not request.dry_run:
            create_results_folder(request.results)
        if request.results.is_dir():
            stack.enter_context(lock_results(request.results))
            remove_partial_files(request.results)
        if not request.dry_run:
            _renew_manifest(request.results, stack, console)
            if request.roster:
                write_roster(request.results, roster_of(request))
        before = read_batch(request.results)
        strangers = sum(one.problem == NOT_ON_ROSTER for one in students)
        off = f" ({strangers} not on the roster)" if strangers else ""
        console.print(f"{plural(len(students), 'student')}{off}")
        show("Preparing the exam")
        people = {one.student.key: one.student for one in students}
        batch, exam = exam_of_batch(request, course, before, console, exam_progress(show))
        read_overrides(request.results, batch, people)  # reported before any work
        check_comments(request, batch, people)
        best = use_policy(course_file, request, exam, people, console)
    return Prepared(batch, exam, students, executor, best)


def _renew_manifest(results: Path, stack: ExitStack, console: Console) -> None:
    """Write a new manifest at the end of the run; name what somebody else has changed since the last one."""
    from autograder.classroom import renewed_manifest

    found = stack.enter_context(renewed_manifest(results))
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
) -> tuple[Counter[str], list[tuple[Entry | None, Entry, str]]]:
    """The number of students in each state; and for each student the entry before, the one now, and why they differ."""
    from autograder.classroom import ClusterLostError, grade_class, store_outcome, this_machine
    from autograder.cli.progress_bar import Bar
    from autograder.sandbox import uses_gpu

    batch, exam, students = prepared.batch, prepared.exam, prepared.students
    counts: Counter[str] = Counter()
    changes: list[tuple[Entry | None, Entry, str]] = []
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
                changes.append((before.entry if before else None, entry, why_changed(outcome)))
                bar.step(counts)
    except (KeyboardInterrupt, ClusterLostError) as error:
        lost = isinstance(error, ClusterLostError)
        left = len(students) - sum(counts.values())
        why = f"{error} There are" if lost else "Interrupted with"
        console.print(f"{why} {left} of {len(students)} left. Run the same command again to continue.")
        sys.exit(FAULT if lost else INTERRUPTED)
    return counts, changes


def _explain(request: BatchRequest, exam: Exam, console: Console) -> None:
    """Look for the places of mistakes; what was found before Ctrl-C stays."""
    from autograder.classroom import ClassSearch
    from autograder.cli.progress_bar import Bar
    from autograder.prepare import open_sandbox
    from autograder.text import one_line, plural

    search = ClassSearch(request.results, exam)
    if not len(search):
        console.print("There is no submission in which the place of a mistake is still to be looked for.")
        return
    counts: Counter[str] = Counter()
    places = 0
    grading = request.grading
    try:
        with open_sandbox(grading.device, grading.isolation) as sandbox, Bar(console, len(search)) as bar:
            for entry, problem in search.run(sandbox, request.jobs):
                if problem:
                    bar.say(f"{one_line(entry.student.key)}: could not be searched: {one_line(problem)}")
                sections = entry.grade.sections if entry.grade else ()
                places += sum(result.repair is not None for section in sections for result in section.exercises)
                counts["not searched" if problem else "searched"] += 1
                bar.step(counts)
    except KeyboardInterrupt:
        left = len(search) - sum(counts.values())
        console.print(f"Interrupted: {left} of {len(search)} were not searched. The same command goes on.")
    console.print(
        f"Looked for mistakes in {plural(counts['searched'], 'submission')}: {plural(places, 'place')} found."
    )


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
