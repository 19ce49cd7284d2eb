"""The distribution of points in a class, and how well a check or an exercise separates strong work from weak."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.classroom.gradebook import Gradebook

BAR_WIDTH = 10  # percent of the points
MAX_BARS = 20  # the last one holds all that lies above it


@dataclass(frozen=True)
class Bar:
    """The number of students with `low` <= percent < `high`; 100 percent belongs to the bar that ends at 100.

    Bars above 100 hold extra credit: `low` < percent <= `high`.
    """

    low: int
    high: int
    count: int


@dataclass(frozen=True)
class PointStatistics:
    """Statistics of the points that count, overrides included. Quartiles are interpolated.

    `deviation` is the standard deviation of the class as a whole, that is, with `count` in the denominator.
    """

    count: int
    mean: float
    deviation: float
    median: float
    lower_quartile: float
    upper_quartile: float
    least: float
    most: float


def points_of(earned: Sequence[float]) -> PointStatistics | None:
    """Sum up the points of a class; None if nobody has any."""
    if not earned:
        return None
    lower, median, upper = _quartiles(earned)
    mean = math.fsum(earned) / len(earned)
    deviation = statistics.pstdev(earned)
    return PointStatistics(len(earned), mean, deviation, median, lower, upper, min(earned), max(earned))


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Method 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996; numpy and R use it too."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return lower, median, upper


def histogram(gradebook: Gradebook) -> tuple[Bar, ...]:
    """Count students in bars of 10 percent each, up to 100 percent, or as far as extra credit goes."""
    percents = [percent for percent in map(gradebook.percent, gradebook.entries) if percent is not None]
    counts = Counter(map(_bar_of, percents))
    bars = max([100 // BAR_WIDTH, *(place + 1 for place in counts)])
    return tuple(Bar(place * BAR_WIDTH, (place + 1) * BAR_WIDTH, counts[place]) for place in range(bars))


def _bar_of(percent: float) -> int:
    """The number of the bar: up to 100 the lower edge belongs to a bar, above it the upper one."""
    if _above_100(percent):
        return min(MAX_BARS, math.ceil(round(percent, 6) / BAR_WIDTH)) - 1
    return max(0, min(100 // BAR_WIDTH - 1, int(percent // BAR_WIDTH)))


def _above_100(percent: float) -> bool:
    return round(percent, 6) > 100


def correlation(passes: Sequence[float], rest: Sequence[float]) -> float | None:
    """Correlate passing a check (0 or 1), or the points of an exercise, with all other points; None if one is constant.

    This is the item-rest correlation, also called corrected item-total correlation, computed as Pearson's. It
    leaves out the check's own points, because with them every check would seem to discriminate. Above 0.4 is good,
    below 0.2 is poor, and a negative value suggests that the check is wrong. With fewer than 30 students it means
    little.

    Source: Henrysson, "Correction of item-total correlations in item analysis", Psychometrika 28, 1963; the limits
    are those of Ebel and Frisbie, "Essentials of Educational Measurement", 1991.
    """
    count = len(passes)
    if count < 2:
        return None
    mean_pass, mean_rest = math.fsum(passes) / count, math.fsum(rest) / count
    passing = [value - mean_pass for value in passes]
    resting = [value - mean_rest for value in rest]
    spread = math.sqrt(math.fsum(value * value for value in passing) * math.fsum(value * value for value in resting))
    if spread < 1e-9:  # not 0, because sums of points differ in their last bits
        return None
    return math.fsum(a * b for a, b in zip(passing, resting, strict=True)) / spread
