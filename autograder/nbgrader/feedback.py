"""The page that a student gets: for each exercise the score, the report, the code, and what a person wrote to it.

Only the reports that SealedGrades put into the notebook are shown as they are. All else in an autograded notebook is
the student's, or comes from a kernel, and is shown as text; and the page's own policy forbids it to run or load.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from autograder.text import clean

MOST = 20_000  # characters of one output
IMAGES = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class Part:
    """One graded cell, or one that a person has commented on."""

    name: str
    score: float | None
    points: float | None
    report: str
    code: str
    output: str
    images: tuple[str, ...]
    comment: str


class FeedbackPage(Exporter):  # type: ignore[misc]  # nbgrader has no types
    """Makes the page of a notebook; nbgrader's GetGrades has put scores and comments into it before."""

    @default("file_extension")  # type: ignore[untyped-decorator]  # nor has traitlets
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **more: Any) -> tuple[str, Any]:
        from autograder.reports import rendering

        nb, resources = super().from_notebook_node(nb, resources, **more)
        page = rendering.environment().get_template("feedback.html")
        nbgrader = resources["nbgrader"]
        return page.render(parts=parts_of(nb), nbgrader=nbgrader, style=rendering.assets()["style"]), resources


def parts_of(nb: Any) -> list[Part]:
    """What the page shows, in the order of the notebook: code is shown with the check below it."""
    found: list[Part] = []
    before: Any = None
    for cell in nb.cells:
        told = cell.metadata.get("nbgrader") or {}
        if told.get("grade") and not told.get("solution"):
            found.append(_part(told, before, _report(cell)))
            before = None
            continue
        if before is not None and _told(before).get("comment"):
            found.append(_part(_told(before), before, ""))
        before = cell if told.get("solution") or told.get("task") else None
        if before is not None and told.get("grade"):
            found.append(_part(told, before, ""))
            before = None
    if before is not None and _told(before).get("comment"):
        found.append(_part(_told(before), before, ""))
    return found


def _part(told: Any, answer: Any, report: str) -> Part:
    shown = _told(answer) if answer is not None else {}
    outputs = answer.get("outputs", []) if answer is not None else []
    return Part(
        str(told.get("grade_id", "")),
        told.get("score"),
        told.get("points"),
        report,
        answer.source if answer is not None else "",
        clean("".join(map(_text, outputs)))[:MOST],
        tuple(image for output in outputs for image in _images(output)),
        str(shown.get("comment") or told.get("comment") or ""),
    )


def _told(cell: Any) -> Any:
    return cell.metadata.get("nbgrader") or {}


def _report(cell: Any) -> str:
    """The report in the output of a check cell."""
    data = [output.get("data", {}) for output in cell.get("outputs", []) if output.output_type == "execute_result"]
    return "".join(str(one.get("text/html", "")) for one in data[:1])


def _text(output: Any) -> str:
    """What the student's own cell put out, as text; an error without its traceback."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}\n"
    return f"{output.data.get('text/plain', '')}\n" if not _images(output) else ""


def _images(output: Any) -> list[str]:
    from base64 import b64decode, b64encode

    found = []
    for kind in IMAGES if output.output_type in ("display_data", "execute_result") else ():
        try:
            data = b64decode(str(output.data.get(kind, "")))
        except ValueError:
            continue
        if data:
            found.append(f"data:{kind};base64,{b64encode(data).decode()}")
    return found
