"""A cell with a memory"""

import torch
from torch import nn

from autograder.author import agrees, alternative, case, check, forward, mistakes, network, parts_agree, reference

from .probes import rows_of_a_step


@reference(points=8, forbids=("nn.LSTMCell", "nn.LSTM", "lstm_cell"))
class LSTMCell(nn.Module):
    """What does each of the three gates decide, and which number does "closed" have?

    The forget gate scales the old cell, the input gate scales the new content, and the output gate what is shown.

    In the documentation: the formulas of nn.LSTMCell; Tensor.chunk takes the result of one layer apart.
    """

    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.layers(input_size, hidden_size)

    def layers(self, input_size, hidden_size):
        self.from_input = nn.Linear(input_size, 4 * hidden_size)
        self.from_hidden = nn.Linear(hidden_size, 4 * hidden_size)

    def gates(self, x, hidden):
        return (self.from_input(x) + self.from_hidden(hidden)).chunk(4, dim=-1)

    def forward(self, x, state=None):
        if state is None:
            state = x.new_zeros(len(x), self.hidden_size), x.new_zeros(len(x), self.hidden_size)
        hidden, cell = state
        write, keep, content, show = self.gates(x, hidden)
        cell = torch.sigmoid(keep) * cell + torch.sigmoid(write) * torch.tanh(content)
        return torch.sigmoid(show) * torch.tanh(cell), cell


@alternative(LSTMCell)
class OneLayer(LSTMCell.right):
    """One layer for all gates."""

    def layers(self, input_size, hidden_size):
        self.layer = nn.Linear(input_size + hidden_size, 4 * hidden_size)

    def gates(self, x, hidden):
        return self.layer(torch.cat([x, hidden], dim=-1)).chunk(4, dim=-1)


@alternative(LSTMCell)
class OneLayerHiddenFirst(OneLayer.right):
    """One layer for all gates, and the hidden state stands before the input."""

    def gates(self, x, hidden):
        return self.layer(torch.cat([hidden, x], dim=-1)).chunk(4, dim=-1)


@alternative(LSTMCell)
class LayerForEachGate(LSTMCell.right):
    """Four layers, one for each gate."""

    def layers(self, input_size, hidden_size):
        self.each = nn.ModuleList(nn.Linear(input_size + hidden_size, hidden_size) for _ in range(4))

    def gates(self, x, hidden):
        return [layer(torch.cat([x, hidden], dim=-1)) for layer in self.each]


@alternative(LSTMCell)
class LayerForEachGateHiddenFirst(LayerForEachGate.right):
    """Four layers, one for each gate, and the hidden state stands before the input."""

    def gates(self, x, hidden):
        return [layer(torch.cat([hidden, x], dim=-1)) for layer in self.each]


@alternative(LSTMCell)
class EightLayers(LSTMCell.right):
    """Two layers for each gate."""

    def layers(self, input_size, hidden_size):
        self.inputs = nn.ModuleList(nn.Linear(input_size, hidden_size) for _ in range(4))
        self.hiddens = nn.ModuleList(nn.Linear(hidden_size, hidden_size) for _ in range(4))

    def gates(self, x, hidden):
        return [of_x(x) + of_hidden(hidden) for of_x, of_hidden in zip(self.inputs, self.hiddens, strict=True)]


@alternative(LSTMCell)
class OneBias(LSTMCell.right):
    """Two layers, of which only the first has a bias."""

    def layers(self, input_size, hidden_size):
        self.from_input = nn.Linear(input_size, 4 * hidden_size)
        self.from_hidden = nn.Linear(hidden_size, 4 * hidden_size, bias=False)


@alternative(LSTMCell)
class EightLayersOneBias(EightLayers.right):
    """Two layers for each gate, of which only the first has a bias."""

    def layers(self, input_size, hidden_size):
        super().layers(input_size, hidden_size)
        self.hiddens = nn.ModuleList(nn.Linear(hidden_size, hidden_size, bias=False) for _ in range(4))


