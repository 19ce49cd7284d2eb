"""Renders the feedback page of a student: score, report, code and comment for each exercise.

Only reports from SealedGrades enter the page as HTML. All other content of an autograded notebook comes from the
student or a kernel, and is shown as text. The page's content security policy forbids it to run or load anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from autograder.text import clean

MAX_OUTPUT = 20_000  # characters
IMAGES = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class Part:
    """A cell with a score or with a comment of a person; `code` and `output` are those of the student's cell."""

    name: str
    score: float | None
    points: float | None
    report: str
    code: str
    output: str
    images: tuple[str, ...]
    comment: str


class FeedbackPage(Exporter):  # type: ignore[misc]  # nbgrader has no types
    """Exports a notebook as a page; nbgrader's GetGrades must have added scores and comments to it."""

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
    """List the parts of the page in the order of the notebook; a student's cell belongs to the check below it."""
    found: list[Part] = []
    answer: Any = None  # the student's cell above
    for cell in nb.cells:
        metadata = _metadata(cell)
        if metadata.get("grade") and not metadata.get("solution"):
            found.append(_part(metadata, answer, _report(cell)))
            answer = None
            continue
        found += _comment_only(answer)
        answer = cell if metadata.get("solution") or metadata.get("task") else None
        if answer is not None and metadata.get("grade"):
            found.append(_part(metadata, answer, ""))
            answer = None
    return found + _comment_only(answer)


def _comment_only(answer: Any) -> list[Part]:
    """Make a part for a student's cell without a check, if a person commented on it."""
    if answer is None or not _metadata(answer).get("comment"):
        return []
    return [_part(_metadata(answer), answer, "")]


def _part(graded: Any, answer: Any, report: str) -> Part:
    """Combine the metadata of the graded cell with the student's cell, which may be None."""
    own = _metadata(answer) if answer is not None else {}
    outputs = answer.get("outputs", []) if answer is not None else []
    return Part(
        str(graded.get("grade_id", "")),
        graded.get("score"),
        graded.get("points"),
        report,
        answer.source if answer is not None else "",
        clean("".join(map(_text, outputs)))[:MAX_OUTPUT],
        tuple(image for output in outputs for image in _images(output)),
        str(own.get("comment") or graded.get("comment") or ""),
    )


def _metadata(cell: Any) -> Any:
    return cell.metadata.get("nbgrader") or {}


def _report(cell: Any) -> str:
    """Read the report of SealedGrades from the output of a check cell."""
    data = [output.get("data", {}) for output in cell.get("outputs", []) if output.output_type == "execute_result"]
    return "".join(str(one.get("text/html", "")) for one in data[:1])


def _text(output: Any) -> str:
    """Format an output of a student's cell as text; an error has no traceback."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}\n"
    return f"{output.data.get('text/plain', '')}\n" if not _images(output) else ""


def _images(output: Any) -> list[str]:
    """Give the images of an output as data URLs, encoded again, because the student controls the original text."""
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
