"""Similar submissions as a page that shows both sides, as a table, and as a data set for Dolos."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple

from autograder.classroom import Alike, Gradebook, Pair, Similarity, file_name
from autograder.model import SourceFile
from autograder.reports.csv import table
from autograder.reports.rendering import assets, environment

HEADER = ("group", "first", "second", "evidence", "exercises", "percent alike")
MAX_PAIRS = 60  # on the page
MAX_LINES = 120  # of one side


class _Line(NamedTuple):
    text: str
    shared: bool


class _Side(NamedTuple):
    student: str
    lines: Sequence[_Line]
    more: int


def similarity_csv(similarity: Similarity) -> str:
    """One row for each pair, with the number of its group, and its exercises from the strongest evidence on."""
    groups = {key: number for number, group in enumerate(similarity.groups, 1) for key in group}
    rows = [
        (
            groups[pair.first],
            pair.first,
            pair.second,
            round(pair.evidence),
            " ".join(alike.exercise.replace(" ", "_") for alike in pair.exercises),
            " ".join(str(round(100 * alike.share)) for alike in pair.exercises),
        )
        for pair in similarity.pairs
    ]
    return table([HEADER, *rows])


def similarity_page(gradebook: Gradebook, similarity: Similarity) -> str:
    """The page with the groups, their pairs, and both sides of each exercise that is alike."""
    shown = similarity.pairs[:MAX_PAIRS]
    return (
        environment()
        .get_template("similarity.html")
        .render(
            gradebook=gradebook,
            names={entry.student.key: entry.student.display_name for entry in gradebook.entries},
            similarity=similarity,
            groups=[(group, [pair for pair in shown if pair.first in group]) for group in similarity.groups],
            more=len(similarity.pairs) - len(shown),
            sides=_sides,
            **assets(),
        )
    )


def _sides(pair: Pair, alike: Alike) -> list[_Side]:
    sides = []
    for student, text, shared in zip((pair.first, pair.second), alike.texts, alike.lines, strict=True):
        lines = [_Line(line, number in shared) for number, line in enumerate(text.split("\n"))]
        sides.append(_Side(student, lines[:MAX_LINES], max(0, len(lines) - MAX_LINES)))
    return sides


def dolos_zip(gradebook: Gradebook, stubs: Sequence[SourceFile]) -> bytes:
    """A data set for Dolos: a file for each student, the stubs as the file that is ignored, and `info.csv`.

    Source: docs/docs/adding-metadata.md and lib/src/lib/dataset.ts of dodona-edu/dolos.
    """
    data, rows = io.BytesIO(), io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(("filename", "full_name", "label", "ignored"))
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, text: str) -> None:
            # without the time: equal work, equal zip
            archive.writestr(zipfile.ZipInfo(name), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)

        for entry in gradebook.entries:
            if entry.sources:
                name = f"{file_name(entry.student.key)}.py"
                add(name, _one_text(entry.sources))
                full_name = entry.student.display_name.encode("utf-8", "replace").decode()
                writer.writerow((name, full_name, entry.state, "false"))
        if stubs:
            add("stubs/stubs.py", _one_text(stubs))
            writer.writerow(("stubs/stubs.py", "stubs", "", "true"))
        add("info.csv", rows.getvalue())
    return data.getvalue()


def _one_text(files: Sequence[SourceFile]) -> str:
    """All files one after the other, each below a comment with its name."""
    return "\n\n".join(f"# {file.name}\n" + "\n\n".join(file.cells) for file in files)
