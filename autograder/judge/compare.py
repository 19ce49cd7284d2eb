"""Comparators: each decides whether an answer is accepted, and says in one sentence why not.

A comparator is one function `comparator(expected, actual, **parameters) -> str | None` on plain data and numpy;
None means that the answer is accepted. `actual` comes from the student's process and may be anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judge.difference import Array, difference, shape_or_finite, show

MOST_CANDIDATES = 6  # a network can be filled in three orders, and in two ways


def matches(expected: Any, actual: Any, *, rtol: float = 1e-5, atol: float = 0.0) -> str | None:
    """The answer is of the expected kind and shape, and no number is off by more than `atol + rtol * scale`.

    The scale is the largest absolute value expected in that array or number, so zeros or a mean never pass.
    """
    return difference(expected, actual, rtol, atol, "")


def agrees(expected: Any, actual: Any, *, rtol: float = 1e-5, atol: float = 0.0) -> str | None:
    """One of the answer's candidates matches one of the expected ones (probe `forward`)."""
    found, wanted = _candidates(actual), _candidates(expected)
    if not 0 < len(found) <= MOST_CANDIDATES:
        return _MALFORMED
    reasons = [difference(right, candidate, rtol, atol, "") for candidate in found for right in wanted]
    return None if None in reasons else reasons[0]


def same_dtype(expected: Any, actual: Any) -> str | None:
    """The answer is an array of exactly the expected dtype and shape; its values are for another check to look at."""
    wrong = shape_or_finite(expected, actual)
    if wrong is not None or actual.dtype == expected.dtype:
        return wrong
    return f"expected dtype {expected.dtype}, got {actual.dtype}"


def parts_agree(
    expected: Any, actual: Any, *, why: str, rtol: float = 1e-5, atol: float = 0.0, constant: str = ""
) -> str | None:
    """All parts of the answer are the same, of the expected shape; `why` says what is wrong if they are not.

    With `constant` the rows of a part must not all be the same; it says what is wrong if they are.
    """
    if not isinstance(actual, list) or len(actual) != len(expected):
        return _MALFORMED
    if isinstance(expected[0], np.ndarray):
        wrong = shape_or_finite(expected[0], actual[0])
        if wrong is not None:
            return wrong
    if constant and isinstance(actual[0], np.ndarray) and (actual[0] == actual[0][:1]).all():
        return constant
    same = all(difference(actual[-1], part, rtol, atol, "") is None for part in actual[:-1])
    return None if same else why


def parts_differ(expected: Any, actual: Any, *, why: str, least: float = 1e-6, most_shared: float = 1.0) -> str | None:
    """Any two parts of the answer differ by at least `least` of the larger one; `why` says so if they do not.

    At most the share `most_shared` of a part's values may stand in another one, wherever: the same numbers in another
    order are nothing new. The smallest and the largest value do not count, since values may have been clamped.
    """
    arrays = _arrays(actual, len(expected))
    if arrays is None:
        return _MALFORMED
    for index, array in enumerate(arrays):
        wrong = shape_or_finite(expected[index], array)
        if wrong is not None:
            return wrong
        for other in arrays[:index]:
            alike = array.shape == other.shape
            if alike and (_relative(array, other) < least or _shared(array, other) > most_shared):
                return why
    return None


def rows_differ(expected: Any, actual: Any, *, why: str, least: float = 1e-6) -> str | None:
    """Any two rows of the answer differ, as for `parts_differ`."""
    if not isinstance(actual, np.ndarray) or actual.shape != expected.shape:
        return difference(expected, actual, 0.0, np.inf, "")
    return parts_differ(list(expected), list(actual), why=why, least=least)


def pairs_differ(expected: Any, actual: Any, *, why: str | Sequence[str], least: float) -> str | None:
    """In each pair of arrays the two differ by at least `least`.

    `why` may name the pair as `{index}`, or be a list with one sentence for each pair.
    """
    if not isinstance(actual, list) or len(actual) != len(expected):
        return _MALFORMED
    for index, pair in enumerate(actual):
        sentence = why.format(index=index) if isinstance(why, str) else why[index]
        reason = parts_differ(expected[index], pair, why=sentence, least=least)
        if reason is not None:
            return reason
    return None


def unbounded_scores(expected: Any, actual: Any) -> str | None:
    """Rows are scores, neither probabilities nor their logarithms, and some of them are negative."""
    arrays = _arrays(actual, len(expected))
    if arrays is None:
        return _MALFORMED
    for right, array in zip(expected, arrays, strict=True):
        wrong = shape_or_finite(right, array)
        if wrong is not None:
            return wrong
    scores = np.concatenate(arrays).astype(np.float64)
    if np.allclose(scores.sum(axis=1), 1.0, atol=1e-4) and (scores >= 0).all():
        return "each row sums to 1: these are probabilities, expected logits"
    if np.allclose(np.exp(scores).sum(axis=1), 1.0, atol=1e-4):
        return "the exponentials of each row sum to 1: these are log-probabilities, expected logits"
    if (scores >= 0).all():
        return "no output is ever negative: an activation on the logits cuts them off"
    if (np.abs(scores) <= 1).all() and np.abs(scores).max() > 0.999:
        return "no output passes 1: an activation on the logits bounds them"
    return None


