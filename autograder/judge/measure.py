"""Measures of a trained network: one number from its predictions and what the judge alone knows.

A measure is one function `measure(expected, actual) -> float | str`; a string is a sentence that says why there is
no number. `actual` comes from the student's process and may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypedDict

import numpy as np

from autograder.judge.difference import Array, scalar_kind, shape_or_finite

LUCK = 0.3  # an untrained network stays well below this share of right answers above those by chance
MALFORMED = "the answer does not have the expected form"


class Expected(TypedDict, total=False):
    """What `case(...).expecting(...)` may give a measure; `NEEDED` names what each one needs."""

    labels: Array  # (n,), class numbers
    classes: int
    pair: Sequence[str]  # the names of two networks, the smaller one first
    watched: int  # the number of last steps whose predictions count
    steps: int  # the length of a loss curve
    last: int  # the number of last losses whose mean counts
    clean: Array  # the images without noise
    noisy: Array  # the images with noise, for the pictures


def accuracy(expected: Expected, actual: Any) -> float | str:
    """The share of right answers: the largest logit of each row against `expected["labels"]`.

    The untrained network must be at chance, since the class numbers were permuted after it was handed in.
    """
    labels: Array = expected["labels"]
    shape = np.zeros((len(labels), expected["classes"]), np.float32)
    shares = []
    for name in "untrained", "predictions":
        logits = actual.get(name) if isinstance(actual, dict) else None
        wrong = shape_or_finite(shape, logits)
        if wrong is not None or not isinstance(logits, np.ndarray):
            when = "before the training" if name == "untrained" else "after the training"
            return f"{when}: {wrong}"
        shares.append(float((logits.argmax(axis=1) == labels).mean()))
    if shares[0] > 1 / expected["classes"] + LUCK:
        return f"before any training {shares[0]:.0%} of the answers are right: the network knows them from elsewhere"
    return shares[1]


def mean_squared_error(expected: Expected, actual: Any) -> float | str:
    """The mean squared difference of the predicted images from `expected["clean"]`."""
    images = actual.get("predictions") if isinstance(actual, dict) else None
    wrong = shape_or_finite(expected["clean"], images)
    if wrong is not None or not isinstance(images, np.ndarray):
        return str(wrong)
    return float(np.mean((images.astype(np.float64) - expected["clean"]) ** 2))


def loss_ratio(expected: Expected, actual: Any) -> float | str:
    """The mean cross-entropy of the first network of a pair over that of the second one, on unlabelled images."""
    predictions = actual.get("predictions") if isinstance(actual, dict) else None
    labels: Array = expected["labels"]
    losses = []
    for name in expected["pair"]:
        logits = predictions.get(name) if isinstance(predictions, dict) else None
        wrong = shape_or_finite(np.zeros((expected["watched"], len(labels), expected["classes"]), np.float32), logits)
        if wrong is not None or not isinstance(logits, np.ndarray):
            return f"{name}: {wrong}"
        losses.append(_cross_entropy(logits.astype(np.float64), labels))
    return float(losses[0] / max(losses[1], 1e-12))


def told_ratio(expected: Expected, actual: Any) -> float | str:
    """The smaller of two ratios: that of the losses which the student's function returns, and `loss_ratio`.

    The first ratio is the mean of the last losses of the first curve over that of the second one.
    """
    measured = loss_ratio(expected, actual)
    returned = _curve_ratio(expected, actual.get("returned") if isinstance(actual, dict) else None)
    if isinstance(returned, str) or isinstance(measured, str):
        return returned if isinstance(returned, str) else measured
    return min(returned, measured)


MEASURES: dict[str, Callable[[Expected, Any], float | str]] = {
    function.__name__: function for function in (accuracy, mean_squared_error, loss_ratio, told_ratio)
}

NEEDED: dict[str, tuple[str, ...]] = {
    "accuracy": ("labels", "classes"),
    "mean_squared_error": ("clean",),
    "loss_ratio": ("pair", "watched", "labels", "classes"),
    "told_ratio": ("pair", "watched", "labels", "classes", "steps", "last"),
}
"""What each measure needs from `case(...).expecting(...)`."""


def _curve_ratio(expected: Expected, actual: Any) -> float | str:
    means = []
    for name in expected["pair"]:
        curve = actual.get(name) if isinstance(actual, dict) else None
        if not isinstance(curve, (list, tuple)) or len(curve) != expected["steps"]:
            return f'"{name}" is not a list of {expected["steps"]} losses'
        losses = [float(loss) for loss in curve if scalar_kind(loss) != "other"]
        if len(losses) != len(curve) or not all(np.isfinite(losses)):
            return f'"{name}" holds something else than finite numbers'
        means.append(sum(losses[-expected["last"] :]) / expected["last"])
    return float(means[0] / max(means[1], 1e-12))


def _cross_entropy(logits: Array, labels: Array) -> float:
    """Mean over all rows of log(sum(exp(logits))) less the logit of the label; logits (..., n, classes)."""
    top = logits.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(logits - top).sum(axis=-1)) + top[..., 0]
    right = logits[..., np.arange(len(labels)), labels]
    return float((log_sum - right).mean())
