"""A variable of the student's file is an exercise: a quiz."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.exam.seal import seal
from autograder.grading import grade
from autograder.handout import make_notebook_cells
from autograder.handout.stubs import stub_text
from autograder.lint.solution_and_stubs import stub_findings
from autograder.model import Exam, SourceFile, Submission
from autograder.nbgrader.source_notebook import make_source_notebook
from autograder.sandbox.sandbox import Sandbox
from tests.support.results import checks_of
from tests.support.small_course import exam_of, feedback_of

REFERENCE = '''"""A quiz"""

from autograder.author import case, check, value, variable, wrong_value

answers = variable("answers", {"pooling": "a", "shift": "b"}, points=3, hints="Read again.\\n\\nThe second chapter.")


@check(answers, points=1, ask=value(key="pooling"))
def pooling(draw):
    """Pooling keeps a quarter of the pixels"""
    yield case()


@check(answers, points=1, ask=value(key="shift"))
def shift(draw):
    """A shifted image gives a shifted map"""
    yield case()


@check(answers, points=1)
def both(draw):
    """Both answers are right"""
    yield case()


half = wrong_value(answers, {"pooling": "c", "shift": "b"}, "A 2 × 2 pooling keeps a quarter, not a half.")
'''.replace("@check(answers, points=1)\n", "@check(answers, points=1, ask=value)\n")


@pytest.fixture
def exam(tmp_path: Path) -> Exam:
    return exam_of(tmp_path, REFERENCE)


@pytest.mark.parametrize(
    ("work", "feedback"),
    [
        ('answers = {"pooling": "a", "shift": "b"}', {"pooling": "", "shift": "", "both": ""}),
        (
            'answers = {"pooling": "a"}',
            {
                "pooling": "",
                "shift": "failed: there is no answer to question shift: add it to `answers`",
                "both": "failed: answers: expected the keys ['pooling', 'shift'], got ['pooling']",
            },
        ),
        (
            'answers = ["a", "b"]',
            {
                **dict.fromkeys(
                    ("pooling", "shift"),
                    "failed: `answers` has to be a dict with an answer to each question, but its type is list",
                ),
                "both": "failed: answers: expected a dict, got a list",
            },
        ),
        ("answers = ...", dict.fromkeys(("pooling", "shift", "both"), "raised: not started")),
        ("other = 1", dict.fromkeys(("pooling", "shift", "both"), "raised: there is no `answers`")),
    ],
)
def test_answers_are_judged_one_by_one(sandbox: Sandbox, exam: Exam, work: str, feedback: dict[str, str]) -> None:
    assert feedback_of(sandbox, exam, work) == feedback


def test_variable_has_hints_and_wrong_values(exam: Exam) -> None:
    (quiz,) = exam.exercises
    assert (quiz.signature, quiz.hints) == ("answers", ("Read again.", "The second chapter."))
    (wrong,) = quiz.misconceptions
    assert (wrong.name, sorted(wrong.answers)) == ("half", ["both", "pooling"])


def test_stub_of_a_variable_is_not_started() -> None:
    solution = '"""A quiz"""\n\n### BEGIN SOLUTION\nanswers = {"a": 1}\n### END SOLUTION\n'
    assert stub_text(solution, "quiz.py") == '"""A quiz"""\n\n# YOUR CODE HERE\nanswers = ...\n'


SOLUTION = '''"""A quiz"""

### BEGIN SOLUTION
answers = {"pooling": "a", "shift": "b"}
### END SOLUTION


def half(size):
    """Half of a size."""
    ### BEGIN SOLUTION
    return size // 2
    ### END SOLUTION
'''


def test_variable_has_a_cell_and_a_check_in_the_notebook() -> None:
    cells = make_notebook_cells("sheet", "Title", {"quiz": SOLUTION})
    variable = '### BEGIN SOLUTION\nanswers = {"pooling": "a", "shift": "b"}\n### END SOLUTION'
    assert [(cell.role, cell.exercise) for cell in cells[3:]] == [
        ("task", "answers"),
        ("check", "answers"),
        ("task", "half"),
        ("check", "half"),
    ]
    assert (cells[3].text, cells[4].text) == (variable, 'check("answers")')


def test_lint_knows_the_stub_of_a_variable(sandbox: Sandbox, exam: Exam) -> None:
    stubs = {"quiz.py": stub_text(SOLUTION, "quiz.py")}
    assert list(stub_findings(exam, stubs, sandbox)) == []
    (missing,) = stub_findings(exam, {"quiz.py": "other = 1"}, sandbox)
    assert missing.text == "the solutions define no such function, class or variable, so students get no stub"


def test_variable_has_a_solution_and_a_check_in_the_notebook_for_nbgrader(exam: Exam) -> None:
    quiz = SOLUTION.partition("\n\n\ndef")[0] + "\n"
    cells = json.loads(make_source_notebook(exam, "Title", {"quiz": quiz}))["cells"]
    marked = [cell["metadata"]["nbgrader"] for cell in cells if cell["metadata"]]
    assert [(cell["grade_id"], cell["solution"], cell.get("points")) for cell in marked] == [
        ("answers-solution", True, None),
        ("answers", False, 3),
    ]
    with pytest.raises(UserError, match=r"quiz.py:3: nbgrader needs a region between marks to be inside"):
        make_source_notebook(exam, "Title", {"quiz": quiz.replace("answers", "other")})


@pytest.mark.parametrize(
    ("work", "given"),
    [
        ('answers = {"pooling": " C ", "shift": "b"}', {"pooling": "C", "shift": "b", "both": ""}),
        ('answers = {"pooling": 3, "shift": None}', {"pooling": "3", "shift": "", "both": ""}),
        ('answers = {"pooling": "x" * 500, "shift": ["b"]}', {"pooling": "", "shift": "", "both": ""}),
        ('answers = {"pooling": "a"}', {"pooling": "a", "shift": "", "both": ""}),
        ("answers = ...", {"pooling": "", "shift": "", "both": ""}),
    ],
)
def test_result_holds_what_was_answered(sandbox: Sandbox, exam: Exam, work: str, given: dict[str, str]) -> None:
    result = grade(exam, Submission("student", (SourceFile("work.py", (work,)),)), sandbox)
    assert {check.name: check.given for check in checks_of(result)} == given


def test_hidden_quiz_is_not_in_a_sealed_exam(tmp_path: Path) -> None:
    hidden = REFERENCE.replace(", ask=value", ", hidden=True, ask=value")
    other = "\n\nanswer = variable('answer', 3, points=1)\n\n\n@check(answer, points=1, ask=value)\n"
    other += 'def whole(draw):\n    """The answer is whole"""\n    yield case()\n'
    sealed = seal(exam_of(tmp_path, hidden + other))
    assert [exercise.name for exercise in sealed.exercises] == ["answer"]
    assert sealed.others == ("answers",)
