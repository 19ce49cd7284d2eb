"""`grade lint` finds what an author overlooks: each fault, in a small course of one's own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.handout.stubs import make_stubs
from autograder.lint import Finding, findings
from autograder.sandbox.sandbox import Sandbox
from tests.support.commands import run_grade
from tests.support.submissions import write, write_all

SOLUTION = '''"""Means"""


def mean(x):
    """The mean of all values of x, as a float."""
    ### BEGIN SOLUTION
    return float(x.mean())
    ### END SOLUTION
'''
REFERENCE = '''"""Means"""

from autograder.author import case, check, matches, misconception, reference, same_moments


@reference(points=3)
def mean(x):
    """What is added up, and what is it divided by?"""
    return float(x.mean())


@check(mean, points=2, compare=matches(rtol=1e-4))
def mean_of_all(draw):
    """The mean of all values"""
    yield case(draw.normal(3, 4) + 1)


@check(mean, points=1, compare=matches(rtol=1e-4))
def mean_of_few(draw):
    """The mean of two values"""
    yield case(draw.normal(1, 2) + 5)


@misconception(mean)
def total(x):
    """The sum is still to be divided by the number of values."""
    return float(x.sum())


@misconception(mean)
def median(x):
    """The median is the value in the middle."""
    return float(x.median())


@misconception(mean)
def one_too_few(x):
    """The sum is divided by n, not by n - 1."""
    return float(x.sum() / (x.numel() - 1))
'''


@pytest.fixture
def linted(sandbox: Sandbox, tmp_path: Path) -> Callable[..., list[Finding]]:
    """What is found in the small course after a change of its texts."""

    def lint_changed(
        old: str | Mapping[str, str] = "", new: str = "", solution: str = SOLUTION, made: bool = True
    ) -> list[Finding]:
        text = REFERENCE
        for before, after in (old if isinstance(old, Mapping) else {old: new}).items():
            assert before in text
            text = text.replace(before, after, 1 if isinstance(old, Mapping) else -1)
        write_course(tmp_path, text, solution, made)
        return findings(Course(tmp_path), "sheet", sandbox)

    return lint_changed


def write_course(folder: Path, reference: str, solution: str = SOLUTION, made: bool = True) -> None:
    files = {
        "reference/sheet/__init__.py": '"""Sheet"""\n\nsections = ("means",)\n',
        "reference/sheet/means.py": reference,
        "solutions/sheet/means.py": solution,
    }
    write_all(folder, files)
    for path, text in make_stubs(folder, "sheet").items() if made else ():
        write(path, text)


def test_sound_course_has_nothing_to_fix(linted: Callable[..., list[Finding]]) -> None:
    assert linted() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("return float(x.sum())", "return float(x.mean())", "the misconception total passes all checks"),
        (
            "return float(x.median())",
            "return float(x.sum() / (x.numel() - 1))",
            "the misconception one_too_few gets the hint of median: no check distinguishes the two",
        ),
        (
            "float(x.sum())",
            "float(x.sum()) if x.numel() == 2 and x[0, 1] > 5 else float(x.mean())",
            "the misconception total passes all checks with seed",
        ),
        (
            '"""The mean of two values"""\n    yield case(draw.normal(1, 2) + 5)',
            '"""Nothing"""\n    yield case(draw.normal(2, 2)).given(watch=["x"], report=["after"])',
            "no misconception fails mean_of_few, so nothing proves that the check can fail",
        ),
        ('"""The mean of two values"""', f'"""{"The mean of two values " * 4}"""', "characters; 70 fit on a line"),
        ('"""What is added up, and what is it divided by?"""\n', "", "the reference has no docstring"),
        (
            "    yield case(draw.normal(3, 4) + 1)",
            "    for n in 3, 4:\n        yield case(draw.normal(n, n) + 1)",
            "swap",
        ),
    ],
    ids=["caught by none", "twins", "by luck", "cannot fail", "long", "no hints", "square"],
)
def test_fault_is_found(linted: Callable[..., list[Finding]], old: str, new: str, message: str) -> None:
    assert message in "\n".join(finding.text for finding in linted(old, new))


def test_solution_that_fails_is_reported_with_its_check(linted: Callable[..., list[Finding]]) -> None:
    found = linted(solution=SOLUTION.replace("x.mean()", "x.sum()"))
    texts = [finding.text for finding in found if "the solution does not pass mean_of_all: mean(" in finding.text]
    assert [text.endswith("(seed 0)") for text in texts] == [True]


def test_stub_that_is_right_already_is_found(linted: Callable[..., list[Finding]]) -> None:
    given = SOLUTION.replace("    ### BEGIN SOLUTION\n", "    try:\n        ### BEGIN SOLUTION\n")
    given = given.replace("    return", "        return").replace("    ### END", "        ### END")
    given += "    except NotImplementedError:\n        return float(x.mean())\n"
    assert Finding("mean", "stub", "the stub passes mean_of_all") in linted(solution=given)


def test_stub_that_does_not_grade_as_not_started_is_found_once(linted: Callable[..., list[Finding]]) -> None:
    given = SOLUTION.replace("    ### BEGIN SOLUTION\n", "    try:\n        ### BEGIN SOLUTION\n")
    given = given.replace("    return", "        return").replace("    ### END", "        ### END")
    given += "    except NotImplementedError:\n        return None\n"
    (finding,) = linted(solution=given)
    assert (finding.place, finding.kind, finding.advice) == ("mean", "stub", False)
    assert finding.text.startswith("the stub does not grade as not started: mean_of_all says “mean(x (3, 4))")
    assert finding.text.endswith("; let it raise NotImplementedError() when it is called")


def test_variable_has_a_stub(linted: Callable[..., list[Finding]]) -> None:
    solution = '"""Means"""\n\n### BEGIN SOLUTION\nmean = "b"\n### END SOLUTION\n'
    text = """\"\"\"Means\"\"\"

