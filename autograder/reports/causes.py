"""Finds the checks of an exercise that did not pass for one and the same reason, so that a report shows it once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.model import CheckResult

AFTER_THE_CALL = (  # each with the words that are the same for every call
    re.compile(r" raised (.*)", re.DOTALL),
    re.compile(r" calls (.*), which this exercise asks you to do without.*", re.DOTALL),
    re.compile(r" (did not finish) within [\d.]+ seconds?$"),
    re.compile(r": expected [^\n]* got None \((is a `return` missing\?)\)$"),
    re.compile(r": (expected (?:floating point values|dtype \w+), got dtype \w+|expected dtype \w+, got \w+)$"),
    re.compile(r": expected [^\n]*, an int; got [^\n]*, (an? [a-z ]+)$"),
    re.compile(r": (expected an? [a-z ]+, got an? [a-z ]+)(?:; [^\n]*)?$"),
)
STOPPED = "not run, because two checks"
ADDED = re.compile(r"\n(?:the signature is|this call gives|it uses|expected) [^\n]*")  # of one call only


def grouped(checks: Sequence[CheckResult]) -> Iterator[tuple[CheckResult, str, int]]:
    """Give each check that a report shows, its hint, and the number of later checks with the same reason.

    The hint is empty if an earlier check shows the same one. A check with a hint of its own is always shown.
    """
    found: list[tuple[CheckResult, str, list[CheckResult]]] = []
    first: dict[tuple[str, str], list[CheckResult]] = {}
    hints: set[str] = set()
    for check in checks:
        key = (check.verdict, cause(check))
        hint = "" if check.hint in hints else check.hint
        hints.add(check.hint)
        if key[1] and key in first and not hint:
            first[key].append(check)
        else:
            found.append((check, hint, []))
            first.setdefault(key, found[-1][2])
    for check, hint, same in found:
        yield check, hint, len(same)


def shared_reason(checks: Sequence[CheckResult]) -> str:
    """The feedback of the first wrong check if all wrong checks have its reason and no hint; empty otherwise."""
    wrong = [check for check in checks if check.verdict in ("failed", "raised", "stopped")]
    if not wrong or any(check.hint or check.not_started for check in wrong):
        return ""
    return wrong[0].feedback if sum(1 for _ in grouped(wrong)) == 1 else ""


def cause(check: CheckResult) -> str:
    """What the feedback says apart from the call; empty if it depends on the call."""
    if check.verdict in ("skipped", "passed") or not check.feedback or check.attempts:
        return "" if check.attempts else check.feedback
    if check.verdict == "stopped" and check.feedback.startswith(STOPPED):
        return "did not finish"
    text = ADDED.sub("", check.feedback)
    for pattern in AFTER_THE_CALL:
        if reason := pattern.search(text):
            return reason[1]
    same = ("could not be", "there is no `", "does not use", "which is not started")
    return check.feedback if any(words in check.feedback for words in same) else ""


def time_by_the_clock(check: CheckResult) -> str:
    """A sentence on what a stopped check cost, which is more than its limit of time; empty for all others."""
    if check.verdict != "stopped" or check.seconds < 1:
        return ""
    return f"stopped after {check.seconds:.0f} s by the clock, which also counts new attempts and other programs"
