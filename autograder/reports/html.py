"""The gradebook as web pages: an overview of the class, and a page for each student.

Without its scripts a page shows the same, but its tables do not sort, and the table of a class has no columns for
exercises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from autograder.classroom import (
    Comment,
    Entry,
    Final,
    Gradebook,
    Group,
    Statistics,
    file_name,
    groups_of,
    statistics_of,
)
from autograder.reports.class_data import as_json, class_data
from autograder.reports.rendering import MAX_FILES, Text, assets, class_assets, cut_texts, environment, output_texts
from autograder.reports.repairs import repaired_exercises

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MAX_NAMES = 200  # of students in one list of the overview
MAX_ROWS = 300  # of the table of a class without its script
MAX_GROUPS = 20
LEAST = 2  # students in a group
MAX_OPEN = 20  # students that a list shows without a click
MAX_OPTIONS = 12  # of one question


class _Index(TypedDict):
    statistics: Statistics
    class_json: Markup
    tallest: int
    names: Mapping[str, str]
    groups: Sequence[Group]
    changes: Sequence[_Change]
    looks: Sequence[_Look]
    late: Sequence[_Late]
    MAX_NAMES: int
    MAX_ROWS: int
    MAX_OPTIONS: int
    MAX_OPEN: int


class _Change(NamedTuple):
    """A small change that makes a student's exercise right."""

    exercise: str
    student: str
    file: str
    edits: int
    diff: str


class _Look(NamedTuple):
    """A student with something that a person should look at."""

    student: str
    sentences: tuple[str, ...]


class _Late(NamedTuple):
    """A student who handed in after the deadline."""

    student: str
    final: Final


class _StudentPage(TypedDict):
    grader_points: Mapping[str, float]
    points_by_exercise: Mapping[str, float]
    overridden: Mapping[str, float]
    general_comments: Sequence[Comment]
    sources: Sequence[Text]
    output: Sequence[Text]
    more_sources: int


def html(gradebook: Gradebook) -> dict[str, str]:
    """`report/index.html` and `report/students/<key>.html`."""
    return {f"report/{name}": text for name, text in pages(gradebook)}


def pages(gradebook: Gradebook) -> Iterator[tuple[str, str]]:
    """Yield `index.html` and `students/<key>.html` with their texts; a large class needs not hold all in memory."""
    templates = environment()
    yield "index.html", index_page(gradebook)
    for place, entry in enumerate(gradebook.entries):
        yield f"students/{file_name(entry.student.key)}.html", student_page(gradebook, place, templates)


def index_page(gradebook: Gradebook, version: str = "") -> str:
    """The page of the class. With a `version` it asks its server for newer ones; see `serve.py`."""
    index = environment().get_template("index.html")
    own = _index(gradebook, statistics_of(gradebook))
    return index.render(gradebook=gradebook, version=version, **assets(), **class_assets(), **own)


def student_page(gradebook: Gradebook, place: int, templates: Environment | None = None) -> str:
    """The page of the student at this place of the gradebook."""
    entries = gradebook.entries
    return (
        (templates or environment())
        .get_template("student.html")
        .render(
            gradebook=gradebook,
            entry=entries[place],
            before=entries[place - 1] if place else None,
            after=entries[place + 1] if place + 1 < len(entries) else None,
            alone=False,
            **assets(),
            **_student_page(entries[place]),
        )
    )


def page_alone(gradebook: Gradebook, entry: Entry) -> str:
    """The page of one student for this student's hands: without a link, and with no name of anybody else."""
    alone = replace(gradebook, entries=(), notes=())
    student = environment().get_template("student.html")
    page = _student_page(entry)
    return student.render(gradebook=alone, entry=entry, before=None, after=None, alone=True, **assets(), **page)


def _index(gradebook: Gradebook, statistics: Statistics) -> _Index:
    from markupsafe import Markup

    return {
        "class_json": Markup(as_json(class_data(gradebook))),
        "statistics": statistics,
        "tallest": max((bar.count for bar in statistics.histogram), default=0) or 1,
        "names": {entry.student.key: entry.student.display_name for entry in gradebook.entries},
        "groups": [group for group in groups_of(gradebook.entries) if len(group.students) >= LEAST][:MAX_GROUPS],
        "changes": sorted(_changes(gradebook)),
        "looks": [_Look(entry.student.key, entry.needs_a_look) for entry in gradebook.entries if _is_to_look_at(entry)],
        "late": [_Late(one.student.key, one.final) for one in gradebook.entries if one.final and one.final.late],
        "MAX_NAMES": MAX_NAMES,
        "MAX_ROWS": MAX_ROWS,
        "MAX_OPTIONS": MAX_OPTIONS,
        "MAX_OPEN": MAX_OPEN,
    }


def _is_to_look_at(entry: Entry) -> bool:
    """Whether a student with files needs a look; those without are counted as missing."""
    return entry.state != "missing" and bool(entry.needs_a_look)


def _changes(gradebook: Gradebook) -> Iterator[_Change]:
    for entry in gradebook.entries:
        for result, repair in repaired_exercises(entry.grade) if entry.grade else ():
            if repair.diff:
                yield _Change(result.name, entry.student.key, repair.file, repair.edits, repair.diff)


def _student_page(entry: Entry) -> _StudentPage:
    sections = entry.grade.sections if entry.grade else ()
    output = entry.grade.output if entry.grade else {}
    graded = {exercise.name for section in sections for exercise in section.exercises}
    return {
        "grader_points": {exercise.name: exercise.earned for section in sections for exercise in section.exercises},
        "points_by_exercise": entry.exercises,
        "overridden": {override.exercise: override.points for override in entry.overrides if override.exercise},
        "general_comments": [one for one in entry.comments if one.exercise not in graded],
        "sources": cut_texts(entry.sources[:MAX_FILES]),
        "output": output_texts(output),
        "more_sources": max(0, len(entry.sources) - MAX_FILES),
    }
