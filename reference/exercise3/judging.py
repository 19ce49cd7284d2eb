"""The comparators and measures of exercise3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.judge.rules import (
    MALFORMED,
    Array,
    arrays_in,
    comparator,
    cross_entropy,
    difference,
    drawing,
    measure,
    scalar_kind,
    shape_or_finite,
    show,
)


@comparator
def normalises(expected: Any, actual: Any, *, tolerance: float = 0.02) -> str | None:
    """As many layers normalise as expected; each gives mean 0 and variance 1 per channel and keeps statistics."""
    if not isinstance(actual, dict):
        return MALFORMED
    count, moved = len(expected["means"]), actual.get("moved")
    means, variances = arrays_in(actual.get("means"), None), arrays_in(actual.get("variances"), None)
    if means is None or variances is None or len(means) != len(variances) or not isinstance(moved, list):
        return MALFORMED
    if len(means) != count:
        return f"one forward pass normalises {len(means)} times per channel over (N, H, W), expected {count} times"
    for mean, variance in zip(means, variances, strict=True):
        if not (np.abs(mean) <= tolerance).all():
            return "after normalisation a channel's mean over (N, H, W) is not 0"
        if not (np.abs(variance - 1) <= 5 * tolerance).all():
            return "after normalisation a channel's variance over (N, H, W) is not 1"
    same = len(moved) == count and all(one is right for one, right in zip(moved, expected["moved"], strict=True))
    return None if same else "no registered running statistics move in training"


@comparator
def follows_bias(expected: Any, actual: Any) -> str | None:
    """The output moves by 3 and by -3 with the last bias (probe `last_bias`), so nothing comes after it.

    The sentence says what comes after it: a factor moves the output as far up as down, an activation does not.
    """
    arrays = arrays_in(actual, None)
    if arrays is None or len(arrays) not in (1, 3):
        return MALFORMED
    for right, array in zip(expected, arrays, strict=False):
        wrong = shape_or_finite(right, array)
        if wrong is not None:
            return wrong
    if len(arrays) == 1:
        return "the last layer has no bias: no parameter holds one number for each channel of the output"
    up, down = (array.astype(np.float64) - arrays[0] for array in arrays[1:])
    if max(np.abs(up - 3).max(), np.abs(down + 3).max()) < 1e-3:
        return None
    if max(np.abs(up).max(), np.abs(down).max()) < 1e-3:
        return "the output does not move with the last bias"
    if np.abs(up + down).max() >= 1e-3 * max(1.0, float(np.abs(up).max())):
        return "the output does not follow the last bias: an activation bends it"
    grown = "a last bias that is larger by 3 moves the output by"
    if np.ptp(up) < 1e-3:
        return f"{grown} {up.mean():.3g}, expected 3: something scales or subtracts what the last convolution gives"
    return f"{grown} {up.min():.3g} to {up.max():.3g}, expected 3 everywhere: something follows the last convolution"


@comparator
def loss_curves(expected: Any, actual: Any, *, start: float, slack: float) -> str | None:
    """A dict with the expected keys, each a list of the expected number of losses, the first one near `start`."""
    if not isinstance(expected, dict):  # the answer of a misconception
        return difference(expected, actual, 0.0, 0.0, "")
    if not isinstance(actual, dict) or set(actual) != set(expected):
        return difference(dict.fromkeys(expected), actual, 0.0, 0.0, "")
    for name, right in expected.items():
        losses = actual[name]
        if not isinstance(losses, (list, tuple)) or len(losses) != len(right):
            got = f"{len(losses)} losses" if isinstance(losses, (list, tuple)) else show(losses)
            return f'"{name}": expected a list of {len(right)} losses, got {got}'
        wrong = [loss for loss in losses if difference(0.0, loss, 0.0, 1e6, "") is not None]
        if wrong:
            return f'"{name}": expected finite floats, got {show(wrong[0])} among them'
        if abs(float(losses[0]) - start) > slack:
            return f'"{name}" starts at {float(losses[0]):.3g}, expected a value near {start:.3g}'
    return None


@measure
def loss_ratio(actual: Any, *, pair: Sequence[str], watched: int, labels: Array, classes: int) -> float | str:
    """The mean cross-entropy of the first network of a pair over that of the second one, on unlabelled images.

    The second one must have learned something: its loss is below that of equal probabilities, ln(classes).
    """
    predictions = actual.get("predictions") if isinstance(actual, dict) else None
    losses = []
    for name in pair:
        logits = predictions.get(name) if isinstance(predictions, dict) else None
        wrong = shape_or_finite(np.zeros((watched, len(labels), classes), np.float32), logits)
        if wrong is not None or not isinstance(logits, np.ndarray):
            return f"{name}: {wrong}"
        repeated = np.broadcast_to(labels, logits.shape[:-1])
        losses.append(cross_entropy(logits.astype(np.float64), repeated))
    chance = float(np.log(classes))
    if losses[1] >= chance:
        return f"{pair[1]}: the loss is {losses[1]:.2f}, and guessing gives ln({classes}) = {chance:.2f}"
    return float(losses[0] / max(losses[1], 1e-12))


@measure
def ratio_beside_curves(
    actual: Any, *, pair: Sequence[str], watched: int, labels: Array, classes: int, steps: int, last: int, fall: float
) -> float | str:
    """The `loss_ratio`, if the second of the returned curves falls below `fall` times its first loss.

    How far apart the returned curves are is not asked: it depends on how the student's weights begin.
    """
    curves = actual.get("returned") if isinstance(actual, dict) else None
    curve = curves.get(pair[1]) if isinstance(curves, dict) else None
    if not isinstance(curve, (list, tuple)) or len(curve) != steps:
        return f'"{pair[1]}" is not a list of {steps} losses'
    losses = [float(loss) for loss in curve if scalar_kind(loss) != "other"]
    if len(losses) != len(curve) or not all(np.isfinite(losses)):
        return f'"{pair[1]}" holds something else than finite numbers'
    mean = sum(losses[-last:]) / last
    if mean > fall * losses[0]:
        return (
            f"the losses that are returned under {pair[1]!r} do not fall: {losses[0]:.2f} first, {mean:.2f} at the end"
        )
    return loss_ratio.judge(actual, pair=pair, watched=watched, labels=labels, classes=classes)


@drawing
def fields_on_image(answers: Any, images: Any) -> dict[str, Array]:
    """The image once for each row (jump, field) of a table; outside of the field in the middle it is dark."""
    (image,), (table,) = images.values(), answers.values()
    fields = [int(row[-1]) for row in table]
    return {f"{caption_of(fields)} values": np.stack([inside(image, field) for field in fields])}


def caption_of(fields: Sequence[int]) -> str:
    return f"after each layer, one value sees {', '.join(map(str, fields[:-1]))} and {fields[-1]} × {fields[-1]}"


def inside(image: Array, field: int) -> Array:
    height, width = image.shape
    mask = np.zeros(image.shape, bool)
    top, left = max(0, (height - field) // 2), max(0, (width - field) // 2)
    mask[top : top + field, left : left + field] = True
    return np.where(mask, 0.35 + 0.65 * image, 0.3 * image)
