"""The probes: what the sandbox can do with a student's object.

Each probe is a function in this folder, or in the `probes.py` of a course. The same function examines the reference,
when the exam is made, and the student's object, in the sandbox.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import torch

from ..build import COURSE_BUILDERS, Builder
from ..course import Word
from ..frames import QuestionFrame
from ..probe import KNOWN_PROBES, Probe
from ..refusal import Missing
from ..values import taken
from . import (
    behaviour,
    call,
    changed,
    count,
    figure,
    forward,
    gradient,
    printed,
    returned,
    stages,
    symptoms,
    trace,
    train,
    value,
)
from .trap import forbid
from .value import READS_VARIABLES

EMPTY: Mapping[str, Word] = MappingProxyType({})
PROBES: dict[str, Probe[Any]] = {
    one.name: one
    for one in (
        call.call,
        changed.changed,
        forward.forward,
        count.parameters,
        behaviour.repeated,
        behaviour.trained_again,
        behaviour.row_alone,
        behaviour.four_initialisations,
        behaviour.gradients,
        behaviour.superposition,
        behaviour.round_trip,
        behaviour.recorded,
        stages.stages,
        trace.trace,
        train.train,
        symptoms.symptoms,
        value.value,
        gradient.differentiated,
        gradient.gradcheck,
        figure.figure,
        printed.printed,
        returned.numbers_only,
        returned.numpy_array,
    )
}


def ask(
    namespace: Mapping[str, Any], question: QuestionFrame, words: Mapping[str, Word] = EMPTY, random_state: int = 0
) -> Any:
    """Answer a question with plain data; errors of the student's code pass through. `words` are the course's own."""
    name = question["target"]
    if name not in namespace:
        raise Missing(f"there is no `{name}`")
    target = namespace[name]
    if not callable(target) and question["probe"] != READS_VARIABLES:
        raise Missing(f"`{name}` is bound to {_with_article(type(target).__name__)}, not to a function or class")
    _reset(random_state)
    COURSE_BUILDERS.set({name: word for name, word in words.items() if isinstance(word, Builder)})
    KNOWN_PROBES.set({**PROBES, **{name: word for name, word in words.items() if isinstance(word, Probe)}})
    with forbid(question["forbids"]):
        return taken(KNOWN_PROBES.get()[question["probe"]].answer(target, question))


def _reset(random_state: int) -> None:
    """Reset what an earlier question may have changed: seeds, default dtype, gradient mode."""
    torch.default_generator.manual_seed(random_state)  # torch.manual_seed takes 0.1 ms without a GPU
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(random_state)
    np.random.seed(random_state)
    random.seed(random_state)
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)


def _with_article(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


__all__ = ["PROBES", "ask"]
