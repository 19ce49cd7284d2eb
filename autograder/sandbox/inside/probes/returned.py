"""Probes that call a function and refuse a result of another type, though its values may be right.

A numpy array and a tensor, a number and a tensor of one number, cross the wall as the same plain data.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..frames import QuestionFrame
from ..probe import probe
from ..refusal import Unfit
from .network import call_target, tensors_in


@probe
def numbers_only(target: Any, question: QuestionFrame) -> Any:
    """What the function returns; raises `Unfit` for tensors that keep the graph of their computation."""
    returned = call_target(target, question)
    if any(one.requires_grad for one in tensors_in(returned)):
        raise Unfit("a returned loss is a tensor that keeps the graph of its step in memory: loss.item() is the number")
    return returned


@probe
def numpy_array(target: Any, question: QuestionFrame) -> np.ndarray:
    """The numpy array that the function returns; raises `Unfit` for anything else."""
    found = call_target(target, question)
    if not isinstance(found, np.ndarray):
        hint = " (is a `return` missing?)" if found is None else ""
        name = "None" if found is None else type(found).__name__
        raise Unfit(f"{question['target']} returns {name}{hint}, expected a numpy array")
    return found
