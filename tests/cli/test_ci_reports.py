"""`grade ASSIGNMENT` for servers that run it: annotations and summary of GitHub, JUnit, and Classroom 50."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.model import CheckResult, ExerciseResult, Grade, Isolation, Repair, SectionResult
from autograder.reports import classroom50
from autograder.reports.github import summary, workflow_commands
from tests.support.commands import run_grade
from tests.support.course import HALF_RIGHT

RUNNER = {
    "CLASSROOM": "nets",
    "ASSIGNMENT": "exercise3",
    "SUBMISSION_TAG": "submit/1",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
}


def grade_of(*exercises: ExerciseResult, extra: bool = False) -> Grade:
    earned, points = sum(one.earned for one in exercises), sum(one.points for one in exercises)
    section = SectionResult("s", "S", extra, earned, points, exercises)
    return Grade("exercise7", "ada", earned, points, 0.0, Isolation("full"), 7, "d", {}, 1.0, (section,))


def exercise(name: str, verdict: str, feedback: str = "", repair: Repair | None = None) -> ExerciseResult:
    earned = 0.75 if verdict == "passed" else 0.0
    check = CheckResult("c", f"{name} | holds", verdict, earned, 0.75, feedback, hint="Look *here*.")  # type: ignore[arg-type]
    return ExerciseResult(name, earned, 0.75, 1.0, (check,), "a,b.py", repair)


PLACE = Repair("a,b.py", 14, "x = y", 0, 5, "operator", 1)


def test_annotation_stands_at_the_line_of_the_mistake() -> None:
    (line,) = workflow_commands(
        grade_of(exercise("f", "failed", "got 100 %\nnot 1", PLACE), exercise("g", "passed")), "work/x"
    )
    assert line.startswith("::error file=work/x/a%2Cb.py,line=14,title=f::")
    assert "got 100 %25%0Anot 1" in line
    assert "\n" not in line


def test_annotation_without_a_place_names_the_file() -> None:
    (line,) = workflow_commands(grade_of(exercise("f", "raised", "no")), ".")
    assert line.startswith("::error file=a%2Cb.py,title=f::")
    notebook = replace(exercise("f", "raised", "no"), file="n.ipynb", repair=replace(PLACE, file="n.ipynb cell 3"))
    (line,) = workflow_commands(grade_of(notebook), ".")
    assert line.startswith("::error file=n.ipynb,title=f::")


def test_syntax_error_is_annotated_at_its_line_and_noted_on_one() -> None:
    broken = replace(exercise("f", "raised", "`f` could not be read: b.py, line 45: invalid syntax"), file="b.py")
    (line,) = workflow_commands(grade_of(broken), ".")
    assert line.startswith("::error file=b.py,line=45,title=f::")
    (line,) = workflow_commands(grade_of(replace(broken, file="n.ipynb cell 3")), ".")
    assert line.startswith("::error file=n.ipynb,title=f::")
    note = "a.py, line 45: invalid syntax\nretrun 5 5\n       ^\nline 45 is left out, and the rest is graded"
    text = summary(replace(grade_of(broken), notes=(note,)))
    assert "- a.py, line 45: invalid syntax; line 45 is left out, and the rest is graded" in text.splitlines()


def test_student_can_give_no_commands_and_no_markdown() -> None:
    hostile = exercise("f", "failed", "x\n::set-output name=a::b\n```\n<script>\n# Title\x1b[2J")
    (line,) = workflow_commands(grade_of(hostile), "a\nb")
    assert "\n" not in line
    text = summary(grade_of(hostile))
    assert "    <script>" in text.splitlines()  # in a block of code
    assert "\x1b" not in text
    assert "f \\| holds" in text
    assert "Look \\*here\\*." in text


def test_summary_names_the_points_and_the_state_of_each_exercise() -> None:
    absent = ExerciseResult("h", 0.0, 1.0, 0.0, (replace(exercise("h", "raised").checks[0], points=1.0),))
    text = summary(grade_of(exercise("f", "failed", "no"), exercise("g", "passed"), absent))
    assert "exercise7: 0.75 of 2.5 points" in text
    assert "| `f` | 0 / 0.75 | needs work |" in text
    assert "| `g` | 0.75 / 0.75 | right |" in text
    assert "| `h` | 0 / 1 | not in the files |" in text


def test_classroom50_has_integers_in_the_right_proportion() -> None:
    found = json.loads(classroom50.result(grade_of(exercise("f", "failed", "no"), exercise("g", "passed")), RUNNER))
    assert found["schema"] == "classroom50/result/v1"
    assert (found["score"], found["max-score"]) == (3, 6)
    assert [(one["test-name"], one["passed"], one["score"]) for one in found["tests"]] == [
        ("f", False, 0),
        ("g", True, 3),
    ]
    assert found["review"] == RUNNER["COMMIT_URL"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["datetime"])
    assert json.loads(classroom50.result(grade_of(exercise("f", "passed"), extra=True), RUNNER))["tests"] == []


def test_classroom50_names_what_its_runner_sets() -> None:
    with pytest.raises(UserError, match="SUBMISSION_TAG"):
        classroom50.result(grade_of(), {**RUNNER, "SUBMISSION_TAG": ""})


def test_command_writes_all_of_them(small_course: Path, tmp_path: Path) -> None:
    work = tmp_path / "my work"
    work.mkdir()
    (work / "output_size.py").write_bytes((HALF_RIGHT / "output_size.py").read_bytes())
    (tmp_path / "summary.md").write_text("before\n", encoding="utf-8")
    done = run_grade(
        small_course,
        *("exercise3", work, "--github", "--junit", tmp_path / "junit.xml", "--classroom50", tmp_path / "result.json"),
        GITHUB_WORKSPACE=str(tmp_path),
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"),
        **RUNNER,
    )
    assert done.returncode == 0, done.stderr
    assert "::error file=my work/output_size.py" in done.stdout
    text = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert text.startswith("before\n## exercise3: ")
    cases = ET.parse(tmp_path / "junit.xml").findall(".//testcase")
    assert any(case.find("failure") is not None for case in cases)
    found = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert 0 < found["score"] < found["max-score"]


def test_what_cannot_be_written_is_said_before_grading(small_course: Path, tmp_path: Path) -> None:
    for option in ("--junit", "--classroom50"):
        done = run_grade(small_course, "exercise3", HALF_RIGHT, option, tmp_path / "no/such/folder/file")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
