"""What this course asks of a network that students design themselves."""

import torch

from autograder.sandbox.inside.toolbox import DRAWN, NEEDED, Unfit, build, construct, probe, run


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
        rows = [one_step(cell, x[i : i + 1], tuple(part[i : i + 1] for part in state)) for i in range(len(x))]
        return [one_step(cell, x, state), torch.cat(rows)]


def one_step(cell, x, state):
    """The next hidden state and the next cell state, side by side."""
    result = run(cell, x, state)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Unfit("a step returns a pair, the next hidden state and the next cell state")
    return torch.cat(list(result), dim=-1)
