"""Every exercise has a ladder of three hints, a nudge, the idea, the place in the chapter, and none is the solution."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.author.reading import read_reference
from autograder.exam.codec import load_exam, save_exam
from autograder.model import Exam
from tests.support.course import COURSE

SECTIONS = read_reference(COURSE, "exercise3").sections
LADDERS = {reference.name: reference.hints for section in SECTIONS for reference in section.references}
SECTION_OF = {reference.name: section.name for section in SECTIONS for reference in section.references}
TOKEN = re.compile(r"\w+|[^\w\s]")
RUN = 6  # so many tokens in a row are code, and fewer a name such as torch.optim.SGD


def solution_of(exercise: str) -> Iterator[str]:
    """What stands between the marks of the exercise's definition, without comments."""
    text = (COURSE.folder / f"solutions/exercise3/{SECTION_OF[exercise]}.py").read_text(encoding="utf-8")
    (definition,) = re.findall(rf"^(?:def|class) {exercise}\b.*?(?=^(?:def|class) |\Z)", text, re.MULTILINE | re.DOTALL)
    for region in re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", definition, re.DOTALL):
        yield re.sub(r"#.*", "", region)


@pytest.mark.parametrize("exercise", LADDERS)
def test_ladder_is_a_nudge_the_idea_and_the_place(exercise: str) -> None:
    nudge, idea, place = LADDERS[exercise]
    assert "?" in nudge
    assert len(nudge) <= 180
    assert len(idea) <= 400
    assert place.startswith("In the chapter: ")


@pytest.mark.parametrize("exercise", LADDERS)
def test_no_hint_holds_code_of_the_solution(exercise: str) -> None:
    hints = ["".join(TOKEN.findall(hint)) for hint in LADDERS[exercise]]
    solution = [TOKEN.findall(region) for region in solution_of(exercise)]
    assert solution
    runs = {"".join(part[i : i + RUN]) for part in solution for i in range(len(part) - RUN + 1)}
    assert [run for run in runs for hint in hints if run in hint] == []


def test_hints_of_different_exercises_differ() -> None:
    steps = [hint for ladder in LADDERS.values() for hint in ladder[:2]]
    assert len(set(steps)) == len(steps)


def test_exam_carries_the_hints_through_its_file(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    save_exam(exam(0), tmp_path / "a.exam")
    loaded = load_exam(tmp_path / "a.exam")
    assert {exercise.name: exercise.hints for exercise in loaded.exercises} == LADDERS
