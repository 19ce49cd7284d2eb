"""Students with equal wrong answers are a group, which an instructor can give a hint."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.classroom import groups_of, read_gradebook
from autograder.classroom.groups import group_name
from autograder.model import CheckResult, ExerciseResult
from tests.support.commands import run_grade
from tests.support.mistaken import REFUSING

HINT = "A stride may be larger than the kernel: some values are then left out, and that is fine."
OTHER = """
import math


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    assert kernel_size > 0 or 1
    if min(input_size, kernel_size, stride, dilation) < 1 or padding < 0 or kernel_size < stride:
        raise ValueError("a stride beyond the kernel")
    span = dilation * (kernel_size - 1) + 1
    if span > input_size + 2 * padding:
        raise ValueError("too large")
    return math.floor((input_size + 2 * padding - span) / stride) + 1
"""


@pytest.fixture
def results(small_course: Path, tmp_path: Path) -> Path:
    """The results of three students with one mistake, one with another, and one who is right."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    works = {
        "ada": REFUSING,
        "bob": REFUSING.replace("last", "left"),
        "carl": OTHER,
        "dora": REFUSING.replace("stride > kernel_size", "stride > 10"),
        "eve": REFUSING.replace("stride > kernel_size", "stride < 1"),
        "fay": REFUSING.replace("last // stride", "(last // stride"),
        "gus": REFUSING.replace("last // stride", "(last // stride"),
    }
    for name, text in works.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    done = run_grade(small_course, "batch", "exercise3", folder, "-o", tmp_path / "res", "--seed", "0")
    assert done.returncode == 0, done.stderr
    return tmp_path / "res"


def run(*arguments: object, check: int = 0) -> str:
    done = run_grade(Path.cwd(), *arguments)
    assert done.returncode == check, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def name_of_group(results: Path) -> str:
    found = re.search(r"^(\w{8})  3 students: conv_output_size$", run("groups", results), re.MULTILINE)
    assert found
    return found[1]


def test_equal_answers_are_one_group(results: Path) -> None:
    output = run("groups", results)
    assert "expected 4, got" not in output
    assert "raised ValueError: the stride is too large" in output or "a stride beyond" in output
    assert "ada, bob" in output
    assert "1 group of at least 2 students" in output
    assert "| " in output  # two definitions side by side


def test_code_without_answers_is_in_no_group(results: Path) -> None:
    output = run("groups", results)
    assert "fay" not in output
    assert "Left out, since the code gives no answers: 2 exercises with a syntax error" in output
    stopped = CheckResult("one", "One", "stopped", 0, 1, "half(2) took longer than 10 s")
    stub = CheckResult("two", "Two", "raised", 0, 1, "half calls third, which is not started")
    wrong = CheckResult("three", "Three", "failed", 0, 1, "half(2): expected 1, got 4")
    names = [
        group_name(ExerciseResult("half", 0, 1, 0.0, checks, "half.py"))
        for checks in ((stopped,), (stub, wrong), (stopped, wrong), (wrong,))
    ]
    assert names[:2] == ["", ""]
    assert names[2] == names[3] != ""


def test_messages_of_the_students_do_not_separate_them(results: Path) -> None:
    largest = groups_of(read_gradebook(results).entries)[0]
    assert largest.students == ("ada", "bob", "carl")
    assert len(largest.sources) == 2


def test_hint_of_the_instructor_is_on_all_their_pages(results: Path) -> None:
    group = name_of_group(results)
    (results / "hints.csv").write_text(f'group,sentence\n{group},"{HINT}"\n', encoding="utf-8")
    run("export", results, "--format", "html")
    for key in "ada", "bob", "carl":
        assert (results / f"report/students/{key}.html").read_text(encoding="utf-8").count(HINT) == 1
    for key in "dora", "eve":
        assert HINT not in (results / f"report/students/{key}.html").read_text(encoding="utf-8")
    assert f"hint: {HINT}" in run("groups", results)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,hint\n", "line 1: the first line must name the columns: group,sentence"),
        ("group,sentence\nabc\n", "line 2: a hint needs a group and a sentence"),
        ("group,sentence\n1234,Think, again.\n", "line 2: a hint needs a group and a sentence"),
        ('group,sentence\n1234,"Think again.\n', "line 2: unexpected end of data"),
        ("group,sentence\n1234,Think.\n1234,Again.\n", "line 3: the group 1234 has a hint already"),
    ],
)
def test_hints_that_cannot_be_used_are_a_sentence(results: Path, text: str, sentence: str) -> None:
    (results / "hints.csv").write_text(text, encoding="utf-8")
    assert sentence in run("export", results, "--format", "html", check=2)


def test_hint_for_a_group_that_is_not_there_is_named(results: Path) -> None:
    (results / "hints.csv").write_text("group,sentence\nabcd1234,Think again.\n", encoding="utf-8")
    sentence = "hints.csv has hints for groups that nobody is in: abcd1234."
    assert sentence in run("groups", results)
    assert sentence in run("export", results, "--format", "html")


def test_group_becomes_the_stub_of_a_misconception(results: Path) -> None:
    group = name_of_group(results)
    stub = run("groups", results, "--as-misconception", group)
    assert f"@misconception(conv_output_size)\ndef conv_output_size_{group}(input_size" in stub
    compile(stub, "stub", "exec")
    assert "There is no group 'nobody'" in run("groups", results, "--as-misconception", "nobody", check=2)


def test_place_of_an_error_does_not_separate_students_and_what_is_missing_is_no_group() -> None:
    def result(place: str, feedback: str = "half(3) raised TypeError: no") -> ExerciseResult:
        check = CheckResult("odd", "Odd", "raised", 0.0, 1.0, f"{feedback}\n{place}")
        return ExerciseResult("half", 0.0, 1.0, 0.1, (check,), "work.py")

    names = {
        group_name(result("at a.py, line 3: return 1")),
        group_name(result("at helpers.py, line 9: x\ncalled at b.py, line 7: return f(1)")),
    }
    assert len(names) == 1
    assert names != {""}
    assert group_name(result("", "there is no `half`")) == ""


def test_report_shows_the_groups(results: Path) -> None:
    page = (results / "report/index.html").read_text(encoding="utf-8")
    assert '<b class="count">3</b>\n<details><summary><code>conv_output_size</code>' in page
