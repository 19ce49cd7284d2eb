"""File names of students' keys are safe on every system, short, and different for different keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom.file_names import file_name
from tests.support.fuzzing import FUZZING

SAFE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?")
KEYS = (
    st.text() | st.text(st.characters(categories=["Cs"])) | st.text(alphabet="aA./\\-_ \n\x00é\u202e0123456789abcdef")
)


@FUZZING
@given(KEYS)
def test_name_is_safe_and_short(key: str) -> None:
    name = file_name(key)
    assert SAFE.fullmatch(name)
    assert len(f"{name}.html".encode()) <= 100


@FUZZING
@given(st.lists(KEYS, unique=True))
def test_different_keys_have_different_names(keys: list[str]) -> None:
    assert len({file_name(key).lower() for key in keys}) == len(keys)


@pytest.mark.parametrize("key", ["alice", "ab1234", "meier_anna_123", "a.b-c"])
def test_plain_key_stays_as_it_is(key: str) -> None:
    assert file_name(key) == key


@pytest.mark.parametrize(
    "key",
    ["", ".", "..", "-rf", "a/b", "a\\b", "new\nline", "con", "nul.txt", "Anna", "x" * 255, "🦆", "a ", "c:", "lpt1"],
)
def test_other_key_gets_a_digest(key: str) -> None:
    assert re.fullmatch(r".+-[0-9a-f]{16}", file_name(key))


def test_nobody_can_take_the_name_of_another() -> None:
    assert file_name(file_name("Anna")) != file_name("Anna")
