"""Attempts at a training -> a verdict that holds when it is run again.

An attempt that reaches the threshold ends the check; one that does not is repeated with the next seed. Work that fails
one attempt with probability p fails the check with p to the power of the number of attempts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, cast

import numpy as np

from autograder.judge.accept import Rules
from autograder.judge.difference import scalar_kind
from autograder.judge.feedback import result, unanswered
from autograder.model import Answer, Attempt, CheckResult, ExamCheck, Item, Question, Returned
from autograder.text import short_name

MAX_CURVE = 10_000
MOST_CURVES = 12
LONGEST_NAME = 40  # characters of the name of a curve
PICTURES = 6
MAPS = 12  # stages of a network that are drawn


class Asker(Protocol):
    """Puts a question to the student's code, within so many seconds; `question_seconds` is what all of them took."""

    @property
    def question_seconds(self) -> float: ...

    def __call__(self, question: Question, seconds: float) -> Answer: ...


def judge_training(rules: Rules, check: ExamCheck, asker: Asker) -> CheckResult:
    """The verdict on a check that trains, with a record of every attempt."""
    attempts: list[Attempt] = []
    for item in check.items:
        answer = asker(item.question, check.seconds)
        if not isinstance(answer, Returned):
            return replace(unanswered(check, item, answer, of="the training of "), attempts=tuple(attempts))
        attempts.append(attempt_of(rules, check, item, answer))
        if attempts[-1].passed:
            verdict = replace(result(check, "passed", sentence_of(check, attempts[-1])), earned=check.points)
            return replace(verdict, attempts=tuple(attempts))
    reasons = [sentence_of(check, attempt) for attempt in attempts]
    text = f"in {len(attempts)} trainings with different seeds: {'; '.join(dict.fromkeys(reasons))}"
    return replace(result(check, "failed", text), attempts=tuple(attempts))


def attempt_of(rules: Rules, check: ExamCheck, item: Item, answer: Returned) -> Attempt:
    """What one training has reached."""
    known = item.expected[0].value if isinstance(item.expected[0], Returned) else {}
    expected = cast(Mapping[str, Any], known)  # what the author gave to `expecting`
    at_least = "least" in check.parameters
    threshold = _number(check.parameters, "least" if at_least else "most")
    seed = int(_number(item.question.options if "seed" in item.question.options else item.question.kwargs, "seed"))

    def attempt() -> Attempt:
        value = rules.measure(check.measure, answer.value, expected)
        curves = _curves(answer.value)
        if isinstance(value, str):
            return Attempt(seed, None, threshold, False, curves, value)
        passed = value >= threshold if at_least else value <= threshold
        pictures, maps = _pictures(expected, answer.value), _maps(answer.value)
        examples = _examples(expected, answer.value)
        return Attempt(seed, value, threshold, passed, curves, pictures=pictures, maps=maps, examples=examples)

    what = f"judging the training of check {check.name}"
    return rules.guarded(what, attempt, lambda why: Attempt(seed, None, threshold, False, reason=why))


def _number(values: Mapping[str, Any], name: str) -> float:
    """A number that an author gave; 0 where there is none."""
    return float(values.get(name, 0.0))


def sentence_of(check: ExamCheck, attempt: Attempt) -> str:
    """What the author's `sentence` says about the value of an attempt, or why it has none."""
    if attempt.value is None:
        return attempt.reason
    return str(check.parameters["sentence"]).format(value=attempt.value, threshold=attempt.threshold)


def _curves(answer: Any) -> Mapping[str, tuple[float, ...]]:
    """The loss curves in an answer, as far as they are lists of numbers."""
    parts = answer if isinstance(answer, dict) else {}
    curves = parts.get("curves", {"loss": parts["curve"]} if "curve" in parts else parts)
    return {
        short_name(str(name), LONGEST_NAME): tuple(float(loss) for loss in losses[:MAX_CURVE])
        for name, losses in (list(curves.items())[:MOST_CURVES] if isinstance(curves, dict) else ())
        if isinstance(losses, list) and all(scalar_kind(loss) != "other" for loss in losses)
    }


def _maps(answer: Any) -> Mapping[str, Any]:
    """What a trained network looks like inside, as far as it is maps (n, height, width) of numbers."""
    inside = answer.get("inside") if isinstance(answer, dict) else None
    named = {}
    for kind in "maps", "filters":
        arrays = inside.get(kind) if isinstance(inside, dict) else None
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


def _pictures(expected: Mapping[str, Any], answer: Any) -> Mapping[str, Any]:
    """The first images of a denoising: noisy, theirs, clean."""
    if "noisy" not in expected:
        return {}
    theirs = answer["predictions"]
    return {
        name: np.clip(images[:PICTURES, 0], 0.0, 1.0)
        for name, images in (("noisy", expected["noisy"]), ("theirs", theirs), ("clean", expected["targets"]))
    }


def _examples(expected: Mapping[str, Any], answer: Any) -> Mapping[str, Any]:
    """The test images that the author chose to show, below what the network takes them for.

    `names` are the names of the classes, in the order of the logits.
    """
    logits = answer.get("predictions") if isinstance(answer, dict) else None
    images, names = (expected.get(name) for name in ("images", "names"))
    if images is None or names is None or not isinstance(logits, np.ndarray):
        return {}
    if logits.ndim != 2 or len(logits) < len(images) or logits.shape[1] != len(names):
        return {}
    labels, taken = expected["labels"][: len(images)], logits[: len(images)].argmax(axis=-1)
    right = int((labels == taken).sum())
    return {f"read as {', '.join(str(names[one]) for one in taken)}: {right} of {len(images)} right": images}
