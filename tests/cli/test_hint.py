"""Hints go one step further with each call, and begin with what the answers show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli.list import what_to_type
from autograder.course import Course
from autograder.handout.student_progress import read_hints_shown, write_hints_shown, write_passed
from autograder.model import Exam
from autograder.submission import code_digests, read_submission
from tests.support.commands import run_grade
from tests.support.course import ROOT, solution
from tests.support.mistaken import REFUSING

HALF_RIGHT = "tests/submissions/failed/half_right"


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def run(*arguments: str, check: int = 0, folder: Path = ROOT) -> str:
    done = run_grade(folder, *arguments)
    assert done.returncode == check, done.stderr
    assert "Traceback" not in done.stderr
    return " ".join((done.stdout + done.stderr).split())


def test_each_call_goes_one_step_further(cached_exam: None, exam: Callable[[int], Exam]) -> None:
    hints = next(exercise.hints for exercise in exam(0).exercises if exercise.name == "conv2d_params")
    for number in (0, 1, 2, 2):
        output = run("hint", "exercise3", "conv2d_params")
        assert f"Hint {number + 1} of 3: {' '.join(hints[number].split())}" in output
    assert "Hint 1 of 3" in run("hint", "exercise3", "conv2d_params", "--again")
    assert "Hint 1 of 3" in run("hint", "exercise3", "linear_params")


def test_misconception_comes_first(cached_exam: None) -> None:
    output = run("hint", "exercise3", "unet", HALF_RIGHT)
    assert output.startswith("UNet: 0/8 points What your answers show: The U-Net concatenates its skips")
    assert output.index("What your answers show") < output.index("Hint 1 of 3")
    assert f"Still stuck? `grade hint exercise3 unet {HALF_RIGHT}` gives hint 2." in output


def test_place_of_the_mistake_comes_first_and_then_the_kind_of_change(cached_exam: None, tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text(REFUSING, encoding="utf-8")
    arguments = "hint", "exercise3", "conv_output_size", str(tmp_path / "work.py"), "--explain-seconds", "60"
    first, second = run(*arguments), run(*arguments)
    place = "conv_output_size: work.py, line 5: with one small change here, all checks pass if stride > kernel_size:"
    assert place in first
    assert place in second
    assert "The change there" not in first
    assert "The change there: another name. Hint 2 of 3" in second


def test_right_work_gets_no_hint(cached_exam: None) -> None:
    output = run("hint", "exercise3", "conv_output_size", "solutions/exercise3")
    assert output == "conv_output_size: 5/5 points The exercise is complete and needs no hint."


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("conv_output", "did you mean conv_output_size?"),
        ("batchnorm", "batchnorm is a section; its exercises are BatchNorm2d,"),
    ],
)
def test_name_that_is_no_exercise_is_one_sentence(cached_exam: None, name: str, reason: str) -> None:
    assert reason in run("hint", "exercise3", name, check=2)


def test_lost_or_unwritable_memory_costs_no_hint(cached_exam: None, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    output = run("hint", "exercise3", "linear_params")
    assert output.index("Hint 1 of 3") < output.index("Hint 3 of 3")
    assert "All at once, since it cannot be remembered" in output


def test_each_course_remembers_its_own_hints(tmp_path: Path) -> None:
    write_hints_shown(tmp_path / "a", "exercise3", {"UNet": 2})
    write_hints_shown(tmp_path / "b", "exercise3", {"UNet": 1})
    assert read_hints_shown(tmp_path / "a", "exercise3") == {"UNet": 2}
    assert read_hints_shown(tmp_path / "c", "exercise3") == {}


def test_list_counts_what_passed_and_is_still_written(tmp_path: Path) -> None:
    course = tmp_path / "course"
    work = course / "exercises" / "exercise3"
    work.mkdir(parents=True)
    (course / "reference").symlink_to(ROOT / "reference")
    (work / "unet.py").write_text(solution("unet"), encoding="utf-8")
    write_passed(course, "exercise3", {**code_digests(read_submission(work), ["UNet", "Encoder"]), "gone": "0"})
    assert "exercise3 Convolutional networks, 2 of 32 exercises done" in run("list", folder=course)
    (work / "unet.py").write_bytes((ROOT / "exercises" / "exercise3" / "unet.py").read_bytes())
    assert "exercise3 Convolutional networks, 0 of 32 exercises done" in run("list", folder=course)


def test_list_shows_what_there_is_to_do(cached_exam: None) -> None:
    output = run("list", "exercise3")
    assert output.startswith("Convolutional networks: 32 exercises, 100 points and 25 of extra credit")
    assert "Data pipeline (data_pipeline.py), 8 points, extra credit" in output


def test_list_writes_one_point_in_the_singular() -> None:
    output = run("list", "exercise2")
    assert " 1 point, 2 checks" in output
    assert " 1 points" not in output


def test_next_is_the_first_assignment_that_is_begun_and_not_complete(tmp_path: Path) -> None:
    names = ["sheet1", "sheet2", "sheet3"]
    assert "`grade start sheet1`" in what_to_type(Course(tmp_path), names, [])
    for name in names[:2]:
        (tmp_path / "exercises" / name).mkdir(parents=True)
    assert "`grade sheet2` grades your work" in what_to_type(Course(tmp_path), names, ["sheet1"])
    assert "`grade start sheet3`" in what_to_type(Course(tmp_path), names, ["sheet1", "sheet2"])


def test_command_alone_lists_assignments_and_what_to_type(tmp_path: Path) -> None:
    assert run().endswith(
        "`grade exercise2` grades your work, `grade list exercise2` lists the exercises, `grade --help` all commands."
    )
    assert run() == run("list")
    assert run(folder=tmp_path).startswith("Usage: grade [OPTIONS] ASSIGNMENT [PATH]")
