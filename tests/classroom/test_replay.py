"""`grade replay` grades one student again from the results alone, and says what differs and why."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.replay import compare_grades, other_conditions, read_record
from autograder.model import CheckResult
from tests.support.commands import SEED, run_grade
from tests.support.course import HALF_RIGHT, SOLUTIONS
from tests.support.results import checks_of

RANDOM = """
import os

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return os.urandom(1)[0] + 1000
"""


@pytest.fixture(scope="module")
def graded_once(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    for name, source in (("ada", SOLUTIONS), ("bob", HALF_RIGHT)):
        (folder / "subs" / name).mkdir(parents=True)
        shutil.copy(source / "output_size.py", folder / "subs" / name)
    (folder / "subs/empty").mkdir()
    roster = (
        "key,name,number,mail\nada,Ada Lovelace,17,ada@uni.de\nbob,Bob Roe,18,bob@uni.de\neve,Bob Roe,19,e@uni.de\n"
    )
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    arguments = "batch", "exercise3", *SEED, folder / "subs", "-o", folder / "res", "--roster", folder / "roster.csv"
    done = run_grade(small_course, *arguments)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(folder / "subs")
    return folder / "res"


@pytest.fixture
def results(graded_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(graded_once, tmp_path / "res")


def replay(folder: Path, *arguments: object, status: int = 0) -> str:
    done = run_grade(folder, "replay", *arguments)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return " ".join((done.stdout + done.stderr).split())


def change(path: Path, *places: tuple[str, Any]) -> None:
    """Change fields of a JSON file, each named by a path such as `grade.earned`."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    for place, value in places:
        *parents, last = place.split(".")
        inner = fields
        for name in parents:
            inner = inner[int(name) if name.isdigit() else name]
        inner[last] = value
    path.write_text(json.dumps(fields), encoding="utf-8")


@pytest.mark.parametrize("name", ["ada", "17", "ADA@uni.de", "ada lovelace"])
def test_same_grade_without_course_and_submissions(results: Path, tmp_path: Path, name: str) -> None:
    output = replay(tmp_path, results, name)
    assert output.startswith("Ada Lovelace (ada), graded again with the stored exam, seed ")
    assert output.endswith("checks have the same verdict and points: 12 points.")


def test_other_verdict_is_shown_with_both_feedbacks(results: Path, tmp_path: Path) -> None:
    check = "grade.sections.0.exercises.0.checks.0"
    change(results / "students/ada.json", (f"{check}.verdict", "failed"), (f"{check}.earned", 0))
    output = replay(tmp_path, results, "ada", status=1)
    assert "then: failed, 0 of" in output
    assert "now: passed, " in output
    assert "differs: 12 points then, 12 now." in output  # the sum of the stored grade was not changed
    assert f"the results were changed: see `grade verify {results}`" in output


def test_override_that_counts_in_the_gradebook_is_named(results: Path, tmp_path: Path) -> None:
    (results / "overrides.csv").write_text("student,exercise,points,reason\nada,,9,why\n", encoding="utf-8")
    output = replay(tmp_path, results, "ada")
    assert "12 points. In the gradebook 9 points count, by overrides.csv. A replay leaves overrides out." in output


def test_other_versions_and_machines_are_named(results: Path, tmp_path: Path) -> None:
    change(results / "students/ada.json", ("machine.torch", "1.0"), ("machine.processor", "an abacus"))
    output = replay(tmp_path, results, "ada")
    assert "Other conditions: torch 1.0 then, " in output
    assert "; processor an abacus then, " in output


def test_grade_of_an_earlier_version_says_that_its_machine_is_unknown(results: Path, tmp_path: Path) -> None:
    check = "grade.sections.0.exercises.0.checks.0"
    change(results / "students/ada.json", ("machine", {}), (f"{check}.verdict", "failed"))
    assert "do not say on which machine" in replay(tmp_path, results, "ada", status=1)


def test_files_that_were_changed_are_not_taken_for_the_graded_ones(results: Path, tmp_path: Path) -> None:
    path = results / "sources/ada.json"
    path.write_text(path.read_text(encoding="utf-8").replace("return", "return 1 +", 1), encoding="utf-8")
    output = replay(tmp_path, results, "ada", status=1)
    assert "The stored files are not those that were graded" in output


def test_other_wrong_answers_with_the_same_verdict_are_words(small_course: Path, tmp_path: Path) -> None:
    (tmp_path / "subs").mkdir()
    (tmp_path / "subs/ada.py").write_text(RANDOM, encoding="utf-8")
    assert (
        run_grade(small_course, "batch", "exercise3", *SEED, tmp_path / "subs", "-o", tmp_path / "res").returncode == 0
    )
    output = replay(tmp_path, tmp_path / "res", "ada")
    assert "The same verdict with other feedback: " in output


def test_mended_reference_is_noticed_and_can_be_used(results: Path, small_course: Path, tmp_path: Path) -> None:
    own = shutil.copytree(small_course, tmp_path / "course")
    with (own / "reference/exercise3/__init__.py").open("a", encoding="utf-8") as file:
        file.write("\n# corrected\n")
    output = replay(own, results, "bob")
    assert "The reference, torchgrade or torch has changed since." in output
    assert "graded again with the stored exam" in output
    output = replay(own, results, "bob", "--new-reference")
    assert "graded again with today's reference" in output
    assert "`grade batch --regrade` grades the class" in output


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("adda", "There is no student 'adda'; did you mean ada?"),
        ("empty", "empty has no grade to compare with: unreadable, "),
        ("eve", "eve has no grade to compare with: missing, submitted nothing"),
        ("Bob Roe", "Several students are called 'Bob Roe'; name one by the key: bob, eve"),
    ],
)
def test_student_without_a_grade_is_a_sentence(results: Path, tmp_path: Path, name: str, reason: str) -> None:
    assert reason in replay(tmp_path, results, name, status=2)


def test_record_that_lacks_a_part_is_a_sentence(results: Path, tmp_path: Path) -> None:
    assert "needs the reference of exercise3" in replay(tmp_path, results, "ada", "--new-reference", status=2)
    (results / "sources/ada.json").unlink()
    assert "no student 'ada'" in replay(tmp_path, results, "ada", status=2)
    (results / "batch.exam").write_bytes(b"no exam")
    assert "batch.exam is not a whole exam" in replay(tmp_path, results, "bob", status=2)
    (results / "batch.exam").unlink()
    assert "batch.exam cannot be read" in replay(tmp_path, results, "bob", status=2)
    assert "holds no results" in replay(tmp_path, tmp_path, "bob", status=2)


def test_differences_are_of_verdicts_or_of_words(results: Path) -> None:
    before = read_record(results, "ada").grade
    (first, *_) = checks_of(before)

    def with_first(check: CheckResult) -> list[bool]:
        section = before.sections[0]
        exercise = replace(section.exercises[0], checks=(check, *section.exercises[0].checks[1:]))
        sections = (replace(section, exercises=(exercise, *section.exercises[1:])), *before.sections[1:])
        return [one.is_of_words for one in compare_grades(before, replace(before, sections=sections))]

    assert with_first(first) == []
    assert with_first(replace(first, feedback="other words")) == [True]
    assert with_first(replace(first, earned=0.0)) == [False]
    assert with_first(replace(first, name="another check")) == [False, False]


def test_conditions_that_are_unknown_are_not_compared() -> None:
    assert other_conditions({"torch": "2.4", "gone": "1"}, {"torch": "2.5", "new": "1"}) == ["torch 2.4 then, 2.5 now"]
