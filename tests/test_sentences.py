"""The tables below tests/sentences/ name, for each sentence of a stub, the checks that refuse work against it."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.author import Reference, read_reference
from tests.support.course import COURSE
from tests.support.sentences import EXPLAINS, FORBIDS, promises, read_table, sentences
from tests.support.works import ASSIGNMENTS


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_exercise_is_in_the_table(assignment: str) -> None:
    references = [one for section in read_reference(COURSE, assignment).sections for one in section.references]
    stubs = promises(assignment)
    assert list(read_table(assignment)) == [one.name for one in references if one.name in stubs]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_sentence_is_in_the_table_once(assignment: str) -> None:
    table = {name: [sentence for sentence, _ in rows] for name, rows in read_table(assignment).items()}
    assert table == promises(assignment)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_sentence_names_checks_of_its_exercise(assignment: str) -> None:
    known = _checks(assignment)
    wrong = {
        f"{name}: {sentence}": checks
        for name, rows in read_table(assignment).items()
        for sentence, checks in rows
        if checks != [EXPLAINS] and not (checks and known[name].issuperset(checks))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("docstring", "expected"),
    [
        ("One sentence. Another\none.", ["One sentence.", "Another one."]),
        ("A formula:\n\na + b", ["A formula:", "a + b"]),
        ("One of:\n\n- the first\n- the\n  second", ["One of:", "- the first", "- the second"]),
        ("The sum.\n\n>>> add(1, 2)\n3\n\nThe end.", ["The sum.", "The end."]),
    ],
)
def test_docstring_is_split_into_sentences(docstring: str, expected: list[str]) -> None:
    assert sentences(docstring) == expected


def _checks(assignment: str) -> dict[str, set[str]]:
    """Exercise -> the names of its checks, and `(forbidden calls)` if it forbids any."""
    found: dict[str, set[str]] = {}
    for section in read_reference(COURSE, assignment).sections:
        for reference in section.references:
            checks = {check.name for check in section.checks if check.exercise is reference}
            found[reference.name] = checks | _forbids(reference)
    return found


def _forbids(reference: Reference[Any]) -> set[str]:
    return {FORBIDS} if reference.forbids else set()
