"""Before the run: grades the submission, then restores the metadata and the check cells of its notebook.

The grade comes first, because a running notebook could change the submitted files. Restoring is needed because nbgrader
fails on some notebooks with deleted, copied or renamed cells, and a student would then have no grade.
"""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.nbgrader.cell_metadata import grade_id_of, gradebook_cells, insert_cell, new_cell, restore_cell
from autograder.nbgrader.sealed_grades import SealedGrades


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Restores the metadata of expected cells, removes those of all others, and inserts missing graded cells."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        nbgrader = resources["nbgrader"]
        SealedGrades(parent=self.parent).grade(nbgrader["student"], nbgrader["assignment"])
        with Gradebook(nbgrader["db_url"]) as gradebook:
            cells = gradebook_cells(gradebook, nbgrader["notebook"], nbgrader["assignment"])
        expected = {cell.grade_id: cell for cell in cells}
        seen: set[str] = set()
        for cell in reversed(nb.cells):  # of two with one identifier nbgrader uses the last
            name = grade_id_of(cell)
            if name in expected and name not in seen:
                seen.add(name)
                restore_cell(cell, expected[name])
            else:
                cell.metadata.pop("nbgrader", None)
        names = list(expected)
        for place, name in enumerate(names):
            if name not in seen and expected[name].points is not None:
                insert_cell(nb, new_cell(expected[name]), names[:place])
        return nb, resources
