"""The place of a mistake is found by a change that makes all checks pass, and nothing of it is scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from autograder.exam.subset import only, without_training
from autograder.grade_json import from_json, to_json
from autograder.grading import grade, is_open, with_repairs
from autograder.model import Exam, ExerciseResult, Grade, SourceFile, Submission
from autograder.reports.repairs import repair_sentence, underlined
from autograder.sandbox.sandbox import Sandbox
from tests.support.results import exercises_of

Found = Callable[..., ExerciseResult]

FIELD = """
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, *rest in layers:
        dilation = rest[0] if rest else 1
        field += (kernel - 1) * jump * dilation - (stride - 1)
        jump *= stride
    return field
"""
FEATURES = """
import math


def flatten_features(image_size, channels, num_pools):
    for _ in range(num_pools):
        image_size = image_size // 2
    return channels * image_size + image_size
"""
TWO = FEATURES.replace("// 2", "// 3")
DECORATED = """
import functools


@functools.cache
def linear_params(in_features, out_features, bias=True):
    return in_features * out_features + (1 if not bias else out_features)
"""


@pytest.fixture
def found(exam: Callable[[int], Exam], sandbox: Sandbox) -> Found:
    """`found(files, exercise)`: its result, with what the search finds within 60 seconds."""

    def of(files: Mapping[str, str], name: str, seconds: float = 60.0) -> ExerciseResult:
        asked = only(without_training(exam(0)), [name])
        submission = Submission("student", tuple(SourceFile(one, (text,)) for one, text in files.items()))
        graded = grade(asked, submission, sandbox)
        after = with_repairs(graded, asked, submission, sandbox, seconds)
        assert without_repairs(after) == graded
        assert exercises_of(from_json(to_json(after)))[name].repair == exercises_of(after)[name].repair
        return exercises_of(after)[name]

    return of


def without_repairs(grade: Grade) -> Grade:
    sections = (
        replace(section, exercises=tuple(replace(one, repair=None) for one in section.exercises))
        for section in grade.sections
    )
    return replace(grade, sections=tuple(sections))


@pytest.mark.parametrize(
    ("name", "text", "line", "place"),
    [
        ("receptive_field", FIELD, 6, "(kernel - 1) * jump * dilation - (stride - 1)"),
        ("flatten_features", FEATURES, 8, "channels * image_size + image_size"),
        ("linear_params", DECORATED, 7, "1"),
    ],
)
def test_place_is_in_the_line_of_the_mistake(found: Found, name: str, text: str, line: int, place: str) -> None:
    result = found({"work.py": text}, name)
    assert result.repair is not None
    code = text.split("\n")[line - 1]
    assert (result.repair.file, result.repair.line, result.repair.code) == ("work.py", line, code)
    assert code[result.repair.start : result.repair.stop] == place
    assert result.repair.edits == 1
    assert repair_sentence(result) == f"work.py, line {line}: with one small change here, all checks pass"
    assert underlined(result.repair) == (code.strip(), f"{' ' * code.strip().index(place)}{'^' * len(place)}")


def test_second_mistake_is_found_from_the_first(found: Found) -> None:
    repair = found({"work.py": TWO}, "flatten_features").repair
    assert repair is not None
    assert (repair.line, repair.edits) == (8, 2)


def test_notebook_names_the_cell(exam: Callable[[int], Exam], sandbox: Sandbox) -> None:
    asked = only(exam(0), ["receptive_field"])
    submission = Submission("student", (SourceFile("work.ipynb", ("x = 1", FIELD)),))
    after = with_repairs(grade(asked, submission, sandbox), asked, submission, sandbox, 60.0)
    repair = exercises_of(after)["receptive_field"].repair
    assert repair is not None
    assert (repair.file, repair.line) == ("work.ipynb cell 2", 6)


@pytest.mark.parametrize(
    ("name", "text"),
    {
        "right": ("linear_params", "def linear_params(a, b, bias=True):\n    return (a + bias) * b\n"),
        "not started": ("linear_params", "def linear_params(a, b, bias=True):\n    raise NotImplementedError()\n"),
        "missing": ("linear_params", "x = 1\n"),
        "explained by a hint": ("linear_params", "def linear_params(a, b, bias=True):\n    return a * b\n"),
        "another formula": ("linear_params", "def linear_params(a, b, bias=True):\n    return 7\n"),
    }.values(),
    ids=["right", "not started", "missing", "explained by a hint", "another formula"],
)
def test_nothing_is_said_without_proof(found: Found, name: str, text: str) -> None:
    assert found({"work.py": text}, name, 5.0).repair is None


@pytest.mark.parametrize(
    "text",
    [
        "def linear_params(a, b, bias=True):\n    return (a * b\n",
        "def linear_param(a, b, bias=True):\n    return a * b + bias * b\n",
        (
            "def linear_params(a, b, bias=True):\n    return conv2d_params(1, a, b, bias)\n\n\n"
            "def conv2d_params(a, b, c, bias):\n    raise NotImplementedError\n"
        ),
    ],
    ids=["unreadable", "misspelt", "calls a stub"],
)
def test_code_that_no_change_can_repair_is_not_searched(whole_grade: Callable[..., Grade], text: str) -> None:
    result = exercises_of(whole_grade({"parameter_counting.py": text}, "linear_params"))["linear_params"]
    assert result.earned == 0
    assert not is_open(result)


ENDLESS = """
def receptive_field(layers):
    field, jump, number = 1, 1, 0
    while number < len(layers):
        for kernel in layers[number][:1]:
            field += (kernel - 1) * jump
    return field
"""
WAITING = """
import time


def wait():
    time.sleep(100)


def linear_params(a, b, bias=True):
    wait()
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [("receptive_field", ENDLESS, 4, "loop"), ("linear_params", WAITING, 6, "line")],
    ids=["endless loop", "sleep"],
)
def test_code_that_does_not_finish_is_shown(found: Found, name: str, text: str, line: int, what: str) -> None:
    result = found({"work.py": text}, name)
    assert result.repair is not None
    assert (result.repair.line, result.repair.edits) == (line, 0)
    assert result.repair.code == text.split("\n")[line - 1]
    assert repair_sentence(result) == f"work.py, line {line}: after a second, your code is still in this {what}"


def test_no_time_finds_nothing(found: Found) -> None:
    assert found({"work.py": FIELD}, "receptive_field", 0.0).repair is None


FORGED = """
def receptive_field(layers):
    return len(layers)


import json, sys

for module in [*sys.modules.values()]:
    if getattr(module, "__name__", "").endswith("inside.editing"):
        module.json.dumps = lambda found: '[{"kind": "number", "line": 1, "columns": [0, 4], "start": 0, '
        '"stop": 3, "sentence": "", "text": "def"}, 7, {"kind": 1}]'
"""


def test_forged_edits_repair_nothing(found: Found) -> None:
    result = found({"work.py": FORGED}, "receptive_field", 5.0)
    assert (result.repair, result.earned < result.points) == (None, True)
