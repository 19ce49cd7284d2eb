"""`check` and `hint` in a notebook: right numbers, quiet, and the kernel is left as it was."""

from __future__ import annotations

import importlib
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autograder.cell import check, hint, solution
from autograder.cell.display import Interrupted, decimal, show_total
from autograder.cell.quiet import captured_output
from autograder.course import Course
from autograder.exam.cache import exam_for
from autograder.exam.codec import save_exam
from autograder.exam.seal import seal
from autograder.model import CheckResult, ExerciseResult, Grade
from autograder.submission.notebook import code_cells
from tests.support.course import ROOT
from tests.support.halves import HALVES
from tests.support.notebooks import notebook
from tests.support.submissions import write_all


def ask(code: str, last: str = 'check("half")') -> Any:
    """What the last line of a notebook gives that has run the code before."""
    namespace: dict[str, Any] = {"check": check, "hint": hint, "solution": solution}
    exec(compile(code, "cell", "exec"), namespace)
    return eval(last, namespace)


RIGHT = "def half(x):\n    return x >> 1\n"


@pytest.mark.parametrize(
    ("code", "score"),
    [
        (RIGHT, "4.0"),
        ("def half(x):\n    return x / 2\n", "0.0"),
        ("def half(x):\n    return 1\n", "4.0"),
        ("def half(x):\n    return x - 1 if x == 2 else 9\n", "1.33"),
        ("half = 3", "0.0"),
        ("", "0.0"),
        ("def half(x):\n    raise SystemExit\n", "0.0"),
        ("class E(BaseException):\n    def __str__(self):\n        1 / 0\ndef half(x):\n    raise E\n", "0.0"),
    ],
)
def test_number_is_the_visible_points_scaled_to_all(sheet: Path, code: str, score: str) -> None:
    result = ask(code)
    assert (repr(result), result._repr_mimebundle_()["text/plain"]) == (score, score)


def test_hidden_checks_are_in_no_report(sheet: Path) -> None:
    result = ask(RIGHT)
    assert "Negative" not in str(result) + result.html


def test_report_names_the_misconception(sheet: Path) -> None:
    result = ask("def half(x):\n    return x / 2\n")
    assert "`//` rounds down" in result.html
    assert "half(2): expected" in str(result)


def test_place_of_a_mistake_is_shown(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCHGRADE_EXPLAIN_SECONDS", "60")
    code = "def half(x):\n    part = 3\n    return x // part\n"
    module = importlib.import_module("autograder.cell.check")  # its name is that of a function of the package
    monkeypatch.setattr(module, "cells_of", lambda _: ["1 + 1", code])
    place = "the cell of half, line 2: with one small change here, all checks pass:\n      part = 3"
    result = ask(code)
    assert place in str(result)
    assert "with one small change here" in result.html
    first, second = ask(code, 'hint("half")'), ask(code, 'hint("half")')
    assert "line 2: with one small change here" in str(first)
    assert "The change there: another number." in str(second)


def test_forbidden_function_is_noticed(sheet: Path) -> None:
    result = ask("import torch\ndef half(x):\n    return int(torch.tensor(x).floor_divide(2))\n")
    assert "asks you to do without" in str(result)


def test_error_names_the_line(sheet: Path) -> None:
    result = ask("def half(x):\n    return x.size\n")
    assert "raised AttributeError" in str(result)


@pytest.mark.parametrize("endless", ["time.sleep(600)", "while True: pass"])
def test_what_is_not_finished_is_stopped(sheet: Path, endless: str) -> None:
    result = ask(f"import time\ndef half(x):\n    {endless}\n")
    assert "did not finish within 1 seconds" in str(result)


def test_text_of_students_is_escaped(sheet: Path) -> None:
    result = ask("def half(x):\n    print('<script>alert(1)</script>')\n    raise ValueError('<img src=x>')\n")
    assert "<script>" not in result.html
    assert "<img" not in result.html


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("hlaf", "did you mean half?"), ("zzz", "there are half"), ("HALF", "half: 0"), (3, "no exercise '3'")],
)
def test_name_that_is_misspelt_is_reported(sheet: Path, name: object, sentence: str) -> None:
    result = ask("", f"check({name!r})")
    assert repr(result) == "0.0"
    assert sentence in str(result)


