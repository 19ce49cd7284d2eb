"""Reports of hostile submissions do nothing to who reads them, in whatever form they are handed on."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from autograder.classroom.gradebook import Entry, Gradebook, Student
from autograder.grade_json import from_json, to_json
from autograder.grading import grade
from autograder.model import Exam, Grade
from autograder.reports.formats import FORMATS
from autograder.reports.terminal import show_grade
from autograder.sandbox.sandbox import Limits, Sandbox
from tests.support.hostile.corpus import corpus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="hostile submissions are run on Linux")

TALKERS = [hostile for hostile in corpus() if hostile.path.parent.name == "attacking_the_reader"]
NAMES = [
    "=HYPERLINK(1)",
    "\x1b[2J",
    "a\u202eb",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "con",
    "-x",
    "a\nb",
    "\ud800",
    "[red]x",
    "'\"><img src=x onerror=alert(1)>",
]
ACTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FORMULA = re.compile(r"^[\s\"]*[=+@]|^[\s\"]*-\D")
SIZE = 8 << 20  # bytes of one file


@pytest.fixture(scope="module")
def grades(sandbox: Sandbox, exam: Callable[[int], Exam]) -> list[Grade]:
    texts = {"TOKEN": "token"}
    limits = Limits(memory=1 << 30)
    return [grade(h.asked(exam(0)), h.submission(texts), sandbox, limits=limits, jobs=2) for h in TALKERS]


@pytest.fixture(scope="module")
def files(grades: list[Grade], exam: Callable[[int], Exam]) -> dict[str, str]:
    """Every file of every form of a gradebook of theirs."""
    entries = [
        Entry(Student(name, name, name, name, name), "graded", replace(one, student=name), problem=name)
        for name, one in zip(NAMES, grades, strict=False)
    ]
    exercises = tuple((exercise.name, exercise.points) for exercise in exam(0).exercises)
    gradebook = Gradebook("exercise3", "Title", 100.0, exercises, tuple(entries))
    forms = [form for form in FORMATS if not form.startswith("feedback-")]  # zips of the pages of `feedback`
    return {f"{form}/{name}": str(text) for form in forms for name, text in FORMATS[form](gradebook).items()}


class Page(HTMLParser):
    """The elements of a web page that can do something, as text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    @staticmethod
    def _is_strange_form(tag: str, attributes: list[tuple[str, str | None]]) -> bool:
        """Whether this is a form other than the one with the filters of the class."""
        return tag == "form" and attributes != [("id", "filters"), ("class", "filters"), ("hidden", None)]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, value in attributes if name.startswith("on") or (value or "").startswith("javascript")]
        if tag in ("img", "iframe", "object", "embed", "base") or names or self._is_strange_form(tag, attributes):
            self.found.append(f"{tag} {attributes}")
        if tag == "script" and dict(attributes).get("src"):
            self.found.append(f"script {attributes}")


def test_there_are_talkers_for_every_name(grades: list[Grade]) -> None:
    assert len(grades) >= len(NAMES) - 1


def test_terminal_is_not_commanded(grades: list[Grade]) -> None:
    for one in grades:
        stream = io.StringIO()
        show_grade(one, Console(file=stream, width=80, force_terminal=False), verbose=True)
        assert ACTS.findall(stream.getvalue()) == []


def test_terminal_of_a_student_stays_readable(grades: list[Grade]) -> None:
    sizes = {}
    for one in grades:
        stream = io.StringIO()
        show_grade(one, Console(file=stream, width=80, force_terminal=False))
        sizes[one.student] = len(stream.getvalue())
    assert {name: size for name, size in sizes.items() if size > 40_000} == {}


def test_nothing_acts_in_any_file(files: dict[str, str]) -> None:
    found = {name: ACTS.findall(text) for name, text in files.items() if not name.endswith((".json", ".ipynb"))}
    assert {name: acting for name, acting in found.items() if acting} == {}


def test_files_have_safe_names_and_sizes(files: dict[str, str]) -> None:
    assert [name for name in files if not re.fullmatch(r"[\w./-]+", name, re.A) or ".." in Path(name).parts] == []
    assert [name for name, text in files.items() if len(text.encode("utf-8", "replace")) > SIZE] == []


def test_pages_hold_no_element_of_a_student(files: dict[str, str]) -> None:
    pages = {name: Page(text).found for name, text in files.items() if name.endswith(".html")}
    assert pages
    assert {name: found for name, found in pages.items() if found} == {}


def test_cells_are_no_formulas(files: dict[str, str]) -> None:
    tables = {name: csv.reader(io.StringIO(text)) for name, text in files.items() if name.endswith(".csv")}
    assert tables
    cells = [(name, cell) for name, table in tables.items() for row in table for cell in row]
    assert [(name, cell) for name, cell in cells if FORMULA.match(cell)] == []


def test_json_and_xml_can_be_read_again(files: dict[str, str], grades: list[Grade]) -> None:
    for name, text in files.items():
        if name.endswith(".json"):
            json.loads(text.encode("utf-8"))
        if name.endswith(".xml"):
            ElementTree.fromstring(text.encode("utf-8"))
    for one in grades:
        assert from_json(to_json(one)).earned == one.earned
