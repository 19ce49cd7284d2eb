"""After the run, and before nbgrader reads the scores: writes the grade of the sandbox into each check cell.

`restore.py` asks for the grade before the run, when the submitted files are still unchanged.
"""

from __future__ import annotations

import contextlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Enum, Unicode

from autograder.cell.display import show_result, show_sentence
from autograder.exam import without_training
from autograder.model import Exam
from autograder.nbgrader.cell_metadata import (
    GradebookCell,
    grade_id_of,
    gradebook_cells,
    insert_cell,
    match_maxima,
    new_cell,
)
from autograder.nbgrader.grade_source import (
    BatchResults,
    SubmissionGrade,
    exam_of,
    grade_from_results,
    grade_in_sandbox,
    read_results,
)
from autograder.nbgrader.settings import GradesError


@dataclass
class _Cache:
    """What one run of nbgrader autograde has made so far; the keys of `grades` are (student, assignment)."""

    grades: dict[tuple[str, str], SubmissionGrade] = field(default_factory=dict)
    exams: dict[str, Exam] = field(default_factory=dict)
    results: BatchResults | None = None

    def asked(self, assignment: str) -> dict[str, float]:
        """The exercises that the grades are about, with their points."""
        if self.results is not None:
            return dict(self.results.batch.exercises)
        return {exercise.name: exercise.points for exercise in self.exams[assignment].exercises}

    def trains(self, training: bool) -> bool:
        """Whether checks that train are part of the grades, which are made with this setting."""
        return training if self.results is None else self.results.batch.training


_CACHES: WeakKeyDictionary[Any, _Cache] = WeakKeyDictionary()
"""One cache for each converter of nbgrader; a Jupyter server runs several converters in one process."""


NOT_RUN = (
    "%s gets nothing for %s, which was not run: only a kernel runs tests of your own. "
    "To run them, write sealed(c, kernels=True) in nbgrader_config.py."
)


class SealedGrades(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Replaces the output of every check cell by the points and the report from the sandbox."""

    training = Bool(True, help="Whether to grade the checks that train networks.").tag(config=True)
    results = Unicode("", help="A results folder of `grade batch`, to take the grades from.").tag(config=True)
    require_isolation = Enum(
        ["full", "landlock", "process"], "landlock", help="Refuse to grade in a weaker sandbox than this."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        nbgrader = resources["nbgrader"]
        student, assignment = nbgrader["student"], nbgrader["assignment"]
        with Gradebook(nbgrader["db_url"]) as gradebook:
            expected = gradebook_cells(gradebook, nbgrader["notebook"], assignment)
            if not_run := fail_tests_without_run(nb, expected):
                self.log.warning(NOT_RUN, student, ", ".join(not_run))
            if not any(cell.exercise for cell in expected):
                return nb, resources
            grade = self.grade(student, assignment)
            cache = _CACHES[_converter(self)]
            asked = cache.asked(assignment)
            if cache.trains(self.training):
                _refuse_unknown(expected, asked, assignment)
            expected = match_maxima(gradebook, nbgrader["notebook"], assignment, expected, asked)
        _delete_exam(_converter(self).coursedir, student, assignment)
        names = [cell.grade_id for cell in expected]
        for cell in expected:
            if cell.exercise:
                _overwrite(_only_copy(nb, cell, names), cell, grade, cell.exercise in asked)
        return nb, resources

    def grade(self, student: str, assignment: str) -> SubmissionGrade:
        """Grade a submission at the first call; later calls in one run of nbgrader autograde return the same grade."""
        converter = _converter(self)
        cache = _CACHES.setdefault(converter, _Cache())
        if (student, assignment) not in cache.grades:
            cache.grades[student, assignment] = self._make_grade(converter.coursedir, cache, student, assignment)
        return cache.grades[student, assignment]

    def _make_grade(self, course: Any, cache: _Cache, student: str, assignment: str) -> SubmissionGrade:
        root = Path(course.root).resolve()
        submitted = root / course.format_path(course.submitted_directory, student, assignment)
        if self.results:
            cache.results = cache.results or read_results(root / self.results)
            return grade_from_results(cache.results, submitted, student)
        if assignment not in cache.exams:
            exam = exam_of(root, assignment)
            cache.exams[assignment] = exam if self.training else without_training(exam)
        return grade_in_sandbox(cache.exams[assignment], submitted, student, self.require_isolation)


def fail_tests_without_run(nb: Any, expected: Sequence[GradebookCell]) -> list[str]:
    """Put an error into the instructor's own test cells that did not run, and return their identifiers.

    nbgrader gives all points without output.
    """
    tests = {cell.grade_id for cell in expected if cell.is_test and not cell.exercise}
    not_run = []
    for cell in nb.cells:
        if grade_id_of(cell) in tests and cell.execution_count is None:
            text = "this test was not run"
            cell.outputs = [new_output("error", ename="NotRun", evalue=text, traceback=[f"NotRun: {text}"])]
            not_run.append(grade_id_of(cell))
    return not_run


def _only_copy(nb: Any, expected: GradebookCell, names: Sequence[str]) -> Any:
    """Find the check cell in the notebook, delete further copies of it, and insert it if it is missing."""
    copies = [cell for cell in nb.cells if grade_id_of(cell) == expected.grade_id]
    if not copies:
        copies = [new_cell(expected)]
        insert_cell(nb, copies[0], names[: names.index(expected.grade_id)])
    nb.cells = [cell for cell in nb.cells if cell is copies[0] or grade_id_of(cell) != expected.grade_id]
    return copies[0]


def _refuse_unknown(cells: Sequence[GradebookCell], asked: Container[str], assignment: str) -> None:
    """Refuse a check of an exercise that the assignment does not have."""
    for cell in cells:
        if cell.exercise and cell.exercise not in asked:
            raise GradesError(f"{cell.grade_id} checks {cell.exercise}, which is not an exercise of {assignment}.")


def _overwrite(cell: Any, expected: GradebookCell, grade: SubmissionGrade, asked: bool) -> None:
    """Give a check cell its original source, and the points and report as its output."""
    cell.update({name: value for name, value in new_cell(expected).items() if name != "id"})
    worth = expected.points or 0.0
    result = grade.results.get(expected.exercise)
    if not asked:
        why = "its checks train networks, which was left out"
        display = show_sentence(f"{expected.exercise} is not graded and does not count: {why}.")
    elif result is None:
        problem = grade.problem or f"{expected.exercise} was not graded."
        display = show_sentence(f"{expected.exercise}: {problem}")
    else:
        points = grade.points[expected.exercise]
        notes = grade.notes if points < result.points else ()
        display = show_result(result, points, result.points, worth, notes)
    data = {"text/plain": display.plain, "text/html": display.html}
    cell.execution_count = 1
    cell.outputs = [new_output("execute_result", data=data, execution_count=1)]


def _converter(configurable: Any) -> Any:
    """Find nbgrader's converter among the parents of a preprocessor; it knows the folders of the course."""
    while configurable is not None:
        if getattr(configurable, "coursedir", None) is not None:
            return configurable
        configurable = configurable.parent
    raise GradesError("SealedGrades works only in nbgrader autograde.")


def _delete_exam(course: Any, student: str, assignment: str) -> None:
    """Delete a student's copy of the sealed exam: some 20 MB that only a kernel needs."""
    folder = Path(course.root) / course.format_path(course.autograded_directory, student, assignment)
    with contextlib.suppress(OSError):
        (folder / f"{assignment}.exam").unlink()
