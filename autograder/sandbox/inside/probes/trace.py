"""Records what each operator of a forward pass computes, so that two networks can be compared step by step."""

from __future__ import annotations

import functools
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook

from ..build import build
from ..frames import QuestionFrame
from ..operators import Execute, Operators, first_result
from ..probe import DRAWN, NEEDED, probe
from ..weights import form
from .forward import Passes, cast_to
from .network import construct, copied, in_mode, run, seeded_variants, tensors_in

MAX_WAYS, MAX_STEPS = 8, 400
MAX_SIZE = 1 << 20  # values of a result; larger ones are not described
PROJECTIONS = 4
INPUT = -1  # the number of the network's inputs among the sources of a step


class Steps(TypedDict):
    """The steps of one forward pass, in their order; all lists are of one length.

    A layer is a step that takes a matrix or kernels of parameters. Alone, on random numbers, it shows whether it is
    right wherever the pass is wrong before it.
    """

    prints: torch.Tensor  # (steps, 5): four random projections of a result, and its norm
    sizes: list[int]  # the number of values of each result
    sources: list[list[int]]  # numbers of the steps that a step takes its data from; -1 is an input of the network
    lines: list[int]  # of the student's code; 0 if it is none of theirs
    files: list[str]
    modules: list[str]  # `conv1 (Conv2d)`, or empty outside of such a part
    unregistered: list[bool]  # whether a step takes a parameter that the network does not know
    alone: torch.Tensor  # (layers, 5): what each layer makes of random numbers


class _Lists(TypedDict):
    sizes: list[int]
    sources: list[list[int]]
    lines: list[int]
    files: list[str]
    modules: list[str]
    unregistered: list[bool]


class Trace(TypedDict):
    ways: list[Steps]  # one for each way of filling the weights


@probe
def trace(
    target: Any,
    question: QuestionFrame,
    *,
    inputs: Sequence[Any] = NEEDED,
    seed: int = DRAWN,
    weights: Mapping[str, Any] | None = None,
    mode: Literal["train", "eval"] = "eval",
    batches: Sequence[Any] = (),
    dtype: Literal["float32", "float64"] = "float32",
) -> Trace:
    """What each operator of a forward pass computes from the data. The options are those of `forward`.

    A result is described by random projections of its values in their order, whatever its shape. Two networks that
    compute the same value therefore describe it alike, however they are written.
    """
    asked = Passes(cast_to(build(inputs), dtype), [cast_to(build(batch), dtype) for batch in batches], mode, False)
    module = construct(target, question).to(getattr(torch, dtype))
    fixed = {name: build(values) for name, values in (weights or {}).items()}
    ways: list[Steps] = []
    with torch.no_grad():
        for _, variant in seeded_variants(module, seed, lambda: run(module, *asked.inputs), fixed):
            with in_mode(variant, training=True):
                for batch in asked.batches:
                    run(variant, *batch)
            with in_mode(variant, training=asked.mode == "train"):
                ways.append(_Recorder(variant).record(copied(asked.inputs)))
            if len(ways) == MAX_WAYS:
                break
    return {"ways": ways}


