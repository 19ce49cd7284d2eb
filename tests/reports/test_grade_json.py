"""A grade survives its JSON, and what is no grade is refused with one sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom.gradebook import Gradebook
from autograder.grade_json import NotAGradeError, from_json, to_json
from autograder.model import Attempt, CheckResult, ExerciseResult, Grade, Isolation, SectionResult
from tests.support.course import SUBMISSIONS
from tests.support.fuzzing import FUZZING

FEW = settings(FUZZING, max_examples=60)

points = st.integers(0, 100) | st.floats(-1e6, 1e6)
losses = st.floats(allow_nan=True, allow_infinity=True)
text = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["\ud800", "a\udfffb", "\x00", "nan"])
flag = st.booleans()


def few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=3).map(tuple)


attempts = st.builds(
    Attempt,
    seed=st.integers(0, 2**63),
    value=st.none() | losses,
    threshold=points,
    passed=flag,
    curves=st.dictionaries(text, few(losses), max_size=2),
    reason=text,
    pictures=st.just({}),
)
verdicts = st.sampled_from(["passed", "failed", "raised", "stopped", "skipped"])
checks = st.builds(
    *(CheckResult, text, text, verdicts, points, points, text, text, text, flag, flag, few(attempts)),
    follows_from=few(text),
)
exercises = st.builds(ExerciseResult, text, points, points, points, few(checks), text)
sections = st.builds(SectionResult, text, text, flag, points, points, few(exercises))
grades = st.builds(
    Grade,
    text,
    text,
    points,
    points,
    points,
    st.builds(Isolation, st.sampled_from(["full", "landlock", "process", "none"]), text, text),
    st.integers(0, 2**63),
    text,
    st.dictionaries(text, text, max_size=2),
    points,
    few(sections),
    few(text),
    st.dictionaries(text, text, max_size=2),
)


def refuse_constants(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


@FEW
@given(grades)
def test_every_field_survives(grade: Grade) -> None:
    written = to_json(grade)
    assert repr(from_json(written)) == repr(grade)  # by text, because nan is not equal to itself
    assert to_json(from_json(written)) == written


@FEW
@given(grades)
def test_text_is_strict_json_that_can_be_encoded(grade: Grade) -> None:
    json.loads(to_json(grade).encode(), parse_constant=refuse_constants)


SCHEMA_FILE = Path(__file__).parents[2] / "docs/grade.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The published schema, in which this test allows no field that it does not name."""
    published: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)

    def closed(part: Any) -> Any:
        if not isinstance(part, dict):
            return [closed(one) for one in part] if isinstance(part, list) else part
        own = {"additionalProperties": False} if "properties" in part else {}
        return {**own, **{name: closed(one) for name, one in part.items()}}

    found: dict[str, Any] = closed(published)
    return found


@FEW
@given(grade=grades)
def test_every_grade_fits_the_published_schema(schema: dict[str, Any], grade: Grade) -> None:
    jsonschema.validate(json.loads(to_json(grade)), schema, jsonschema.Draft202012Validator)


def test_schema_refuses_what_is_no_grade(schema: dict[str, Any]) -> None:
    data = json.loads(to_json(around(Attempt(1, 0.5, 0.9, False))))
    wrong: list[dict[str, object]] = [{"schema": 2}, {"earned": "nan"}, {"sections": {}}, {"more": 1}]
    for changed in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**data, **changed}, schema, jsonschema.Draft202012Validator)


@FEW
@given(grades, st.floats(0, 1, exclude_max=True))
def test_grade_cut_in_half_is_refused(grade: Grade, share: float) -> None:
    written = to_json(grade).removesuffix("\n")
    with pytest.raises(NotAGradeError):
        from_json(written[: int(share * len(written))])


