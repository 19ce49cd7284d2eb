"""A release can hide which answers to a quiz are right for some attempts, in each form that a student reads."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.cell import check, hint
from autograder.cli.watch.events import ExerciseGraded, GradingFinished
from autograder.cli.watch.grader import Grader
from autograder.cli.watch.state import first_state
from autograder.cli.watch.update import update
from autograder.cli.watch.view import screen_lines
from autograder.course import Course
from autograder.exam import exam_for, load_sealed_exam
from autograder.grading import CheckJudged, grade
from autograder.handout import hide_quizzes, write_release
from autograder.handout.quiz import with_attempt
from autograder.handout.student_progress import read_attempts
from autograder.model import ExerciseResult, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.commands import run_grade
from tests.support.submissions import write_all

COURSE = {
    "exercises/sheet/quiz.py": '"""Quiz"""\n\n# YOUR CODE HERE\nanswers = ...\n',
    "solutions/sheet/quiz.py": '"""Quiz"""\n\n### BEGIN SOLUTION\nanswers = {"a": "x", "b": "y", "c": "z"}\n'
    "### END SOLUTION\n",
    "reference/sheet/__init__.py": '"""A sheet"""\n\nsections = ("quiz",)\n',
    "reference/sheet/quiz.py": '''"""Quiz"""

from autograder.author import case, check, value, variable, wrong_value

answers = variable("answers", {"a": "x", "b": "y", "c": "z"}, points=3, hints="Draw an example.\\n\\nIn the chapter.")


@check(answers, points=1, ask=value(key="a"))
def first(draw):
    """The first answer"""
    yield case()


@check(answers, points=1, ask=value(key="b"))
def second(draw):
    """The second answer"""
    yield case()


@check(answers, points=1, ask=value(key="c"))
def third(draw):
    """The third answer"""
    yield case()


wrong = wrong_value(answers, {"a": "x", "b": "w", "c": "z"}, "A hint on w.")
''',
}
ONE_RIGHT = 'answers = {"a": "x", "b": "w", "c": "w"}'
OTHERS = 'answers = {"a": "v", "b": "w", "c": "w"}', 'answers = {"a": "x", "b": "w", "c": "v"}'
SENTENCE = "1 of 3 answers is right. Which ones are right is shown from attempt 3 on, and this is attempt 1."
MARKS = "first answer", "second answer", "A hint on w", "expected '", "&#39;y&#39;"  # of which none may be shown

Release = Callable[[int], Path]
Show = Callable[[str], ExerciseResult]


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(write_all(tmp_path / "course", COURSE))


@pytest.fixture
def release(tmp_path: Path, course: Course) -> Release:
    """`release(2)`: the folder of a student, whose quiz shows its verdicts after two attempts."""

    def make(quiz_after: int) -> Path:
        write_release(course, exam_for(course, "sheet", 0), tmp_path / "work", quiz_after)
        return tmp_path / "work"

    return make


@pytest.fixture
def show(sandbox: Sandbox, release: Release) -> Show:
    """What a student sees of these answers, where two attempts hide the verdicts."""
    folder = release(2)
    exam = load_sealed_exam(folder / "sheet.exam")

    def shown(work: str) -> ExerciseResult:
        graded = grade(exam, Submission("student", (SourceFile("quiz.py", (work,)),)), sandbox)
        return hide_quizzes(graded, exam, folder).sections[0].exercises[0]

    return shown


def hides(result: ExerciseResult) -> bool:
    return any(one.verdict == "not shown" for one in result.checks)


def test_first_attempts_show_only_how_many_answers_are_right(show: Show) -> None:
    result = show(ONE_RIGHT)
    (summary,) = result.checks
    assert (result.earned, result.points, summary.earned, summary.points) == (1, 3, 1, 3)
    assert summary.feedback == f"{SENTENCE} Think again, change answers, and grade again."
    assert (summary.title, summary.hint, summary.given) == ("All questions are answered", "", "")


def test_attempt_after_those_shows_each_verdict(show: Show) -> None:
    assert [hides(show(work)) for work in (ONE_RIGHT, *OTHERS)] == [True, True, False]
    assert not hides(show(ONE_RIGHT))


def test_same_answers_are_one_attempt(show: Show) -> None:
    spaced = '# once more\nanswers = dict(c=" W ", b="w", a="x")'
    assert [hides(show(work)) for work in (ONE_RIGHT, spaced, ONE_RIGHT, ONE_RIGHT)] == [True] * 4


@pytest.mark.parametrize("work", ["answers = ...", "answers = {}", 'answers = {"a": None, "b": None, "c": None}'])
def test_nothing_answered_is_no_attempt(show: Show, release: Release, tmp_path: Path, work: str) -> None:
    assert not hides(show(work))
    assert read_attempts(tmp_path / "work", "sheet", "answers") == []


def test_unanswered_questions_are_named(show: Show) -> None:
    summary, *missing = show('answers = {"a": "w"}').checks
    assert (summary.title, summary.verdict) == ("1 of 3 questions is answered", "not shown")
    assert [one.feedback for one in missing] == [
        f"there is no answer to question {key}: add it to `answers`" for key in "bc"
    ]


def test_right_answers_are_shown_at_once(show: Show) -> None:
    result = show('answers = {"a": "x", "b": "y", "c": "z"}')
    assert [one.verdict for one in result.checks] == ["passed"] * 3


A, AB, AC, B = {"1": "a"}, {"1": "a", "2": "b"}, {"1": "a", "2": "c"}, {"2": "b"}


@pytest.mark.parametrize(
    ("given", "attempts"),
    [
        ([A, AB], [AB]),
        ([AB, A], [AB]),
        ([A, AB, AC], [AB, AC]),
        ([A, B, AB], [AB, B]),
        ([AB, AB], [AB]),
    ],
    ids=["answered more", "answered less", "another option", "two become one", "again"],
)
def test_attempt_may_grow(given: list[dict[str, str]], attempts: list[dict[str, str]]) -> None:
    kept: list[Any] = []
    for answers in given:
        kept = with_attempt(kept, answers)
    assert kept == attempts


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b'{"version": 9}', b'{"WORK:sheet": {"version": 1, "attempts": {"answers": 3}}}']
)
def test_unreadable_attempts_count_again(show: Show, tmp_path: Path, content: bytes) -> None:
    show(ONE_RIGHT)
    file = tmp_path / "state/torchgrade/quiz.json"
    file.write_bytes(content.replace(b"WORK", str((tmp_path / "work").resolve()).encode()))
    assert SENTENCE in show(ONE_RIGHT).checks[0].feedback


def test_attempts_that_cannot_be_stored_are_explained(show: Show, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    assert "Attempts cannot be counted on this computer: " in show(ONE_RIGHT).checks[0].feedback


@pytest.mark.parametrize("quiz_after", [0, 2])
def test_commands_hide_what_the_release_says(release: Release, quiz_after: int) -> None:
    folder = release(quiz_after)
    (folder / "exercises/sheet/quiz.py").write_text(ONE_RIGHT, encoding="utf-8")
    page, data = folder / "page.html", folder / "grade.json"
    runs = [
        run_grade(folder, "sheet", "--html", page, "--json", data),
        run_grade(folder, "sheet", "--verbose"),
        run_grade(folder, "sheet", "--json", "-"),
        run_grade(folder, "hint", "sheet", "answers"),
        run_grade(folder, "repro", "sheet", "answers"),
    ]
    outputs = [f"{done.stdout}{done.stderr}" for done in runs]
    outputs += [page.read_text(encoding="utf-8"), data.read_text(encoding="utf-8")]
    for text in (" ".join(output.split()) for output in outputs):
        assert (SENTENCE in text) == bool(quiz_after)
        assert "Traceback" not in text
        assert not quiz_after or [mark for mark in MARKS if mark in text] == []
    assert json.loads(outputs[-1])["earned"] == 1
    assert "Draw an example." in outputs[3]


def test_release_takes_the_number_of_attempts(course: Course, tmp_path: Path) -> None:
    assert run_grade(course.folder, "stubs", "sheet").returncode == 0
    assert run_grade(course.folder, "release", "sheet", tmp_path / "out", "--quiz-after", 3).returncode == 0
    assert load_sealed_exam(tmp_path / "out/sheet.exam").quiz_after == 3
    assert "is not in the range" in run_grade(course.folder, "release", "sheet", "x", "--quiz-after", -1).stderr


def test_watch_shows_no_verdict_of_a_hidden_quiz(sandbox: Sandbox, release: Release) -> None:
    folder = release(2)
    work = folder / "exercises/sheet"
    (work / "quiz.py").write_text(ONE_RIGHT, encoding="utf-8")
    course, exam = Course(folder), load_sealed_exam(folder / "sheet.exam")
    state = first_state(exam, frozenset(), True)
    grader = Grader(course, work, sandbox, state, search_seconds=5.0)
    events = list(itertools.takewhile(lambda event: not isinstance(event, GradingFinished), grader.events()))
    assert not [event for event in events if isinstance(event, CheckJudged)]
    assert any(isinstance(event, ExerciseGraded) for event in events)
    for event in events:
        state = update(state, event, course)
    screen = " ".join(" ".join(line for line, _ in screen_lines(replace(state, size=(80, 40)))).split())
    assert SENTENCE in screen
    assert "1/3" in screen
    assert [mark for mark in MARKS if mark in screen] == []


def test_notebook_hides_and_counts_too(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release(2))
    first, advice, total = (ask(ONE_RIGHT, last) for last in ('check("answers")', 'hint("answers")', "check()"))
    for text in (str(first), first.html, str(advice), advice.html):
        assert SENTENCE in " ".join(text.split())
        assert [mark for mark in MARKS if mark in text] == []
    assert (repr(first), float(total)) == ("1.0", 1.0)
    second, third = (str(ask(work, 'check("answers")')) for work in OTHERS)
    assert "this is attempt 2" in second
    assert "A hint on w" in third


def ask(work: str, last: str) -> Any:
    """What the last line of a notebook gives that has run the work before."""
    namespace: dict[str, Any] = {"check": check, "hint": hint}
    exec(compile(work, "cell", "exec"), namespace)
    return eval(last, namespace)
