"""A verdict in words for the student: what came instead of the answer that was due."""

from __future__ import annotations

from dataclasses import replace

from autograder.model import CheckResult, ExamCheck, Raised, Verdict
from autograder.sandbox.inside.load import NOBODY_TYPES, worded

LONGEST = 4000  # characters of feedback


def raised(check: ExamCheck, call: str, answer: Raised, signature: str = "") -> CheckResult:
    """The verdict on a check whose code raised, told to a student."""
    if answer.error == "NotImplementedError" and (not answer.message or "NotImplementedError" in answer.where):
        return replace(result(check, "raised", "not started"), not_started=True)
    if answer.error == "Missing":
        return result(check, "raised", answer.message)
    if answer.error == "Forbidden":
        text = f"{call} calls {answer.message}, which this exercise asks you to do without"
        return result(check, "failed", _with_place(text, answer))
    if answer.error in ("NotAModule", "NoBuffer", "NoNetwork", "OtherDepth"):
        return result(check, "failed", answer.message)
    if answer.error == "TooLarge":
        return result(check, "failed", f"{call}: {answer.message}")
    text = f"{call} raised {worded(answer.error, answer.message)}"
    if answer.error == "EOFError" and answer.message == NOBODY_TYPES:
        text += "\nnobody answers input() here: all that the exercise needs comes as arguments"
    if answer.error == "TypeError" and "argument" in answer.message and not answer.where and signature:
        text += f"\nthe signature is {signature}"
    return result(check, "raised", _with_place(text, answer))


def _with_place(text: str, answer: Raised) -> str:
    return f"{text}\nat {answer.where}" if answer.where else text


def result(check: ExamCheck, verdict: Verdict, feedback: str = "") -> CheckResult:
    """A result without points."""
    return CheckResult(
        name=check.name,
        title=check.title,
        verdict=verdict,
        earned=0.0,
        points=check.points,
        feedback=feedback if len(feedback) <= LONGEST else f"{feedback[:LONGEST]} …",
        hidden=check.hidden,
    )