class _Recorder:
    """The steps of one network; it keeps all their results, so that no other tensor gets the id of one."""

    def __init__(self, module: nn.Module) -> None:
        self._module = module
        self._names = {id(part): name for name, part in module.named_modules()}
        self._step_of: dict[int, int] = {}  # id of a tensor -> the step that it comes from
        self._learned = {id(one) for one in module.parameters() if form(one, wide=True)[1]}  # and what comes from them
        self._registered = {id(one) for one in module.parameters()}
        self._kept: list[Any] = []
        self._prints: list[list[float]] = []
        self._inside: list[str] = []  # the layers that the pass is in
        self._alone: list[list[float]] = []
        self._steps: _Lists = {"sizes": [], "sources": [], "lines": [], "files": [], "modules": [], "unregistered": []}

    def record(self, inputs: Any) -> Steps:
        """Run the network on these inputs."""
        self._step_of |= {id(tensor): INPUT for tensor in tensors_in(inputs)}
        hooks = [
            register_module_forward_pre_hook(lambda part, _: self._inside.append(self._name_of(part))),
            register_module_forward_hook(lambda *_: self._leave(), always_call=True),
        ]
        try:
            with Operators(self._observe):
                self._module(*inputs)
        finally:
            for hook in hooks:
                hook.remove()
        return {**self._steps, "prints": _table(self._prints), "alone": _table(self._alone)}

    def _leave(self) -> None:
        if self._inside:
            self._inside.pop()

    def _name_of(self, part: nn.Module) -> str:
        name = self._names.get(id(part), "")
        return f"{name} ({type(part).__name__})" if name and not list(part.children()) else ""

    def _observe(self, operator: str, args: tuple[Any, ...], execute: Execute) -> Any:
        given = list(tensors_in(list(args)))
        sources = sorted({self._step_of[id(one)] for one in given if id(one) in self._step_of})
        learned = any(id(one) in self._learned for one in given)
        answer = execute()
        result = first_result(answer)
        self._kept += [given, answer]
        if not sources:
            self._learned |= {id(one) for one in tensors_in(answer)} if learned else set()
        elif isinstance(result, torch.Tensor) and result.is_floating_point() and len(self._prints) < MAX_STEPS:
            strays = (isinstance(one, nn.Parameter) and id(one) not in self._registered for one in given)
            self._add(result, sources, any(strays))
            changed = result if result._base is None else result._base  # a write into a view changes the whole
            for one in (result, changed if operator.endswith("_") else result):
                self._step_of[id(one)] = len(self._prints) - 1
            if learned:
                alone = first_result(execute(*[self._random(one) for one in args]))
                self._alone.append(_print_of(alone))
        return answer

    def _random(self, argument: Any) -> Any:
        """Random numbers in the place of data; all else as it is."""
        if not isinstance(argument, torch.Tensor) or id(argument) not in self._step_of:
            return argument
        return _directions(argument.numel())[:, 0].to(argument.dtype).reshape(argument.shape).clone()

    def _add(self, result: torch.Tensor, sources: list[int], unregistered: bool) -> None:
        line, file = _student_line(outermost=unregistered)
        self._prints.append(_print_of(result))
        self._steps["sizes"].append(result.numel())
        self._steps["sources"].append(sources)
        self._steps["lines"].append(line)
        self._steps["files"].append(file)
        self._steps["unregistered"].append(unregistered)
        self._steps["modules"].append(next(filter(None, reversed(self._inside)), ""))


def _table(prints: list[list[float]]) -> torch.Tensor:
    return torch.tensor(prints, dtype=torch.float64).reshape(-1, PROJECTIONS + 1)


def _print_of(result: torch.Tensor) -> list[float]:
    """The projections of the values and their norm; zeros for a result that is too large or not finite."""
    if result.numel() > MAX_SIZE:
        return [0.0] * (PROJECTIONS + 1)
    values = result.detach().reshape(-1).double()
    norm = float(values.norm())
    if not norm < float("inf"):
        return [0.0] * (PROJECTIONS + 1)
    return [*map(float, values @ _directions(values.numel())), norm]


@functools.lru_cache(maxsize=16)
def _directions(size: int) -> torch.Tensor:
    """(size, PROJECTIONS): fixed random numbers."""
    generator = torch.Generator().manual_seed(size)
    return torch.randn(size, PROJECTIONS, generator=generator, dtype=torch.float64)


def _student_line(outermost: bool) -> tuple[int, str]:
    """The innermost or the outermost line of a student's file; 0 and "" if there is none.

    The name of such a file is no path from the root.
    """
    frame: Any = sys._getframe(1)
    found = 0, ""
    while frame is not None:
        name = frame.f_code.co_filename
        if not name.startswith(("/", "<")) and name[1:3] not in (":\\", ":/"):
            found = frame.f_lineno, name
            if not outermost:
                break
        frame = frame.f_back
    return found
