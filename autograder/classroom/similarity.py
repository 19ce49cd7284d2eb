"""Which submissions are suspiciously alike: evidence for a human to look at, never a score.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003), as copydetect does it: names, comments and spaces do not count,
and neither does what the stubs give to everybody. Short exercises leave little room, so what *only these two* have in
common tells more than how much they have in common.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from autograder.model import SourceFile

NOISE = 25  # tokens: shorter matches are not looked at
GUARANTEED = 30  # tokens: matches of this length are found
MOST_TEXT = 400_000  # characters of a submission that are looked at
COMMON = 0.2  # what more than this share of the class has is how the exercise is solved
ALONE = 25  # passages that only two have are worth a look, however little it is of the whole
EXCERPT = 400  # characters


@dataclass(frozen=True)
class Pair:
    """Two submissions: `share` of the smaller one's fingerprints are in the other, `alone` of them are in no third."""

    first: str
    second: str
    share: float
    alone: int
    excerpt: str


def pairs(classes: Mapping[str, Sequence[SourceFile]], stubs: Sequence[SourceFile], least: float = 0.5) -> list[Pair]:
    """The pairs of whom this share or more is alike, or who have something to themselves; what only two have first.

    ImportError where copydetect is missing.
    """
    from copydetect import CodeFingerprint

    window = GUARANTEED - NOISE + 1
    known = _fingerprint(CodeFingerprint, stubs, window, None)
    prints = {
        key: one
        for key, files in classes.items()
        if len((one := _fingerprint(CodeFingerprint, files, window, list(known.hashes))).hashes)
    }
    owners: dict[int, list[str]] = defaultdict(list)
    for key, one in prints.items():
        for value in one.hashes:
            owners[value].append(key)
    usual = max(2, COMMON * len(prints))
    shared: dict[tuple[str, str], int] = defaultdict(int)
    alone: dict[tuple[str, str], list[int]] = defaultdict(list)
    for value, keys in owners.items():
        if len(keys) > usual:
            continue
        for pair in combinations(sorted(keys), 2):
            shared[pair] += 1
            if len(keys) == 2:
                alone[pair].append(value)
    sizes = {key: sum(len(owners[value]) <= usual for value in one.hashes) for key, one in prints.items()}
    found = []
    for (first, second), count in shared.items():
        share = count / max(1, min(sizes[first], sizes[second]))
        mine = alone[first, second]
        if share >= least or len(mine) >= ALONE:
            found.append(Pair(first, second, share, len(mine), _excerpt(prints[first], mine)))
    return sorted(found, key=lambda pair: (-pair.alone, -pair.share, pair.first, pair.second))


def _fingerprint(make: Any, files: Iterable[SourceFile], window: int, boilerplate: Any) -> Any:
    """Of a submission as one text."""
    text = "\n\n".join(cell for file in files for cell in file.cells)[:MOST_TEXT]
    return make("submission.py", NOISE, window, boilerplate, language="python", fp=io.StringIO(text))


def _excerpt(fingerprint: Any, values: Sequence[int]) -> str:
    """The place where the two are alone with each other for the longest: what stands there in the first."""
    places = sorted(int(place) for value in values for place in fingerprint.hash_idx[value])
    if not places:
        return ""
    runs: list[list[int]] = [[places[0]]]
    for place in places[1:]:
        if place - runs[-1][-1] <= 2 * GUARANTEED:
            runs[-1].append(place)
        else:
            runs.append([place])
    longest = max(runs, key=len)
    start, end = (_raw(fingerprint, place) for place in (longest[0], longest[-1] + NOISE))
    text = str(fingerprint.raw_code)
    start = text.rfind("\n", 0, start) + 1
    return text[start : min(end, start + EXCERPT)].strip("\n")


def _raw(fingerprint: Any, place: int) -> int:
    """Where a place of the filtered code stands in the text."""
    offsets = fingerprint.offsets
    if not len(offsets):
        return place
    row = min(int((offsets[:, 0] < place).sum()), len(offsets) - 1)
    return place + int(offsets[row, 1])
