"""An error of a course author is one sentence that names the section, the exercise and the check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.author.reading import read_reference
from autograder.course import Course, find_course
from autograder.errors import CourseError, NoCourseError
from autograder.exam.build import build_exam
from autograder.model import Exam
from tests.support.course import ROOT

AUTHORS = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
IMPORT = (
    "from autograder.author import accuracy, alternative, case, check, forward, matches, misconception, parts_agree\n"
    "from autograder.author import reference\n"
)
REFERENCE = """\
@reference(points=3)
def global_max_pool(x):
    return x.amax(dim=(2, 3))

"""
CHECK = '''\
@check(global_max_pool, points=3)
def largest(draw):
    """The result is the largest value of each map, (N, C)"""
    yield case(draw.normal(2, 3, 4, 5))

'''
MISCONCEPTION = '''\
@misconception(global_max_pool)
def mean(x):
    """The mean blurs."""
    return x.mean(dim=(2, 3))
'''
YIELD = "yield case(draw.normal(2, 3, 4, 5))"
POOLING = IMPORT + REFERENCE + CHECK + MISCONCEPTION
FILE = "reference/exercise7/pooling.py"
PLACE = "pooling: check largest of global_max_pool"


def put(
    course: Course, pooling: str = POOLING, contents: str | None = '"""Pooling"""\nsections = ("pooling",)\n'
) -> Course:
    folder = course.reference("exercise7")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pooling.py").write_text(pooling, encoding="utf-8")
    if contents is not None:
        (folder / "__init__.py").write_text(contents, encoding="utf-8")
    return course


def build(course: Course) -> Exam:
    return build_exam(course, "exercise7", 0, "", {})


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


def test_small_course_becomes_an_exam(course: Course) -> None:
    exam = build(put(course))
    assert exam.title == "Pooling"
    assert [(one.name, one.points, one.misconceptions[0].hint) for one in exam.exercises] == [
        ("global_max_pool", 3, "The mean blurs.")
    ]


def test_paragraphs_of_the_references_docstring_are_its_hints(course: Course) -> None:
    explained = REFERENCE.replace(
        "    return", '    """Which axes\n    vanish?\n\n    Height and width.\n\n    Page 7.\n    """\n    return'
    )
    assert [one.hints for one in build(put(course, POOLING.replace(REFERENCE, explained))).exercises] == [
        ("Which axes vanish?", "Height and width.", "Page 7.")
    ]


@pytest.mark.parametrize("base", ["", "(nn.MaxPool2d)"])
def test_reference_without_a_docstring_has_no_hints(course: Course, base: str) -> None:
    layer = f"from torch import nn\n\n@reference(points=0)\nclass Pool{base}:\n    pass\n"
    assert [one.hints for one in build(put(course, POOLING + layer)).exercises] == [(), ()]


def test_course_in_the_docs_becomes_an_exam(course: Course) -> None:
    contents, solution, pooling = re.findall(r"```python\n(.*?)```", AUTHORS, re.DOTALL)[:3]
    exam = build(put(course, pooling, contents))
    assert (exam.title, exam.sections[0].title) == ("Pooling", "Pooling layers")
    assert "### BEGIN SOLUTION" in solution


def test_sections_may_be_a_list(course: Course) -> None:
    assert [section.name for section in build(put(course, contents='sections = ["pooling"]')).sections] == ["pooling"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (YIELD, "case(draw.normal(2, 3))", f"{PLACE} yields no case: a check is a generator, with `yield case(...)`."),
        (YIELD, "return; yield", f"{PLACE} yields no case."),
        (YIELD, "yield draw.normal(2, 3)", f"{PLACE} yields a value of type ndarray: write `yield case(...)`."),
        (
            YIELD,
            "yield case(draw.gauss(2, 3))",
            f"{PLACE}: {FILE}, line 10: AttributeError: 'Draw' object has no attribute 'gauss'.",
        ),
        (
            '    """The result is the largest value of each map, (N, C)"""\n',
            "",
            f"{PLACE} has no docstring, the sentence that the student reads.",
        ),
        (
            "points=3)\ndef largest",
            "points=3, measure=accuracy(least=0.8, sentence='{value}'))\ndef largest",
            f"{PLACE} trains: write `case(...).expecting(labels=, classes=)`, what accuracy compares with.",
        ),
        (
            "points=3)\ndef largest",
            "points=3, compare=matches(rtol='1e-4'))\ndef largest",
            f"{PLACE}: matches fails with TypeError: ",
        ),
        (
            "points=3)\ndef largest",
            "points=3, ask=forward)\ndef largest",
            f"{PLACE}: the probe forward needs the option `inputs`: `case(...).on(...)`.",
        ),
        (
            YIELD,
            f"{YIELD}.given(time=2)",
            f"{PLACE}: the probe call has no option 'time'; did you mean times?",
        ),
        (
            YIELD,
            f"{YIELD}.expecting(labels=[0])",
            f"{PLACE}: expecting(labels=...) is of no use here; it has no measure.",
        ),
        (
            "return x.amax(dim=(2, 3))",
            "return x.amaxx(dim=(2, 3))",
            f"{PLACE}: the reference fails: reference/exercise7/pooling.py, line 5: AttributeError: ",
        ),
        (
            "return x.amax(dim=(2, 3))",
            "return x.amax(dim=(2, 3)) / 0",
            f"{PLACE}: the reference does not pass its own check: 6 of 6 values are NaN or infinite.",
        ),
        (YIELD, "yield case(draw.normal(200, 300, 64, 64))", f"{PLACE}: global_max_pool(x (200, 300, 64, 64)): "),
        (YIELD, f"while True: {YIELD}", f"{PLACE} yields more than 1,000 cases: does it ever end?"),
        (YIELD, f"raise SystemExit(0); {YIELD}", f"{PLACE}: reference/exercise7/pooling.py, line 10: SystemExit: 0."),
        (
            '    """The mean blurs."""\n',
            "",
            "pooling: global_max_pool: misconception mean has no docstring, the hint for the student.",
        ),
    ],
)
def test_mistake_in_a_check_or_misconception_is_named(course: Course, old: str, new: str, message: str) -> None:
    assert POOLING.count(old) == 1
    with pytest.raises(CourseError, match=rf"^{re.escape(message)}"):
        build(put(course, POOLING.replace(old, new)))


def test_misspelt_name_in_expecting_is_named(course: Course) -> None:
    training = POOLING.replace(
        "points=3)\ndef largest", "points=3, measure=accuracy(least=0.8, sentence='{value}'))\ndef largest"
    )
    wrong = training.replace(YIELD, f"{YIELD}.expecting(label=[0], classes=2)")
    assert len({POOLING, training, wrong}) == 3
    with pytest.raises(CourseError, match=r"trains: write `case\(...\).expecting\(labels=\)`, what accuracy compares"):
        build(put(course, wrong))


def test_one_run_names_all_faults(course: Course) -> None:
    two = POOLING.replace("points=3)\ndef largest", "points=2)\ndef largest").replace(YIELD, "return; yield")
    with pytest.raises(CourseError) as caught:
        build(put(course, two))
    assert str(caught.value).splitlines() == [
        "The reference has 2 faults:",
        "pooling: global_max_pool has 3 points, its checks 2.",
        f"{PLACE} yields no case.",
    ]


def test_check_may_count_with_one_below_it(course: Course) -> None:
    two = CHECK.replace("points=3", "points=1, counts_with=lambda: values") + CHECK.replace(
        "largest", "values"
    ).replace("points=3", "points=2")
    (exercise,) = build(put(course, POOLING.replace(CHECK, two))).exercises
    assert [check.counts_with for check in exercise.checks] == [("values",), ()]


def test_docstring_of_a_base_class_is_no_hint(course: Course) -> None:
    wrong = "from torch import nn\n\n@misconception(global_max_pool)\nclass layer(nn.Module):\n    pass\n"
    with pytest.raises(CourseError, match=r"^pooling: global_max_pool: misconception layer has no docstring"):
        build(put(course, POOLING + wrong))


@pytest.mark.parametrize(
    ("end", "line", "message"),
    [
        ("nn.Linear(3, 4)", 1, "NameError: name 'nn' is not defined"),
        ("import toorch", 1, "ModuleNotFoundError: No module named 'toorch'"),
        ("def half(x:\n", 1, "SyntaxError: '(' was never closed"),
        ("\n\nraise ValueError", 3, "ValueError"),
        (
            "check('largest', points=1)",
            1,
            "TypeError: @check expects the function or class below a @reference, got the str 'largest'",
        ),
        (
            "def f(): pass\nmisconception(f)",
            2,
            "TypeError: @misconception expects the function or class below a @reference, got the function f",
        ),
        (
            "alternative(0)",
            1,
            "TypeError: @alternative expects the function or class below a @reference, got the int 0",
        ),
        (
            "check(global_max_pool, points=1, needs='largest')",
            1,
            "TypeError: needs is a check, or a tuple of checks, that stand above this one, not 'largest'",
        ),
        (
            "check(global_max_pool, points=1, ask=forward(mod='train'))",
            1,
            "TypeError: the probe forward has no option 'mod'; did you mean mode?",
        ),
        (
            "check(global_max_pool, points=1, ask='forward')",
            1,
            "TypeError: ask is a probe, such as forward(mode=\"train\"), not 'forward'",
        ),
        (
            "check(global_max_pool, points=1, compare=matches(rtl=1e-4))",
            1,
            "TypeError: the comparator matches has no parameter 'rtl'; did you mean rtol?",
        ),
        (
            "check(global_max_pool, points=1, compare=parts_agree)",
            1,
            "TypeError: the comparator parts_agree needs the parameter 'why'",
        ),
        (
            "check(global_max_pool, points=1, measure=accuracy)",
            1,
            (
                'TypeError: measure is written with its threshold: accuracy(least=0.9, sentence="..."), '
                "not the measure accuracy"
            ),
        ),
        (
            "accuracy(sentence='{value}')",
            1,
            "TypeError: the measure accuracy takes either least= or most=, the threshold",
        ),
        (
            "accuracy(least=0.8, sentence='{valu}')",
            1,
            (
                'TypeError: sentence has the fields {value} and {threshold}, such as "{value:.0%} are right"; '
                "this one fails with KeyError: 'valu'"
            ),
        ),
        (
            "reference(points=1, forbids=('amax'))",
            1,
            "TypeError: forbids is a tuple of names, such as (\"one\",), not 'amax'",
        ),
        ("check(global_max_pool, points=-1)", 1, "TypeError: points is a number, 0 or more, not -1"),
        ("reference(points=float('nan'))", 1, "TypeError: points is a number, 0 or more, not nan"),
        ("reference(points=1, seconds='10')", 1, "TypeError: seconds is a number above 0, not '10'"),
        ("check(global_max_pool, points=1, hidden='no')", 1, "TypeError: hidden is True or False, not 'no'"),
    ],
)
def test_section_that_cannot_be_imported_is_named_with_its_line(
    course: Course, end: str, line: int, message: str
) -> None:
    text = (
        "The section 'pooling' of exercise7 cannot be imported: "
        f"reference/exercise7/pooling.py, line {POOLING.count(chr(10)) + line}: {message}."
    )
    with pytest.raises(CourseError, match=f"^{re.escape(text)}$"):
        build(put(course, POOLING + end))


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (
            "sections = ('pooling')",
            r"__init__\.py has no tuple that names its modules: `sections = \(\"pooling\",\)`\.",
        ),
        ("", r"__init__\.py has no tuple that names its modules: `sections = \(\"pooling\",\)`\."),
        (
            "sections = ('poling',)",
            r"^The section 'poling' of exercise7 cannot be imported: ModuleNotFoundError: No module named .*poling'\.$",
        ),
        (
            "\nsections = (pooling,)",
            r"^The reference of exercise7 cannot be imported: reference/exercise7/__init__\.py, line 2: NameError: ",
        ),
    ],
)
def test_mistake_in_the_table_of_contents_is_named(course: Course, contents: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        read_reference(put(course, contents=contents), "exercise7")


@pytest.mark.parametrize("pause", ["x = x + 0", "x = 1"])
def test_misconception_without_an_end_is_reported(course: Course, monkeypatch: pytest.MonkeyPatch, pause: str) -> None:
    monkeypatch.setattr("autograder.exam.mistakes.SLOW", 0.05)
    endless = POOLING.replace("    return x.mean(dim=(2, 3))", f"    while True:\n        {pause}")
    with pytest.raises(CourseError, match=r"^mean, a misconception of global_max_pool, has not ended after 0.5 sec"):
        build(put(course, endless))


@pytest.mark.parametrize("again", [CHECK, MISCONCEPTION, REFERENCE])
def test_name_that_is_defined_twice_is_reported_with_both_lines(course: Course, again: str) -> None:
    with pytest.raises(
        CourseError, match=r"pooling\.py, lines \d+ and \d+: \w+ is defined twice, and the second would"
    ):
        build(put(course, POOLING + "\n\n" + again))


@pytest.mark.parametrize("sections", ["('pooling', 'other')", "('pooling', 'pooling')"])
def test_exercise_in_two_sections_is_refused(course: Course, sections: str) -> None:
    put(course, contents=f'"""Pooling"""\nsections = {sections}\n')
    (course.reference("exercise7") / "other.py").write_text(POOLING.replace("amax", "amin"), encoding="utf-8")
    with pytest.raises(
        CourseError, match=r"^The exercise global_max_pool of exercise7 stands in two sections, 'pooling'"
    ):
        build(course)


def test_section_without_an_exercise_is_refused(course: Course) -> None:
    with pytest.raises(CourseError, match=r"^The section 'pooling' of exercise7 has no exercise"):
        build(put(course, '"""Pooling"""\n'))


def test_reference_can_be_read_once_it_is_fixed(course: Course) -> None:
    with pytest.raises(CourseError):
        read_reference(put(course, contents="sections = (pooling,)"), "exercise7")
    assert read_reference(put(course), "exercise7").title == "Pooling"


def test_folder_without_a_table_of_contents_is_named(course: Course) -> None:
    put(course, contents=None)
    message = (
        f"{course.reference('exercise7')} has no __init__.py, the table of contents. Write one: the title of the "
        'assignment as its docstring, and then `sections = ("pooling",)`.'
    )
    with pytest.raises(NoCourseError, match=f"^{re.escape(message)}$"):
        find_course(course.folder, "exercise7")
