"""What this course asks of a network that students design themselves."""

import torch

from autograder.sandbox.inside.toolbox import DRAWN, NEEDED, build, construct, probe, run


@probe
def outputs(target, question, *, inputs=NEEDED, seed=DRAWN):
    """The outputs of one fresh network in eval mode for each of the `inputs`, in a list."""
    torch.manual_seed(seed)
    network = construct(target, question).eval()
    with torch.no_grad():
        return [run(network, tokens) for tokens in build(inputs)]


@probe
def rows_of_a_step(target, question, *, inputs=NEEDED, seed=DRAWN):
    """The next state of a recurrent cell for a batch, and for its rows one at a time: two tensors."""
    torch.manual_seed(seed)
    cell = construct(target, question).eval()
    x, state = build(inputs)
    with torch.no_grad():
        whole = torch.cat(run(cell, x, state), dim=-1)
        rows = [run(cell, x[i : i + 1], tuple(part[i : i + 1] for part in state)) for i in range(len(x))]
        return [whole, torch.cat([torch.cat(row, dim=-1) for row in rows])]
