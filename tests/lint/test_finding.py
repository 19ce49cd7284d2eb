"""The same finding is reported once."""

from __future__ import annotations

from autograder.lint.finding import Finding, without_repetitions

FIRST = Finding("mean", "time", "the solution takes 6.1 of the 10 seconds", subject="mean")


def test_findings_on_one_subject_are_reported_once() -> None:
    again = Finding("mean", "time", "the solution takes 6.3 of the 10 seconds", subject="mean")
    assert list(without_repetitions([FIRST, again, FIRST])) == [FIRST]


def test_findings_that_differ_are_all_reported() -> None:
    others = [
        Finding("median", "time", FIRST.text, subject="mean"),
        Finding("mean", "solution", FIRST.text, subject="mean"),
        Finding("mean", "time", FIRST.text, subject="other"),
        Finding("mean", "time", "one"),
        Finding("mean", "time", "two"),
    ]
    assert list(without_repetitions([FIRST, *others])) == [FIRST, *others]
