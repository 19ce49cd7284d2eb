"""Copied work is found under other names and comments; what everybody was given, or everybody writes, is not."""

from __future__ import annotations

import re

import pytest

from autograder.classroom.similarity import similar_pairs
from autograder.model import SourceFile
from autograder.submission.read import read_submission
from tests.support.course import EXERCISES, SUBMISSIONS

PASSED = SUBMISSIONS / "passed"
STUBS = read_submission(EXERCISES).files
NAMES = ("loops", "functional_style", "numpy_inside", "sequential_style", "other_names")


@pytest.fixture(scope="module")
def honest() -> dict[str, tuple[SourceFile, ...]]:
    return {name: read_submission(PASSED / name).files for name in NAMES}


def renamed(file: SourceFile) -> SourceFile:
    """The file as somebody hands it in who has copied it: other names, comments, another order of files."""
    (text,) = file.cells
    for old, new in (("self", "this"), ("weight", "w"), ("bias", "b"), ("stride", "step")):
        text = re.sub(rf"\b{old}\b", new, text)
    return SourceFile(f"z_{file.name}", (re.sub(r"(?m)^(    .+)$", r"\1  # mine", text),))


def test_copy_under_other_names_is_found_first(honest: dict[str, tuple[SourceFile, ...]]) -> None:
    copied = {**honest, "thief": tuple(renamed(file) for file in honest["loops"])}
    first = similar_pairs(copied, STUBS)[0]
    assert {first.first, first.second} == {"loops", "thief"}
    assert first.share > 0.9
    assert first.excerpt in "\n\n".join(cell for file in copied[first.first] for cell in file.cells)


def test_one_copied_exercise_is_found_in_work_that_is_else_different(
    honest: dict[str, tuple[SourceFile, ...]],
) -> None:
    (part,) = (file for file in honest["loops"] if file.name.endswith("manual_convolution.py"))
    thief = (renamed(part), *(file for file in honest["functional_style"] if file.module != "manual_convolution"))
    found = similar_pairs({**honest, "thief": thief}, STUBS)
    assert ("loops", "thief") in {(pair.first, pair.second) for pair in found}


def test_stubs_make_nobody_alike() -> None:
    assert similar_pairs({"ada": STUBS, "bob": STUBS, "carl": STUBS}, STUBS) == []


def test_nothing_or_nonsense_is_no_error() -> None:
    nonsense = (SourceFile("a.py", ("\x00)(}{\n'''",)),)
    assert similar_pairs({}, ()) == []
    assert similar_pairs({"ada": (), "bob": nonsense, "carl": nonsense}, ()) == []
