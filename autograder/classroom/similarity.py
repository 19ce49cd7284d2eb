"""Finds submissions that look alike: evidence for a person to check, never a score.

Each exercise is compared for itself, so that work merged from two others is found too. What the stubs give to everybody
does not count, and a passage counts the less the more of the class have it: solutions of short exercises are alike by
nature. `fingerprints.py` says what a passage is.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from autograder.classroom.fingerprints import HELPERS, Fingerprint, fingerprints_of
from autograder.model import SourceFile

LEAST_EVIDENCE = 45.0  # of a pair; in benchmarks/similarity.py honest pairs have up to 40 and copies 94 or more
LEAST_SHARE = 0.6  # of the smaller one's passages; an exercise with less is not alike
LEAST_PASSAGES = 8.0  # weighted; an exercise with fewer shared ones is not alike
MOST_OWNERS = 0.3  # of the class; a passage in more submissions is the usual solution and does not count
FEW = 4  # owners that never are too many
MANY = 50  # owners that always are
LEAST_SAME = 5  # long exercises; with fewer, the same code is no surprise
TINY = 12  # fingerprints of the median solution; an exercise with fewer is too short to compare


@dataclass(frozen=True)
class Alike:
    """One exercise that is alike in two submissions.

    `share` is the part of the smaller one's passages that the other has too, from 0 to 1. `passages` is the number of
    shared passages; one that nobody else has counts 1, and others less. `lines` are the shared lines of both texts.
    """

    exercise: str
    share: float
    passages: float
    texts: tuple[str, str]
    lines: tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True)
class Pair:
    """Two submissions by student key, with the exercises that are alike, the strongest evidence first."""

    first: str
    second: str
    exercises: tuple[Alike, ...]

    @property
    def evidence(self) -> float:
        """Passages times share, summed over the exercises: pairs with more stand first."""
        return math.fsum(alike.passages * alike.share for alike in self.exercises)


@dataclass(frozen=True)
class Similarity:
    """The pairs, the strongest first, and the groups that they connect, as tuples of student keys.

    `same` are groups of students with the same code in all long exercises, however many of the class they are.

    `weaker` is the number of pairs with too little evidence to be listed. `too_short` are the exercises that were not
    compared, because all solutions of them are alike.
    """

    pairs: tuple[Pair, ...]
    groups: tuple[tuple[str, ...], ...]
    weaker: int
    too_short: tuple[str, ...]
    same: tuple[tuple[str, ...], ...] = ()


def similar_submissions(
    submissions: Mapping[str, Sequence[SourceFile]],
    stubs: Sequence[SourceFile],
    exercises: Sequence[str],
    least: float = LEAST_EVIDENCE,
) -> Similarity:
    """Compare the submissions of a class; list the pairs whose evidence is `least` or more."""
    given = fingerprints_of(stubs, exercises)
    boilerplate = {value for one in given.values() for value in one.lines}
    by_exercise: dict[str, dict[str, Fingerprint]] = defaultdict(dict)
    for key, files in submissions.items():
        for name, one in fingerprints_of(files, exercises).items():
            own = {value: lines for value, lines in one.lines.items() if value not in boilerplate}
            if own:
                by_exercise[name][key] = Fingerprint(one.text, own)
    too_short = []
    found: dict[tuple[str, str], list[Alike]] = defaultdict(list)
    for name, of_students in by_exercise.items():
        if name != HELPERS and statistics.median(len(one.lines) for one in of_students.values()) < TINY:
            too_short.append(name)
            continue
        for pair, alike in _alike(name, of_students, len(submissions)):
            found[pair].append(alike)
    all_pairs = [
        Pair(*keys, tuple(sorted(some, key=lambda alike: -alike.passages * alike.share)))
        for keys, some in found.items()
    ]
    pairs = [pair for pair in all_pairs if pair.evidence >= least]
    pairs.sort(key=lambda pair: (-pair.evidence, pair.first, pair.second))
    too_short.sort(key=list(exercises).index)
    weaker = len(all_pairs) - len(pairs)
    compared = {name: one for name, one in by_exercise.items() if name != HELPERS and name not in too_short}
    return Similarity(tuple(pairs), _groups(pairs), weaker, tuple(too_short), _same(compared))


def _same(by_exercise: Mapping[str, Mapping[str, Fingerprint]]) -> tuple[tuple[str, ...], ...]:
    """Groups of students whose fingerprints are the same in every exercise, and who wrote enough of them.

    A passage that many have does not count in pairs, so that a solution which half of the class copied would be missed.
    """
    works: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
    for name, of_students in sorted(by_exercise.items()):
        for key, one in of_students.items():
            works[key].append((name, frozenset(one.lines)))
    groups: dict[tuple[tuple[str, frozenset[int]], ...], list[str]] = defaultdict(list)
    for key, work in sorted(works.items()):
        if len(work) >= LEAST_SAME:
            groups[tuple(work)].append(key)
    return tuple(
        sorted((tuple(keys) for keys in groups.values() if len(keys) > 1), key=lambda keys: (-len(keys), keys))
    )


def _alike(name: str, of_students: Mapping[str, Fingerprint], students: int) -> Iterator[tuple[tuple[str, str], Alike]]:
    owners: dict[int, list[str]] = defaultdict(list)
    for key, one in sorted(of_students.items()):
        for value in one.lines:
            owners[value].append(key)
    most = min(max(FEW, MOST_OWNERS * students), MANY)
    weights = {value: _weight(len(keys), students) for value, keys in owners.items() if len(keys) <= most}
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for value in weights:
        for pair in combinations(owners[value], 2):
            shared[pair].append(value)
    sizes = {key: math.fsum(weights.get(value, 0.0) for value in one.lines) for key, one in of_students.items()}
    for (first, second), values in shared.items():
        passages = math.fsum(weights[value] for value in values)
        share = passages / min(sizes[first], sizes[second])
        if share >= LEAST_SHARE and passages >= LEAST_PASSAGES:
            both = of_students[first], of_students[second]
            lines = both[0].marked(values), both[1].marked(values)
            yield (first, second), Alike(name, share, passages, (both[0].text, both[1].text), lines)


def _weight(owners: int, students: int) -> float:
    """The surprise of a passage with so many owners: 1 for two or one, and towards 0 for the whole class."""
    return min(1.0, math.log((students + 1) / owners) / math.log((students + 1) / 2))


def _groups(pairs: Sequence[Pair]) -> tuple[tuple[str, ...], ...]:
    """The connected components of the pairs, in the order of their strongest pair."""
    group_of: dict[str, set[str]] = {}
    for pair in pairs:
        joined = group_of.get(pair.first, {pair.first}) | group_of.get(pair.second, {pair.second})
        for key in joined:
            group_of[key] = joined
    unique = {id(group): group for pair in pairs for group in [group_of[pair.first]]}
    return tuple(tuple(sorted(group)) for group in unique.values())
