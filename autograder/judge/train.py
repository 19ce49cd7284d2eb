"""Attempts at a training -> a verdict that holds when it is run again.

An attempt that reaches the threshold ends the check; one that does not is repeated with the next seed. Work that fails
with probability p per attempt fails the check with p to the power of the attempts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from autograder.judge.difference import scalar_kind
from autograder.judge.feedback import result, unanswered
from autograder.judge.measure import MEASURES
from autograder.model import (
    Answer,
    Attempt,
    CheckResult,
    ExamCheck,
    Item,
    Question,
    Returned,
)

MAX_CURVE = 10_000
PICTURES = 6
MAPS = 12  # stages of a network that are drawn


class Ask(Protocol):
    """Puts a question to the student's code, within so many seconds; `asked_seconds` is what all of them took."""

    @property
    def asked_seconds(self) -> float: ...

    def __call__(self, question: Question, seconds: float) -> Answer: ...


def judge_training(check: ExamCheck, ask: Ask) -> CheckResult:
    """Passed, failed, raised or stopped; every attempt is recorded."""
    attempts: list[Attempt] = []
    for item in check.items:
        answer = ask(item.question, check.seconds)
        if not isinstance(answer, Returned):
            return replace(unanswered(check, f"the training of {item.call}", answer), attempts=tuple(attempts))
        attempts.append(_attempt(check, item, answer))
        if attempts[-1].passed:
            verdict = replace(result(check, "passed", _tell(check, attempts[-1])), earned=check.points)
            return replace(verdict, attempts=tuple(attempts))
    reasons = [_tell(check, attempt) for attempt in attempts]
    text = f"in {len(attempts)} trainings with different seeds: {'; '.join(dict.fromkeys(reasons))}"
    return replace(result(check, "failed", text), attempts=tuple(attempts))


def _attempt(check: ExamCheck, item: Item, answer: Returned) -> Attempt:
    due = item.expected[0].value if isinstance(item.expected[0], Returned) else None
    with np.errstate(all="ignore"):
        value = MEASURES[check.measure](due, answer.value)
    threshold = float(check.parameters.get("least", check.parameters.get("most", 0.0)))
    seed = int(item.question.options.get("seed", item.question.kwargs.get("seed", 0)))
    curves = _curves(answer.value)
    if isinstance(value, str):
        return Attempt(seed, None, threshold, False, curves, value)
    passed = value >= threshold if "least" in check.parameters else value <= threshold
    return Attempt(
        seed, value, threshold, passed, curves, pictures=_pictures(due, answer.value), maps=_maps(answer.value)
    )


def _tell(check: ExamCheck, attempt: Attempt) -> str:
    if attempt.value is None:
        return attempt.reason
    return str(check.parameters["tells"]).format(value=attempt.value, threshold=attempt.threshold)


def _curves(answer: Any) -> Mapping[str, tuple[float, ...]]:
    """The loss curves in an answer, as far as they are lists of numbers."""
    told = answer if isinstance(answer, dict) else {}
    curves = told.get("curves", {"loss": told["curve"]} if "curve" in told else told)
    return {
        str(name)[:40]: tuple(float(loss) for loss in losses[:MAX_CURVE])
        for name, losses in (curves.items() if isinstance(curves, dict) else ())
        if isinstance(losses, list) and all(scalar_kind(loss) != "other" for loss in losses)
    }


def _maps(answer: Any) -> Mapping[str, Any]:
    """What a trained network looks like inside, as far as it is maps (n, height, width) of numbers."""
    told = answer.get("inside") if isinstance(answer, dict) else None
    named = {}
    for kind in "maps", "filters":
        arrays = told.get(kind) if isinstance(told, dict) else None
        for number, maps in enumerate(arrays if isinstance(arrays, list) else [], 1):
            if number <= MAPS and _are_maps(maps):
                height, width = maps.shape[1:]
                stage = f"stage {number}, {height} × {width}"
                named[stage if kind == "maps" else "filters of the first convolution"] = maps
    return named


def _are_maps(maps: Any) -> bool:
    if not isinstance(maps, np.ndarray) or maps.ndim != 3 or maps.dtype.kind != "f":
        return False
    return bool(0 < maps.shape[0] <= 16 and 0 < min(maps.shape[1:]) <= max(maps.shape[1:]) <= 64)


def _pictures(due: Any, answer: Any) -> Mapping[str, Any]:
    """The first images of a denoising: noisy, theirs, clean."""
    if not isinstance(due, dict) or "clean" not in due:
        return {}
    theirs = answer["predictions"]
    return {
        name: np.clip(images[:PICTURES, 0], 0.0, 1.0)
        for name, images in (("noisy", due["noisy"]), ("theirs", theirs), ("clean", due["clean"]))
    }
