"""Before all else: a notebook in which cells were deleted, copied or renamed gets nbgrader's metadata as it must be.

nbgrader itself fails on some of these (a check cell that was deleted together with the cell before it, an identifier
that nobody knows), and a submission on which it fails has no grade.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.nbgrader.cells import Known, grade_id_of, known_cells, put_in


class MendCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Gives each cell that the gradebook knows its metadata, takes them from others, puts missing check cells back."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        told = resources["nbgrader"]
        with Gradebook(told["db_url"]) as gradebook:
            known = {cell.grade_id: cell for cell in known_cells(gradebook, told["notebook"], told["assignment"])}
        seen: set[str] = set()
        for cell in reversed(nb.cells):  # of two with one identifier the last one is meant, as nbgrader has it
            name = grade_id_of(cell)
            if name in known and name not in seen:
                seen.add(name)
                _as_known(cell, known[name])
            else:
                cell.metadata.pop("nbgrader", None)
        names = list(known)
        for place, name in enumerate(names):
            if name not in seen and known[name].points is not None:
                put_in(nb.cells, new_cell(known[name]), names[:place])
        return nb, resources


def new_cell(known: Known) -> Any:
    """The cell as the gradebook knows it."""
    make = new_code_cell if known.kind == "code" else new_markdown_cell
    cell = make(source=known.source)
    cell.pop("id", None)  # notebooks of older formats have none
    _as_known(cell, known)
    return cell


def _as_known(cell: Any, known: Known) -> None:
    cell.metadata["nbgrader"] = NotebookNode(known.metadata)
    if known.locked or known.exercise:
        cell.source = known.source
    if cell.cell_type != known.kind:
        cell.cell_type = known.kind
        if known.kind == "code":
            cell.update(outputs=[], execution_count=None)
        else:
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
