"""Code that does not finish uses up the time of its submission, and not more."""

from __future__ import annotations

from autograder.model import Answer, Question, Returned, SourceFile, Stopped, Submission
from autograder.sandbox.lost_time import LostTime
from autograder.sandbox.sandbox import Limits, Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild

SLEEPS = "import time\n\ndef sleeps():\n    time.sleep(1000)\n\ndef one():\n    return 1\n"
LIMITS = Limits(load_seconds=0.5)


def answers(sandbox: Sandbox, lost: LostTime, text: str, *names: str) -> list[Answer]:
    file = SourceFile("work.py", (text,))
    work = Submission("student", (file,))
    with SharedChild(sandbox, work, LIMITS, lost=lost) as room, Session(room, file, ["sleeps", "one"]) as session:
        return [session.ask(Question("call", name), 0.3) for name in names]


def test_question_is_not_asked_when_the_time_is_lost(sandbox: Sandbox) -> None:
    first, second, third = answers(sandbox, LostTime(most=0.3), SLEEPS, "one", "sleeps", "one")
    assert first == Returned(1)
    assert second == Stopped("time", "did not finish within 0.3 seconds")
    assert third == Stopped("not asked", "was not run: code that did not finish has used its 0.3 seconds")


def test_time_is_lost_for_all_children_of_a_submission(sandbox: Sandbox) -> None:
    lost = LostTime(most=0.3)
    answers(sandbox, lost, SLEEPS, "sleeps")
    (other,) = answers(sandbox, lost, SLEEPS, "one")
    assert isinstance(other, Stopped)
    assert other.kind == "not asked"


def test_right_answers_lose_no_time(sandbox: Sandbox) -> None:
    lost = LostTime(most=0.3)
    assert answers(sandbox, lost, SLEEPS, *["one"] * 20) == [Returned(1)] * 20
    assert lost.seconds == 0


def test_loads_have_fewer_seconds_after_two_that_were_stopped(sandbox: Sandbox) -> None:
    lost = LostTime()
    work = Submission("student", ())
    assert SharedChild(sandbox, work, lost=lost).load_seconds == 10
    for _ in range(2):
        assert answers(sandbox, lost, f"import time\ntime.sleep(1000)\n{SLEEPS}", "one") == [Returned(1)]
    assert SharedChild(sandbox, work, lost=lost).load_seconds == 3
