"""JUnit for CI and Gradescope's results.json: what their readers demand, and nothing hidden shown."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import text
from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Entry, Gradebook, Student
from autograder.reports.gradescope import gradescope
from autograder.reports.junit import junit
from tests.support.junit_rules import ANT, JENKINS, Rule, faults

GOLDEN = Path(__file__).parent / "golden"


def suites(gradebook: Gradebook) -> ElementTree.Element:
    return ElementTree.fromstring(junit(gradebook)["junit.xml"])


def test_junit_is_as_it_was(class_of_nine: Gradebook) -> None:
    assert junit(class_of_nine)["junit.xml"] == (GOLDEN / "junit.xml").read_text(encoding="utf-8")


def test_junit_counts_what_it_holds(class_of_nine: Gradebook) -> None:
    root = suites(class_of_nine)
    assert [suite.get("tests") for suite in root] == ["1", "1", "5", "5", "5", "5", "1", "1", "1"]
    kinds = Counter(outcome.tag for case in root.iter("testcase") for outcome in case)
    assert kinds == {"failure": 3, "error": 9, "skipped": 4}
    totals = [sum(int(suite.get(name, "0")) for suite in root) for name in ("tests", "failures", "errors", "skipped")]
    assert totals == [25, 3, 9, 4]


@pytest.mark.parametrize("rules", [ANT, JENKINS], ids=["Apache Ant", "Jenkins xUnit"])
def test_junit_is_valid_by_the_common_schemas(class_of_nine: Gradebook, rules: dict[str, Rule]) -> None:
    named = [one for one in class_of_nine.entries if one.student.key]
    graded = tuple(replace(one, graded_at="2026-11-30T22:59:00" if one.grade else "") for one in named)
    root = suites(replace(class_of_nine, entries=graded))
    assert list(faults(root, rules)) == []
    assert {suite.get("timestamp") for suite in root} == {"2026-11-30T22:59:00", "1970-01-01T00:00:00"}
    for wrong in ("time", "name"):
        case = next(root.iter("testcase"))
        del case.attrib[wrong]
    assert "<testcase> lacks name" in list(faults(root, rules))


def test_absent_exercise_is_one_grey_line(class_of_nine: Gradebook) -> None:
    entry = class_of_nine.entries[4]
    assert entry.grade
    section = entry.grade.sections[0]
    checks = tuple(replace(check, verdict="raised", earned=0.0) for check in section.exercises[0].checks)
    exercise = replace(section.exercises[0], earned=0.0, file="", checks=checks)
    grade = replace(entry.grade, sections=(replace(section, exercises=(exercise,)),))
    (suite,) = suites(replace(class_of_nine, entries=(replace(entry, grade=grade),)))
    (case,) = suite.iter("testcase")
    assert (case.get("classname"), case.get("name")) == ("alice.area", "area")
    assert [(one.tag, one.get("type"), one.text) for one in case] == [("skipped", "missing", "not in the files")]
    assert (suite.get("tests"), suite.get("errors"), suite.get("skipped")) == ("1", "0", "1")


def test_every_case_has_its_seconds(class_of_nine: Gradebook) -> None:
    entry = class_of_nine.entries[4]
    assert entry.grade
    section = entry.grade.sections[0]
    checks = tuple(replace(one, seconds=n + 0.25) for n, one in enumerate(section.exercises[0].checks))
    exercise = replace(section.exercises[0], checks=checks)
    grade = replace(entry.grade, sections=(replace(section, exercises=(exercise,)),))
    (suite,) = suites(replace(class_of_nine, entries=(replace(entry, grade=grade),)))
    assert [case.get("time") for case in suite.iter("testcase")] == ["0.250", "1.250"]


def test_junit_gives_every_case_a_name_of_its_own(class_of_nine: Gradebook) -> None:
    cases = [(case.get("classname"), case.get("name")) for case in suites(class_of_nine).iter("testcase")]
    assert len(set(cases)) == len(cases) == 25


def test_work_that_is_not_started_is_not_green(class_of_nine: Gradebook) -> None:
    bob = next(suite for suite in suites(class_of_nine) if suite.get("name") == "bob")
    assert [outcome.get("type") for case in bob.iter("testcase") for outcome in case] == [
        "raised",
        "skipped",
        "stopped",
        "raised",
        "skipped",
    ]


def test_junit_says_what_a_check_follows_from(class_of_nine: Gradebook) -> None:
    entry = next(entry for entry in class_of_nine.entries if entry.grade)
    assert entry.grade
    section = entry.grade.sections[0]
    sentence = "right if side is right; your side is not yet"
    check = replace(section.exercises[0].checks[0], verdict="passed", feedback=sentence, follows_from=("side",))
    exercise = replace(section.exercises[0], checks=(check,))
    grade = replace(entry.grade, sections=(replace(section, exercises=(exercise,)),))
    (suite,) = suites(replace(class_of_nine, entries=(replace(entry, grade=grade),)))
    assert suite.findtext("system-out") == f"area, {check.name}: {sentence}"


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_junit_holds_no_character_that_xml_forbids(text: str) -> None:
    entry = Entry(Student(text, text), "failed", problem=text)
    suites(Gradebook(text, text, 1.0, (), (entry,)))


def results(gradebook: Gradebook) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in gradescope(gradebook).items()}


def test_gradescope_is_as_it_was(class_of_nine: Gradebook) -> None:
    text = gradescope(class_of_nine)["gradescope/a-..-..-b-c-e9c972b620abfd7d.json"]
    assert text == (GOLDEN / "results.json").read_text(encoding="utf-8")


def test_gradescope_has_a_file_for_who_has_points_or_handed_in_nothing_readable(class_of_nine: Gradebook) -> None:
    entries = [one for one in class_of_nine.entries if one.earned is not None or one.state == "unreadable"]
    keys = [entry.student.key for entry in entries]
    assert sorted(gradescope(class_of_nine)) == sorted(f"gradescope/{file_name(key)}.json" for key in keys)
    assert len(keys) == 6
    (unreadable,) = (entry for entry in entries if entry.state == "unreadable")
    result = json.loads(gradescope(class_of_nine)[f"gradescope/{file_name(unreadable.student.key)}.json"])
    assert result["score"] == 0
    assert result["output"] == text.clean(unreadable.problem)


def test_gradescope_scores_count_overrides(class_of_nine: Gradebook) -> None:
    assert sorted(result["score"] for result in results(class_of_nine).values()) == [0, 2.0, 2.0, 3.5, 5.85, 7.75]


def test_gradescope_hides_hidden_checks_and_what_was_printed(class_of_nine: Gradebook) -> None:
    for result in results(class_of_nine).values():
        assert result["stdout_visibility"] == "hidden"
        seen = {test["name"]: test["visibility"] for test in result["tests"]}
        assert {name for name, visibility in seen.items() if visibility == "hidden"} <= {
            "noise: Check 2 of noise holds"
        }
        assert not seen or "hidden" in seen.values()
        assert "\x1b" not in json.dumps(result, ensure_ascii=False)


def test_gradescope_output_is_text_and_never_html(class_of_nine: Gradebook) -> None:
    for result in results(class_of_nine).values():
        formats = [result["output_format"], result["test_output_format"]]
        formats += [test[key] for test in result["tests"] for key in ("output_format", "name_format")]
        assert set(formats) == {"text"}


def test_points_in_gradescope_have_no_more_than_two_decimals(class_of_nine: Gradebook) -> None:
    alice = class_of_nine.entries[4]
    assert alice.grade is not None
    thirds = replace(alice, grade=replace(alice.grade, earned=2.7500000000000004))
    assert results(replace(class_of_nine, entries=(thirds,)))["gradescope/alice.json"]["score"] == 2.75
