"""Probes of an encoder-decoder network with skip connections; the names of its attributes do not matter."""

from __future__ import annotations

from typing import Any

import torch

from autograder.sandbox.inside.toolbox import (
    NEEDED,
    DoublePrecision,
    Execute,
    Operators,
    QuestionFrame,
    Unfit,
    build,
    first_result,
    parameters_by_use,
    probe,
    run,
    seeded_network,
    single_output,
)


@probe
@torch.no_grad()
def skips(
    target: Any, question: QuestionFrame, *, inputs: Any = NEEDED, levels: int = NEEDED, seed: int = 0
) -> list[list[torch.Tensor]]:
    """For each level, shallowest first, two outputs that are equal to the bit if the level has no skip connection.

    Level i is tested by two passes. In both, the upsampling step that leads to level i gives zeros, which blocks the
    way through the bottleneck. In the second pass noise is added to what enters level i: the input, or every map of
    that size on the way down. Only the skip of level i can carry the noise to the output. The passes use double
    precision, since the effect of deep skips is small.

    Levels are recognised by the sizes of their maps, however the network halves them. Options: `inputs`, and
    `levels`, how often the network halves its input.

    - A network that halves its input less often, with a skip that has no effect, raises `Unfit`.
    - If no map of a level is found, the two outputs are made to differ. A check with this probe must therefore count
      together with one that compares values: only right values prove that there is a skip.
    """
    x = build(inputs)[0]
    module = seeded_network(target, question, seed, x).double()
    x = x.double()
    pairs = []
    for level in range(levels):
        noisy = x + _noise(x) if level == 0 else x
        outputs = []
        for with_noise in False, True:
            barrier = _Barrier(tuple(x.shape), levels, level, with_noise and level > 0)
            with DoublePrecision(), Operators(barrier):
                outputs.append(single_output(run(module, noisy if with_noise else x)))
        if level > 0 and not barrier.added_noise:
            outputs[1] = outputs[0] + 1
        pairs.append(outputs)
    if 0 < barrier.deepest < levels and any(torch.equal(*pair) for pair in pairs):
        name, found = question["target"], barrier.deepest
        raise Unfit(f"{name} halves height and width {_times(found)}, expected {_times(levels)}")
    return pairs


@probe
@torch.no_grad()
def last_bias(target: Any, question: QuestionFrame, *, inputs: Any = NEEDED, seed: int = 0) -> list[torch.Tensor]:
    """The output, and the outputs with 3 added to the last bias and with 3 subtracted.

    Without an activation after the bias, both shifts change the output by the same amount everywhere.

    A parameter with one value for each channel of the output may be the bias. The last one that shifts the output
    evenly is taken, or else the last one that changes it. If there is no such parameter, only the output is returned.
    """
    x = build(inputs)[0]
    module = seeded_network(target, question, seed, x)
    used = parameters_by_use(module, lambda: run(module, x))
    first = single_output(run(module, x))
    candidates: list[tuple[int, list[torch.Tensor]]] = []
    for bias in reversed([parameter for parameter in used if parameter.numel() == first.shape[1]]):
        shifted = []
        for shift in 3.0, -6.0:
            bias.add_(shift)
            shifted.append(single_output(run(module, x)))
        bias.add_(3.0)
        candidates.append((min(_evenness(one - first) for one in shifted), [first, *shifted]))
    return max(candidates, key=lambda pair: pair[0])[1] if candidates else [first]


def _evenness(change: torch.Tensor) -> int:
    """2 if an output has changed by the same amount everywhere, 1 if it has changed, 0 if not."""
    changes, even = change.abs().max() > 1e-3, change.max() - change.min() < 1e-3
    return int(changes) * (1 + int(even))


class _Barrier:
    """Observes operators: sets the output of the upsampling step to `level` to zero, and may add noise to that level.

    An upsampling step is an operator whose output has twice the height and width of its input. A map belongs to the
    level of its size. It is on the way down until a map of a deeper level appears.
    """

    def __init__(self, shape: tuple[int, ...], levels: int, level: int, with_noise: bool) -> None:
        self._sizes = [(shape[2] >> step, shape[3] >> step) for step in range(levels + 1)]
        self._ups_until = levels - level
        self._level = level
        self._with_noise = with_noise
        self._ups = 0  # upsampling steps so far
        self.deepest = 0  # the deepest level so far
        self.added_noise = False

    def __call__(self, name: str, args: tuple[Any, ...], execute: Execute) -> Any:
        result = execute()
        y = first_result(result)
        if not _is_map(y) or _shares_memory(y, args):
            return result
        size = (y.shape[2], y.shape[3])
        x = args[0] if args else None
        if x is not None and _is_map(x) and size == (2 * x.shape[2], 2 * x.shape[3]):
            self._ups += 1
            if self._ups == self._ups_until:
                y.zero_()
        elif size in self._sizes:
            self.deepest = max(self.deepest, self._sizes.index(size))
            if self._with_noise and self.deepest == self._level == self._sizes.index(size):
                y.add_(_noise(y))
                self.added_noise = True
        return result


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _shares_memory(y: torch.Tensor, args: tuple[Any, ...]) -> bool:
    """Whether a result uses the memory of an argument, as a view or a change in place does."""
    tensors = [part for value in args for part in (value if isinstance(value, (list, tuple)) else [value])]
    address = y.untyped_storage().data_ptr()
    return any(isinstance(x, torch.Tensor) and x.untyped_storage().data_ptr() == address for x in tensors)


def _is_map(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.ndim == 4 and value.is_floating_point()


def _noise(x: torch.Tensor) -> torch.Tensor:
    generator = torch.Generator().manual_seed(2)
    return torch.randn(x.shape, generator=generator).to(x)
