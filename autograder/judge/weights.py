"""Whether the networks in several checks of an exercise can have their weights filled in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.judge.accept import Rules
from autograder.model import Answer, CheckResult, ExamCheck

AGREES = "agrees"  # the comparator of networks with filled weights


def different_weights(
    rules: Rules,
    check: ExamCheck,
    others: Sequence[ExamCheck],
    results: Mapping[str, CheckResult],
    answers: Mapping[str, Sequence[Answer]],
) -> str:
    """Why a check that passes alone fails together with those that have passed; empty if it does not.

    A process could send several guesses as ways of filling the weights, and each of them could be right in one check.
    """
    if check.comparator != AGREES:
        return ""
    passed = [
        one
        for one in others
        if one.comparator == AGREES
        and one.name in answers
        and one.name in results
        and one is not check
        and results[one.name].verdict == "passed"
    ]
    own = (check, check.items, answers[check.name])
    before = [(one, one.items, answers[one.name]) for one in passed]
    if not before or rules.accepts_together([*before, own]):
        return ""
    apart = (one for one, judged in zip(passed, before, strict=True) if not rules.accepts_together([judged, own]))
    other = next(apart, passed[0])
    return (
        f"“{check.title}” and “{other.title}” are right for different assignments of the weights to the layers; "
        "a layer must have the same role in every call"
    )
