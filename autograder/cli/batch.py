"""`grade batch`: a folder of strangers in, a gradebook out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.batch_setup import Request, exam_of_batch, executor_for, find_all_handins
from autograder.cli.changes import tell_moves, why_moved, write_reports
from autograder.cli.common import (
    FAULT,
    INTERRUPTED,
    TIERS,
    MistakeError,
    check_device,
    make_console,
    progress,
)
from autograder.reports.formats import FORMATS

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Batch, Entry, Executor, Handin, StoredResult, Task
    from autograder.model import Exam


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("assignment")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("-o", "--output", "results", metavar="RESULTS", type=click.Path(path_type=Path), help="Where to write.")
@click.option("--roster", metavar="FILE.csv", type=click.Path(path_type=Path), help="Who takes the course: ids, names.")
@click.option("--jobs", type=click.IntRange(min=1), help="Submissions at the same time.  [default: one per core]")
@click.option("--gpu-slots", type=click.IntRange(min=1), help="Trainings at the same time on a GPU.")
@click.option("--seed", type=click.IntRange(min=0), help="Draw the questions from this seed.  [default: a secret one]")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True)
@click.option("--data", metavar="DIR", type=click.Path(path_type=Path), help="Train on the data set in this folder.")
@click.option("--no-training", is_flag=True, help="Leave out the checks that train networks.")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Write this as well.")
@click.option("--dry-run", is_flag=True, help="Show whose score would move and why; write nothing.")
@click.option("--regrade", is_flag=True, help="Grade all again with the reference and the options of now.")
@click.option(
    "--require-isolation",
    type=click.Choice(TIERS),
    default="landlock",
    show_default=True,
    help="Refuse to grade in a weaker sandbox than this.",
)
@click.option("--cluster", metavar="ADDRESS", help="Grade on the Dask cluster with this scheduler.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of torchgrade happened.")
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
    formats: tuple[str, ...],
    dry_run: bool,
    regrade: bool,
    require_isolation: str,
    cluster: str | None,
    verbose: bool,
) -> None:
    """Grade many submissions of ASSIGNMENT and write a gradebook and a report.

    SUBMISSIONS is a folder with one folder, .py file, notebook or .zip for each student, or the zip of all submissions
    from Moodle or Canvas. RESULTS, by default beside it, gets one JSON file per student, gradebook.csv and
    report/index.html. The same command again goes on where an earlier one ended, and grades only what is new.

    \b
    Exit status: 0 graded, 2 usage, 3 some could not be graded by a fault of torchgrade
    or of the course, 4 the sandbox is not strong enough.
    """
    from autograder.classroom import ResultsError, sensible_jobs

    results = results or submissions.with_name(f"{submissions.stem or 'submissions'}-results")
    wish = Request(
        assignment,
        submissions,
        results,
        roster,
        seed,
        sensible_jobs(jobs),
        gpu_slots,
        device,
        data,
        not no_training,
        formats,
        regrade,
        dry_run,
        require_isolation,
        cluster,
    )
    try:
        failed = _run(wish)
    except ResultsError as error:
        raise MistakeError(str(error)) from None
    except KeyboardInterrupt:
        click.echo("Interrupted; the same command goes on from there.", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(FAULT if failed else 0)


def _run(wish: Request) -> int:
    """Grade, write, and tell; how many could not be graded."""
    from autograder.classroom import clean, locked, prepare, read_batch, read_entries, read_overrides
    from autograder.course import CourseError, find_course
    from autograder.text import plural

    console = make_console(stderr=True)
    try:
        course = find_course(Path.cwd(), wish.assignment)
    except CourseError as error:
        raise MistakeError(str(error)) from None
    if not course.has_reference(wish.assignment) and not (wish.results / "batch.exam").is_file():
        raise MistakeError(f"{course.folder} has no reference of {wish.assignment}, which a batch is graded with.")
    check_device(wish.device)
    with ExitStack() as stack:
        with progress(console) as tell:
            tell("Starting the sandbox")
            executor = executor_for(wish, stack)
            tell("Looking through the submissions")
            handed = find_all_handins(wish, course, stack, console)
            if not wish.dry_run:
                prepare(wish.results)
            if wish.results.is_dir():
                stack.enter_context(locked(wish.results))
                clean(wish.results)
            before = read_batch(wish.results)
            strangers = sum(one.problem == "is not on the roster" for one in handed)
            off = f" ({strangers} not on the roster)" if strangers else ""
            console.print(
                f"{plural(len(handed), 'student')}{off}; preparing the exam, which takes longer the first time."
            )
            tell("Preparing the exam")
            batch, exam = exam_of_batch(wish, course, before, console)
            if before:
                read_overrides(wish.results, before)  # what is wrong with them is told before any work
        kept = read_entries(wish.results)
        return _grade(wish, batch, exam, handed, kept, executor, console)


def _grade(
    wish: Request,
    batch: Batch,
    exam: Exam,
    handed: Sequence[Handin],
    kept: dict[str, StoredResult],
    executor: Executor,
    console: Console,
) -> int:
    from autograder.classroom import Task, grade_all, keep, plan, set_aside, write_entry
    from autograder.text import one_line

    counts: Counter[str] = Counter()
    moved: list[tuple[Entry | None, Entry, str]] = []

    def tasks() -> Iterable[Task]:
        for _, found, before in plan(handed, kept, batch.fingerprint):
            if isinstance(found, Task):
                yield found
                continue
            same = before is not None and replace(found, sources=()) == before.entry
            counts["kept" if found.state == "graded" else found.state] += 1
            if not same and not wish.dry_run:
                write_entry(
                    wish.results, found, before.submission if before else "", before.fingerprint if before else ""
                )
            if found.state in ("unreadable", "refused"):
                who, why = one_line(found.student.key), one_line(found.problem)
                bar.say(why if why.startswith(who) else f"{who}: {why}")
            moved.append((before.entry if before else None, found, ""))
            bar.step(counts)

    from autograder.cli.progress_bar import Bar

    try:
        with Bar(console, len(handed)) as bar:
            for done in grade_all(exam, tasks(), executor):
                entry, before = done.entry, done.task.before
                counts["graded" if entry.state == "graded" else entry.state] += 1
                if entry.state == "failed":
                    bar.say(f"{one_line(entry.student.key)}: {one_line(entry.problem)}")
                if entry.state == "failed" and before is not None:
                    entry = before.entry  # a fault of ours changes no result that is there
                elif not wish.dry_run:
                    keep(wish.results, batch, done)
                moved.append((before.entry if before else None, entry, why_moved(before, done.task.digest)))
                bar.step(counts)
    except KeyboardInterrupt:
        left = len(handed) - sum(counts.values())
        console.print(f"Interrupted with {left} of {len(handed)} left; the same command goes on from there.")
        sys.exit(INTERRUPTED)
    if wish.dry_run:
        tell_moves(moved, counts)
        return counts["failed"]
    gone = set(kept) - {one.student.key for one in handed}
    for key in sorted(gone):
        set_aside(wish.results, key)
    if gone:
        names = ", ".join(sorted(gone))
        console.print(f"No longer among the submissions or on the roster, moved to {wish.results / 'gone'}: {names}")
    write_reports(wish.results, wish.formats, counts)
    return counts["failed"]