def test_function_itself_will_do_for_its_name(sheet: Path) -> None:
    assert repr(ask(RIGHT, "check(half)")) == "4.0"


def test_no_exam_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = ask(RIGHT)
    assert repr(result) == "0.0"
    assert "No exam is here" in str(result)


def test_exam_that_cannot_be_read_is_a_sentence(sheet: Path) -> None:
    (sheet / "sheet.exam").write_bytes(b"half of it")
    assert "is not a whole exam" in str(ask(RIGHT))


def test_exam_that_came_with_the_package_will_do(sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr("autograder.cell.find.PACKAGED_EXAMS", sheet)
    assert repr(ask(RIGHT)) == "4.0"


def test_forbidden_function_that_is_not_run_is_noticed_too(sheet: Path) -> None:
    code = "import torch\ndef half(x):\n    if x > 9999:\n        torch.floor_divide(x, 2)\n    return x // 2"
    assert "this notebook.ipynb cell 1, line 4" in str(ask(f"{code}\nIn = ['', {code!r}]"))


def test_syntax_error_in_a_cell_is_the_reason(sheet: Path) -> None:
    broken = "def half(x)\n    return x // 2\n"
    assert "`half` could not be read: expected ':' in line 1 of its cell" in str(ask(f"In = ['', {broken!r}]"))


def test_cell_that_python_could_not_parse_was_not_run(sheet: Path) -> None:
    broken = "def half(x)\n    if x > 9999:\n        torch.floor_divide(x, 2)\n    return x // 2"
    assert repr(ask(f"{RIGHT}\nIn = ['', {RIGHT!r}, {broken!r}]")) == "4.0"


def test_misspelt_function_beside_the_stub_is_reported(sheet: Path) -> None:
    cells = ["def half(x):\n    raise NotImplementedError()\n", RIGHT.replace("half", "halff")]
    sentence = "there is no `half`, but a `halff`: is it misspelt?"
    assert sentence in str(ask(f"{cells[0]}\n{cells[1]}\nIn = ['', *{cells!r}]"))


@pytest.mark.parametrize(
    ("half", "quarter", "score"),
    [
        ("x // 2", "half(half(x))", "2.0"),
        ("x / 2", "half(half(x))", "2.0"),
        ("x.size", "half(half(x))", "2.0"),
        ("x / 2", "half(half(x)) + 1", "0.0"),
        ("7", "half(half(half(x)))", "0.0"),
        ("0", "x / 4", "0.0"),
    ],
)
def test_right_code_that_calls_a_wrong_function_keeps_its_points(
    sheet: Path, half: str, quarter: str, score: str
) -> None:
    cell = f"def half(x):\n    print('asked')\n    return {half}\n\ndef quarter(x):\n    return {quarter}\n"
    result = ask(f"{cell}\nIn = ['', {cell!r}]\nbefore = half", '[check("quarter"), half is before]')
    assert (repr(result[0]), result[1]) == (score, True)
    followed = "right if half is right; your half is not yet" in str(result[0])
    assert followed is (score == "2.0" and half != "x // 2")


def test_exam_is_found_in_a_folder_above(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (sheet / "a folder").mkdir()
    monkeypatch.chdir(sheet / "a folder")
    assert repr(ask(RIGHT)) == "4.0"


@pytest.mark.parametrize(
    "noise",
    [
        "print('noise')",
        "import sys; sys.stderr.write('noise')",
        "import os; os.write(2, b'noise')",
        "import os; os.system('echo noise >&2')",
        "import ctypes; ctypes.CDLL(None).puts(b'noise')",
        "LOGGER.warning('noise')",
    ],
)
def test_printed_text_is_in_the_report(sheet: Path, noise: str, capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("half")
    handler = logging.StreamHandler(sys.stderr)  # which holds on to the stream of now
    logger.addHandler(handler)
    try:
        code = f"import logging\nLOGGER = logging.getLogger('half')\ndef half(x):\n    {noise}\n    return x >> 1\n"
        result = ask(code)
    finally:
        logger.removeHandler(handler)
    assert capfd.readouterr() == ("", "")
    assert repr(result) == "4.0"
    assert "noise" in result.html


def test_input_meets_its_end(sheet: Path) -> None:
    assert "EOFError" in str(ask("def half(x):\n    return int(input())\n"))


def test_kernel_is_as_before(sheet: Path) -> None:
    def state() -> list[object]:
        return [
            torch.get_rng_state().tolist(),
            np.random.get_state(legacy=False)["state"]["key"].tolist(),
            random.getstate(),
            torch.get_default_dtype(),
            torch.get_num_threads(),
            torch.is_grad_enabled(),
            Path.cwd(),
            warnings.filters[:],
            sys.stdout,
            sys.stderr,
            sys.stdin,
            signal.getsignal(signal.SIGALRM),
            dict(os.environ),
            sys.path[:],
            input,
        ]

    before = state()
    result = ask(
        "import os, torch, random, warnings, sys\n"
        "def half(x):\n"
        "    torch.set_default_dtype(torch.float64); torch.set_num_threads(2); torch.set_grad_enabled(False)\n"
        "    os.chdir('/'); warnings.simplefilter('error'); os.environ['X'] = '1'; sys.path.append('x')\n"
        "    torch.rand(3); random.random()\n"
        "    return x >> 1\n"
    )
    assert repr(result) == "4.0"
    assert state() == before


def test_interrupt_is_one_line(sheet: Path) -> None:
    main = threading.main_thread().ident
    assert main is not None
    timer = threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT))
    timer.start()
    with pytest.raises(Interrupted) as caught:
        ask("import time\ndef half(x):\n    time.sleep(30)\n")
    assert caught.value._render_traceback_() == ["Interrupted: half is not graded."]


def test_hints_go_step_by_step(sheet: Path) -> None:
    steps = [repr(ask("", 'hint("half")')) for _ in range(3)]
    assert ["Look at the name" in steps[0], "Divide by two" in steps[1], steps[1] == steps[2]] == [True] * 3
    assert "The exercise is complete" in repr(ask(RIGHT, 'hint("half")'))


def test_hint_goes_further_only_when_its_cell_runs_twice(sheet: Path) -> None:
    def asked(*cells: str) -> str:
        return repr(ask(f"In = {list(cells)!r}", "hint('half')"))

    assert "Look at the name" in asked("", "hint('half')")
    assert "Look at the name" in asked("", "check('half')", "hint('half')")
    assert "Divide by two" in asked("", "hint('half')", "hint('half')")
    assert "Divide by two" in asked("", "hint('half')", "x = 1", "hint('half')")


def test_solution_is_shown_when_the_exercise_is_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = "def half(x):\n    ### BEGIN SOLUTION\n    return x // 2  # <down>\n    ### END SOLUTION\n"
    write_all(tmp_path, {**HALVES, "solutions/sheet/halves.py": marked})
    monkeypatch.chdir(tmp_path)
    shown = ask(RIGHT, "solution('half')")
    assert repr(shown) == "The course's solution of half:\n\ndef half(x):\n    return x // 2  # <down>"
    assert "# &lt;down&gt;" in shown.html
    for wrong in "", "def half(x):\n    return x / 2\n":
        refused = repr(ask(wrong, "solution('half')"))
        assert refused.startswith("The solution of half is shown when all of its checks pass.")
        assert "//" not in refused


def test_course_without_solutions_says_so(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repr(ask(RIGHT, "solution('half')")).startswith("There is no solution of half here.")
    assert "There is no exercise" in repr(ask(RIGHT, "solution('haft')"))
    monkeypatch.setenv("TORCHGRADE_SEALED", "1")
    assert repr(ask(RIGHT, "solution('half')")) == ""


def test_check_without_a_name_shows_the_total(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCHGRADE_EXPLAIN_SECONDS", "60")
    module = importlib.import_module("autograder.cell.check")
    monkeypatch.setattr(module, "repairs_of", lambda *_: pytest.fail("a search for each exercise takes too long"))
    assert "0 of" in str(ask("def half(x):\n    return x // 3\n", "check()"))
    shown = ask(RIGHT, "check()")
    assert "half" in str(shown)
    assert "Total" in str(shown)
    assert float(shown) > 0


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def half(x):\n    return x >> 1\n", ["half", "quarter"]),
        ("x = 1\n", ["third", "quarter"]),
        ("def third(x):\n    return 1\n", ["third", "quarter"]),
    ],
)
def test_total_is_of_the_assignment_that_most_functions_belong_to(
    sheet: Path, tmp_path: Path, code: str, names: list[str]
) -> None:
    another = {file.replace("sheet", "another"): text.replace("half", "third") for file, text in HALVES.items()}
    write_all(tmp_path / "second", another)
    save_exam(seal(exam_for(Course(tmp_path / "second"), "another", 0)), sheet / "another.exam")
    *lines, _ = str(ask(code, "check()")).splitlines()
    assert [line.split()[1] for line in lines] == names


def test_total_marks_what_did_not_run_and_leaves_extra_credit_apart(sheet: Path) -> None:
    lines = str(ask("def half(x):\n    return 4\n", "check()")).splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "✗ half 0 of 4",
        "· quarter 0 of 2 not run yet",
        "Total 0 of 6 points",
    ]
    check = CheckResult("one", "One", "passed", 3, 3)
    results = [(ExerciseResult(name, 3, 3, 0.0, (check,)), 3.0, 3.0) for name in ("half", "more")]
    assert str(show_total(results, extra={"more"})).endswith("3 of 3 points, 3 extra")


