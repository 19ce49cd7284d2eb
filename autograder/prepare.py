"""What grading needs, made ready in one place: the course, the submission, the sandbox, the exam.

`grade`, `--watch`, `grade hint` and `grade lint` call `prepare`; a batch, a notebook cell and a cluster's worker need a
part of it and call that part.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course, find_course
from autograder.errors import NotIsolatedError, UserError
from autograder.exam import Progress, exam_for, only, without_training
from autograder.model import Exam, Submission
from autograder.sandbox import Sandbox, reaches
from autograder.submission import read_submission
from autograder.suggest import suggestion


@dataclass(frozen=True)
class Request:
    """What is to be graded, and how; `path` is None for the work in the course itself.

    `only` names exercises and sections; all are asked if it is empty. `isolation` is the weakest tier that is allowed.
    """

    assignment: str
    path: Path | None = None
    only: tuple[str, ...] = ()
    seed: int | None = None
    data: Path | None = None
    training: bool = True
    device: str = "cpu"
    isolation: str | None = None

    @property
    def command(self) -> str:
        """The command that grades the same, for a shell."""
        words = ["grade", self.assignment]
        words += [str(self.path)] if self.path is not None else []
        words += [word for name in self.only for word in ("--only", name)]
        words += ["--seed", str(self.seed)] if self.seed else []
        words += ["--data", str(self.data)] if self.data is not None else []
        return shlex.join(words if self.training else [*words, "--no-training"])

    @property
    def is_own_work(self) -> bool:
        """Whether it is the student's own work with the usual exam, so that what passed is remembered."""
        return self.path is None and not self.seed and self.data is None


@dataclass(frozen=True)
class Setup:
    """What a request leads to: `exam` has the exercises that are asked, `whole` the same with their trainings."""

    course: Course
    path: Path
    submission: Submission
    exam: Exam
    whole: Exam
    sandbox: Sandbox


@contextlib.contextmanager
def prepare(request: Request, ahead: int = 0, progress: Progress | None = None) -> Iterator[Setup]:
    """Get everything ready; the sandbox ends with the block. Raises `UserError` for what cannot be used.

    `ahead` children of the sandbox are started before they are needed. `progress` is called if the exam has
    to be built.
    """
    course = find_course(Path.cwd(), request.assignment)
    path = request.path if request.path is not None else course.exercises(request.assignment)
    submission = read_work(course, request)
    with open_sandbox(request.device, request.isolation, ahead=ahead) as sandbox:
        whole = find_exam(course, request, progress)
        yield Setup(course, path, submission, trained_as_asked(whole, request), whole, sandbox)


def read_work(course: Course, request: Request) -> Submission:
    """The files at the path of the request, or else those in the course's exercises."""
    exercises = course.exercises(request.assignment)
    if request.path is None and not exercises.exists():
        raise UserError(f"{exercises} does not exist; run `grade start {request.assignment}` to create it.")
    if request.path is not None and not request.path.exists() and _is_exercise(str(request.path), exercises):
        raise UserError(
            f"{request.path} is an exercise and no path; "
            f"`grade {request.assignment} --only {request.path}` grades this exercise."
        )
    return read_submission(request.path or exercises)


def _is_exercise(name: str, exercises: Path) -> bool:
    """Whether a file in the folder defines this name."""
    if not name.isidentifier():
        return False
    definition = re.compile(rf"^(?:def|class) {name}\b", re.MULTILINE)
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in exercises.glob("*.py"))
    return any(definition.search(text) for text in texts)


def open_sandbox(
    device: str = "cpu", isolation: str | None = None, training_slots: int | None = None, ahead: int = 0
) -> Sandbox:
    """A sandbox; `NotIsolatedError` if it is weaker than the tier `isolation`, with what to do about it."""
    check_device(device)
    sandbox = Sandbox(device=device, training_slots=training_slots, spare_children=ahead)
    try:
        check_isolation(sandbox, isolation)
    except BaseException:
        sandbox.__exit__()
        raise
    return sandbox


def check_device(device: str) -> None:
    """Refuse `cuda` on a machine without it, before anything else is done."""
    if device != "cuda":
        return
    import torch

    if not torch.cuda.is_available():
        raise UserError("There is no CUDA device that torch can use here; try --device cpu.")


def check_isolation(sandbox: Sandbox, tier: str | None) -> None:
    """Refuse a machine on which the sandbox is weaker than `tier`."""
    if tier is None or reaches(sandbox.isolation.tier, tier):
        return
    isolation = sandbox.isolation
    remedy = sandbox.proof().remedy if sandbox.fork else "grade on Linux"
    raise NotIsolatedError(
        f"The sandbox reaches only the tier {isolation.tier} here, not {tier}: {isolation.reason}.\n"
        f"To fix it: {remedy}.\nNothing was graded; `grade doctor` shows more."
    )


def find_exam(course: Course, request: Request, progress: Progress | None = None) -> Exam:
    """The exam of the exercises that are asked, trainings included."""
    if not course.has_reference(request.assignment) and (request.seed is not None or request.data):
        raise UserError("The questions of a sealed exam are already drawn: --seed and --data need the reference.")
    exam = exam_for(course, request.assignment, request.seed or 0, request.data, progress)
    return _only(exam, request.only)


def trained_as_asked(exam: Exam, request: Request) -> Exam:
    """The exam with its trainings, or without them where the request leaves them out."""
    asked = exam if request.training else without_training(exam)
    if not asked.exercises:
        raise UserError(f"Without training nothing is left to check in {', '.join(request.only)}.")
    return asked


def _only(exam: Exam, names: Sequence[str]) -> Exam:
    if not names:
        return exam
    return only(exam, [one for name in names for one in _exercises(exam, name)])


def _exercises(exam: Exam, name: str) -> list[str]:
    """The exercise of this name, or those of the section of this name or title, in small letters or large."""
    known = [section.name for section in exam.sections] + [exercise.name for exercise in exam.exercises]
    of_sections = {section.name: [one.name for one in section.exercises] for section in exam.sections}
    by_name = {**of_sections, **{one.name: [one.name] for one in exam.exercises}}
    if name in by_name:
        return by_name[name]
    by_lower = {section.title.lower(): of_sections[section.name] for section in exam.sections}
    by_lower |= {one.lower(): exercises for one, exercises in by_name.items()}
    if name.lower() in by_lower:
        return by_lower[name.lower()]
    raise UserError(f"There is no exercise or section {name!r} in {exam.assignment}; {suggestion(name, known)}")
