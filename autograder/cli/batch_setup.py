"""What `grade batch` needs before it grades: the submissions, the exam, and a place where students' code may run."""

from __future__ import annotations

import secrets
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import UserError
from autograder.text import plural

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Batch, CourseFile, Executor, FinalPoints, Student, StudentFiles
    from autograder.course import Course
    from autograder.exam import Progress
    from autograder.model import Exam
    from autograder.prepare import Request
    from autograder.sandbox import Sandbox

TRAINING_MEMORY = 3 << 30  # bytes of a GPU that one training may need
MOST_SLOTS = 8
MAX_STRAYS = 10  # files that are named


@dataclass(frozen=True)
class BatchRequest:
    """What the instructor asked for; `grading` is how each submission is graded."""

    grading: Request
    submissions: Path
    results: Path
    roster: Path | None
    jobs: int
    training_slots: int | None
    regrade: bool
    dry_run: bool
    cluster: str | None
    explain: bool = False
    course_file: Path | None = None
    comments: Path | None = None


class Prepared(NamedTuple):
    """All that grading needs; with `best`, the upload with the most final points counts."""

    batch: Batch
    exam: Exam
    students: Sequence[StudentFiles]
    executor: Executor
    course_file: CourseFile | None
    best: FinalPoints | None


def find_students(request: BatchRequest, course: Course, stack: ExitStack, console: Console) -> list[StudentFiles]:
    """Who handed in what; the zip of a learning platform is unpacked for the time of the run."""
    from autograder.classroom import find_strays, find_student_files, unpack

    assignment = request.grading.assignment
    roster = roster_of(request)
    if roster and not request.roster:
        console.print(f"Roster: the {plural(len(roster), 'student')} of the last --roster, in {request.results}")
    folder = request.submissions
    if folder.suffix.lower() == ".zip" and folder.is_file():
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="torchgrade-unpacked-")))
        for problem in unpack(request.submissions, folder):
            console.print(problem)
        folder = _only_folder(folder)
    others = set(course.assignments) - {assignment}
    students = find_student_files(folder, roster, assignment, others)
    if strays := find_strays(folder, roster):
        more = f" and {len(strays) - MAX_STRAYS} more" if len(strays) > MAX_STRAYS else ""
        console.print(f"No submissions: {', '.join(strays[:MAX_STRAYS])}{more}", soft_wrap=True)
    sections = {path.stem for path in course.exercises(assignment).glob("*.py")}
    of_one = sorted(one.student.key for one in students if one.student.key in sections)
    if len(of_one) > 1:
        raise UserError(
            f"{request.submissions} looks like the work of one student, with {of_one[0]} and {of_one[1]} in it. "
            "Give the folder that holds a folder, a file or a zip for each student."
        )
    own = request.results.resolve()
    return [one for one in students if all(path.resolve() != own for _, path in one.paths)]


def roster_of(request: BatchRequest) -> list[Student]:
    """The roster that was named, else that of the last run."""
    from autograder.classroom import read_roster, read_stored_roster

    return read_roster(request.roster) if request.roster else read_stored_roster(request.results)


def _only_folder(folder: Path) -> Path:
    """Some platforms wrap everything into one more folder."""
    inner = list(folder.iterdir())
    if len(inner) == 1 and inner[0].is_dir() and "_assignsubmission_" not in inner[0].name:
        children = list(inner[0].iterdir())
        if len(children) > 1 and all(child.is_dir() or "_" in child.name for child in children):
            return inner[0]
    return folder


