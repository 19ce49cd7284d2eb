"""The candidates of the probe `forward`: the answers of one network with its weights filled in several ways.

Each way has a label. One way must be right for all items of a check, or a process could send one guess for each item
and another. A label that an answer lacks stands for a less special one: the network has nothing to permute there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder.model import Answer, Returned

WIDE = "wide "
PLAIN = ("levels", "use")  # the ways without a permutation, as in `inside/weights.py`
LABEL = re.compile(r"(wide )?(use|levels( [0-3]{2,4}){0,3})")
MOST_LABELS = 2 * (len(PLAIN) + 24)
MALFORMED = "the answer does not have the expected form"


def candidates_objection(expected: Any, actual: Any, compare: Callable[[Any, Any], str | None]) -> str | None:
    """None if one of the answer's candidates equals one of the expected ones, else what is wrong with the first.

    Of the expected candidates those without a permutation are enough, since the answer has the permutations. Of its
    candidates those count that have a label of the expected answer: a right network has as much to permute.
    """
    found = _by_label(actual)
    labels, candidates = expected["labels"], expected["candidates"]
    known = {*PLAIN, *map(_narrow, itertools.chain(*labels))}
    kept = [one for label, one in found.items() if _narrow(label) in known]
    wanted = [
        one for one, group in zip(candidates, labels, strict=True) if not set(PLAIN).isdisjoint(map(_narrow, group))
    ]
    reasons = [compare(right, one) for one in _different(kept) for right in wanted]
    if not reasons:
        return MALFORMED
    return None if None in reasons else reasons[0]


def by_way(answers: Sequence[Answer]) -> Iterator[Sequence[Answer]]:
    """The answers to the items of a check with only the candidates of one way, for each way; else as they are."""
    named = [_by_label(answer.value) if isinstance(answer, Returned) else {} for answer in answers]
    labels = dict.fromkeys(label for found in named for label in found)
    tried = set()
    for label in labels:
        chosen = [found.get(_nearest(found, label)) for found in named]
        if tuple(map(id, chosen)) not in tried:
            tried.add(tuple(map(id, chosen)))
            yield [
                Returned({"candidates": [one], "labels": [[name for name in found if found[name] is one]]})
                if found
                else answer
                for answer, found, one in zip(answers, named, chosen, strict=True)
            ]
    if not labels:
        yield answers


def _by_label(value: Any) -> dict[str, Any]:
    """The candidates by their labels; none if the answer, which may be anything, is not of the form of `forward`."""
    if not isinstance(value, dict) or set(value) != {"candidates", "labels"}:
        return {}
    candidates, labels = value["candidates"], value["labels"]
    if not isinstance(candidates, list) or not isinstance(labels, list) or len(candidates) != len(labels):
        return {}
    found: dict[str, Any] = {}
    for one, group in zip(candidates, labels, strict=True):
        if not isinstance(group, list) or not group:
            return {}
        for label in group:
            known = isinstance(label, str) and LABEL.fullmatch(label)
            if not known or label in found or len(found) == MOST_LABELS:
                return {}
            found[label] = one
    return found


def _nearest(found: dict[str, Any], label: str) -> str:
    """The label itself, or the first of those found that permute less; the label if there is none."""
    first, *permutations = _narrow(label).split(" ")
    wide = label.removesuffix(_narrow(label))
    fewer = (
        wide + " ".join([first, *some])
        for count in range(len(permutations), -1, -1)
        for some in itertools.combinations(permutations, count)
    )
    return next((one for one in fewer if one in found), label)


def _narrow(label: str) -> str:
    return label.removeprefix(WIDE)


def _different(candidates: list[Any]) -> list[Any]:
    """Each candidate once; it may have many labels."""
    return list({id(one): one for one in candidates}.values())
