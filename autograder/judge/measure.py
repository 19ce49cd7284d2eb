"""Measures of a trained network: one number from its predictions and what the judge alone knows.

`rules.py` says what a measure is, and how a course writes its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judge.rules import Array, Measure, cross_entropy, measure, shape_or_finite

LUCK = 0.3  # an untrained network stays well below this share of right answers above those by chance


@measure
def accuracy(actual: Any, *, labels: Array, classes: int) -> float | str:
    """The share of right answers: the largest logit of each row against its label.

    Labels are of any shape, and logits have an axis more, the last one, for the classes.

    The untrained network must be at chance, since the class numbers were permuted after it was handed in.
    """
    shape = np.zeros((*labels.shape, classes), np.float32)
    shares = []
    for name in "untrained", "predictions":
        logits = actual.get(name) if isinstance(actual, dict) else None
        wrong = shape_or_finite(shape, logits)
        if wrong is not None or not isinstance(logits, np.ndarray):
            when = "before the training" if name == "untrained" else "after the training"
            return f"{when}: {wrong}"
        shares.append(float((logits.argmax(axis=-1) == labels).mean()))
    if shares[0] > 1 / classes + LUCK:
        return f"before any training {shares[0]:.0%} of the answers are right: the network knows them from elsewhere"
    return shares[1]


@measure
def mean_squared_error(actual: Any, *, targets: Array) -> float | str:
    """The mean squared difference of the predictions from `targets`, the right ones."""
    images = actual.get("predictions") if isinstance(actual, dict) else None
    wrong = shape_or_finite(targets, images)
    if wrong is not None or not isinstance(images, np.ndarray):
        return str(wrong)
    return float(np.mean((images.astype(np.float64) - targets) ** 2))


@measure
def mean_cross_entropy(actual: Any, *, labels: Array, classes: int) -> float | str:
    """The mean cross-entropy of the predicted logits, in nats; the exponential of it is the perplexity."""
    logits = actual.get("predictions") if isinstance(actual, dict) else None
    wrong = shape_or_finite(np.zeros((*labels.shape, classes), np.float32), logits)
    if wrong is not None or not isinstance(logits, np.ndarray):
        return str(wrong)
    return cross_entropy(logits.astype(np.float64), labels)


MEASURES: dict[str, Measure] = {one.name: one for one in (accuracy, mean_squared_error, mean_cross_entropy)}
