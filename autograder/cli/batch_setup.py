"""What `grade batch` needs before it grades: the submissions, the exam, and a place where students' code may run."""

from __future__ import annotations

import secrets
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.common import MistakeError, check_isolation

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Batch, Executor, Handin
    from autograder.course import Course
    from autograder.model import Exam

TRAINING_MEMORY = 3 << 30  # bytes of a GPU that one training may need
MOST_SLOTS = 8


@dataclass(frozen=True)
class Request:
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


def find_all_handins(wish: Request, course: Course, stack: ExitStack, console: Console) -> list[Handin]:
    """Who handed in what; the zip of a learning platform is unpacked for the time of the run."""
    from autograder.classroom import IntakeError, RosterError, find_handins, read_roster, unpack

    try:
        roster = read_roster(wish.roster) if wish.roster else []
        folder = wish.submissions
        if folder.suffix.lower() == ".zip" and folder.is_file():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="torchgrade-unpacked-")))
            for problem in unpack(wish.submissions, folder):
                console.print(problem)
            folder = _only_folder(folder)
        handed = find_handins(folder, roster, wish.assignment)
    except (IntakeError, RosterError) as error:
        raise MistakeError(str(error)) from None
    sections = {path.stem for path in course.exercises(wish.assignment).glob("*.py")}
    of_one = sorted(one.student.key for one in handed if one.student.key in sections)
    if len(of_one) > 1:
        raise MistakeError(
            f"{wish.submissions} looks like the work of one student, with {of_one[0]} and {of_one[1]} in it. "
            "Give the folder that holds a folder, a file or a zip for each student."
        )
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


def executor_for(wish: Request, stack: ExitStack) -> Executor:
    """Where submissions are graded; refused where the sandbox is too weak, before any of them is read."""
    from autograder.classroom import LocalExecutor
    from autograder.sandbox import Sandbox, uses_gpu

    if wish.cluster is not None:
        from autograder.classroom import ClusterError, connect

        try:
            return stack.enter_context(connect(wish.cluster, wish.isolation, wish.device))
        except ClusterError as error:
            raise MistakeError(str(error)) from None
    slots = _gpu_slots() if wish.slots is None and uses_gpu(wish.device) else wish.slots

    def make() -> Sandbox:
        return Sandbox(device=wish.device, training_slots=slots, ahead=wish.jobs)

    sandbox = stack.enter_context(make())
    check_isolation(sandbox, wish.isolation)
    return LocalExecutor(sandbox, make, wish.jobs)


def exam_of_batch(wish: Request, course: Course, before: Batch | None, console: Console) -> tuple[Batch, Exam]:
    """The exam of the results that are there, or a new one, which is kept beside them."""
    from autograder.classroom import ResultsError, batch_of, write_batch
    from autograder.course import DataError
    from autograder.exam import ExamFileError, exam_digest, exam_for, load_exam, save_exam, without_training

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


def _same_wishes(wish: Request, before: Batch) -> None:
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
