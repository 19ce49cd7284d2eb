"""The probes: what the sandbox can do with a student's object.

A probe is a function `probe(target, question) -> plain data` in this folder. The same function examines the reference,
when the exam is made, and the student's object, in the sandbox.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch

from ..frames import QuestionFrame
from ..refusal import Missing
from . import batches, behaviour, call, count, encoder_decoder, forward, replay, stages, train
from .trap import forbid

PROBES: dict[str, Callable[[Any, QuestionFrame], Any]] = {
    "call": call.call,
    "forward": forward.forward,
    "parameters": count.parameters,
    "repeated": behaviour.repeated,
    "trained_again": behaviour.trained_again,
    "row_alone": behaviour.row_alone,
    "four_initialisations": behaviour.four_initialisations,
    "gradients": behaviour.gradients,
    "superposition": behaviour.superposition,
    "round_trip": behaviour.round_trip,
    "recorded": behaviour.recorded,
    "normalised": behaviour.normalised,
    "skips": encoder_decoder.skips,
    "last_bias": encoder_decoder.last_bias,
    "batches": batches.batches,
    "orders": batches.orders,
    "replayed": replay.replayed,
    "stages": stages.stages,
    "compared": replay.compared,
    "batches_seen": replay.batches_seen,
    "first_and_last_batch": replay.first_and_last_batch,
    "first_weights": replay.first_weights,
    "curves_by_seed": replay.curves_by_seed,
    "told_and_trained": replay.told_and_trained,
    "train_classifier": train.train_classifier,
    "train_denoiser": train.train_denoiser,
    "train_pair": train.train_pair,
}


def ask(namespace: Mapping[str, Any], question: QuestionFrame, random_state: int = 0) -> Any:
    """Answer a question with plain data; errors of the student's code pass through."""
    name = question["target"]
    if name not in namespace:
        raise Missing(f"there is no `{name}`")
    target = namespace[name]
    if not callable(target):
        raise Missing(f"`{name}` is bound to {_with_article(type(target).__name__)}, not to a function or class")
    _reset(random_state)
    with forbid(question["forbids"]):
        return PROBES[question["probe"]](target, question)


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