def test_sealed_kernel_asks_no_question(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCHGRADE_SEALED", "1")
    assert repr(ask(RIGHT)) == "0.0"


@pytest.mark.parametrize(
    ("earned", "worth", "text"),
    [
        (7.5, 10, "7.5"),
        (0.1 + 0.2, 1, "0.3"),
        (10, 10, "10.0"),
        (11, 10, "10.0"),
        (-1, 10, "0.0"),
        (float("nan"), 10, "0.0"),
        (float("inf"), 10, "0.0"),
        (2.664, 2.666, "2.66"),
        (2.6655, 2.666, "2.66"),
        (1e-9, 10, "0.0"),
        (1, 0, "0.0"),
    ],
)
def test_decimal_is_plain_and_within_the_points(earned: float, worth: float, text: str) -> None:
    assert decimal(earned, worth) == text


def test_endless_printing_is_cut() -> None:
    with captured_output() as text:
        for _ in range(3000):
            print("x" * 1000)
        assert text().endswith("(more is not shown)")


NOTEBOOK = [
    "from autograder.cell import check, hint, solution\nTWO = 2",
    "def conv_output_size(i, k, stride=1, padding=0, dilation=1):\n    return (i + TWO * padding - k) // stride + 1",
    'check("conv_output_size"); AFTER = hint("x"); solution("x")',
    "import autograder.cell as cell\ncell.check('x')",
    "def linear_params(a, b, bias=True):\n    return a * b + b * bias",
]


def test_check_cells_do_nothing_in_the_sandbox(whole_grade: Callable[..., Grade], tmp_path: Path) -> None:
    found = grade_notebook(whole_grade, tmp_path, NOTEBOOK)
    earned = {one.name: one.earned for section in found.sections for one in section.exercises}
    assert (found.notes, found.output, earned["linear_params"]) == ((), {}, 2.0)
    assert earned["conv_output_size"] > 0


def test_own_function_named_check_keeps_working(whole_grade: Callable[..., Grade], tmp_path: Path) -> None:
    cells = [
        "from autograder.cell import check, hint",
        "def check(a, b):\n    return a * b + b",
        "def linear_params(a, b, bias=True):\n    return check(a, b) if bias else a * b",
    ]
    found = grade_notebook(whole_grade, tmp_path, cells)
    assert found.earned == 2.0


def grade_notebook(whole_grade: Callable[..., Grade], folder: Path, cells: list[str]) -> Grade:
    text = notebook(*cells)
    assert code_cells(text)[1] == []
    (folder / "exercise3.ipynb").write_text(text)
    return whole_grade(folder / "exercise3.ipynb", "linear_params", "conv_output_size")


def test_importing_the_cells_checks_imports_nothing_slow() -> None:
    code = "import sys; from autograder.cell import check; print({'torch', 'numpy', 'nbgrader'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"
