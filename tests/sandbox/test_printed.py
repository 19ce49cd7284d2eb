"""What a function reads from stdin and prints is asked in the sandbox."""

from __future__ import annotations

import pytest

from autograder.judge.texts import same_text
from autograder.model import Exam
from autograder.sandbox.sandbox import Sandbox
from tests.support.small_course import exam_of, feedback_of

REFERENCE = '''\
"""Talking"""

from autograder.author import case, check, printed, reference


@reference(points=2)
def add(greeting):
    """Input."""
    print(greeting)
    total = float(input()) + float(input())
    print("The sum is", total)
    return total


@check(add, points=1, ask=printed(stdin="3\\\\n4\\\\n"))
def prints(draw):
    """The greeting and the sum are printed"""
    yield case("Hello")


@check(add, points=1, ask=printed(report=("returned",)))
def returns(draw):
    """The sum is returned"""
    yield case("").given(stdin="1\\\\n2")
'''.replace("\\\\", "\\")
RIGHT = {
    "input": (
        "def add(g):\n    print(g)\n    t = float(input()) + float(input())\n    print('The sum is', t)\n    return t\n"
    ),
    "other streams": (
        "from sys import stdin, stdout\ndef add(g):\n    stdout.write(g + '  \\n')\n"
        "    t = float(stdin.readline()) + float(stdin.readline())\n    stdout.write(f'The sum is {t}')\n    return t\n"
    ),
    "a method of a stream": (
        "import sys\ninput = sys.stdin.readline\nwrite = sys.stdout.write\ndef add(g):\n    write(g + '\\n')\n"
        "    t = float(input()) + float(input())\n    write(f'The sum is {t}')\n    return t\n"
    ),
    "bytes": (
        "import sys\ndef add(g):\n    a, b = map(float, sys.stdin.buffer.read().split())\n"
        "    sys.stdout.buffer.write(f'{g}\\nThe sum is {a + b}\\n\\n'.encode())\n    return a + b\n"
    ),
}


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    return exam_of(tmp_path_factory.mktemp("course"), REFERENCE)


@pytest.mark.parametrize("how", RIGHT)
def test_streams_may_be_used_in_any_way(sandbox: Sandbox, exam: Exam, how: str) -> None:
    assert feedback_of(sandbox, exam, RIGHT[how]) == {"prints": "", "returns": ""}


def test_first_line_that_differs_is_shown(sandbox: Sandbox, exam: Exam) -> None:
    feedback = feedback_of(sandbox, exam, RIGHT["input"].replace("The sum", "the sum"))
    assert feedback["prints"] == (
        "failed: add('Hello'), with '3\\n4\\n' typed in: printed: "
        "line 2: expected 'The sum is 7.0', got 'the sum is 7.0'"
    )


def test_reading_too_much_is_explained(sandbox: Sandbox, exam: Exam) -> None:
    feedback = feedback_of(sandbox, exam, "def add(g):\n    print(g)\n    [input() for _ in range(3)]\n")
    assert (
        "EOFError: input() reads a line after the last one: 2 lines are typed in\nat work.py, line 3"
        in (feedback["prints"])
    )


@pytest.mark.parametrize(
    ("expected", "actual", "reason"),
    [
        ("a\nb\n", "a  \nb", None),
        ("a\nb", "a\r\nb\n\n\n", None),
        ("a\n\nb", "a\nb", "line 2: expected '', got 'b'"),
        ("a\nb", "a", "line 2: expected 'b', got no more lines"),
        ("a", "a\nb", "line 2: expected no more lines, got 'b'"),
        ("a", "", "line 1: expected 'a', got an empty text"),
        ("", "a", "line 1: expected an empty text, got 'a'"),
        (" a", "a", "line 1: expected ' a', got 'a'"),
        ("a", None, "expected a str, got None (is a `return` missing?)"),
        (f"{'x' * 80}a", f"{'x' * 80}b", f"line 1: expected …'{'x' * 59}a', got …'{'x' * 59}b'"),
        ({"printed": "a"}, {"printed": "b"}, "printed: line 1: expected 'a', got 'b'"),
    ],
)
def test_texts_are_compared_line_by_line(expected: object, actual: object, reason: str | None) -> None:
    assert same_text.judge(expected, actual) == reason
