"""Probes about the networks that a student builds: their class, and what they draw at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from autograder.sandbox.inside.toolbox import (
    DRAWN,
    NEEDED,
    Candidates,
    Execute,
    Operators,
    QuestionFrame,
    Unfit,
    build,
    call_target,
    construct,
    first_result,
    forward,
    probe,
    run,
)

RANDOM = ("bernoulli", "rand", "uniform", "normal", "native_dropout", "exponential")


@probe
def is_sequential(target: Any, question: QuestionFrame) -> bool:
    """Whether the network `target(...)` is an `nn.Sequential`."""
    return isinstance(construct(target, question), nn.Sequential)


@probe
def drawn_per_row(target: Any, question: QuestionFrame, *, inputs: Any = NEEDED) -> list[int]:
    """How many random numbers a forward pass in training mode draws for each row, one entry for each tensor drawn."""
    (x,) = build(inputs)
    module = construct(target, question)
    run(module, x)  # lazy layers draw their weights
    counts: list[int] = []

    def observe(name: str, args: tuple[Any, ...], execute: Execute) -> Any:
        result = execute()
        drawn = first_result(result)
        if any(word in name for word in RANDOM) and isinstance(drawn, torch.Tensor):
            counts.append(drawn.numel() // len(x))
        return result

    with Operators(observe):
        run(module.train(), x)
    return counts


@probe
def module_of_pair(
    target: Any, question: QuestionFrame, *, which: int = NEEDED, inputs: Any = NEEDED, seed: int = DRAWN
) -> Candidates:
    """The answer of the probe `forward` for one of the two modules that the function returns.

    Options: `inputs`; `which`, the index of the module; `seed`, that of the weights.
    """
    module = _pair(target, question)[which]
    found: Candidates = forward.function(
        lambda: module, {**question, "args": (), "kwargs": {}}, inputs=inputs, seed=seed
    )
    return found


@probe
def parameters_of_pair(target: Any, question: QuestionFrame) -> list[int]:
    """How many numbers the parameters of each of the two modules hold that the function returns."""
    return [sum(one.numel() for one in module.parameters()) for module in _pair(target, question)]


def _pair(target: Any, question: QuestionFrame) -> Sequence[nn.Module]:
    modules = call_target(target, question)
    if not isinstance(modules, (tuple, list)) or [isinstance(one, nn.Module) for one in modules] != [True, True]:
        got = f"a {type(modules).__name__}" if modules is not None else "None (is a `return` missing?)"
        raise Unfit(f"{question['target']}: expected a pair of two modules, (pool, conv), got {got}")
    return modules
