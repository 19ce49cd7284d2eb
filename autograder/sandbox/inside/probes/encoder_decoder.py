"""What an encoder-decoder network with skip connections must do, whatever its attributes are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from ..build import build
from ..operators import Operators, Run
from ..weights import by_use
from .network import DoublePrecision, output, run, seeded_once


@torch.no_grad()
def skips(target: Any, question: Mapping[str, Any]) -> list[list[torch.Tensor]]:
    """For each level, shallowest first, two outputs that differ only by what that level's skip carries.

    At level i a barrier blocks the way through the bottleneck: the step up that leads to level i gives zeros. Then
    what enters level i (the input, or the output of the i-th step down) is changed; nothing but the
    skip of that level can carry the change to the output. In double precision, since deep skips carry little; where
    there is no skip the two outputs are equal to the bit.
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
            with DoublePrecision(), Operators(_Barrier(levels, level, shaken and level > 0)):
                outputs.append(output(run(module, changed if shaken else x)))
        pairs.append(outputs)
    return pairs


@torch.no_grad()
def last_bias(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The output, and the output with 3 and -3 added to the bias that is used last: an activation would bend it."""
    x = build(question["options"]["inputs"])[0]
    module = seeded_once(target, question, x)
    bias = [parameter for parameter in by_use(module, lambda: run(module, x)) if parameter.ndim == 1][-1]
    outputs = [output(run(module, x))]
    for shift in 3.0, -6.0:
        bias.add_(shift)
        outputs.append(output(run(module, x)))
    return outputs


class _Barrier:
    """Watches operators: zeroes the step up to `level`, and shakes the step down to it when asked.

    A step down is an operator whose output has half the height of its input, a step up one with twice the height.
    """

    def __init__(self, levels: int, level: int, shaken: bool) -> None:
        self._ups_until = levels - level
        self._downs_until = level
        self._shaken = shaken
        self._ups = self._downs = 0

    def __call__(self, name: str, args: tuple[Any, ...], run: Run) -> Any:
        result = run()
        y = result[0] if isinstance(result, (tuple, list)) and result else result
        x = args[0] if args else None
        if x is None or not _is_map(x) or not _is_map(y) or "view" in name:
            return result
        if y.shape[2] == 2 * x.shape[2]:
            self._ups += 1
            if self._ups == self._ups_until:
                y.zero_()
        elif 2 * y.shape[2] == x.shape[2]:
            self._downs += 1
            if self._shaken and self._downs == self._downs_until:
                y.add_(_pattern(y))
        return result


def _is_map(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.ndim == 4 and value.is_floating_point()


def _pattern(x: torch.Tensor) -> torch.Tensor:
    generator = torch.Generator().manual_seed(2)
    return torch.randn(x.shape, generator=generator).to(x)
