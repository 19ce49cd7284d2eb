"""The check cells of a notebook as the gradebook knows them; a student's copy may say anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CHECK = re.compile(r"^check\(\s*[\"'](\w+)[\"']\s*\)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Known:
    """One cell that generate_assignment has put into the gradebook; `points` where it is graded."""

    grade_id: str
    kind: str
    source: str
    checksum: str
    locked: bool
    solution: bool
    task: bool
    points: float | None

    @property
    def exercise(self) -> str:
        """The exercise that it grades, if it is a check cell."""
        found = CHECK.search(self.source) if self.kind == "code" and self.points is not None else None
        return found[1] if found and not self.solution else ""

    @property
    def metadata(self) -> dict[str, Any]:
        """What nbgrader keeps in the cell."""
        told = {
            "grade": self.points is not None and not self.task,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.kind,
            "checksum": self.checksum,
            "schema_version": 3,
        }
        return told if self.points is None else {**told, "points": self.points}


def known_cells(gradebook: Any, notebook: str, assignment: str) -> list[Known]:
    """All cells of a notebook that the gradebook knows, in their order."""
    found = gradebook.find_notebook(notebook, assignment)
    worth = {cell.name: float(cell.max_score) for cell in [*found.grade_cells, *found.task_cells]}
    solutions = {cell.name for cell in found.solution_cells}
    tasks = {cell.name for cell in found.task_cells}
    return [
        Known(
            cell.name,
            cell.cell_type,
            cell.source or "",
            cell.checksum,
            bool(cell.locked),
            cell.name in solutions,
            cell.name in tasks,
            worth.get(cell.name),
        )
        for cell in found.source_cells
    ]


def grade_id_of(cell: Any) -> str:
    """The identifier that a cell says it has."""
    told = cell.metadata.get("nbgrader")
    name = told.get("grade_id") if isinstance(told, dict) else None
    return name if isinstance(name, str) else ""


def new_cell(known: Known) -> Any:
    """The cell as the gradebook knows it, without outputs."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    cell = (new_code_cell if known.kind == "code" else new_markdown_cell)(source=known.source)
    cell.id = re.sub(r"[^\w-]", "-", f"again-{known.grade_id}", flags=re.ASCII)[:64]
    return as_known(cell, known)


def as_known(cell: Any, known: Known) -> Any:
    """The same cell, with what the gradebook knows of it in place of what it says."""
    from nbformat import NotebookNode

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
    return cell


def put_in(notebook: Any, new: Any, before: Sequence[str]) -> None:
    """Put a cell after the last one of those that stand before it, or at the end."""
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
        new.pop("id", None)  # which older notebooks must not have
    places = [number for number, cell in enumerate(notebook.cells) if grade_id_of(cell) in before]
    notebook.cells.insert(max(places) + 1 if places else len(notebook.cells), new)
