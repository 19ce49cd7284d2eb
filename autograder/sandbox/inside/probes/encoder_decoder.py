"""What an encoder-decoder network with skip connections must do, whatever its attributes are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from ..build import build
from ..operators import Operators, Run
from ..refusal import OtherDepth
from ..weights import by_use
from .network import DoublePrecision, output, run, seeded_once


@torch.no_grad()
def skips(target: Any, question: Mapping[str, Any]) -> list[list[torch.Tensor]]:
    """For each level, shallowest first, two outputs that differ only by what that level's skip carries.

    At level i a barrier blocks the way through the bottleneck: the step up that leads to level i gives zeros. Then
    what enters level i (the input, or every map of that level on the way down) is changed; nothing but the
    skip of that level can carry the change to the output. In double precision, since deep skips carry little; where
    there is no skip the two outputs are equal to the bit.

    The way down is known by the sizes of its maps, so it does not matter how they are halved; where it ends before
    the bottleneck's size, a skip that seems to carry nothing is told as `OtherDepth`. Where no map of a level is seen
    nothing can be told, and the two outputs are made to differ: a check with this probe has to count with one that
    compares values, since only right values prove that there is a skip.
    """
    options = question["options"]
    x = build(options["inputs"])[0]
    module = seeded_once(target, question, x).double()
    x = x.double()
    levels = options["levels"]
    pairs = []
    for level in range(levels):
        changed = x + _pattern(x) if level == 0 else x
        outputs = []
        for shaken in False, True:
            barrier = _Barrier(tuple(x.shape), levels, level, shaken and level > 0)
            with DoublePrecision(), Operators(barrier):
                outputs.append(output(run(module, changed if shaken else x)))
        if level > 0 and not barrier.shook:
            outputs[1] = outputs[0] + 1
        pairs.append(outputs)
    if 0 < barrier.deepest < levels and any(torch.equal(*pair) for pair in pairs):
        name, found = question["target"], barrier.deepest
        raise OtherDepth(f"{name} halves height and width {_times(found)}, expected {_times(levels)}")
    return pairs


@torch.no_grad()
def last_bias(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The output, and the output with 3 and -3 added to the bias that is used last: an activation would bend it.

    The bias has one number for each channel of the output, and not all that have are biases: it is the last one that
    moves the output by the same everywhere, or else the last one that moves it. Where there is none only the output
    is told.
    """
    x = build(question["options"]["inputs"])[0]
    module = seeded_once(target, question, x)
    used = by_use(module, lambda: run(module, x))
    first = output(run(module, x))
    found: list[tuple[int, list[torch.Tensor]]] = []
    for bias in reversed([parameter for parameter in used if parameter.numel() == first.shape[1]]):
        moved = []
        for shift in 3.0, -6.0:
            bias.add_(shift)
            moved.append(output(run(module, x)))
        bias.add_(3.0)
        found.append((min(_evenness(part - first) for part in moved), [first, *moved]))
    return max(found, key=lambda pair: pair[0])[1] if found else [first]


def _evenness(step: torch.Tensor) -> int:
    """2 if an output has moved by the same everywhere, 1 if it has moved, 0 if not."""
    moves, even = step.abs().max() > 1e-3, step.max() - step.min() < 1e-3
    return int(moves) * (1 + int(even))


class _Barrier:
    """Watches operators: zeroes the step up to `level`, and shakes what comes down to it when asked.

    A step up is an operator whose output has twice the height and width of its input. A map belongs to the level whose
    size it has, and to the way down until a deeper one is seen. `deepest` is the deepest level so far, `shook` tells
    whether there was a map to shake.
    """

    def __init__(self, shape: tuple[int, ...], levels: int, level: int, shaken: bool) -> None:
        self._sizes = [(shape[2] >> step, shape[3] >> step) for step in range(levels + 1)]
        self._ups_until = levels - level
        self._level = level
        self._shaken = shaken
        self._ups = self.deepest = 0
        self.shook = False

    def __call__(self, name: str, args: tuple[Any, ...], run: Run) -> Any:
        result = run()
        y = result[0] if isinstance(result, (tuple, list)) and result else result
        if not _is_map(y) or _shares(y, args):
            return result
        size = (y.shape[2], y.shape[3])
        x = args[0] if args else None
        if x is not None and _is_map(x) and size == (2 * x.shape[2], 2 * x.shape[3]):
            self._ups += 1
            if self._ups == self._ups_until:
                y.zero_()
        elif size in self._sizes:
            self.deepest = max(self.deepest, self._sizes.index(size))
            if self._shaken and self.deepest == self._level == self._sizes.index(size):
                y.add_(_pattern(y))
                self.shook = True
        return result


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _shares(y: torch.Tensor, args: tuple[Any, ...]) -> bool:
    """Whether a result lies in the memory of an argument: a view, or a change in place."""
    tensors = [part for value in args for part in (value if isinstance(value, (list, tuple)) else [value])]
    place = y.untyped_storage().data_ptr()
    return any(isinstance(x, torch.Tensor) and x.untyped_storage().data_ptr() == place for x in tensors)


def _is_map(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.ndim == 4 and value.is_floating_point()


def _pattern(x: torch.Tensor) -> torch.Tensor:
    generator = torch.Generator().manual_seed(2)
    return torch.randn(x.shape, generator=generator).to(x)
