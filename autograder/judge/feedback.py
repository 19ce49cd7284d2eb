"""The words of a verdict: what came in place of the expected answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.judge.common_errors import explanation
from autograder.judge.showing import show
from autograder.model import CheckResult, ExamCheck, Item, Question, Raised, Refused, Returned, Stopped, Verdict
from autograder.sandbox.inside.constants import STUB
from autograder.sandbox.inside.load import error_line

LONGEST = 4000  # characters of feedback


def unanswered(
    check: ExamCheck, item: Item, answer: Raised | Refused | Stopped, signature: str = "", of: str = ""
) -> CheckResult:
    """The verdict on a check to which no value came; `of` stands before the call, such as `the training of `."""
    call = f"{of}{item.call}"
    if isinstance(answer, Raised):
        found = raised(check, call, answer, signature, item.question)
        right = item.expected[0] if item.expected else None
        if ": raise " in answer.where and isinstance(right, Returned) and isinstance(right.value, (int, float)):
            return replace(found, feedback=f"{found.feedback}\nexpected {show(right.value)}, and no error")
        return found
    return refused(check, call, answer) if isinstance(answer, Refused) else stopped(check, call, answer)


def raised(
    check: ExamCheck, call: str, answer: Raised, signature: str = "", question: Question | None = None
) -> CheckResult:
    """The verdict on a check whose code raised."""
    name = signature.partition("(")[0]
    if answer.error == "NotImplementedError" and _is_of_stub(answer):
        stub = answer.message.removeprefix(STUB) if answer.message.startswith(STUB) else ""
        if stub.isidentifier() and name and stub != name:
            return result(check, "raised", _with_place(f"{name} calls {stub}, which is not started", answer))
        return not_started(check)
    line = error_line(answer.error, answer.message)
    text = f"{call} raised {line}"
    if explanation(line):
        text += f"\n{explanation(line)}"
    own = answer.message.startswith((f"{name}(", f"{name}.__init__(", "__init__("))
    if answer.error == "TypeError" and "argument" in answer.message and not answer.where and signature and own:
        text += f"\nthe signature is {signature}"
    if answer.error == "TypeError" and "tuple" in answer.message and question is not None and _pairs(question):
        text += f"\nthis call gives {_pairs(question)}: code that only takes a number fails here"
    return result(check, "raised", _with_place(text, answer))


def _is_of_stub(answer: Raised) -> bool:
    return not answer.message or answer.message.startswith(STUB) or "NotImplementedError" in answer.where


def _pairs(question: Question) -> str:
    """The arguments of a call that are pairs of integers, in words; empty if there is none."""
    named = [("a pair", value) for value in question.args]
    named += [(f"a pair as {name}", value) for name, value in question.kwargs.items()]
    found = [
        f"{words}, ({value[0]}, {value[1]})"
        for words, value in named
        if isinstance(value, tuple) and len(value) == 2 and all(type(part) is int for part in value)
    ]
    return " and ".join(dict.fromkeys(found))


def refused(check: ExamCheck, call: str, answer: Refused) -> CheckResult:
    """The verdict on a check that the probe could not ask."""
    if answer.kind == "missing":
        return result(check, "raised", answer.message)
    if answer.kind == "forbidden":
        text = f"{call} calls {answer.message}, which this exercise asks you to do without"
        return result(check, "failed", _with_place(text, answer))
    if answer.kind == "too large":
        return result(check, "failed", f"{call}: {answer.message}")
    return result(check, "failed", answer.message)


def stopped(check: ExamCheck, call: str, answer: Stopped) -> CheckResult:
    """The verdict on a check whose process ended before an answer came."""
    return result(check, "stopped", f"{call} {answer.reason}")


def expected_error(check: ExamCheck, call: str, expected: Raised, answer: Raised) -> CheckResult:
    """The verdict on a check that expects an error, where another one came."""
    text = f"{call}: expected {expected.error}, got {error_line(answer.error, answer.message)}"
    return result(check, "raised", text)


def not_started(check: ExamCheck) -> CheckResult:
    """The verdict on a check of an exercise of which there is only the stub."""
    return replace(result(check, "raised", "not started"), not_started=True)


def skipped(check: ExamCheck, cause: CheckResult) -> CheckResult:
    """The verdict on a check that needs another one, which did not pass."""
    if cause.not_started:
        return replace(result(check, "skipped", "not started"), not_started=True)
    return result(check, "skipped", f"skipped until “{cause.title}” passes")


def right_by_itself(check: CheckResult, wrong: Sequence[str]) -> CheckResult:
    """The verdict on a check that passes if the answers of other functions, which are wrong, are replaced."""
    *others, last = wrong
    names = f"{', '.join(others)} and {last} are" if others else f"{last} is"
    whose = "yours are not yet" if others else f"your {last} is not yet"
    return replace(check, feedback=f"right if {names} right; {whose}", follows_from=tuple(wrong))


def uses_wrong(names: Sequence[str]) -> str:
    """The sentence about the wrong exercises that a wrong one uses."""
    *others, last = names
    are = f"{', '.join(others)} and {last}, which are" if others else f"{last}, which is"
    return f"it uses {are} not right yet: that may be why"


def _with_place(text: str, answer: Raised | Refused) -> str:
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