from autograder.author import case, check, value, variable, wrong_value

mean = variable("mean", "b", points=1, hints="Which one?")


@check(mean, points=1, ask=value)
def letter(draw):
    \"\"\"The letter is right\"\"\"
    yield case()


first = wrong_value(mean, "a", "One.")
second = wrong_value(mean, "c", "Two.")
third = wrong_value(mean, "d", "Three.")
"""
    assert linted({REFERENCE: text}, solution=solution) == []


def test_checks_of_one_title_are_found(linted: Callable[..., list[Finding]]) -> None:
    title = "the checks mean_of_all and mean_of_few have the same title, 'The mean of all values'"
    assert linted('"""The mean of two values"""', '"""The mean of all values"""') == [
        Finding("mean", "title", f"{title}; students cannot tell them apart")
    ]


def test_reference_and_check_that_are_not_repeatable_are_found(linted: Callable[..., list[Finding]]) -> None:
    found = linted(
        {
            '"""What is added up, and what is it divided by?"""\n    return float(x.mean())': '"""What?"""\n    '
            "return float(x.mul_(2).mean() / 2)",
            "draw.normal(1, 2) + 5": "np.random.default_rng(0).normal(size=(1, 2)).astype(np.float32) + 5",
            "from autograder": "import numpy as np\n\nfrom autograder",
        }
    )
    assert [(one.place, one.kind) for one in found] == [("mean", "draw"), ("mean", "argument")]


def test_solution_without_marks_makes_no_stub(linted: Callable[..., list[Finding]]) -> None:
    given = SOLUTION.replace("    ### BEGIN SOLUTION\n", "").replace("    ### END SOLUTION\n", "")
    with pytest.raises(UserError, match=r"means\.py: mean has no ### BEGIN SOLUTION and ### END SOLUTION"):
        linted(solution=given)


@pytest.mark.parametrize(("rtol", "refuses"), [(0.002, True), (0.2, False)])
def test_chance_that_refuses_right_work_is_found(
    linted: Callable[..., list[Finding]], rtol: float, refuses: bool
) -> None:
    noisy = "import torch\n    return x + torch.randn(x.shape)"
    found = linted(
        {
            "return float(x.mean())": noisy,
            "points=2, compare=matches(rtol=1e-4)": f"points=2, compare=same_moments(rtol={rtol})",
            "draw.normal(3, 4)": "draw.normal(60, 70)",
        },
        solution=SOLUTION.replace("return float(x.mean())", noisy),
    )
    texts = [finding.text for finding in found if "mean_of_all refuses the reference in" in finding.text]
    assert [text.endswith("other random numbers: raise the tolerance, or use larger cases") for text in texts] == [
        True
    ] * refuses


def test_title_stub_and_name_that_lead_nowhere_are_found(linted: Callable[..., list[Finding]]) -> None:
    texts = [
        finding.text
        for finding in linted(
            {'"""Means"""\n': "", "@reference(points=3)": '@reference(points=3, forbids=("meaan",))'}, made=False
        )
    ]
    assert texts == [
        "exercises/sheet/means.py does not match the solutions; run: grade stubs",
        "exercises/sheet/sheet.ipynb does not match the solutions; run: grade stubs",
        "the reference has no docstring; its first line becomes the title of the section",
        "forbids 'meaan', and torch has no function of that name",
    ]


def test_solution_that_takes_too_long_is_found(linted: Callable[..., list[Finding]]) -> None:
    slow = SOLUTION.replace("    return", "    sum(range(3_000_000))\n    return")
    found = linted("@reference(points=3)", "@reference(points=3, seconds=0.02)", solution=slow)
    assert any("slower code" in finding.text or "did not finish" in finding.text for finding in found)


def test_command_ends_with_1_when_there_is_something_to_fix(tmp_path: Path) -> None:
    write_course(tmp_path, REFERENCE.replace("return float(x.sum())", "return float(x.mean())"))
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "sheet: 1 exercise, 3 points, 3 misconceptions, 3 seeds",
        "  fix: mean: the misconception total passes all checks",
        "1 thing to fix.",
    ]


def test_json_is_all_that_is_printed(tmp_path: Path) -> None:
    wrong = REFERENCE.replace("return float(x.sum())", "print('Loud')\n    return float(x.mean())")
    write_course(tmp_path, wrong.replace('"""The mean of two values"""', f'"""{"The mean of two " * 5}values"""'))
    done = run(tmp_path, "--json", "--seeds", "1")
    assert done.returncode == 1
    place = {"assignment": "sheet", "place": "mean"}
    assert json.loads(done.stdout) == [
        {**place, "kind": "misconception", "text": "the misconception total passes all checks", "advice": False},
        {
            **place,
            "kind": "title",
            "text": "the title of mean_of_few has 86 characters; 70 fit on a line",
            "advice": True,
        },
    ]


def test_json_without_findings_is_an_empty_list(tmp_path: Path) -> None:
    loud = REFERENCE.replace("return float(x.mean())", "print(x)\n    return float(x.mean())") + "\n\nprint('Loud')\n"
    write_course(tmp_path, loud)
    done = run(tmp_path, "sheet", "--json", "--seeds", "1")
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_command_says_what_it_needs(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, "There is no course here" in done.stderr) == (2, True)
    write_course(tmp_path, REFERENCE)
    (tmp_path / "solutions/sheet/means.py").unlink()
    done = run(tmp_path, "sheet")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_grade(folder, "lint", *arguments)


MILESTONE = '''

@milestone(mean)
def averages(draw):
    """Your mean is an average

    One bright value.
    """
    yield "an image", draw.uniform(3, 4)
    yield "its mean", case(draw.normal(3, 4))
'''


@pytest.mark.parametrize(
    ("old", "new", "texts"),
    [
        (
            "Your mean is an average",
            "The mean is an average.",
            [
                "the milestone averages does not begin with “Your”; write what the student has reached",
                "the milestone averages has a title of 23 characters; use 60 at most, and no full stop",
            ],
        ),
        (
            "\n\n    One bright value.\n    ",
            "",
            ["the milestone averages has no second paragraph in its docstring, which describes the picture"],
        ),
    ],
)
def test_milestone_is_drawn_and_read(
    linted: Callable[..., list[Finding]], old: str, new: str, texts: list[str]
) -> None:
    assert old in MILESTONE
    words = REFERENCE.replace("import case, check, matches,", "import case, check, matches, milestone,")
    found = linted({REFERENCE: words + MILESTONE.replace(old, new)})
    assert {one.kind for one in found} == {"milestone"}
    no_picture = "the solution gets no picture of the milestone averages: its mean: it is no array of numbers"
    assert [one.text for one in found] == [*texts, no_picture]