@alternative(LSTMCell)
class Matrices(LSTMCell.right):
    """Parameters without layers, with a column for each output."""

    def layers(self, input_size, hidden_size):
        self.from_input = nn.Parameter(torch.randn(input_size, 4 * hidden_size) / 10)
        self.from_hidden = nn.Parameter(torch.randn(hidden_size, 4 * hidden_size) / 10)
        self.bias = nn.Parameter(torch.zeros(4 * hidden_size))

    def gates(self, x, hidden):
        return (x @ self.from_input + hidden @ self.from_hidden + self.bias).chunk(4, dim=-1)


@alternative(LSTMCell)
class MatricesForEachGate(LSTMCell.right):
    """Two matrices and a bias for each gate, with a column for each output."""

    def layers(self, input_size, hidden_size):
        self.inputs = nn.ParameterList(torch.randn(input_size, hidden_size) / 10 for _ in range(4))
        self.hiddens = nn.ParameterList(torch.randn(hidden_size, hidden_size) / 10 for _ in range(4))
        self.biases = nn.ParameterList(torch.zeros(hidden_size) for _ in range(4))

    def gates(self, x, hidden):
        triples = zip(self.inputs, self.hiddens, self.biases, strict=True)
        return [x @ of_x + hidden @ of_hidden + bias for of_x, of_hidden, bias in triples]


def step(draw, batch, input_size, hidden_size):
    """The arguments of one step."""
    state = (draw.normal(batch, hidden_size), draw.normal(batch, hidden_size))
    return case(input_size, hidden_size).on(draw.normal(batch, input_size), state)


@check(LSTMCell, points=5, ask=forward, compare=agrees)
def one_step(draw):
    """One step gives the next hidden state and the next cell state"""
    yield step(draw, 2, 3, 5)
    yield step(draw, 4, 6, 2)


@check(LSTMCell, points=1, ask=forward, compare=agrees)
def without_a_state(draw):
    """Without a state, the step begins with zeros"""
    yield case(3, 5).on(draw.normal(2, 3))
    yield case(6, 4).on(draw.normal(1, 6))


habits = network(
    LSTMCell,
    lambda draw: case(4, 5).on(draw.normal(3, 4)),
    counts_with=one_step,
    parameters=1,
)


@check(
    LSTMCell,
    points=1,
    ask=rows_of_a_step,
    compare=parts_agree(why="the step of a whole batch differs from the steps of its rows"),
    counts_with=one_step,
)
def rows_alone(draw):
    """A row of the batch does not depend on the other rows"""
    yield step(draw, 4, 3, 5)


wrong = mistakes(
    LSTMCell,
    """
    gates_of_forget_and_input_swapped: The input gate comes first, then the forget gate.
        write, keep, content, show = self.gates(x, hidden) -> keep, write, content, show = self.gates(x, hidden)
    nothing_forgotten: The forget gate scales the old cell state before the new content is added.
        torch.sigmoid(keep) * cell -> cell
    content_through_sigmoid: New content may be negative, so it goes through tanh.
        torch.tanh(content) -> torch.sigmoid(content)
    gate_through_tanh: A gate is between 0 and 1, so it goes through the sigmoid.
        torch.sigmoid(write) -> torch.tanh(write)
    rows_compete: Each gate is a number of its own, so it goes through the sigmoid; softmax mixes the rows.
        torch.sigmoid(write) -> torch.softmax(write, dim=0)
    a_layer_too_many: There is a layer that the step never uses.
        self.hidden_size = hidden_size -> self.hidden_size = hidden_size; self.unused = nn.Linear(hidden_size, 1)
    cell_shown_as_it_is: The cell state goes through tanh before the output gate.
        torch.tanh(cell) -> cell
    state_the_wrong_way_round: The state is (hidden, cell), in this order.
        hidden, cell = state -> cell, hidden = state
    returned_the_wrong_way_round: The result is (hidden, cell), in this order.
        return torch.sigmoid(show) * torch.tanh(cell), cell -> return cell, torch.sigmoid(show) * torch.tanh(cell)
    """,
)
