"""A release grades like the course it comes from, and holds nothing of the reference or the solutions."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.exam.codec import ExamFileError, decode_exam, encode_exam, load_exam
from autograder.exam.seal import load_sealed_exam, seal
from autograder.exam.subset import only, without_training
from autograder.grading import grade
from autograder.handout.release import ReleaseError, write_release
from autograder.model import CheckResult, Exam, Grade
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission
from tests.support.course import EXERCISES, HALF_RIGHT, ROOT, SOLUTIONS
from tests.support.results import checks_of


@pytest.fixture(scope="module")
def released(exam: Callable[[int], Exam], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hand out") / "exercise 3"
    write_release(Course(ROOT), exam(0), folder)
    return folder


def without_attempts(result: Grade) -> list[CheckResult]:
    return [replace(check, attempts=()) for check in checks_of(result)]


def grade_in(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=os.environ, check=False)


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


def test_nothing_of_solutions_or_reference_is_in_it(released: Path) -> None:
    contents = {path: unpacked(path.name, path.read_bytes()) for path in released.rglob("*") if path.is_file()}
    given = b"\n".join(data for path, data in contents.items() if path.suffix == ".py")
    secret = {line for line in solution_lines() if line.encode() not in given} | set(reference_statements())
    assert len(secret) > 300
    found = {line for line in secret if any(line.encode() in data for data in contents.values())}
    assert found == set()
    assert not any(part in ("reference", "solutions") for path in contents for part in path.relative_to(released).parts)


def unpacked(name: str, data: bytes) -> bytes:
    """What a file holds, an exam as it is before it is compressed."""
    if not name.endswith(".exam"):
        return data
    frame = encode_exam(decode_exam(data, name))
    assert len(frame) > 2 * len(data)
    assert b"BatchNorm, ReLU" in frame  # a hint of a misconception can be read
    return frame


def solution_lines() -> list[str]:
    """The lines between the marks that are long enough to mean something."""
    lines = []
    for path in (SOLUTIONS).glob("*.py"):
        inside = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if "### " in line:
                inside = "BEGIN" in line
            elif inside and len(line.strip()) > 25:
                lines.append(line.strip())
    return lines


def reference_statements() -> list[str]:
    """The returns of the reference, one line each."""
    lines = []
    for path in (ROOT / "reference/exercise3").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            segment = ast.get_source_segment(text, node) if isinstance(node, ast.Return) else None
            if segment and len(segment) > 30 and "\n" not in segment:
                lines.append(segment)
    return lines


def test_grade_works_in_the_folder(released: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(released, tmp_path / "student's folder")
    done = grade_in(folder, "exercise3", "--only", "output_size")
    assert done.returncode == 0
    assert "Next: start with conv_output_size" in done.stdout
    shutil.copy(SOLUTIONS / "output_size.py", folder / "exercises/exercise3")
    assert "12/12 points" in grade_in(folder, "exercise3", "--only", "output_size").stdout


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:100_000]), "is no exam, or not all of it"),
        (lambda path: path.write_text("hello"), "is no exam, or not all of it"),
        (
            lambda path: path.write_bytes(encode_exam(load_exam(path)).replace(b'"schema"', b'"Schema"', 1)),
            "is no exam",
        ),
    ],
    ids=["cut in half", "text", "another format"],
)
def test_exam_that_cannot_be_read_is_one_sentence(
    released: Path, tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    folder = shutil.copytree(released, tmp_path / "work")
    spoil(folder / "exercise3.exam")
    done = grade_in(folder, "exercise3")
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_exam_of_another_version_tells_which(exam: Callable[[int], Exam], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(only(exam(0), ["output_size"]), versions={"torchgrade": "9.1"})
    frame = encode_exam(seal(asked))
    monkeypatch.setattr("autograder.exam.codec.SCHEMA", 99)
    with pytest.raises(ExamFileError, match=r"was made by torchgrade 9\.1, which this torchgrade .* cannot read"):
        decode_exam(frame, "exercise3.exam")


def test_exam_of_another_minor_version_is_refused(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    asked = seal(replace(only(exam(0), ["output_size"]), versions={"torchgrade": "9.1.2"}))
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    (tmp_path / "exercise3.exam").write_bytes(encode_exam(asked))
    done = grade_in(tmp_path, "exercise3")
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


def test_folder_with_something_in_it_is_not_touched(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(ReleaseError, match="is not an empty folder"):
        write_release(Course(ROOT), exam(0), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_unsealed_exam_is_not_taken_for_a_sealed_one(exam: Callable[[int], Exam], tmp_path: Path) -> None:
    (tmp_path / "exercise3.exam").write_bytes(encode_exam(exam(0)))
    with pytest.raises(ExamFileError, match="is not the sealed exam of exercise3"):
        load_sealed_exam(tmp_path / "exercise3.exam")


def test_sealed_exam_draws_no_new_questions(released: Path) -> None:
    done = grade_in(released, "exercise3", "--seed", 3)
    assert done.returncode == 2
    assert "--seed and --data need the reference" in done.stderr


def test_sealed_exam_of_an_assignment_without_hidden_checks_is_the_live_one(
    released: Path, exam: Callable[[int], Exam]
) -> None:
    sealed = load_sealed_exam(released / "exercise3.exam")
    assert not any(check.hidden for exercise in exam(0).exercises for check in exercise.checks)
    live = decode_exam(encode_exam(exam(0)), "live")  # read again, as the sealed one was
    assert encode_exam(replace(_same_points(sealed), sealed=False, stubs={})) == encode_exam(_same_points(live))


def _same_points(exam: Exam) -> Exam:
    """The exam with what its exercises are worth told as floats, as a sum is."""
    sections = (
        replace(section, exercises=tuple(replace(e, points=float(e.points), full=0.0) for e in section.exercises))
        for section in exam.sections
    )
    return replace(exam, sections=tuple(sections))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    environment = {**os.environ, "PYTHON": sys.executable}
    subprocess.run([ROOT / ".ci/wheel", folder], env=environment, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_the_engine_and_the_sealed_exam(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].rpartition(".")[2] for name in names} == {"autograder", "dist-info"}
    assert [
        name for name in names if not name.endswith((".py", ".html", ".css", ".js")) and "dist-info" not in name
    ] == ["autograder/py.typed", "autograder/handout/exercise3.exam"]


def test_nothing_of_solutions_or_reference_is_in_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    contents = [unpacked(name, archive.read(name)) for name in archive.namelist()]
    given = b"\n".join(path.read_bytes() for path in (EXERCISES).glob("*.py"))
    secret = {line for line in [*solution_lines(), *reference_statements()] if line.encode() not in given}
    assert {line for line in secret if any(line.encode() in data for data in contents)} == set()


def test_wheel_is_enough_for_an_evening(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    folder = tmp_path / "an evening"
    folder.mkdir()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "autograder.cli", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)

    assert run("start", "exercise3").returncode == 0
    assert not list(folder.glob("*.exam"))
    shutil.copy(SOLUTIONS / "output_size.py", folder / "exercises/exercise3")
    done = run("exercise3", "--only", "output_size")
    assert "12/12 points" in done.stdout, done.stderr
