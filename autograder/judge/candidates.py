"""The candidates of the probe `forward`: the answers of one network with its weights filled in several ways.

Each way has a label. One way must be right for all items of a check, and for all checks of an exercise, or a process
could send one guess for each item and another. A label that an answer lacks stands for a less special one: the network
has nothing to permute there.
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
MOST_COMBINED = 600  # ways of several checks with one beginning
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
    named = [*map(_named, answers)]
    labels = dict.fromkeys(label for found in named for label in found)
    tried = set()
    for label in labels:
        chosen = [found.get(_nearest(found, label)) for found in named]
        if tuple(map(id, chosen)) not in tried:
            tried.add(tuple(map(id, chosen)))
            yield in_way(answers, label)
    if not labels:
        yield answers


def in_way(answers: Sequence[Answer], label: str) -> Sequence[Answer]:
    """The answers with only the candidates of this way; an answer that has none stays as it is."""
    chosen = []
    for answer, found in zip(answers, map(_named, answers), strict=True):
        one = found.get(_nearest(found, label))
        labels = [name for name in found if found[name] is one]
        chosen.append(Returned({"candidates": [one], "labels": [labels]}) if found else answer)
    return chosen


def common_ways(checks: Sequence[Sequence[Answer]]) -> Iterator[str]:
    """The labels of the ways in which the networks of several checks can be filled alike.

    Networks of one class may differ in how many layers can be permuted, so the permutations that the checks know for
    different numbers of layers are combined.
    """
    known: dict[str, dict[int, dict[str, None]]] = {}  # beginning -> number of layers -> its permutations
    for label in dict.fromkeys(label for answers in checks for answer in answers for label in _named(answer)):
        beginning, permutations = _parts(label)
        sizes = known.setdefault(beginning, {})
        for permutation in permutations:
            sizes.setdefault(len(permutation), {"": None})[permutation] = None
    for beginning, sizes in known.items():
        choices = itertools.product(*(sizes[size] for size in sorted(sizes)))
        for choice in itertools.islice(choices, MOST_COMBINED):
            yield " ".join([beginning, *filter(None, choice)])


def _named(answer: Answer) -> dict[str, Any]:
    return _by_label(answer.value) if isinstance(answer, Returned) else {}


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
    beginning, permutations = _parts(label)
    fewer = (
        " ".join([beginning, *some])
        for count in range(len(permutations), -1, -1)
        for some in itertools.combinations(permutations, count)
    )
    return next((one for one in fewer if one in found), label)


def _parts(label: str) -> tuple[str, list[str]]:
    """`wide levels` and its permutations."""
    first, *permutations = _narrow(label).split(" ")
    return label.removesuffix(_narrow(label)) + first, permutations


def _narrow(label: str) -> str:
    return label.removeprefix(WIDE)


def _different(candidates: list[Any]) -> list[Any]:
    """Each candidate once; it may have many labels."""
    return list({id(one): one for one in candidates}.values())
