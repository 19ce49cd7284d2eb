"""The report in the terminal shows the check that cost the points."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from rich.console import Console

from autograder.model import CheckResult, ExerciseResult, Grade, Isolation, SectionResult, Verdict
from autograder.reports.grade_page import exercise_html
from autograder.reports.next_step import FollowUp
from autograder.reports.terminal import exercise_lines, show_grade
from tests.support.results import GradeChanged

PADDINGS = "in_channels, 16, kernel_size=3, padding=1", "16, 32, kernel_size=3, padding=1"


def test_single_check_that_fails_is_shown_where_the_others_wait_for_it(grade_changed: GradeChanged) -> None:
    around = [(old, f'{old}, padding_mode="circular"') for old in PADDINGS]
    result = grade_changed("simple_cnn", "SimpleCNN", *around)
    assert result.earned == 0
    shown = "\n".join(line for line, _ in exercise_lines(result, 100, verbose=False))
    assert "✗ Convolution, ReLU and pooling twice, then the linear layer" in shown
    assert "values differ" in shown


def test_check_that_passed_by_a_right_function_is_shown() -> None:
    sentence = "right if side is right; your side is not yet"
    checks = (
        CheckResult("small", "Small ones", "passed", 1, 1),
        CheckResult("large", "Large ones", "passed", 1, 1, sentence, follows_from=("side",)),
    )
    result = ExerciseResult("area", 2, 2, 0.1, checks, "work.py")
    shown = "\n".join(line for line, _ in exercise_lines(result, 100, verbose=False))
    assert "✓ Large ones" in shown
    assert sentence in shown
    assert "Small ones" not in shown
    page = exercise_html(result)
    assert sentence in page
    assert "<details>" not in page


def _lines_of(*checks: CheckResult) -> list[str]:
    earned = sum(check.earned for check in checks)
    result = ExerciseResult("area", earned, len(checks), 0.1, checks, "work.py")
    return [line.strip() for line, _ in exercise_lines(result, 100, verbose=False)]


def _check(name: str, feedback: str, verdict: Verdict = "raised", hint: str = "") -> CheckResult:
    return CheckResult(name, name.title(), verdict, 0, 1, feedback, hint=hint)


def test_error_that_several_checks_meet_is_shown_once() -> None:
    error = "raised NameError: name 'hight' is not defined\nat work.py, line 2: return hight"
    lines = _lines_of(
        _check("small", f"area(1) {error}"),
        _check("large", f"area(9) {error}"),
        _check("wide", "area(9, 2): expected 18, got 9", "failed"),
        _check("huge", f"area(99) {error}"),
    )
    assert sum("NameError" in line for line in lines) == 1
    assert "and 2 more checks for the same reason" in lines
    assert "✗ Wide" in lines


def test_check_with_a_hint_of_its_own_is_shown_though_its_reason_is_known() -> None:
    missing = "expected an int, got None (is a `return` missing?)"
    lines = _lines_of(
        _check("small", f"area(1): {missing}", "failed"), _check("large", f"area(9): {missing}", "failed", "Multiply.")
    )
    assert "✗ Large" in lines
    assert "hint: Multiply." in lines


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("area(1): expected 4, an int; got 4.0, a float", "area(3): expected 9, an int; got 9.5, a float", "failed"),
        (
            "area(x (2, 3)): expected floating point values, got dtype int64",
            "area(y (4, 1)): [1]: expected floating point values, got dtype int64",
            "failed",
        ),
        ("area(1): expected a list, got a dict", "area(2): expected a list, got a dict; return a list", "failed"),
        ("area(1) did not finish within 10 seconds", "area(2) did not finish within 3 seconds", "stopped"),
        (
            "area(1) did not finish within 10 seconds",
            "not run, because two checks of this exercise were stopped already",
            "stopped",
        ),
    ],
    ids=["int", "dtype", "list", "endless loop", "not run"],
)
def test_reason_is_the_same_whatever_the_values(first: str, second: str, verdict: Verdict) -> None:
    lines = _lines_of(_check("small", first, verdict), _check("large", second, verdict))
    assert [first in lines, second in lines] == [True, False]
    assert "and 1 more check for the same reason" in lines


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("area(1): expected 4, got 5", "area(2): expected 4, got 5"),
        ("area(1): expected a list, got a dict", "area(2): expected a list, got a tensor"),
        ("area(1): expected dtype int64, got int32", "area(2): expected 4, an int; got 4.0, a float"),
    ],
    ids=["values", "kinds", "types"],
)
def test_other_reasons_are_shown(first: str, second: str) -> None:
    lines = _lines_of(_check("small", first, "failed"), _check("large", second, "failed"))
    assert [first in lines, second in lines] == [True, True]


def test_hint_of_any_check_is_shown_where_all_have_one_feedback() -> None:
    lines = _lines_of(_check("small", "area fails"), _check("large", "area fails", hint="Multiply."))
    assert "hint: Multiply." in lines


def test_page_shows_a_reason_once() -> None:
    error = "raised NameError: name 'hight' is not defined"
    checks = (_check("small", f"area(1) {error}"), _check("large", f"area(9) {error}"))
    page = exercise_html(ExerciseResult("area", 0, 2, 0.1, checks, "work.py"))
    assert page.count("NameError") == 1
    assert "for the same reason" in page


def _shown(
    *sections: SectionResult,
    notes: tuple[str, ...] = (),
    output: Mapping[str, str] | None = None,
    follow_up: FollowUp | None = None,
) -> str:
    grade = Grade("sheet", "Ada", 0, 4, 0, Isolation("none"), 0, "0" * 64, {}, 1.0, sections, notes, output or {})
    console = Console(width=60, record=True, file=io.StringIO())
    show_grade(grade, console, follow_up=follow_up)
    return console.export_text()


def test_sections_of_other_files_take_one_line_each() -> None:
    absent = ExerciseResult("volume", 0, 1, 0, (_check("small", "there is no `volume`"),))
    here = ExerciseResult("area", 0, 1, 0, (_check("small", "area(1): expected 1, got 2", "failed"),), "work.py")
    shown = _shown(
        SectionResult("solids", "Solids", False, 0, 1, (absent, absent)),
        SectionResult("plane", "Plane", False, 0, 2, (here, absent)),
    )
    assert "Solids   not in the files" in shown
    assert "· volume   not in the files" in shown
    assert shown.count("volume") == 1


def test_next_step_names_the_line_that_cannot_be_read() -> None:
    check = _check("small", "`area` could not be read: work.py, line 7: invalid syntax")
    shown = _shown(
        SectionResult("plane", "Plane", False, 0, 1, (ExerciseResult("area", 0, 1, 0, (check,), "work.py"),))
    )
    assert "Next: fix area in work.py, line 7," in shown


def test_page_folds_checks_that_wait_for_another() -> None:
    waits = "skipped until “Small” passes"
    checks = (
        _check("small", "area(1): expected 1, got 2", "failed"),
        _check("large", waits, "skipped"),
        _check("wide", "area(9, 2): expected 18, got 9", "failed"),
        _check("huge", waits, "skipped"),
    )
    page = exercise_html(ExerciseResult("area", 0, 4, 0.1, checks, "work.py"))
    shown, fold, folded = page.partition('<details class="waiting"><summary>2 checks wait for another check</summary>')
    assert fold
    assert [name for name in ("Small", "Large", "Wide", "Huge") if f"<span>{name}</span>" in shown] == ["Small", "Wide"]
    assert folded.index("Large") < folded.index("Huge")
    one = exercise_html(ExerciseResult("area", 0, 4, 0.1, checks[:2], "work.py"))
    assert "<summary>1 check waits for another check</summary>" in one


def _one(earned: float, file: str = "work.py") -> SectionResult:
    check = CheckResult("small", "Small ones", "passed" if earned else "failed", earned, 1)
    result = ExerciseResult("area" if file else "volume", earned, 1, 0, (check,), file)
    return SectionResult("plane", "Plane", False, earned, 1, (result,))


def test_next_step_repeats_the_command_in_one_piece() -> None:
    command = "grade sheet 'my very long folder of work' --only area"
    assert f"      `{command}`\n" in _shown(_one(0), follow_up=FollowUp(command))


def test_right_part_is_not_called_the_whole() -> None:
    assert "nothing is left to do. Well done." in _shown(_one(1))
    part = " ".join(_shown(_one(1), follow_up=FollowUp("grade sheet --only area", "grade sheet")).split())
    assert "Next: all that was graded is complete. `grade sheet` grades the rest as well." in part
    others = " ".join(_shown(_one(1), _one(0, file="")).split())
    assert "all exercises in the files are complete; 1 other is not in the files." in others
    assert "write volume; the files have no exercise yet." in _shown(_one(0, file=""))


def test_next_step_is_the_stub_that_written_code_calls() -> None:
    stub = ExerciseResult("side", 0, 1, 0, (replace(_check("small", "not started"), not_started=True),), "work.py")
    check = _check("small", "area calls side, which is not started")
    area = ExerciseResult("area", 0, 1, 0, (check,), "work.py")
    assert "Next: start with side in work.py." in _shown(SectionResult("plane", "Plane", False, 0, 2, (area, stub)))


def test_report_says_that_the_code_printed() -> None:
    shown = _shown(SectionResult("plane", "Plane", False, 0, 0, ()), output={"work.py": "hello\nworld\n"})
    assert "The code printed 2 lines: --verbose shows them" in shown


def test_caret_of_a_long_line_is_shown_below_its_place() -> None:
    code = f"return ({'a + ' * 30}b c)"
    note = f"work.py, line 7: invalid syntax\n{code}\n{' ' * code.index('b c')}^"
    lines = _shown(notes=(note,)).splitlines()
    caret = next(line for line in lines if line.strip() == "^")
    above = lines[lines.index(caret) - 1]
    assert above[caret.index("^") :].startswith("b c")


def test_stopped_check_shows_the_time_by_the_clock() -> None:
    check = replace(_check("loop", "area(1) did not finish within 10 seconds", "stopped"), seconds=28.8)
    clock = "stopped after 29 s by the clock, which also counts new attempts and other programs"
    assert clock in _lines_of(check)
    assert clock not in _lines_of(replace(check, seconds=0.2), replace(check, verdict="failed"))
