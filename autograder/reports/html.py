"""The gradebook as web pages: the class at a glance, and a page for each student.

The pages stand alone: no asset is loaded, from anywhere, and the content security policy of each forbids it. Only the
style and the script of `templates/`, known by their hashes, are allowed; a student's text is cleaned and escaped where
it enters a page, by the environment that renders it. Without the script the pages show the same, but do not sort.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.classroom import Entry, Gradebook, Statistics, file_name, statistics_of
from autograder.model import CheckResult, ExerciseResult, SourceFile
from autograder.reports import charts
from autograder.text import clean, plural, points

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
MOST_CHARACTERS = 100_000  # of what a student's files hold, and of what they printed, that a page shows
MOST_FILES = 50
MOST_NAMES = 200  # of students that a list on the first page shows


def html(gradebook: Gradebook) -> dict[str, str]:
    """The pages below `report/`."""
    return {f"report/{name}": text for name, text in pages(gradebook)}


def report(gradebook: Gradebook) -> dict[str, str]:
    """`index.html` and `students/<key>.html` with their texts."""
    return dict(pages(gradebook))


def pages(gradebook: Gradebook) -> Iterator[tuple[str, str]]:
    """The pages one by one, for a class that is large."""
    web = environment()
    common = {"gradebook": gradebook, **assets()}
    index = web.get_template("index.html")
    yield "index.html", index.render(**common, **_index(gradebook, statistics_of(gradebook)))
    student = web.get_template("student.html")
    entries = gradebook.entries
    for place, entry in enumerate(entries):
        before = entries[place - 1] if place else None
        after = entries[place + 1] if place + 1 < len(entries) else None
        page = student.render(**common, entry=entry, before=before, after=after, **_shown(entry))
        yield f"students/{file_name(entry.student.key)}.html", page


def _index(gradebook: Gradebook, statistics: Statistics) -> dict[str, Any]:
    return {
        "statistics": statistics,
        "tallest": max((bar.count for bar in statistics.histogram), default=0) or 1,
        "named": {entry.student.key: entry.student.called for entry in gradebook.entries},
        "MOST_NAMES": MOST_NAMES,
    }


@dataclass(frozen=True)
class Text:
    """A text of the student's under its name; `left_out` are the characters at its end that are not shown."""

    name: str
    parts: tuple[str, ...]
    left_out: int

    @property
    def lines(self) -> int:
        return sum(part.count("\n") + 1 for part in self.parts)


def _shown(entry: Entry) -> dict[str, Any]:
    """What a student's page is made of besides the entry; long files and outputs are cut."""
    sections = entry.grade.sections if entry.grade else ()
    output = entry.grade.output if entry.grade else {}
    return {
        "given": {exercise.name: exercise.earned for section in sections for exercise in section.exercises},
        "counted": entry.exercises,
        "changed": {override.exercise: override.points for override in entry.overrides if override.exercise},
        "sources": _cut(entry.sources[:MOST_FILES]),
        "printed": printed(output),
        "more_sources": max(0, len(entry.sources) - MOST_FILES),
    }


def printed(output: Mapping[str, str]) -> list[Text]:
    """What the code printed, by file, as far as a page shows it."""
    return _cut([SourceFile(name, (text,)) for name, text in output.items()][:MOST_FILES])


def _cut(files: Sequence[SourceFile]) -> list[Text]:
    """The first characters of the files, all together no more than a page shows."""
    room, texts = MOST_CHARACTERS, []
    for file in files:
        parts, left_out = [], 0
        for cell in (cell.replace("\r\n", "\n") for cell in file.cells):
            if room or not cell:
                parts.append(cell[:room].removesuffix("\n"))
            left_out += max(0, len(cell) - room)
            room = max(0, room - len(cell))
        texts.append(Text(file.name, tuple(parts), left_out))
    return texts


def environment() -> Environment:
    """Renders the templates; every text of a student's is cleaned and escaped on its way into a page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "points": points,
        "plural": plural,
        "file_name": file_name,
        "path": charts.path,
        "highest": lambda attempts: charts.highest(curve for one in attempts for curve in one.curves.values()),
        "done": _done,
        "sum_of": lambda section, counted: math.fsum(counted[exercise.name] for exercise in section.exercises),
        "hints": _hints,
        "seconds": _seconds,
        "number": lambda value: f"{value:.4g}",
        "percent": lambda value: f"{value:.0f}",
        "gutter": lambda text: "\n".join(map(str, range(1, text.count("\n") + 2))),
    }
    environment.globals |= {"MARKS": MARKS, "charts": charts}
    return environment


def _cleaned(value: Any) -> Any:
    """Every text that enters a page passes here; `Markup` is of our own making."""
    return clean(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


MARKS: Mapping[str, str] = {
    "passed": "✓",
    "failed": "✗",
    "raised": "✗",
    "stopped": "✗",
    "skipped": "·",
}


def _done(exercise: ExerciseResult) -> str:
    """How an exercise stands: `started` is what is partly right."""
    if exercise.not_started:
        return "untouched"
    if exercise.earned >= exercise.points:
        return "passed"
    return "started" if exercise.earned else "failed"


def _hints(checks: Sequence[CheckResult]) -> Iterator[tuple[CheckResult, str]]:
    """Each check with its hint, where it is the first of its exercise that gives it."""
    told: set[str] = set()
    for check in checks:
        yield check, "" if check.hint in told else check.hint
        told.add(check.hint)


def _seconds(seconds: float) -> str:
    """`48 s`, `12 min`, `3.5 h`."""
    if seconds < 100:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


@functools.cache
def assets() -> Mapping[str, Any]:
    """The style and the script as they stand in a page, with the hashes by which the policy knows them."""
    from markupsafe import Markup

    known: dict[str, Any] = {}
    for name, file in (("style", "report.css"), ("script", "report.js")):
        text = (TEMPLATES / file).read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        known |= {name: Markup(text), f"{name}_hash": f"sha256-{digest}"}
    return known
