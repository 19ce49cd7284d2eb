"""Finds pairs of submissions that look alike: evidence for a person to check, never a score.

The method is winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003) as copydetect implements it. Names, comments,
spaces and the text of the stubs do not count. Solutions of short exercises are alike by nature. A passage of *only two*
submissions is therefore stronger evidence than a large common share.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from autograder.model import SourceFile

if TYPE_CHECKING:
    from copydetect import CodeFingerprint

NOISE = 25  # tokens; shorter matches are ignored
GUARANTEED = 30  # tokens; every match of this length is found
MAX_TEXT = 400_000  # characters of a submission that are compared
COMMON = 0.2  # of the class; a passage in more submissions is the usual solution and does not count
ENOUGH_EXCLUSIVE = 25  # passages that only two share; with so many, a pair is listed whatever its share
MAX_EXCERPT = 400  # characters


@dataclass(frozen=True)
class Pair:
    """Two submissions by student key.

    `share` is the part of the smaller one's fingerprints that the other has too, from 0 to 1. `exclusive` is the number
    of shared fingerprints that no third submission has. `excerpt` is the code of the longest exclusive passage.
    """

    first: str
    second: str
    share: float
    exclusive: int
    excerpt: str


def similar_pairs(
    submissions: Mapping[str, Sequence[SourceFile]], stubs: Sequence[SourceFile], least: float = 0.5
) -> list[Pair]:
    """List the pairs with a share of `least` or more, or with many exclusive passages; most exclusive ones first.

    Raise ImportError if copydetect is missing.
    """
    stub_hashes = list(_fingerprint(stubs).hashes)
    fingerprints = {key: _fingerprint(files, stub_hashes) for key, files in submissions.items()}
    fingerprints = {key: one for key, one in fingerprints.items() if len(one.hashes)}
    owners: dict[int, list[str]] = defaultdict(list)
    for key, one in fingerprints.items():
        for value in one.hashes:
            owners[value].append(key)
    most_owners = max(2, COMMON * len(fingerprints))
    rare = {value: keys for value, keys in owners.items() if len(keys) <= most_owners}
    shared, exclusive = _count_pairs(rare)
    sizes = {key: sum(value in rare for value in one.hashes) for key, one in fingerprints.items()}
    found = []
    for (first, second), count in shared.items():
        share = count / max(1, min(sizes[first], sizes[second]))
        passages = exclusive[first, second]
        if share >= least or len(passages) >= ENOUGH_EXCLUSIVE:
            found.append(Pair(first, second, share, len(passages), _excerpt(fingerprints[first], passages)))
    return sorted(found, key=lambda pair: (-pair.exclusive, -pair.share, pair.first, pair.second))


def _count_pairs(
    owners: Mapping[int, Sequence[str]],
) -> tuple[Mapping[tuple[str, str], int], Mapping[tuple[str, str], list[int]]]:
    """For each pair of owners, count the fingerprints of both, and list those of both and nobody else."""
    shared: dict[tuple[str, str], int] = defaultdict(int)
    exclusive: dict[tuple[str, str], list[int]] = defaultdict(list)
    for value, keys in owners.items():
        for pair in combinations(sorted(keys), 2):
            shared[pair] += 1
            if len(keys) == 2:
                exclusive[pair].append(value)
    return shared, exclusive


def _fingerprint(files: Iterable[SourceFile], ignored_hashes: list[int] | None = None) -> CodeFingerprint:
    """Fingerprint all cells of a submission as one text."""
    from copydetect import CodeFingerprint

    text = "\n\n".join(cell for file in files for cell in file.cells)[:MAX_TEXT]
    window = GUARANTEED - NOISE + 1
    return CodeFingerprint("submission.py", NOISE, window, ignored_hashes, language="python", fp=io.StringIO(text))


def _excerpt(fingerprint: CodeFingerprint, values: Sequence[int]) -> str:
    """Cut the longest passage that these hashes cover out of the submission's text."""
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
    start, end = (_offset_in_text(fingerprint, place) for place in (longest[0], longest[-1] + NOISE))
    text = str(fingerprint.raw_code)
    start = text.rfind("\n", 0, start) + 1
    return text[start : min(end, start + MAX_EXCERPT)].strip("\n")


def _offset_in_text(fingerprint: CodeFingerprint, place: int) -> int:
    """Translate an offset in copydetect's filtered code into one in the original text."""
    offsets = fingerprint.offsets
    if not len(offsets):
        return place
    row = min(int((offsets[:, 0] < place).sum()), len(offsets) - 1)
    return place + int(offsets[row, 1])
