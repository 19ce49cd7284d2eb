"""`grade batch`: a folder of strangers in, a gradebook out."""

from __future__ import annotations

import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import (
    FAULT,
    INTERRUPTED,
    TIERS,
    MistakeError,
    check_device,
    check_isolation,
    make_console,
    progress,
)
from autograder.reports.formats import FORMATS

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.batch import Executor, Outcome, Task
    from autograder.course import Course
    from autograder.gradebook import Entry
    from autograder.intake import Handed
    from autograder.model import Exam
    from autograder.results import Batch, Kept

TRAINING_MEMORY = 3 << 30  # bytes of a GPU that one training may need
MOST_SLOTS = 8


@dataclass(frozen=True)
class _Wish:
    """What the instructor asked for."""

    assignment: str
    submissions: Path
    results: Path
    roster: Path | None
    seed: int | None
    jobs: int
    slots: int | None
    device: str
    data: Path | None
    training: bool
    formats: tuple[str, ...]
    regrade: bool
    dry_run: bool
    isolation: str
    cluster: str | None


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
    from autograder.batch import sensible_jobs
    from autograder.results import ResultsError

    results = results or submissions.with_name(f"{submissions.stem or 'submissions'}-results")
    wish = _Wish(
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
    sys.exit(FAULT if failed else 0)


def _run(wish: _Wish) -> int:
    """Grade, write, and tell; how many could not be graded."""
    from autograder.course import CourseError, find_course
    from autograder.reports.text import plural
    from autograder.results import clean, locked, prepare, read_batch, read_entries, read_overrides

    console = make_console(stderr=True)
    try:
        course = find_course(Path.cwd(), wish.assignment)
    except CourseError as error:
        raise MistakeError(str(error)) from None
    check_device(wish.device)
    with ExitStack() as stack:
        with progress(console) as tell:
            tell("Starting the sandbox")
            executor = _executor(wish, stack)
            tell("Looking through the submissions")
            handed = _take_in(wish, stack, console)
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
            batch, exam = _exam(wish, course, before, console)
            if before:
                read_overrides(wish.results, before)  # what is wrong with them is told before any work
        kept = read_entries(wish.results)
        return _grade(wish, batch, exam, handed, kept, executor, console)


def _take_in(wish: _Wish, stack: ExitStack, console: Console) -> list[Handed]:
    """Who handed in what; the zip of a learning platform is unpacked for the time of the run."""
    from autograder.intake import IntakeError, take_in
    from autograder.roster import RosterError, read_roster
    from autograder.unpack import unpack

    try:
        roster = read_roster(wish.roster) if wish.roster else []
        folder = wish.submissions
        if folder.suffix.lower() == ".zip" and folder.is_file():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="torchgrade-unpacked-")))
            for problem in unpack(wish.submissions, folder):
                console.print(problem)
            folder = _only_folder(folder)
        handed = take_in(folder, roster, wish.assignment)
    except (IntakeError, RosterError) as error:
        raise MistakeError(str(error)) from None
    own = wish.results.resolve()
    return [one for one in handed if all(path.resolve() != own for _, path in one.paths)]


def _only_folder(folder: Path) -> Path:
    """Some platforms wrap everything into one more folder."""
    inner = list(folder.iterdir())
    if len(inner) == 1 and inner[0].is_dir() and "_assignsubmission_" not in inner[0].name:
        children = list(inner[0].iterdir())
        if len(children) > 1 and all(child.is_dir() or "_" in child.name for child in children):
            return inner[0]
    return folder


