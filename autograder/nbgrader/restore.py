"""Before all else: the submission is graded, and its notebook gets nbgrader's metadata as they must be.

It is graded before its notebook runs, since what runs could change what was handed in. nbgrader itself fails on some
notebooks in which cells were deleted, copied or renamed (a check cell that is gone together with the cell before it, an
identifier that nobody knows), and a submission on which it fails has no grade.
"""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.nbgrader.cells import as_known, grade_id_of, known_cells, new_cell, put_in
from autograder.nbgrader.sealed_grades import SealedGrades


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Gives each cell that the gradebook knows its metadata, takes them from others, puts missing check cells back."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        told = resources["nbgrader"]
        SealedGrades(parent=self.parent).given(told["student"], told["assignment"])
        with Gradebook(told["db_url"]) as gradebook:
            known = {cell.grade_id: cell for cell in known_cells(gradebook, told["notebook"], told["assignment"])}
        seen: set[str] = set()
        for cell in reversed(nb.cells):  # of two with one identifier nbgrader uses the last
            name = grade_id_of(cell)
            if name in known and name not in seen:
                seen.add(name)
                as_known(cell, known[name])
            else:
                cell.metadata.pop("nbgrader", None)
        names = list(known)
        for place, name in enumerate(names):
            if name not in seen and known[name].points is not None:
                put_in(nb, new_cell(known[name]), names[:place])
        return nb, resources
