"""After the run, before the scores are read: every check cell gets the grade that was made outside of the kernel."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Enum, Unicode

from autograder.cell import told as reports
from autograder.nbgrader.cells import Known, grade_id_of, known_cells, put_in
from autograder.nbgrader.grades import Given, GradesError, of_results, of_sandbox
from autograder.nbgrader.mended import new_cell


class SealedGrades(NbGraderPreprocessor):  # type: ignore[misc]
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
        checks = [cell for cell in known if cell.exercise]
        if not checks:
            return nb, resources
        given = self._given(student, assignment)
        names = [cell.grade_id for cell in known]
        for cell in checks:
            if given.results and cell.exercise not in given.results:
                raise GradesError(f"{cell.grade_id} checks {cell.exercise}, which is no exercise of {assignment}.")
            nb.cells = [one for one in nb.cells if grade_id_of(one) != cell.grade_id or _first(nb.cells, one)]
            if all(grade_id_of(one) != cell.grade_id for one in nb.cells):
                put_in(nb.cells, new_cell(cell), names[: names.index(cell.grade_id)])
            for one in nb.cells:
                if grade_id_of(one) == cell.grade_id:
                    _overwrite(one, cell, given)
        return nb, resources

    def _given(self, student: str, assignment: str) -> Given:
        course = _course_directory(self)
        root = Path(course.root).resolve()
        submitted = root / course.format_path(course.submitted_directory, student, assignment)
        graded = root / course.format_path(course.autograded_directory, student, assignment)
        with contextlib.suppress(OSError):  # some 20 MB for each student, that only a kernel needs
            (graded / f"{assignment}.exam").unlink()
        if self.results:
            return of_results(root, Path(self.results), submitted, student)
        return of_sandbox(root, submitted, student, assignment, self.training, self.require_isolation)


def _first(cells: list[Any], cell: Any) -> bool:
    """Whether no cell before this one has its identifier."""
    return next(one for one in cells if grade_id_of(one) == grade_id_of(cell)) is cell


def _overwrite(cell: Any, known: Known, given: Given) -> None:
    cell.update(new_cell(known))
    worth = known.points or 0.0
    result = given.results.get(known.exercise)
    if result is None:
        problem = given.problem or f"{known.exercise} was not graded."
        shown = reports.of_sentence(f"{known.exercise}: {problem}")
    else:
        points = given.points[known.exercise]
        notes = given.notes if points < result.points else ()
        shown = reports.of_result(result, points, result.points, worth, notes)
    data = {"text/plain": shown.plain, "text/html": shown.html}
    cell.execution_count = 1
    cell.outputs = [new_output("execute_result", data=data, execution_count=1)]


def _course_directory(configurable: Any) -> Any:
    """nbgrader's CourseDirectory, which the converter holds that this preprocessor works for."""
    while configurable is not None:
        if getattr(configurable, "coursedir", None) is not None:
            return configurable.coursedir
        configurable = configurable.parent
    raise GradesError("SealedGrades works for nbgrader autograde only.")
