"""Reads the points from a `gradebook.csv` of an earlier run: what the instructor has seen so far."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom import Entry
from autograder.reports.csv import escape_formulas, override_texts


@dataclass(frozen=True)
class ShownPoints:
    """The points of one row: earned, after the policy, and of each exercise; `overrides` is the text of that column."""

    earned: float | None
    final: float | None
    cells: Mapping[str, str]

    @property
    def maximum(self) -> float | None:
        return _number(self.cells.get("points", ""))

    def of_exercise(self, name: str) -> float | None:
        return _number(self.cells.get(f"{name} (exercise)", self.cells.get(name, "")))

    def has_overrides_of(self, entry: Entry) -> bool:
        return self.cells.get("overrides", "") == escape_formulas(override_texts(entry))


def read_shown_points(path: Path) -> dict[str, ShownPoints]:
    """The rows by the key as the file has it; none if there is no such file or it is not as torchgrade writes it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error):
        return {}
    texts = [{str(name): str(cell or "") for name, cell in row.items()} for row in rows]
    return {
        row["key"]: ShownPoints(_number(row.get("earned", "")), _number(row.get("final", "")), row)
        for row in texts
        if "key" in row
    }


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
