"""The cells that the gradebook expects in a notebook; the metadata in a student's copy may be forged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

CHECK = re.compile(r"^check\(\s*[\"'](\w+)[\"']\s*\)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class GradebookCell:
    """A cell that nbgrader generate_assignment stored in the gradebook; `points` is None if it is not graded."""

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
        """The exercise that a check cell grades; empty for other cells."""
        found = CHECK.search(self.source) if self.kind == "code" and self.points is not None else None
        return found[1] if found and not self.solution else ""

    @property
    def is_test(self) -> bool:
        """Whether nbgrader scores the cell by its output."""
        return self.points is not None and self.kind == "code" and not self.solution and not self.task

    @property
    def metadata(self) -> dict[str, Any]:
        """The cell's own metadata for nbgrader."""
        fields = {
            "grade": self.points is not None and not self.task,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.kind,
            "checksum": self.checksum,
            "schema_version": 3,
        }
        return fields if self.points is None else {**fields, "points": self.points}


def gradebook_cells(gradebook: Any, notebook: str, assignment: str) -> list[GradebookCell]:
    """List the cells of a notebook that the gradebook expects, in their order."""
    found = gradebook.find_notebook(notebook, assignment)
    worth = {cell.name: float(cell.max_score) for cell in [*found.grade_cells, *found.task_cells]}
    solutions = {cell.name for cell in found.solution_cells}
    tasks = {cell.name for cell in found.task_cells}
    return [
        GradebookCell(
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


def match_maxima(
    gradebook: Any, notebook: str, assignment: str, cells: Iterable[GradebookCell], asked: Mapping[str, float]
) -> list[GradebookCell]:
    """The cells, after the checks of exercises that are not `asked` became worth nothing, in the gradebook too.

    When such an exercise is asked again, its check is worth its points again; `asked` has them.
    """
    from nbgrader.utils import compute_checksum

    matched = []
    for cell in cells:
        points = cell.points
        if cell.exercise and cell.exercise not in asked:
            points = 0.0
        elif cell.exercise and points == 0:
            points = asked[cell.exercise]
        if points != cell.points:
            cell = replace(cell, points=points)
            cell = replace(cell, checksum=compute_checksum(new_cell(cell)))  # nbgrader includes the points in it
            gradebook.find_grade_cell(cell.grade_id, notebook, assignment).max_score = points
            gradebook.find_source_cell(cell.grade_id, notebook, assignment).checksum = cell.checksum
            gradebook.db.commit()
        matched.append(cell)
    return matched


def grade_id_of(cell: Any) -> str:
    """Read the identifier in a cell's metadata; empty if there is none."""
    metadata = cell.metadata.get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else ""


def new_cell(expected: GradebookCell) -> Any:
    """Make a cell as the gradebook expects it, without outputs."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    cell = (new_code_cell if expected.kind == "code" else new_markdown_cell)(source=expected.source)
    cell.id = re.sub(r"[^\w-]", "-", f"again-{expected.grade_id}", flags=re.ASCII)[:64]
    return restore_cell(cell, expected)


def restore_cell(cell: Any, expected: GradebookCell) -> Any:
    """Give a cell the metadata, and if it is locked the source, that the gradebook expects; return the cell."""
    from nbformat import NotebookNode

    cell.metadata["nbgrader"] = NotebookNode(expected.metadata)
    if expected.locked or expected.exercise:
        cell.source = expected.source
    if expected.is_test and cell.cell_type == expected.kind:
        cell.update(outputs=[], execution_count=None)  # what the student saved is no score
    if cell.cell_type != expected.kind:
        cell.cell_type = expected.kind
        if expected.kind == "code":
            cell.update(outputs=[], execution_count=None)
        else:
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    return cell


def insert_cell(notebook: Any, new: Any, before: Sequence[str]) -> None:
    """Insert a cell after the last of the cells named in `before`; at the end, if the notebook has none of them."""
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
        new.pop("id", None)  # invalid before nbformat 4.5
    places = [number for number, cell in enumerate(notebook.cells) if grade_id_of(cell) in before]
    notebook.cells.insert(max(places) + 1 if places else len(notebook.cells), new)
