"""Answers that no comparator may stumble over."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.sandbox.inside.tree import Other
from autograder.sandbox.inside.values import Dtype, Items, Table

NASTY: list[Any] = [
    *(None, True, 0, -1, 2**62, math.nan, math.inf, "", "text", [], [[]], (), {}, {"candidates": []}, Other("Tree")),
    *(np.array(False), np.array(math.nan), np.array([]), np.array([True, False]), np.zeros((2, 0, 3), np.uint8)),
    *([np.array([]), 1], [np.zeros(3), np.zeros(2)], {"candidates": [1, None]}, {(1, 2): [None]}),
    *(
        {"candidates": [1, None], "labels": [["levels"], ["use"]]},
        {"candidates": [[]], "labels": [["levels 10", "use"]]},
    ),
    *({1, 2.5}, frozenset(), Items("map", [1, None], endless=True), Dtype("torch.int8")),
    *(Table("DataFrame", ["x"], [0], [np.array([math.nan])]), Table("Series", [None], [], [[]])),
]
