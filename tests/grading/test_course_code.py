"""A course's own probes, comparators, measures and builders work from the exam alone, and run only in a sandbox."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.build import build_exam
from autograder.exam.codec import decode_exam, encode_exam
from autograder.grading import course_code, grade
from autograder.judge.faults import CANNOT_COMPARE
from autograder.model import CheckResult, Exam, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.submissions import write_all

PROBES = '''"""Asked in our own way."""

import os

from autograder.sandbox.inside.toolbox import NEEDED, builder, call_target, probe


@probe
def called_twice(target, question, *, plus=NEEDED):
    """Two results in a row, and a number."""
    return [call_target(target, question), call_target(target, question), plus]


@builder
def square(x):
    return x * x


@builder
class Recorder:
    def __init__(self, first):
        self.seen = [first]

    def __call__(self, value):
        self.seen.append(value)

    def state(self):
        return self.seen
'''
JUDGING = '''"""Judged in our own way."""

import os

from autograder.judge.rules import comparator, measure, predicate


@comparator
def at_least(expected, actual, *, slack=0):
    """Each number is at least the expected one, less the slack."""
    if not isinstance(actual, list) or len(actual) != len(expected):
        return "that is no list of this length"
    low = [one for one, right in zip(actual, expected) if one < right - slack]
    return f"{low[0]} is too low, and the student {os.environ.get('STUDENT')}" if low else None


@predicate
def even(answer):
    """the number is even"""
    return answer % 2 == 0
'''
REFERENCE = '''"""Numbers"""

from autograder.author import call, case, check, make, reference

from .judging import at_least, even
from .probes import Recorder, called_twice, square


@reference(points=3)
def apply(function, x, callback=None):
    """What does the function make of x?"""
    if callback is not None:
        callback(x)
    return function(x)


@check(apply, points=1, ask=called_twice(plus=4), compare=at_least(slack=1))
def at_least_the_square(draw):
    """The result is at least the square"""
    yield case(square, 3)


@check(apply, points=1, compare=even)
def is_even(draw):
    """The square of an even number is even"""
    yield case(square, 4)


@check(apply, points=1, ask=call(watch=["callback"]))
def callback_is_called(draw):
    """The callback gets x"""
    yield case(square, 2, callback=make(Recorder, 7))
'''
RIGHT = "def apply(function, x, callback=None):\n    callback and callback(x)\n    return function(x)\n"


@pytest.fixture
def course(tmp_path: Path) -> Callable[..., Course]:
    """The small course, with some of its texts changed."""

    def made(probes: str = PROBES, judging: str = JUDGING, numbers: str = REFERENCE) -> Course:
        contents = '"""Numbers"""\n\nsections = ("numbers",)\n'
        files = {"__init__.py": contents, "numbers.py": numbers, "probes.py": probes, "judging.py": judging}
        write_all(tmp_path / "reference/sheet", files)
        return Course(tmp_path)

    return made


def loaded(course: Course) -> Exam:
    """The exam of the course as another machine gets it: from a file, without the reference."""
    exam = decode_exam(encode_exam(build_exam(course, "sheet", 0, "", {})), "a file")
    for name in [name for name in sys.modules if name.startswith("reference_sheet")]:
        del sys.modules[name]
    for path in course.reference("sheet").glob("*.py"):
        path.unlink()
    return exam


def graded(exam: Exam, sandbox: Sandbox, text: str = RIGHT) -> dict[str, CheckResult]:
    result = grade(exam, Submission("student", (SourceFile("numbers.py", (text,)),)), sandbox)
    return {check.name: check for check in result.sections[0].exercises[0].checks}


def test_right_work_passes_by_the_exam_alone(course: Callable[..., Course], sandbox: Sandbox) -> None:
    assert {name: one.verdict for name, one in graded(loaded(course()), sandbox).items()} == {
        "at_least_the_square": "passed",
        "is_even": "passed",
        "callback_is_called": "passed",
    }


def test_builders_come_without_a_probe_of_the_course(course: Callable[..., Course], sandbox: Sandbox) -> None:
    numbers = REFERENCE.replace("ask=called_twice(plus=4), compare=at_least(slack=1)", "compare=even")
    numbers = numbers.replace("yield case(square, 3)", "yield case(square, 6)")
    checks = graded(loaded(course(numbers=numbers)), sandbox)
    assert {one.verdict for one in checks.values()} == {"passed"}


def test_wrong_work_gets_the_words_of_the_course(course: Callable[..., Course], sandbox: Sandbox) -> None:
    wrong = RIGHT.replace("function(x)", "function(x) - 3").replace("callback(x)\n", "callback(x + 1)\n")
    checks = graded(loaded(course()), sandbox, wrong)
    assert checks["at_least_the_square"].feedback == "apply(square, 3): 6 is too low, and the student None"
    assert checks["is_even"].feedback == "apply(square, 4): not true of the answer: the number is even"
    assert checks["callback_is_called"].verdict == "failed"


def test_student_code_leaves_no_trace_where_comparators_run(course: Callable[..., Course], sandbox: Sandbox) -> None:
    text = "import os\nos.environ['STUDENT'] = 'was here'\n" + RIGHT.replace("function(x)", "-7")
    feedback = graded(loaded(course()), sandbox, text)["at_least_the_square"].feedback
    assert feedback == "apply(square, 3): -7 is too low, and the student None"


def test_judge_never_imports_the_code_of_an_exam(course: Callable[..., Course], sandbox: Sandbox) -> None:
    exam = loaded(course())
    graded(exam, sandbox)
    assert [name for name in sys.modules if name.startswith(("course_", "reference_sheet"))] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("return answer % 2 == 0", "os._exit(3)", r"^even of sheet, the course's own code, .*3"),
        ("    low = [", "    os.missing()\n    low = [", r"^at_least of sheet, .*, raised AttributeError: .*missing"),
        (
            '"""Judged in our own way."""',
            "raise ValueError('tired')",
            r"^judging\.py of sheet, .*raised ValueError: tired",
        ),
    ],
)
def test_fault_of_a_comparator_is_the_course_s(
    course: Callable[..., Course], sandbox: Sandbox, old: str, new: str, message: str
) -> None:
    exam = loaded(course())
    texts = {name: text.replace(old, new) for name, text in exam.judging.items()}
    assert texts != exam.judging
    with pytest.raises(CourseError, match=message):
        graded(replace_texts(exam, judging=texts), sandbox)


HALF = "    low = [", "    if min(actual) == 0:\n        raise KeyError('zero')\n    low = ["
ENDLESS = "    low = [", "    while min(actual) == 0:\n        pass\n    low = ["


@pytest.mark.parametrize(("change", "reason"), [(HALF, "raised KeyError: 'zero'"), (ENDLESS, "did not finish within")])
def test_answer_on_which_only_a_comparator_fails_is_wrong(
    course: Callable[..., Course],
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    change: tuple[str, str],
    reason: str,
) -> None:
    monkeypatch.setattr(course_code, "SECONDS", 2.0)
    exam = loaded(course())
    exam = replace_texts(exam, judging={name: text.replace(*change) for name, text in exam.judging.items()})
    work = Submission("student", (SourceFile("numbers.py", (RIGHT.replace("return function(x)", "return 0"),)),))
    result = grade(exam, work, sandbox)
    first, second, _ = result.sections[0].exercises[0].checks
    assert (first.verdict, first.feedback) == ("failed", f"apply(square, 3): {CANNOT_COMPARE}")
    assert second.verdict == "passed"
    (note,) = result.notes
    assert note.startswith("For the instructor: the comparator at_least failed on an answer, which counts as wrong: ")
    assert reason in note


def test_comparator_without_an_end_is_stopped(
    course: Callable[..., Course], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_code, "SECONDS", 0.5)
    exam = loaded(course())
    texts = {name: text.replace("return answer % 2 == 0", "while True: pass") for name, text in exam.judging.items()}
    with pytest.raises(CourseError, match=r"^even of sheet, the course's own code, did not finish"):
        graded(replace_texts(exam, judging=texts), sandbox)


def test_probes_that_cannot_be_loaded_are_the_course_s_fault(course: Callable[..., Course], sandbox: Sandbox) -> None:
    exam = loaded(course())
    texts = {name: f"import nothing_of_this_name\n{text}" for name, text in exam.probes.items()}
    with pytest.raises(CourseError, match=r"^The course's own probes cannot be loaded.*nothing_of_this_name"):
        graded(replace_texts(exam, probes=texts), sandbox)


def test_probe_that_nobody_has_is_the_course_s_fault(course: Callable[..., Course], sandbox: Sandbox) -> None:
    exam = replace_texts(loaded(course()), probes={})
    message = r"^The exam of sheet asks for the probe 'called_twice' \(check at_least_the_square of apply\)"
    with pytest.raises(CourseError, match=message):
        graded(exam, sandbox)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"probes": f"import autograder.exam\n{PROBES}"}, r"sheet/probes\.py, line 1: it imports autograder\.exam"),
        ({"judging": f"import torch\n{JUDGING}"}, r"sheet/judging\.py, line 1: it imports torch; it may import only"),
        ({"probes": PROBES.replace("called_twice", "forward")}, "the engine has the probe forward already"),
        ({"judging": JUDGING.replace("at_least", "matches")}, "the engine has the comparator matches already"),
        ({"probes": "def f(:\n"}, r"sheet/probes\.py, line 1: "),
    ],
)
def test_own_modules_that_cannot_work_are_refused(
    course: Callable[..., Course], changes: dict[str, str], message: str
) -> None:
    with pytest.raises(CourseError, match=message):
        build_exam(course(**changes), "sheet", 0, "", {})


def replace_texts(exam: Exam, **texts: dict[str, str]) -> Exam:
    return replace(exam, **texts)  # type: ignore[arg-type]  # `probes` or `judging`
