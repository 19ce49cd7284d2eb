"""A sealed exam gives the verdicts of the live one, holds no hidden check, and is refused where it cannot be read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.exam.codec import ExamFileError, decode_exam, encode_exam, load_exam
from autograder.exam.seal import load_sealed_exam, seal
from autograder.exam.subset import only, without_training
from autograder.grading import grade
from autograder.model import CheckResult, Exam, ExamExercise, Grade
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission
from tests.support.commands import run_grade
from tests.support.course import HALF_RIGHT, ROOT, SOLUTIONS
from tests.support.results import checks_of


def without_attempts(result: Grade) -> list[CheckResult]:
    return [replace(check, attempts=()) for check in checks_of(result)]


@pytest.mark.parametrize("work", [HALF_RIGHT, SOLUTIONS], ids=["half right", "solutions"])
def test_sealed_exam_gives_the_same_verdicts(
    released: Path, exam: Callable[[int], Exam], sandbox: Sandbox, work: Path
) -> None:
    live, sealed = exam(0), load_sealed_exam(released / "exercise3.exam")
    submission = read_submission(work)
    left, right = (grade(without_training(one), submission, sandbox) for one in (live, sealed))
    assert without_attempts(left) == without_attempts(right)


def test_sealed_exam_knows_every_misconception(released: Path, exam: Callable[[int], Exam]) -> None:
    sealed = load_sealed_exam(released / "exercise3.exam")
    for one, other in zip(exam(0).exercises, sealed.exercises, strict=True):
        assert [(wrong.name, wrong.hint, set(wrong.answers)) for wrong in one.misconceptions] == [
            (wrong.name, wrong.hint, set(wrong.answers)) for wrong in other.misconceptions
        ]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:100_000]), "is not a whole exam"),
        (lambda path: path.write_text("hello"), "is not a whole exam"),
        (
            lambda path: path.write_bytes(encode_exam(load_exam(path)).replace(b'"schema"', b'"Schema"', 1)),
            "is not a whole exam",
        ),
    ],
    ids=["cut in half", "text", "another format"],
)
def test_exam_that_cannot_be_read_is_one_sentence(
    released: Path, tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    folder = shutil.copytree(released, tmp_path / "work")
    spoil(folder / "exercise3.exam")
    done = run_grade(folder, "exercise3")
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_exam_of_another_version_names_it(exam: Callable[[int], Exam], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(only(exam(0), ["output_size"]), versions={"torchgrade": "9.1"})
    frame = encode_exam(seal(asked))
    monkeypatch.setattr("autograder.exam.codec.SCHEMA", 99)
    with pytest.raises(ExamFileError, match=r"was made by torchgrade 9\.1, which this torchgrade .* cannot read"):
        decode_exam(frame, "exercise3.exam")


def test_exam_of_another_minor_version_is_refused(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    asked = seal(replace(only(exam(0), ["output_size"]), versions={"torchgrade": "9.1.2"}))
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    (tmp_path / "exercise3.exam").write_bytes(encode_exam(asked))
    done = run_grade(tmp_path, "exercise3")
    assert done.returncode == 2
    assert "was made by torchgrade 9.1.2, and this is torchgrade" in done.stderr
    assert "pip install 'torchgrade==9.1.*'" in done.stderr


def test_version_that_is_no_text_is_refused(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    asked = seal(replace(only(exam(0), ["output_size"]), versions={"torchgrade": 9}))  # type: ignore[dict-item]  # a doctored file
    (tmp_path / "exercise3.exam").write_bytes(encode_exam(asked))
    with pytest.raises(ExamFileError, match="was made by torchgrade 9, and this is"):
        load_sealed_exam(tmp_path / "exercise3.exam")


def test_hidden_checks_are_left_out(exam: Callable[[int], Exam]) -> None:
    asked = only(exam(0), ["SimpleCNN"])
    section = asked.sections[0]
    (exercise,) = section.exercises
    hidden = next(check for check in exercise.checks if any(check.name in other.needs for other in exercise.checks))
    checks = tuple(
        replace(check, hidden=check is hidden, counts_with=() if check is hidden else (hidden.name,))
        for check in exercise.checks
    )
    secret = replace(exercise.misconceptions[0], name="secret", answers={hidden.name: ()})
    part = replace(
        section, exercises=(replace(exercise, checks=checks, misconceptions=(*exercise.misconceptions, secret)),)
    )
    (sealed,) = seal(replace(asked, sections=(part,))).exercises
    assert hidden.name not in {check.name for check in sealed.checks}
    assert hidden.name not in {name for check in sealed.checks for name in check.needs}
    assert hidden.name not in {name for check in sealed.checks for name in check.counts_with}
    assert hidden.name not in {name for wrong in sealed.misconceptions for name in wrong.answers}
    assert all(wrong.answers for wrong in sealed.misconceptions)
    assert sealed.points == exercise.points - hidden.points


def test_unsealed_exam_is_not_taken_for_a_sealed_one(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    (tmp_path / "exercise3.exam").write_bytes(encode_exam(exam(0)))
    with pytest.raises(ExamFileError, match="is not the sealed exam of exercise3"):
        load_sealed_exam(tmp_path / "exercise3.exam")


def test_sealed_exam_draws_no_new_questions(released: Path) -> None:
    done = run_grade(released, "exercise3", "--seed", 3)
    assert done.returncode == 2
    assert "--seed and --data need the reference" in done.stderr


def with_float_points(exercise: ExamExercise) -> ExamExercise:
    return replace(exercise, points=float(exercise.points), full_points=0.0)


def with_points_as_floats(exam: Exam) -> Exam:
    """The exam with the points of its exercises as floats, as a sum is."""
    sections = (
        replace(section, exercises=tuple(map(with_float_points, section.exercises))) for section in exam.sections
    )
    return replace(exam, sections=tuple(sections))


def test_sealed_exam_of_an_assignment_without_hidden_checks_is_the_live_one(
    released: Path, exam: Callable[[int], Exam]
) -> None:
    sealed = load_sealed_exam(released / "exercise3.exam")
    assert not any(check.hidden for exercise in exam(0).exercises for check in exercise.checks)
    live = decode_exam(encode_exam(exam(0)), "live")  # read again, as the sealed one was
    assert encode_exam(replace(with_points_as_floats(sealed), sealed=False, stubs={})) == encode_exam(
        with_points_as_floats(live)
    )
