"""After the run, before the scores are read: every check cell gets the grade that was made outside of the kernel.

The grade itself is made before the run (`mended.py`), from what was handed in.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Enum, Unicode

from autograder.cell.display import show_result, show_sentence
from autograder.exam import without_training
from autograder.nbgrader.cells import Known, grade_id_of, known_cells, new_cell, put_in
from autograder.nbgrader.grades import GradesError, StudentGrade, exam_of, of_results, of_sandbox, read_results

_KNOWN: WeakKeyDictionary[Any, dict[Any, Any]] = WeakKeyDictionary()
"""Grades and exams by the converter that they were made for: a Jupyter server runs many, one after the other."""


class SealedGrades(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Replaces the output of every check cell by the points and the report from the sandbox."""

    training = Bool(True, help="Whether to ask the checks that train networks.").tag(config=True)
    results = Unicode("", help="A folder of `grade batch`, whose grades are taken instead.").tag(config=True)
    require_isolation = Enum(
        ["full", "landlock", "process"], "landlock", help="Refuse to grade in a weaker sandbox than this."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        told = resources["nbgrader"]
        student, assignment = told["student"], told["assignment"]
        with Gradebook(told["db_url"]) as gradebook:
            known = known_cells(gradebook, told["notebook"], assignment)
        nothing_for_nothing(nb, known)
        checks = [cell for cell in known if cell.exercise]
        if not checks:
            return nb, resources
        given = self.given(student, assignment)
        _without_exam(_converter(self).coursedir, student, assignment)
        names = [cell.grade_id for cell in known]
        for cell in checks:
            if given.results and cell.exercise not in given.results:
                raise GradesError(f"{cell.grade_id} checks {cell.exercise}, which is no exercise of {assignment}.")
            nb.cells = [one for one in nb.cells if grade_id_of(one) != cell.grade_id or _first(nb.cells, one)]
            if all(grade_id_of(one) != cell.grade_id for one in nb.cells):
                put_in(nb, new_cell(cell), names[: names.index(cell.grade_id)])
            for one in nb.cells:
                if grade_id_of(one) == cell.grade_id:
                    _overwrite(one, cell, given)
        return nb, resources

    def given(self, student: str, assignment: str) -> StudentGrade:
        """The grade of a submission, made when it is first asked for, and once in one run of nbgrader autograde."""
        converter = _converter(self)
        known = _KNOWN.setdefault(converter, {})
        if (student, assignment) not in known:
            known[student, assignment] = self._made(converter.coursedir, known, student, assignment)
        given: StudentGrade = known[student, assignment]
        return given

    def _made(self, course: Any, known: dict[Any, Any], student: str, assignment: str) -> StudentGrade:
        root = Path(course.root).resolve()
        submitted = root / course.format_path(course.submitted_directory, student, assignment)
        if self.results:
            if "results" not in known:
                known["results"] = read_results(root / self.results)
            return of_results(known["results"], submitted, student)
        if assignment not in known:
            exam = exam_of(root, assignment)
            known[assignment] = exam if self.training else without_training(exam)
        return of_sandbox(known[assignment], submitted, student, self.require_isolation)


def nothing_for_nothing(nb: Any, known: Sequence[Known]) -> None:
    """Mark the instructor's own test cells that were not run; nbgrader gives all points to a cell without output."""
    tests = {one.grade_id for one in known if one.points is not None and one.kind == "code" and not one.solution}
    for cell in nb.cells:
        if grade_id_of(cell) in tests and cell.execution_count is None:
            text = "this test was not run"
            cell.outputs = [new_output("error", ename="NotRun", evalue=text, traceback=[f"NotRun: {text}"])]


def _first(cells: list[Any], cell: Any) -> bool:
    """Whether no cell before this one has its identifier."""
    return next(one for one in cells if grade_id_of(one) == grade_id_of(cell)) is cell


def _overwrite(cell: Any, known: Known, given: StudentGrade) -> None:
    cell.update({name: value for name, value in new_cell(known).items() if name != "id"})
    worth = known.points or 0.0
    result = given.results.get(known.exercise)
    if result is None:
        problem = given.problem or f"{known.exercise} was not graded."
        shown = show_sentence(f"{known.exercise}: {problem}")
    else:
        points = given.points[known.exercise]
        notes = given.notes if points < result.points else ()
        shown = show_result(result, points, result.points, worth, notes)
    data = {"text/plain": shown.plain, "text/html": shown.html}
    cell.execution_count = 1
    cell.outputs = [new_output("execute_result", data=data, execution_count=1)]


def _converter(configurable: Any) -> Any:
    """nbgrader's converter that this preprocessor works for; it knows the folders."""
    while configurable is not None:
        if getattr(configurable, "coursedir", None) is not None:
            return configurable
        configurable = configurable.parent
    raise GradesError("SealedGrades works for nbgrader autograde only.")


def _without_exam(course: Any, student: str, assignment: str) -> None:
    """Some 20 MB for each student, that only a kernel needs."""
    folder = Path(course.root) / course.format_path(course.autograded_directory, student, assignment)
    with contextlib.suppress(OSError):
        (folder / f"{assignment}.exam").unlink()
