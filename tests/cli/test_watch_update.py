"""The state of a watch after each event, and its screen; without a terminal and without grading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import reduce
from pathlib import Path

import pytest

from autograder.cli.watch.events import (
    Event,
    ExerciseGraded,
    GradingFinished,
    KeyPressed,
    Resized,
    Trained,
    WorkChanged,
)
from autograder.cli.watch.order import in_order
from autograder.cli.watch.solution import Comparison, comparison_lines
from autograder.cli.watch.state import State, first_state
from autograder.cli.watch.update import update
from autograder.cli.watch.view import screen_lines, scroll_end
from autograder.course import Course
from autograder.grading import CheckJudged
from autograder.model import (
    CheckResult,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamSection,
    ExerciseResult,
    Grade,
    Isolation,
    SectionResult,
    SourceFile,
    Submission,
)

CHECKS = (
    ExamCheck("shape", "It has the right shape", 1, "equal", {}, ()),
    ExamCheck("accuracy", "It learns digits", 2, "at_least", {}, (), training=True),
)
NETS = ExamSection("nets", "Networks", False, (ExamExercise("Net", 3, "", CHECKS), ExamExercise("Deep", 3, "", CHECKS)))
LOSSES = ExamSection("losses", "Losses", False, (ExamExercise("loss", 1, "", CHECKS[:1]),))
EXAM = Exam("exercise3", "", 0, "", {}, (NETS, LOSSES))
WORK = Submission("student", (SourceFile("nets.py", ("class Net:\n    a = 1\n\n\nclass Deep:\n    b = 1\n",)),))
CHANGED = Submission("student", (SourceFile("nets.py", ("class Net:\n    a = 2\n\n\nclass Deep:\n    b = 1\n",)),))
PASSED = CheckJudged("Net", CheckResult("shape", "It has the right shape", "passed", 1, 1))
LEARNED = ExerciseResult("Net", 2, 3, 1.0, (CheckResult("accuracy", "It learns digits", "passed", 2, 2),))
READ = WorkChanged(WORK, ("Net", "Deep", "loss"), "")
NOW = datetime(2026, 1, 1, 12, 30)


def after(*events: Event, state: State | None = None) -> State:
    first = first_state(EXAM, frozenset(), True) if state is None else state
    return reduce(lambda before, event: update(before, event, Course(Path("nowhere"))), events, first)


def graded(exercise: str, output: Mapping[str, str] | None = None) -> ExerciseGraded:
    """All checks of the exercise but the trainings pass."""
    result = ExerciseResult(exercise, 1, 1, 1.0, (PASSED.result,), "nets.py")
    section = SectionResult("nets", "Networks", False, 1, 1, (result,))
    grade = Grade("exercise3", "Ada", 1, 1, 0, Isolation("none"), 0, "", {}, 1.0, (section,), (), output or {})
    return ExerciseGraded(grade, 0.1, NOW)


def text(state: State) -> str:
    return "\n".join(line for line, _ in screen_lines(state))


def test_training_starts_when_only_trainings_are_left() -> None:
    assert after(READ, GradingFinished()).training is None
    training = after(READ, PASSED, GradingFinished()).training
    assert training is not None
    assert (training.exercise, training.submission) == ("Net", WORK)


def test_key_that_trains_is_named_only_when_it_trains() -> None:
    wrong = CheckJudged("Net", CheckResult("shape", "It has the right shape", "failed", 0, 1))
    assert "It learns digits (trains when all other checks pass)" in text(after(READ, wrong))
    assert "It learns digits (t trains it)" in text(after(READ, PASSED))


def test_training_of_an_earlier_run_is_not_started() -> None:
    state = replace(first_state(EXAM, frozenset({"Net"}), True), page=after(READ).page)
    state = after(READ, PASSED, GradingFinished(), state=state)
    assert state.training is None
    assert "It learns digits (in an earlier run)" in text(state)


def test_changed_files_stop_the_training_and_its_result_counts_no_more() -> None:
    training = after(READ, PASSED, GradingFinished())
    stopped = after(WorkChanged(CHANGED, ("Net",), "Net"), state=training)
    assert stopped.training is None
    assert "the training was stopped" in text(stopped)
    assert training.training is not None
    late = Trained(training.training, LEARNED, {"nets.py": "epoch 1\n"}, NOW)
    assert after(late, state=stopped) == stopped
    assert after(late, state=training).verdicts.passed == {"Net"}
    assert "trained at 12:30:00" in text(after(late, state=training))
    assert "epoch 1" in text(after(late, KeyPressed("o"), state=training))


def test_touched_exercise_is_shown_from_its_top() -> None:
    state = after(READ, Resized(100, 3), KeyPressed("down"), WorkChanged(CHANGED, ("Deep",), "Deep"))
    assert (state.page.exercise, state.page.scrolled) == ("Deep", 0)


@pytest.mark.parametrize(("columns", "lines"), [(100, 40), (30, 9), (5, 2)])
@pytest.mark.parametrize("key", ["a", "x"])
def test_screen_has_as_many_lines_as_the_terminal(columns: int, lines: int, key: str) -> None:
    state = after(READ, PASSED, Resized(columns, lines), KeyPressed(key))
    assert len(screen_lines(state)) == lines


def test_scrolling_ends_with_the_text() -> None:
    state = after(READ, PASSED, Resized(40, 6), *[KeyPressed("down")] * 20)
    assert state.page.scrolled == scroll_end(state) > 0
    assert "more lines" not in text(state)
    assert after(*[KeyPressed("up")] * 20, state=state).page.scrolled == 0


def test_changed_definition_is_graded_before_others_of_its_file_and_files_that_import_it() -> None:
    importing = SourceFile("losses.py", ("from nets import Net\n\ndef loss(x):\n    return x\n",))
    before, now = (replace(work, files=(*work.files, importing)) for work in (WORK, CHANGED))
    assert in_order(EXAM, None, before, "Deep") == ["Deep", "Net", "loss"]
    assert in_order(EXAM, before, now, "Deep") == ["Net", "Deep", "loss"]


def test_arrows_choose_in_the_list_and_enter_opens() -> None:
    chosen = after(READ, *map(KeyPressed, ("a", "down", "down", "up")))
    assert " ›· Deep" in text(chosen)
    opened = after(KeyPressed("\r"), state=chosen)
    assert opened.page.exercise == "Deep"
    assert not opened.page.lists_all


def test_choice_stays_on_a_small_screen() -> None:
    small = after(Resized(60, 8), *map(KeyPressed, ("a", "up")))
    assert " ›· loss" in text(small)


def test_unknown_key_is_answered() -> None:
    assert "x does nothing here; ? shows the keys" in text(after(READ, KeyPressed("x")))


def test_question_mark_shows_each_key_with_its_meaning() -> None:
    shown = after(READ, KeyPressed("?"))
    assert "/         find an exercise by a part of its name" in text(shown)
    assert "Networks" not in text(shown)
    assert "Networks" in text(after(KeyPressed("?"), state=shown))


def test_what_the_code_printed_is_shown_without_its_control_sequences() -> None:
    assert "The code of Net printed nothing." in text(after(READ, KeyPressed("o")))
    shown = text(after(READ, graded("Net", {"nets.py": "shape \x1b[2J (1, 2)\n"}), KeyPressed("o")))
    assert "Printed by nets.py" in shown
    assert "shape \\x1b[2J (1, 2)" in shown


def test_exercise_is_found_by_a_part_of_its_name() -> None:
    typing = after(READ, *map(KeyPressed, "/osx"), KeyPressed("\x7f"))
    assert "find: os_   Enter opens loss" in text(typing)
    assert after(KeyPressed("\r"), state=typing).page.exercise == "loss"
    lost = after(READ, *map(KeyPressed, "/zz"), KeyPressed("\n"))
    assert lost.page.exercise == "Net"
    assert "no exercise has 'zz' in its name" in text(lost)
    assert after(READ, *map(KeyPressed, "/q")).exit_status is None
    moved = after(*map(KeyPressed, ("right", "right", "left", "down")), state=typing)
    assert (moved.searched, moved.page.exercise) == ("os", "Deep")
    assert after(READ, KeyPressed("/"), KeyPressed("\x04")).exit_status == 0


def test_key_after_the_last_hint_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    hinted = replace(EXAM.sections[1].exercises[0], hints=("Think.",))
    exam = replace(EXAM, sections=(replace(LOSSES, exercises=(hinted,)),))
    once = after(KeyPressed("h"), state=first_state(exam, frozenset(), True))
    assert "Hint 1 of 1: Think. (the last one)" in text(once)
    assert "that was the last hint of this exercise" in text(after(KeyPressed("h"), state=once))


def test_solutions_stand_side_by_side_where_there_is_room() -> None:
    both = Comparison(("def area(a):", "    return a * a"), ("def area(a):", "    # squared", "    return a**2"))
    assert list(comparison_lines(both, 40)) == [
        ("yours              model solution", "bold"),
        ("def area(a):       def area(a):", ""),
        ("    return a * a |     # squared", "yellow"),
        ("                 >     return a**2", "yellow"),
    ]
    below = [line for line, _ in comparison_lines(both, 20)]
    assert "-    return a * a" in below
    assert "+    return a**2" in below
    assert max(map(len, below)) <= 20


def test_file_to_open_is_named_where_nothing_is_written() -> None:
    stub = CheckJudged("Net", CheckResult("shape", "It has the right shape", "raised", 0, 1, not_started=True))
    assert "Open nets.py, write Net, and save." in text(after(READ, stub, GradingFinished()))
    assert "Open " not in text(after(READ, PASSED, GradingFinished()))


def test_exercise_whose_code_changed_has_not_passed_until_it_is_graded() -> None:
    first = replace(first_state(EXAM, frozenset({"Net", "Deep"}), True), page=after(READ).page)
    passed = after(READ, PASSED, graded("Net"), state=first)
    assert passed.verdicts.passed == {"Net", "Deep"}
    changed = after(WorkChanged(CHANGED, ("Net", "Deep"), "Net"), state=passed)
    assert changed.verdicts.passed == {"Deep"}
    assert after(graded("loss"), state=changed).verdicts.passed == {"Deep", "loss"}
    again = after(graded("Net"), state=changed)
    assert again.verdicts.passed == {"Deep"}
    assert "It learns digits (t trains it)" in text(again)
