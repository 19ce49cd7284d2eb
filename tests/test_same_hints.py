"""A student gets the same hints for the same wrong work, whichever way the work is graded."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from autograder.cell import check
from autograder.cli.hint import command as hint_command
from autograder.cli.watch.events import GradingFinished, Resized
from autograder.cli.watch.grader import Grader
from autograder.cli.watch.state import first_state
from autograder.cli.watch.update import update
from autograder.cli.watch.view import screen_lines
from autograder.exam import only, without_training
from autograder.grading import grade
from autograder.model import Exam, Grade
from autograder.reports.grade_page import render_grade_page
from autograder.reports.next_step import FollowUp
from autograder.reports.terminal import show_grade
from autograder.sandbox import Sandbox
from autograder.submission import read_submission
from tests.support.course import COURSE, ROOT, changed
from tests.support.submissions import write_all
from tests.support.works import works

COLUMNS = 2000  # so that each hint stands on one line
LINES = 500
TITLED = re.compile(r" *(?:[✗✓·]|failed|raised|stopped|passed) +(\S.*?)(?: \([\d.]+ of [\d.]+\))?")
LINEAR = "def linear_params(in_features, out_features, bias=True):\n    "

COLLECTED = {  # exercise, work of the collection, what all reports show of the reason
    "a known misconception": ("conv_output_size", "padding_added_once", "added at both ends, so it counts twice"),
    "a float": ("conv_output_size", "true_division", "the division rounds down, and its result is an int"),
    "a flipped kernel": ("conv2d_manual", "kernel_flipped", "the kernel is not flipped"),
    "a forbidden call": ("conv2d_manual", "calls_torch_conv2d", "conv2d, which this exercise asks you to do without"),
    "one message for all checks": ("Decoder", "skips_in_given_order", "its first skip is the last of the encoder's"),
    "two mistakes": ("ConvBlock", "two_relu6_and_no_bias", "leave bias=True"),
    "a wrong behaviour": ("BatchNorm2d", "buffers_not_registered", "register_buffer puts them into state_dict()"),
}
WRITTEN = {  # exercise, file, text, what all reports show of the reason
    "a stub that is called": (
        "UNet",
        "unet.py",
        changed("unet", ("features = [self.blocks[0](x)]", "raise NotImplementedError")),
        "UNet calls Encoder, which is not started",
    ),
    "a misspelt name": (
        "linear_params",
        "parameter_counting.py",
        LINEAR.replace("params", "param") + "return in_features * out_features\n",
        "there is no `linear_params`, but a `linear_param`: is it misspelt?",
    ),
    "no return": (
        "linear_params",
        "parameter_counting.py",
        f"{LINEAR}in_features * out_features\n",
        "got None (is a `return` missing?)",
    ),
    "an unknown name": (
        "linear_params",
        "parameter_counting.py",
        f"{LINEAR}return feature * out_features\n",
        "raised NameError: name 'feature' is not defined",
    ),
    "a syntax error": (
        "linear_params",
        "parameter_counting.py",
        f"{LINEAR}return (in_features\n",
        "line 2: '(' was never closed",
    ),
}


def work_of(name: str) -> tuple[str, str, str, str]:
    """The exercise, the file with its text, and what reports show of the reason."""
    if name in WRITTEN:
        return WRITTEN[name]
    exercise, work, reason = COLLECTED[name]
    found = next(one for one in works("wrong") if (one.exercise, one.name) == (exercise, work))
    (file,) = found.submission.files
    return exercise, file.name, "\n".join(file.cells), reason


@dataclass(frozen=True)
class Shown:
    """The hints in a report, each with the title of the check at which it stands, and the whole report."""

    hints: Mapping[str, str]
    report: str


def read(report: str) -> Shown:
    """What the lines of a terminal or of a cell's text show."""
    hints: dict[str, str] = {}
    title = ""
    for line in re.sub(r"\n {14}(?=\S)", " ", report).splitlines():  # hints are indented so where they go on
        text = line.strip()
        if text.startswith("hint: "):
            hints.setdefault(text.removeprefix("hint: "), title)
        elif found := TITLED.fullmatch(line):
            title = found[1]
    return Shown(hints, report)


def on_terminal(graded: Grade) -> Shown:
    written = io.StringIO()
    show_grade(graded, Console(file=written, width=COLUMNS), verbose=False, follow_up=FollowUp("grade exercise3"))
    return read(written.getvalue())


def on_page(text: str) -> Shown:
    """What the page of a grade, or the output of a cell, shows."""
    hints: dict[str, str] = {}
    for item in re.findall(r'<li class="check">(.*?)</li>', text, re.S):
        title = html.unescape(re.findall(r"</span> <span>(.*?)(?: <span|</span>)", item, re.S)[0])
        for hint in re.findall(r'<p class="hint"><b>Hint</b> (.*?) *</p>', item, re.S):
            hints.setdefault(html.unescape(hint), title)
    return Shown(hints, html.unescape(re.sub(r"<[^>]*>", "", text)))


def in_watch(exam: Exam, path: Path, sandbox: Sandbox) -> Shown:
    state = update(first_state(exam, frozenset(), trains=False), Resized(COLUMNS, LINES), COURSE)
    grader = Grader(COURSE, path, sandbox, state)
    for event in grader.events():
        state = grader.state = update(state, event, COURSE)
        if isinstance(event, GradingFinished):
            break
    return read("\n".join(line for line, _ in screen_lines(state)))


def in_cell(exercise: str, text: str) -> tuple[Shown, Shown]:
    """The text and the page of `check`, after a cell with this text."""
    namespace: dict[str, Any] = {"check": check, "In": ["", text]}
    exec(compile(text, "cell", "exec"), namespace)
    shown = eval(f"check({exercise!r}, training=False)", namespace)
    return read(str(shown)), on_page(shown.html)


def in_hint(exercise: str, folder: Path) -> str:
    """What `grade hint` prints, in one line."""
    return " ".join(CliRunner().invoke(hint_command, ["exercise3", exercise, str(folder)]).output.split())


@pytest.mark.usefixtures("cached_exam")
@pytest.mark.parametrize("name", [*COLLECTED, *WRITTEN])
def test_hints_are_the_same(
    name: str,
    exam: Callable[[int], Exam],
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(ROOT)
    exercise, file, text, reason = work_of(name)
    folder = tmp_path / "work"
    write_all(folder, {file: text})
    asked = without_training(only(exam(0), [exercise]))
    graded = grade(asked, read_submission(folder), sandbox, jobs=1)
    shown = {"terminal": on_terminal(graded), "watch": in_watch(asked, folder, sandbox)}
    shown["page"] = on_page(render_grade_page(graded))
    if name != "a syntax error":  # Python runs no cell that it cannot parse
        shown["cell"], shown["page of the cell"] = in_cell(exercise, text)
    hinted = in_hint(exercise, folder)
    assert {way: one.hints for way, one in shown.items()} == dict.fromkeys(shown, shown["terminal"].hints)
    assert [text for text in shown["terminal"].hints if text not in hinted] == []
    assert [way for way, one in shown.items() if reason not in " ".join(one.report.split())] == []
    assert reason in hinted
    assert bool(shown["terminal"].hints) == ("What your answers show" in hinted)