def test_real_grade_survives(whole_grade: Callable[..., Grade], schema: dict[str, Any]) -> None:
    grade = whole_grade(SUBMISSIONS / "failed/half_right", "parameter_counting", "sobel_edges", "conv_output_size")
    assert grade.earned > 0
    assert from_json(to_json(grade)) == grade
    jsonschema.validate(json.loads(to_json(grade)), schema, jsonschema.Draft202012Validator)


def test_grade_of_an_earlier_version_has_no_proof() -> None:
    data = json.loads(to_json(around(Attempt(1, 0.5, 0.9, False))))
    del data["isolation"]["proved"]
    assert from_json(json.dumps(data)).isolation == Isolation("full")


def test_pictures_alone_are_left_out() -> None:
    attempt = Attempt(1, 0.5, 0.9, False, {"loss": (1.0,)}, "too little", {"noisy": np.zeros((1, 2, 2))})
    assert from_json(to_json(around(attempt))) == around(replace(attempt, pictures={}))


def around(attempt: Attempt) -> Grade:
    check = CheckResult("learns", "It learns", "failed", 0.0, 4.0, attempts=(attempt,))
    section = SectionResult("s", "S", False, 0.0, 4.0, (ExerciseResult("fit", 0.0, 4.0, 1.0, (check,)),))
    return Grade("exercise7", "alice", 0.0, 4.0, 0.0, Isolation("full"), 7, "d", {}, 1.0, (section,))


def test_losses_that_are_no_numbers_become_words() -> None:
    attempt = Attempt(1, -math.inf, 0.9, False, {"loss": (1.0, math.nan, math.inf)})
    written = json.loads(to_json(around(attempt)))["sections"][0]["exercises"][0]["checks"][0]["attempts"][0]
    assert (written["value"], written["curves"]) == ("-inf", {"loss": [1.0, "nan", "inf"]})


def test_grade_of_the_first_version_is_read(class_of_nine: Gradebook) -> None:
    bob = next(entry.grade for entry in class_of_nine.entries if entry.student.key == "bob")
    assert bob is not None
    written = json.loads(to_json(bob))
    for section in written["sections"]:
        for exercise in section["exercises"]:
            for check in exercise["checks"]:
                del check["started"]
    assert from_json(json.dumps(written)) == bob


def test_fields_that_are_not_known_are_passed_over(class_of_nine: Gradebook) -> None:
    alice = class_of_nine.entries[4].grade
    assert alice is not None
    assert from_json(json.dumps({**json.loads(to_json(alice)), "weather": "fine"})) == alice


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 2}, "This grade is of schema 2; only schema 1 can be read here."),
        ({"schema": True}, "This grade is of schema True; only schema 1 can be read here."),
        ({"earned": "all"}, "This is not a grade: `earned` is of the wrong kind."),
        ({"earned": True}, "This is not a grade: `earned` is of the wrong kind."),
        ({"points": 1e999}, "This is not a grade: `points` is of the wrong kind."),
        ({"isolation": {"tier": "perfect", "reason": ""}}, "This is not a grade: `tier` is of the wrong kind."),
        ({"isolation": None}, "This is not a grade: `isolation` is of the wrong kind."),
        ({"exam": {"seed": 1}}, "This is not a whole grade: `digest` is missing."),
        ({"sections": [None]}, "This is not a whole grade: `name` is missing."),
        ({"notes": "none"}, "This is not a grade: `notes` is of the wrong kind."),
        ({"output": {"a.py": 1}}, "This is not a grade: `output` is of the wrong kind."),
    ],
)
def test_what_is_wrong_is_one_sentence(class_of_nine: Gradebook, change: dict[str, Any], message: str) -> None:
    alice = class_of_nine.entries[4].grade
    assert alice is not None
    with pytest.raises(NotAGradeError) as caught:
        from_json(json.dumps({**json.loads(to_json(alice)), **change}))
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "no JSON", "[" * 100_000, "9" * 10_000, "\ud800", "<html>"])
def test_text_that_is_no_grade_is_refused(text: str) -> None:
    with pytest.raises(NotAGradeError):
        from_json(text)
