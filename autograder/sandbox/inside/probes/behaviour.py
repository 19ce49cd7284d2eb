"""What any network that maps a batch to a batch must do, whatever it looks like inside.

Each probe reports raw outputs; the judge compares them with each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from ..build import build
from ..operators import Operators, Run
from .network import construct, output, seeded_once


@torch.no_grad()
def repeated(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs of the same input, twice in eval mode."""
    x = build(question["options"]["inputs"])[0]
    module = seeded_once(target, question, x)
    return [output(module(x)).clone(), output(module(x)).clone()]


@torch.no_grad()
def row_alone(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs of a batch, and of its rows one at a time."""
    x = build(question["options"]["inputs"])[0]
    module = seeded_once(target, question, x)
    return [output(module(x)), torch.cat([output(module(row[None])) for row in x])]


@torch.no_grad()
def four_initialisations(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs in eval mode of four networks as they are when constructed."""
    x = build(question["options"]["inputs"])[0]
    outputs = []
    for seed in range(4):
        torch.manual_seed(seed)
        outputs.append(output(construct(target, question).eval()(x)))
    return outputs


def gradients(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """For each registered parameter the largest absolute gradient of a random sum of outputs, None for no gradient.

    The network is in training mode, as constructed.
    """
    x = build(question["options"]["inputs"])[0]
    module = construct(target, question).train()
    y = output(module(x))
    generator = torch.Generator().manual_seed(1)
    if y.requires_grad:
        (y * torch.randn(y.shape, generator=generator).to(y)).sum().backward()
    return {
        name: None if parameter.grad is None else float(parameter.grad.abs().max())
        for name, parameter in list(nn.Module.named_parameters(module))[:500]
    }


@torch.no_grad()
def superposition(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """f(a + b) - f(b) and f(a) - f(0) in double precision: equal for an affine map, and only there."""
    a, b = (part.double() for part in build(question["options"]["inputs"]))
    module = seeded_once(target, question, a.float()).double()
    zero = torch.zeros_like(a)
    return [output(module(a + b)) - output(module(b)), output(module(a)) - output(module(zero))]


@torch.no_grad()
def round_trip(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs of one network, and of another that has loaded the first one's state_dict."""
    x = build(question["options"]["inputs"])[0]
    first = seeded_once(target, question, x)
    torch.manual_seed(1)
    second = construct(target, question).eval()
    second.load_state_dict(first.state_dict())
    return [output(first(x)), output(second(x))]


@torch.no_grad()
def executed(target: Any, question: Mapping[str, Any]) -> dict[str, int]:
    """How many operators of the names in the option `operators` one forward pass executes, by name.

    The keys are the names given; operators are counted whose name contains one of them. An operator counts only
    when none of its tensors is an unregistered parameter (a layer that a plain list hides).
    """
    options = question["options"]
    module = construct(target, question).eval()
    counts = dict.fromkeys(options["operators"], 0)

    registered = {parameter.data_ptr() for parameter in nn.Module.parameters(module)}

    def _is_hidden(value: Any) -> bool:
        return isinstance(value, nn.Parameter) and value.data_ptr() not in registered

    def watch(operator: str, args: tuple[Any, ...], run: Run) -> Any:
        name = next((name for name in counts if name in operator), None)
        if name is not None and not any(_is_hidden(value) for value in args):
            counts[name] += 1
        return run()

    with Operators(watch):
        output(module(*build(options["inputs"])))
    return counts


@torch.no_grad()
def normalised(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """What each module without parts, of a class called like the option `named`, does to a batch in training mode.

    For each such module in order of execution: the mean and the biased variance per channel of its output less its
    bias, divided by its weight, which are 0 and 1 after batch normalisation; and whether its running mean moved.
    """
    options = question["options"]
    x = build(options["inputs"])[0]
    module = construct(target, question).train()
    means, variances, moved = [], [], []

    def look(layer: Any, _: Any, y: torch.Tensor) -> None:
        weight, bias = getattr(layer, "weight", None), getattr(layer, "bias", None)
        z = y if bias is None else y - bias[None, :, None, None]
        z = z if weight is None else z / weight[None, :, None, None]
        means.append(z.mean(dim=(0, 2, 3)))
        variances.append(z.var(dim=(0, 2, 3), unbiased=False))
        running = getattr(layer, "running_mean", None)
        moved.append(running is not None and bool(running.abs().max() > 0))

    for layer in module.modules():
        if options["named"] in type(layer).__name__ and not any(layer.children()):
            layer.register_forward_hook(look)
    output(module(x))
    return {"means": means, "variances": variances, "moved": moved}
