"""Comparators: each decides whether an answer is accepted, and says in one sentence why not.

`rules.py` says what a comparator is, and how a course writes its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.judge.candidates import candidates_objection
from autograder.judge.rules import MALFORMED, Array, Comparator, arrays_in, comparator, difference, shape_or_finite
from autograder.judge.texts import same_text

NAME = re.compile(r"[\w.: ]{1,60}")  # of what a call changes


@comparator(by_value=True)
def matches(expected: Any, actual: Any, *, rtol: float = 1e-5, atol: float = 0.0) -> str | None:
    """The answer is of the expected kind and shape, and no number is off by more than `atol + rtol * scale`.

    The scale is the largest absolute value expected in that array or number, so zeros or a mean never pass.
    """
    return difference(expected, actual, rtol, atol, "")


@comparator(by_value=True)
def agrees(expected: Any, actual: Any, *, rtol: float = 1e-5, atol: float = 0.0) -> str | None:
    """One of the answer's candidates matches one of the expected ones (probe `forward`); the same way for all items."""
    return candidates_objection(expected, actual, lambda right, one: difference(right, one, rtol, atol, ""))


@comparator(by_value=True)
def same_dtype(expected: Any, actual: Any) -> str | None:
    """The answer is an array of exactly the expected dtype and shape; its values are for another check to look at."""
    wrong = shape_or_finite(expected, actual)
    if wrong is not None or actual.dtype == expected.dtype:
        return wrong
    return f"expected dtype {expected.dtype}, got {actual.dtype}"


@comparator
def parts_agree(
    expected: Any, actual: Any, *, why: str, rtol: float = 1e-5, atol: float = 0.0, constant: str = ""
) -> str | None:
    """All parts of the answer are the same, of the expected shape; `why` says what is wrong if they are not.

    With `constant` the rows of a part must not all be the same; it says what is wrong if they are.
    """
    if not isinstance(actual, list) or len(actual) != len(expected):
        return MALFORMED
    if isinstance(expected[0], np.ndarray):
        wrong = shape_or_finite(expected[0], actual[0])
        if wrong is not None:
            return wrong
    if constant and isinstance(actual[0], np.ndarray) and (actual[0] == actual[0][:1]).all():
        return constant
    same = all(difference(actual[-1], part, rtol, atol, "") is None for part in actual[:-1])
    return None if same else why


@comparator
def parts_differ(expected: Any, actual: Any, *, why: str, least: float = 1e-6, most_shared: float = 1.0) -> str | None:
    """Any two parts of the answer differ by at least `least` of the larger one; `why` says so if they do not.

    At most the share `most_shared` of a part's values may stand in another one, wherever: the same numbers in another
    order are nothing new. The smallest and the largest value do not count, since values may have been clamped.
    """
    arrays = arrays_in(actual, len(expected))
    if arrays is None:
        return MALFORMED
    for index, array in enumerate(arrays):
        wrong = shape_or_finite(expected[index], array)
        if wrong is not None:
            return wrong
        for other in arrays[:index]:
            alike = array.shape == other.shape
            if alike and (_relative(array, other) < least or _shared(array, other) > most_shared):
                return why
    return None


@comparator
def rows_differ(expected: Any, actual: Any, *, why: str, least: float = 1e-6) -> str | None:
    """Any two rows of the answer differ, as for `parts_differ`."""
    if not isinstance(actual, np.ndarray) or actual.shape != expected.shape:
        return difference(expected, actual, 0.0, np.inf, "")
    return parts_differ.judge(list(expected), list(actual), why=why, least=least)


@comparator
def pairs_differ(expected: Any, actual: Any, *, why: str | Sequence[str], least: float) -> str | None:
    """In each pair of arrays the two differ by at least `least`.

    `why` may name the pair as `{index}`, or be a list with one sentence for each pair.
    """
    if not isinstance(actual, list) or len(actual) != len(expected):
        return MALFORMED
    for index, pair in enumerate(actual):
        sentence = why.format(index=index) if isinstance(why, str) else why[index]
        reason = parts_differ.judge(expected[index], pair, why=sentence, least=least)
        if reason is not None:
            return reason
    return None


@comparator
def unbounded_scores(expected: Any, actual: Any) -> str | None:
    """Rows are scores, neither probabilities nor their logarithms, and some of them are negative."""
    arrays = arrays_in(actual, len(expected))
    if arrays is None:
        return MALFORMED
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


@comparator(by_value=True)
def unchanged(expected: Any, actual: Any) -> str | None:
    """The probe `changed` finds nothing that the reference leaves as it is."""
    if not isinstance(actual, (list, tuple)) or not all(isinstance(one, str) for one in actual):
        return MALFORMED
    extra = [one for one in actual if one not in expected]
    if any(not NAME.fullmatch(one) for one in extra):
        return MALFORMED
    listed = ", ".join(extra[:4]) + (", …" if len(extra) > 4 else "")
    return f"the call changes {listed}" if extra else None


@comparator
def all_reached(expected: Any, actual: Any) -> str | None:
    """Each registered parameter has a finite gradient, and there is at least one parameter."""
    if not isinstance(actual, dict):
        return MALFORMED
    if not actual:
        return "the network has no registered parameter"
    without = [str(name) for name, size in actual.items() if not isinstance(size, (int, float))]
    if without:
        names = ", ".join(without[:4]) + (", …" if len(without) > 4 else "")
        return f"no gradient reaches {len(without)} of {len(actual)} parameters: {names}"
    if not all(math.isfinite(size) for size in actual.values()):
        return "a gradient is not finite"
    return None


@comparator(by_value=True)
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


COMPARATORS: dict[str, Comparator[Any]] = {
    one.name: one
    for one in (
        matches,
        agrees,
        same_dtype,
        parts_agree,
        parts_differ,
        rows_differ,
        pairs_differ,
        unbounded_scores,
        unchanged,
        all_reached,
        same_moments,
        same_text,
    )
}


def _shared(one: Array, other: Array) -> float:
    """The share of values of the first array that the other one has too, without its smallest and largest."""
    one = one.astype(np.float64)  # integers know no infinity
    inner = one[(one > one.min(initial=np.inf)) & (one < one.max(initial=-np.inf))]
    return float(np.isin(inner, other).mean()) if inner.size else 0.0


def _apart(one: Array, other: Array) -> float:
    """The largest difference between the shares of values up to any value."""
    values = np.sort(np.concatenate([one, other]))  # sorted, they are found faster
    shares = [np.searchsorted(np.sort(part), values, side="right") / part.size for part in (one, other)]
    return float(np.abs(shares[0] - shares[1]).max())


def _kurtosis(values: Array) -> float:
    off = values.astype(np.float64) - values.mean(dtype=np.float64)
    return float((off**4).mean() / max((off**2).mean() ** 2, 1e-30))


def _relative(one: Array, other: Array) -> float:
    scale = max(float(np.abs(one).max(initial=0.0)), float(np.abs(other).max(initial=0.0)), 1e-30)
    return float(np.abs(one.astype(np.float64) - other).max(initial=0.0)) / scale
