"""Renders the templates of web pages.

A page loads nothing, and its content security policy forbids it to. The policy allows only the style and the script of
`templates/`, by their hashes. The environment cleans and escapes each text of a student when it enters a page.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

from autograder.classroom import file_name
from autograder.model import Attempt, CheckResult, ExerciseResult, SectionResult, SourceFile
from autograder.reports import loss_curves
from autograder.reports.causes import grouped, time_by_the_clock
from autograder.reports.repairs import repair_sentence, underlined
from autograder.text import clean, plural, points

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

T = TypeVar("T")

TEMPLATES = Path(__file__).parent / "templates"
MAX_CHARACTERS = 100_000  # of a student's files, or of their output, on one page
MAX_FILES = 50  # on one page
MARKS: Mapping[str, str] = {
    "passed": "✓",
    "failed": "✗",
    "raised": "✗",
    "stopped": "✗",
    "skipped": "·",
    "not shown": "·",
}


class Assets(TypedDict):
    """The style and the script of a page, and the hashes that its policy allows."""

    style: Markup
    style_hash: str
    script: Markup
    script_hash: str


class ClassAssets(TypedDict):
    """What the page of a class has beside these: the script Tabulator with its style, and a script for its table."""

    class_style: Markup
    class_style_hash: str
    class_script: Markup
    class_script_hash: str
    tabulator: Markup
    tabulator_hash: str
    live_script: Markup
    live_script_hash: str


@dataclass(frozen=True)
class Text:
    """A student's text under its file name; `cut_characters` is the number of characters missing at its end."""

    name: str
    parts: tuple[str, ...]
    cut_characters: int

    @property
    def lines(self) -> int:
        return sum(part.count("\n") + 1 for part in self.parts)


def environment() -> Environment:
    """Create the jinja2 environment of all pages, with their filters."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_clean_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "repair_sentence": repair_sentence,
        "underlined": underlined,
        "points": points,
        "plural": plural,
        "file_name": file_name,
        "svg_path": loss_curves.svg_path,
        "highest_loss": _highest_loss,
        "status": _status,
        "sum_of": _sum_of,
        "with_hints": _with_hints,
        "time_by_the_clock": time_by_the_clock,
        "seconds": _seconds,
        "number": lambda value: f"{value:.4g}",
        "percent": lambda value: f"{value:.0f}",
        "line_numbers": lambda text: "\n".join(map(str, range(1, text.count("\n") + 2))),
    }
    environment.globals |= {"MARKS": MARKS, "loss_curves": loss_curves}
    return environment


@functools.cache
def assets() -> Assets:
    """Read the style and the script from `templates/`."""
    from markupsafe import Markup

    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    return {
        "style": Markup(style),
        "style_hash": _hash(style),
        "script": Markup(script),
        "script_hash": _hash(script),
    }


@functools.cache
def class_assets() -> ClassAssets:
    """Read what the page of a class needs from `templates/`."""
    from markupsafe import Markup

    tabulator = (TEMPLATES / "tabulator/tabulator.min.js").read_text(encoding="utf-8")
    script = (TEMPLATES / "class.js").read_text(encoding="utf-8")
    live = (TEMPLATES / "live.js").read_text(encoding="utf-8")
    styles = ("tabulator/tabulator_simple.min.css", "class.css")
    style = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in styles)
    return {
        "class_style": Markup(style),
        "class_style_hash": _hash(style),
        "class_script": Markup(script),
        "class_script_hash": _hash(script),
        "tabulator": Markup(tabulator),
        "tabulator_hash": _hash(tabulator),
        "live_script": Markup(live),
        "live_script_hash": _hash(live),
    }


def output_texts(output: Mapping[str, str]) -> list[Text]:
    """Give what the code printed, by file, cut to the length of a page."""
    return cut_texts([SourceFile(name, (text,)) for name, text in output.items()][:MAX_FILES])


def cut_texts(files: Sequence[SourceFile]) -> list[Text]:
    """Cut the files so that together they have at most `MAX_CHARACTERS`."""
    room, texts = MAX_CHARACTERS, []
    for file in files:
        parts, cut = [], 0
        for cell in (cell.replace("\r\n", "\n") for cell in file.cells):
            if room or not cell:
                parts.append(cell[:room].removesuffix("\n"))
            cut += max(0, len(cell) - room)
            room = max(0, room - len(cell))
        texts.append(Text(file.name, tuple(parts), cut))
    return texts


def _clean_text(value: T) -> T | str:
    """Clean a value on its way into a page; only torchgrade makes `Markup`, which passes unchanged."""
    return clean(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _highest_loss(attempts: Sequence[Attempt]) -> float:
    return loss_curves.highest(curve for attempt in attempts for curve in attempt.curves.values())


def _sum_of(section: SectionResult, points_by_exercise: Mapping[str, float]) -> float:
    return math.fsum(points_by_exercise[exercise.name] for exercise in section.exercises)


def _status(exercise: ExerciseResult) -> str:
    """Name the CSS class of an exercise; `partial` is one with some of its points, `untouched` one nobody wrote."""
    if exercise.not_started or exercise.absent:
        return "untouched"
    if exercise.earned >= exercise.points:
        return "passed"
    return "partial" if exercise.earned else "failed"


def _with_hints(checks: Sequence[CheckResult]) -> Iterator[tuple[CheckResult, str, bool]]:
    """Give each check, its hint, and whether an earlier check of the exercise shows the same reason.

    The hint is empty if an earlier check shows the same one.
    """
    shown = {id(check): hint for check, hint, _ in grouped(checks)}
    for check in checks:
        yield check, shown.get(id(check), ""), id(check) not in shown


def _seconds(seconds: float) -> str:
    """Format a duration: `48 s`, `12 min`, `3.5 h`."""
    if seconds < 100:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
