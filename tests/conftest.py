"""One sandbox, and one cache of exams, for the whole session."""

from __future__ import annotations

import functools
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.author.reading import read_reference
from autograder.exam.build import build_exam
from autograder.exam.cache import exam_for
from autograder.exam.subset import only
from autograder.grading import grade
from autograder.handout.release import write_release
from autograder.judge import OwnRules, Rules
from autograder.model import Exam, ExamExercise, ExamSection, ExerciseResult, Grade, SourceFile, Submission
from autograder.sandbox.sandbox import Limits, Sandbox
from autograder.submission.read import read_submission
from tests.support.course import COURSE, changed
from tests.support.results import GradeChanged, Graded, exercises_of


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Exams are kept below the session's own folder, and the commands that tests run find them there.

    The processes of pytest-xdist share the folder above their own.
    """
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("TORCHGRADE_EXPLAIN_SECONDS", "0")  # tests of the search ask for it
        yield


@pytest.fixture(scope="session", autouse=True)
def _interrupts() -> None:
    """Ctrl-C reaches the commands that tests run: the processes of pytest-xdist ignore it, and so would theirs."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def exam(_cache: None) -> Callable[[int], Exam]:
    """The exam of exercise3 for a seed; only that of seed 0 knows misconceptions."""

    def of(seed: int) -> Exam:
        if seed == 0:
            return exam_for(COURSE, "exercise3", 0)
        return build_exam(COURSE, "exercise3", seed, f"of seed {seed}", {}, misconceptions=False)

    return functools.cache(of)


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The comparators and measures of exercise3, its own included."""
    return Rules(OwnRules(read_reference(COURSE, "exercise3").own.rules))


@pytest.fixture(scope="module")
def cached_exam(_cache: None) -> None:
    """The questions of seed 0 are in the cache, for commands that tests run."""
    for exercise in exam_for(COURSE, "exercise3", 0).exercises:
        assert len(exercise.checks[0].items) > 0


@pytest.fixture(scope="module")
def small_course(tmp_path_factory: pytest.TempPathFactory, _cache: None) -> Path:
    """A small course of one section, whose exam is built at once."""
    folder = tmp_path_factory.mktemp("a course")
    for part in ("reference", "solutions"):
        (folder / part / "exercise3").mkdir(parents=True)
    shutil.copytree(COURSE.reference("exercise3") / "output_size", folder / "reference/exercise3/output_size")
    shutil.copy(COURSE.folder / "solutions/exercise3/output_size.py", folder / "solutions/exercise3")
    (folder / "reference/exercise3/__init__.py").write_text('"""Sizes"""\n\nsections = ("output_size",)\n')
    return folder


@pytest.fixture(scope="session")
def released(_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of exercise3; whoever changes it copies it first."""
    folder = tmp_path_factory.mktemp("hand out") / "exercise 3"
    write_release(COURSE, exam_for(COURSE, "exercise3", 0, whole=True), folder)
    return folder


@pytest.fixture(scope="session")
def graded(sandbox: Sandbox, exam: Callable[[int], Exam]) -> Graded:
    """`graded(path or texts, *names)`: the results of these exercises, all by default, by name."""

    return lambda work, *names, **settings: exercises_of(_grade(sandbox, exam, work, names, **settings))


@pytest.fixture(scope="session")
def grade_changed(graded: Graded) -> GradeChanged:
    """`grade_changed(section, exercise, (old, new), ...)`: the result of the section's solution with these changes."""

    def run(section: str, exercise: str, *changes: tuple[str, str]) -> ExerciseResult:
        return graded({f"{section}.py": changed(section, *changes)}, exercise)[exercise]

    return run


@pytest.fixture(scope="session")
def whole_grade(sandbox: Sandbox, exam: Callable[[int], Exam]) -> Callable[..., Grade]:
    """`whole_grade(path or texts, *names)`: the grade, with its notes and what the code printed."""
    return lambda work, *names, **settings: _grade(sandbox, exam, work, names, **settings)


def _grade(
    sandbox: Sandbox,
    exam: Callable[[int], Exam],
    work: Path | Mapping[str, str],
    names: tuple[str, ...],
    seed: int = 0,
    limits: Limits | None = None,
    seconds: float | None = None,
    forbids: bool = True,
    measured: bool = False,
    jobs: int = 2,
) -> Grade:
    """`measured` asks for the long trainings too, and `forbids=False` allows every function of torch."""
    asked = only(exam(seed), names) if names else exam(seed)
    sections = tuple(_limited(section, seconds, forbids, measured) for section in asked.sections)
    asked = replace(asked, sections=sections)
    return grade(asked, _submission(work), sandbox, limits=limits, jobs=jobs)


def _submission(work: Path | Mapping[str, str]) -> Submission:
    if isinstance(work, Path):
        return read_submission(work)
    return Submission("student", tuple(SourceFile(name, (text,)) for name, text in work.items()))


def _limited(section: ExamSection, seconds: float | None, forbids: bool, measured: bool) -> ExamSection:
    """The section with other limits of time, with nothing forbidden, or without the long trainings."""

    def limited(exercise: ExamExercise) -> ExamExercise:
        checks = []
        for check in exercise.checks:
            if check.measure and not measured:
                continue
            items = check.items
            if not forbids:
                items = tuple(replace(item, question=replace(item.question, forbids=())) for item in items)
            checks.append(replace(check, items=items, seconds=seconds or check.seconds))
        allowed = exercise if forbids else replace(exercise, forbids=())
        return replace(allowed, checks=tuple(checks), points=sum(check.points for check in checks))

    return replace(section, exercises=tuple(limited(exercise) for exercise in section.exercises))