def _gpu_slots() -> int:
    """How many trainings fit into the free memory of the first GPU; 1 where that cannot be told."""
    command = ["nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout
        return max(1, min(MOST_SLOTS, (int(told.split()[0]) << 20) // TRAINING_MEMORY))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return 1


def _executor(wish: _Wish, stack: ExitStack) -> Executor:
    """Where submissions are graded; refused where the sandbox is too weak, before any of them is read."""
    from autograder.batch import Here
    from autograder.sandbox.process import Sandbox, uses_gpu

    if wish.cluster is not None:
        from autograder.cluster import ClusterError, connect

        try:
            return stack.enter_context(connect(wish.cluster, wish.isolation, wish.device))
        except ClusterError as error:
            raise MistakeError(str(error)) from None
    slots = _gpu_slots() if wish.slots is None and uses_gpu(wish.device) else wish.slots

    def make() -> Sandbox:
        return Sandbox(device=wish.device, training_slots=slots, ahead=wish.jobs)

    sandbox = stack.enter_context(make())
    check_isolation(sandbox, wish.isolation)
    return Here(sandbox, make, wish.jobs)


def _exam(wish: _Wish, course: Course, before: Batch | None, console: Console) -> tuple[Batch, Exam]:
    """The exam of the results that are there, or a new one, which is kept beside them."""
    from autograder.course import DataError
    from autograder.exam_file import ExamFileError, exam_digest, exam_for, load_exam, save_exam
    from autograder.grading import without_training
    from autograder.results import ResultsError, batch_of, write_batch

    file = wish.results / "batch.exam"
    if before is not None and not wish.regrade:
        _same_wishes(wish, before)
        try:
            exam = load_exam(file)
        except (OSError, ExamFileError):
            exam = exam_for(course, wish.assignment, before.seed, wish.data)
        if exam.digest != before.digest:
            raise ResultsError(
                f"{wish.results} was graded with another exam, which is gone; --regrade grades all again"
            )
        if exam_digest(course, wish.assignment, before.seed, wish.data) != before.digest:
            console.print(
                "The reference, torchgrade or torch has changed since. What is new is graded like the rest, with the "
                "exam of then; --regrade grades all again, --regrade --dry-run shows what that would change."
            )
    else:
        if not course.has_reference(wish.assignment):
            raise MistakeError(f"{course.folder} has no reference of {wish.assignment}, which a batch is graded with.")
        seed = wish.seed if wish.seed is not None else before.seed if before else secrets.randbelow(1 << 31)
        try:
            exam = exam_for(course, wish.assignment, seed, wish.data)
        except DataError as error:
            raise MistakeError(str(error)) from None
        asked = exam if wish.training else without_training(exam)
        if not wish.dry_run:
            save_exam(exam, file)
            write_batch(wish.results, batch_of(asked, wish.training))
    asked = exam if wish.training else without_training(exam)
    return batch_of(asked, wish.training), asked


def _same_wishes(wish: _Wish, before: Batch) -> None:
    """Refuse to mix two exams in one gradebook."""
    if before.assignment != wish.assignment:
        raise MistakeError(f"{wish.results} holds results of {before.assignment}, not of {wish.assignment}.")
    changed = []
    if wish.seed is not None and wish.seed != before.seed:
        changed.append("another seed")
    if wish.training != before.training:
        changed.append("training" if before.training else "no training")
    if changed:
        raise MistakeError(f"{wish.results} was graded with {' and '.join(changed)}; --regrade grades all again.")


def _grade(
    wish: _Wish,
    batch: Batch,
    exam: Exam,
    handed: Sequence[Handed],
    kept: dict[str, Kept],
    executor: Executor,
    console: Console,
) -> int:
    from autograder.batch import Task, grade_all, keep, plan
    from autograder.reports.text import one_line
    from autograder.results import set_aside, write_entry

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

    from autograder.cli.bar import Bar

    done: Outcome | None = None
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
                moved.append((before.entry if before else None, entry, _why(before, done.task.digest)))
                bar.step(counts)
    except KeyboardInterrupt:
        left = len(handed) - sum(counts.values())
        console.print(f"Interrupted with {left} of {len(handed)} left; the same command goes on from there.")
        sys.exit(INTERRUPTED)
    if wish.dry_run:
        _tell_moves(moved, counts, console)
        return counts["failed"]
    gone = set(kept) - {one.student.key for one in handed}
    for key in sorted(gone):
        set_aside(wish.results, key)
    if gone:
        console.print(f"No longer among the submissions, moved to {wish.results / 'gone'}: {', '.join(sorted(gone))}")
    _write_reports(wish, counts)
    return counts["failed"]


def _why(before: Kept | None, digest: str) -> str:
    if before is None or before.entry.state != "graded":
        return "not graded before"
    return "the submission changed" if before.submission != digest else "the exam changed"


def _tell_moves(moved: list[tuple[Entry | None, Entry, str]], counts: Counter[str], console: Console) -> None:
    """Whose score would move, from what to what, why, and in which exercises."""
    from autograder.reports.text import one_line, plural, points

    changes = 0
    for before, after, why in sorted(moved, key=lambda move: move[1].student.key):
        old, new = (None if entry is None else entry.earned for entry in (before, after))
        if old == new:
            continue
        changes += 1
        told = " -> ".join("no score" if score is None else points(score) for score in (old, new))
        was = before.exercises if before else {}
        parts = [
            f"{name} {points(was[name])} -> {points(now)}"
            for name, now in after.exercises.items()
            if name in was and was[name] != now
        ]
        detail = f" ({', '.join(parts)})" if parts else ""
        click.echo(f"{one_line(after.student.key)}: {told}{detail}: {why or after.problem}")
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    click.echo(f"{plural(changes, 'score')} would move; nothing was written. {told}.")


def _write_reports(wish: _Wish, counts: Counter[str]) -> None:
    """The gradebook in every form that was asked for, made from what is in RESULTS."""
    from autograder.cli.export import write_forms
    from autograder.reports.text import plural, points
    from autograder.results import read_gradebook

    gradebook = read_gradebook(wish.results)
    files = write_forms(gradebook, wish.results, ("csv", "html", *wish.formats))
    scores = sorted(entry.earned for entry in gradebook.entries if entry.earned is not None)
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    click.echo(f"{plural(len(gradebook.entries), 'student')}: {told}.")
    if scores:
        middle = scores[len(scores) // 2]
        click.echo(
            f"Median {points(middle)} of {points(gradebook.points)}, from {points(scores[0])} to "
            f"{points(scores[-1])}. Isolation: {gradebook.isolation}."
        )
    click.echo(f"Gradebook: {wish.results / 'gradebook.csv'}")
    click.echo(f"Report:    {wish.results / 'report' / 'index.html'}")
    for name in sorted({Path(file).parts[0] for file in files} - {"gradebook.csv", "report"}):
        click.echo(f"           {wish.results / name}")
    if counts["failed"]:
        failed = counts["failed"]
        click.echo(
            f"{plural(failed, 'submission')} could not be graded by a fault of torchgrade or of the course, "
            "not of the submission; the same command tries again."
        )
