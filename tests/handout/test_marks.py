"""Marks that would make a wrong stub are refused, and the error names the file and the line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.handout.marks import refuse_misplaced_marks
from autograder.handout.solutions import read_solutions
from autograder.handout.stubs import make_stubs
from tests.support.submissions import write

CLASS_WITHOUT_BODY = """\
class Net:
    \"\"\"A network.\"\"\"

    ### BEGIN SOLUTION
    def forward(self, x):
        return x
    ### END SOLUTION
"""
CODE_BELOW = """\
def half(x):
    \"\"\"Half of x.\"\"\"
    ### BEGIN SOLUTION
    y = x / 2
    ### END SOLUTION

    # The result
    return y
"""
WITH_BLOCK = """\
def half(x):
    with torch.no_grad():
        ### BEGIN SOLUTION
        y = x / 2
        ### END SOLUTION
    return y
"""
TWO_REGIONS = """\
def half(x):
    ### BEGIN SOLUTION
    y = x / 2
    ### END SOLUTION
    ### BEGIN SOLUTION
    return y
    ### END SOLUTION
"""
TWO_METHODS = """\
class Net:
    def first(self):
        ### BEGIN SOLUTION
        return 1

    def second(self):
        return 2
        ### END SOLUTION
"""
TWO_BRANCHES = """\
def sign(x):
    if x > 0:
        ### BEGIN SOLUTION
        return 1
    else:
        return -1
        ### END SOLUTION
"""
PART_OF_A_LIST = """\
def sizes():
    return [
        ### BEGIN SOLUTION
        1,
        ### END SOLUTION
    ]
"""
ELSE_ONLY = """\
def sign(x):
    if x > 0:
        return 1
    ### BEGIN SOLUTION
    else:
        return -1
    ### END SOLUTION
"""
IN_A_DOCSTRING = '''\
def half(x):
    """Half of x.

    ### BEGIN SOLUTION
    ### END SOLUTION
    """
'''
IN_CLASS = (
    "a.py:4: ### BEGIN SOLUTION stands in the class Net, outside of its methods; "
    "put marks into each method, around its body"
)
WHOLE_STATEMENTS = "### BEGIN SOLUTION and ### END SOLUTION must stand around whole statements of one block"


def below(code: int, end: int) -> str:
    return (
        f"a.py:{code}: this code stands below ### END SOLUTION of line {end} and would never run in the stub; "
        "move it above ### END SOLUTION"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            CLASS_WITHOUT_BODY,
            IN_CLASS,
        ),
        (CODE_BELOW, below(8, 5)),
        (WITH_BLOCK, below(6, 5)),
        (TWO_REGIONS, below(5, 4)),
        (TWO_METHODS, f"a.py:3: {WHOLE_STATEMENTS}"),
        (TWO_BRANCHES, f"a.py:3: {WHOLE_STATEMENTS}"),
        (PART_OF_A_LIST, f"a.py:3: {WHOLE_STATEMENTS}"),
        (ELSE_ONLY, f"a.py:5: {WHOLE_STATEMENTS}"),
        (IN_A_DOCSTRING, f"a.py:4: {WHOLE_STATEMENTS}"),
    ],
    ids=["class", "code", "with", "regions", "methods", "branches", "list", "else", "docstring"],
)
def test_misplaced_marks_are_refused(text: str, message: str) -> None:
    with pytest.raises(UserError, match=f"^{re.escape(message)}$"):
        refuse_misplaced_marks(text, "a.py")


GIVEN_ABOVE = """\
def half(x):
    y = x / 2
    ### BEGIN SOLUTION
    return y
    ### END SOLUTION
    # The end
"""
GIVEN_AROUND = """\
def half(x):
    for y in x:
        if y:
            ### BEGIN SOLUTION
            return y / 2
            ### END SOLUTION
        try:
            ### BEGIN SOLUTION
            y /= 2
            ### END SOLUTION
        except ValueError:
            ### BEGIN SOLUTION
            y = 0
            ### END SOLUTION
    return 0
"""
GIVEN_METHODS = """\
### BEGIN SOLUTION
import math
### END SOLUTION
LIMIT = 3


class Net:
    def __init__(self):
        ### BEGIN SOLUTION
        def layer():
            return 1

        self.layer = layer()
        ### END SOLUTION

    def forward(self, x):
        match x:
            case 1:
                ### BEGIN SOLUTION
                return x
                ### END SOLUTION
        return 2
"""


@pytest.mark.parametrize("text", [GIVEN_ABOVE, GIVEN_AROUND, GIVEN_METHODS], ids=["above", "around", "methods"])
def test_given_code_above_and_around_the_marks_is_accepted(text: str) -> None:
    refuse_misplaced_marks(text, "a.py")


def test_error_of_a_course_names_the_solution(tmp_path: Path) -> None:
    write(tmp_path / "solutions/sheet/nets.py", f'"""Nets"""\n\n\n{CLASS_WITHOUT_BODY}')
    for read in (read_solutions, make_stubs):
        with pytest.raises(UserError, match=r"^solutions/sheet/nets\.py:7: ### BEGIN SOLUTION stands in the class Net"):
            read(tmp_path, "sheet")