def _gpu_slots() -> int:
    """How many trainings fit into the free memory of the first GPU; 1 where that is unknown."""
    command = ["nvidia-smi", "--query-gpu=memory.free", "--format=csv,noheader,nounits"]
    try:
        free = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout
        return max(1, min(MOST_SLOTS, (int(free.split()[0]) << 20) // TRAINING_MEMORY))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return 1


def executor_for(request: BatchRequest, stack: ExitStack) -> Executor:
    """Where submissions are graded; refused where the sandbox is too weak."""
    from autograder.classroom import LocalExecutor, connect
    from autograder.prepare import open_sandbox
    from autograder.sandbox import uses_gpu

    device, isolation = request.grading.device, request.grading.isolation or "none"
    if request.cluster is not None:
        return stack.enter_context(connect(request.cluster, isolation, device))
    slots = request.training_slots
    if slots is None and uses_gpu(device):
        slots = _gpu_slots()

    def make() -> Sandbox:
        return open_sandbox(device, isolation, slots, ahead=request.jobs)

    return LocalExecutor(stack.enter_context(make()), make, request.jobs)


def exam_of_batch(
    request: BatchRequest, course: Course, before: Batch | None, console: Console, progress: Progress
) -> tuple[Batch, Exam, Exam]:
    """The exam that is stored with the results, or a new one.

    A first one is stored at once, because it takes long to prepare. `Prepared.store` stores one that replaces another.
    """
    from autograder.classroom import batch_of
    from autograder.prepare import trained_as_asked

    if before is not None and not request.regrade:
        exam = _stored_exam(request, course, before, request.results / "batch.exam", console, progress)
    else:
        exam = _new_exam(request, course, before, progress)
    asked = trained_as_asked(exam, request.grading)
    batch = batch_of(asked, request.grading.training)
    if before is None and not request.dry_run:
        store_exam(request.results, batch, exam)
    return batch, exam, asked


def store_exam(results: Path, batch: Batch, exam: Exam) -> None:
    """Make this the exam of the results; `exam` has the checks that train, too."""
    from autograder.classroom import write_batch
    from autograder.exam import save_exam

    save_exam(exam, results / "batch.exam")
    write_batch(results, batch)


def _stored_exam(
    request: BatchRequest, course: Course, before: Batch, file: Path, console: Console, progress: Progress
) -> Exam:
    """The exam that the results were graded with."""
    from autograder.exam import ExamFileError, exam_digest, exam_for, load_exam

    _refuse_another_exam(request, before)
    assignment, data = request.grading.assignment, request.grading.data
    try:
        exam = load_exam(file)
    except (OSError, ExamFileError):
        exam = exam_for(course, assignment, before.seed, data, progress, whole=True)
    if exam.digest != before.digest:
        raise UserError(f"{request.results} was graded with another exam, which is gone; --regrade grades all again")
    if course.has_reference(assignment) and exam_digest(course, assignment, before.seed, data) != before.digest:
        console.print(
            "The reference, torchgrade or torch has changed since. What is new is graded like the rest, with the "
            "stored exam; --regrade grades all again, --regrade --dry-run shows what that would change.",
            soft_wrap=True,
        )
    return exam


def _new_exam(request: BatchRequest, course: Course, before: Batch | None, progress: Progress) -> Exam:
    """An exam from today's reference, with the seed that was asked for, that of earlier results, or a secret one."""
    from autograder.exam import exam_for

    assignment = request.grading.assignment
    if not course.has_reference(assignment):
        raise UserError(f"{course.folder} has no reference of {assignment}, which a batch is graded with.")
    seed = request.grading.seed
    if seed is None:
        seed = before.seed if before else secrets.randbelow(1 << 31)
    return exam_for(course, assignment, seed, request.grading.data, progress, whole=True)


def _refuse_another_exam(request: BatchRequest, before: Batch) -> None:
    """Refuse to mix two exams in one gradebook."""
    grading = request.grading
    if before.assignment != grading.assignment:
        raise UserError(f"{request.results} holds results of {before.assignment}, not of {grading.assignment}.")
    if grading.seed is not None and grading.seed != before.seed:
        raise UserError(f"{request.results} was graded with another seed; --regrade grades all again.")
    if grading.training and not before.training:
        raise UserError(
            f"{request.results} was graded without the checks that train. Add --no-training to go on like that, or "
            "--regrade to grade all again with them."
        )
    if before.training and not grading.training:
        raise UserError(
            f"{request.results} was graded with the checks that train. Leave --no-training out to go on like that, or "
            "add --regrade to grade all again without them."
        )