def all_reached(expected: Any, actual: Any) -> str | None:
    """Each registered parameter has a finite gradient, and there is at least one parameter."""
    if not isinstance(actual, dict):
        return _MALFORMED
    if not actual:
        return "the network has no registered parameter"
    without = [str(name) for name, size in actual.items() if not isinstance(size, (int, float))]
    if without:
        names = ", ".join(without[:4]) + (", …" if len(without) > 4 else "")
        return f"no gradient reaches {len(without)} of {len(actual)} parameters: {names}"
    if not all(math.isfinite(size) for size in actual.values()):
        return "a gradient is not finite"
    return None


def normalises(expected: Any, actual: Any, *, tolerance: float = 0.02) -> str | None:
    """As many layers normalise as expected; each gives mean 0 and variance 1 per channel and keeps statistics."""
    if not isinstance(actual, dict):
        return _MALFORMED
    count, moved = len(expected["means"]), actual.get("moved")
    means, variances = _arrays(actual.get("means"), None), _arrays(actual.get("variances"), None)
    if means is None or variances is None or len(means) != len(variances) or not isinstance(moved, list):
        return _MALFORMED
    if len(means) != count:
        return f"one forward pass normalises {len(means)} times per channel over (N, H, W), expected {count} times"
    for mean, variance in zip(means, variances, strict=True):
        if not (np.abs(mean) <= tolerance).all():
            return "after normalisation a channel's mean over (N, H, W) is not 0"
        if not (np.abs(variance - 1) <= 5 * tolerance).all():
            return "after normalisation a channel's variance over (N, H, W) is not 1"
    same = len(moved) == count and all(one is right for one, right in zip(moved, expected["moved"], strict=True))
    return None if same else "no registered running statistics move in training"


def follows_bias(expected: Any, actual: Any) -> str | None:
    """The output moves by 3 and by -3 with the last bias (probe `last_bias`), so nothing comes after it.

    The sentence says what comes after it: a factor moves the output as far up as down, an activation does not.
    """
    arrays = _arrays(actual, None)
    if arrays is None or len(arrays) not in (1, 3):
        return _MALFORMED
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


def same_moments(expected: Any, actual: Any, *, rtol: float) -> str | None:
    """A random answer has the expected kind, shape, mean, standard deviation, range and kurtosis.

    The kurtosis, E[(x − mean)⁴] / variance², is 3 for a normal distribution and 1.8 for a uniform one. Last come the
    distributions, by the largest difference of their cumulative shares (Kolmogorov and Smirnov): for two samples of n
    values of the same distribution it passes 3 · √(2 / n) with probability 2 · exp(−18).
    """
    wrong = shape_or_finite(expected, actual)
    if wrong is not None:
        return wrong
    for name, moment in (
        ("mean", np.mean),
        ("standard deviation", np.std),
        ("minimum", np.min),
        ("maximum", np.max),
    ):
        right, got = float(moment(expected)), float(moment(actual))
        spread = float(np.std(expected)) or 1.0
        slack = rtol * spread if name in ("mean", "standard deviation") else 1e-6 + 0.5 * rtol
        if (name in ("mean", "standard deviation") or right in (0.0, 1.0)) and not abs(got - right) <= slack:
            return f"expected values with {name} near {right:.3g}, got {got:.3g}"
    right, got = _kurtosis(expected), _kurtosis(actual)
    if not abs(got - right) <= 3 * rtol:
        known = "a normal distribution has 3, a uniform one 1.8"
        return f"expected values with kurtosis near {right:.2g}, got {got:.2g}: {known}"
    if _apart(expected.ravel(), actual.ravel()) > 3 * math.sqrt(2 / expected.size):
        return "mean and deviation are right, but the values are distributed otherwise"
    return None


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


COMPARATORS: dict[str, Callable[..., str | None]] = {
    function.__name__: function
    for function in (
        matches,
        agrees,
        same_dtype,
        parts_agree,
        parts_differ,
        rows_differ,
        pairs_differ,
        unbounded_scores,
        all_reached,
        normalises,
        follows_bias,
        same_moments,
        loss_curves,
    )
}
BY_VALUE = frozenset({"matches", "agrees", "same_dtype", "same_moments"})
"""The comparators that compare with the expected values, so that a misconception is known by its answers."""

_MALFORMED = "the answer does not have the expected form"


def _shared(one: Array, other: Array) -> float:
    """The share of values of the first array that the other one has too, without its smallest and largest."""
    one = one.astype(np.float64)  # integers know no infinity
    inner = one[(one > one.min(initial=np.inf)) & (one < one.max(initial=-np.inf))]
    return float(np.isin(inner, other).mean()) if inner.size else 0.0


def _apart(one: Array, other: Array) -> float:
    """The largest difference between the shares of values up to any value."""
    values = np.concatenate([one, other])
    shares = [np.searchsorted(np.sort(part), values, side="right") / part.size for part in (one, other)]
    return float(np.abs(shares[0] - shares[1]).max())


def _kurtosis(values: Array) -> float:
    off = values.astype(np.float64) - values.mean(dtype=np.float64)
    return float((off**4).mean() / max((off**2).mean() ** 2, 1e-30))


def _relative(one: Array, other: Array) -> float:
    scale = max(float(np.abs(one).max(initial=0.0)), float(np.abs(other).max(initial=0.0)), 1e-30)
    return float(np.abs(one.astype(np.float64) - other).max(initial=0.0)) / scale


def _candidates(answer: Any) -> list[Any]:
    found = answer.get("candidates") if isinstance(answer, dict) else None
    return found if isinstance(found, list) else []


def _arrays(answer: Any, count: int | None) -> list[Array] | None:
    if not isinstance(answer, list) or not all(isinstance(part, np.ndarray) for part in answer):
        return None
    return answer if count is None or len(answer) == count else None
