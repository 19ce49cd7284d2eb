"""Networks that compute the same get the same weights, whatever their names, layers and order of evaluation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from autograder.author.questions import ask
from autograder.judge.accept import Rules
from autograder.model import Answer, ExamCheck, Item, Question, Refused, Returned

CHECK = ExamCheck("c", "C", 1, "agrees", {}, ())
Networks = Callable[..., nn.Module]


def questions(inputs: Sequence[Sequence[Any]], arguments: Sequence[tuple[Any, ...]], **options: Any) -> list[Question]:
    return [
        Question("forward", "Net", args, options={"inputs": one, "seed": 7 + number, **options})
        for number, (one, args) in enumerate(zip(inputs, arguments, strict=True))
    ]


def answers(network: Networks, asked: list[Question]) -> list[Answer]:
    return [ask({"Net": network}, question, {}) for question in asked]


def agree(right: Networks, other: Networks, asked: list[Question]) -> bool:
    """Whether the judge accepts the other network where the first one is the reference."""
    items = [Item("Net()", one, (answer,)) for one, answer in zip(asked, answers(right, asked), strict=True)]
    return Rules().accepts_all(CHECK, items, answers(other, asked))


def normal(*shape: int) -> Any:
    return np.random.default_rng(sum(shape)).standard_normal(shape).astype(np.float32)


class Attention(nn.Module):
    """The projections are used in the order of the letters."""

    letters = "qkv"

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.out: nn.Module = nn.Linear(width, width)
        self.projections = nn.ModuleDict({letter: nn.Linear(width, width) for letter in "vqk"})
        self.heads = heads

    def project(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {letter: self.projections[letter](x) for letter in self.letters}

    def attend(self, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return (q @ k.mT / math.sqrt(q.shape[-1])).softmax(-1) @ v

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        N, T, D = x.shape
        parts = {k: p.view(N, T, self.heads, -1).transpose(1, 2) for k, p in self.project(x).items()}
        return self.joined(self.attend(**parts).transpose(1, 2).reshape(N, T, D))

    def joined(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.out(x)
        return out


class BareAttention(Attention):
    def __init__(self, width: int, heads: int) -> None:
        nn.Module.__init__(self)
        self.heads = heads
        for name in ("w_o", "w_k", "w_q", "w_v"):
            setattr(self, name, nn.Parameter(torch.randn(width, width)))
        for name in ("b_v", "b_o", "b_k", "b_q"):
            setattr(self, name, nn.Parameter(torch.randn(width)))

    def project(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {one: x @ getattr(self, f"w_{one}").T + getattr(self, f"b_{one}") for one in self.letters}

    def joined(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = x @ self.w_o.T + self.b_o  # type: ignore[operator]  # attributes of a module are anything
        return out


def with_letters(base: type[Attention], letters: str) -> Any:
    return type(f"Uses_{letters}", (base,), {"letters": letters})


class Transformer(nn.Module):
    attention: Any = Attention

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.parts = nn.ModuleList(self.attention(4, 2) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(4) for _ in range(2 * depth))
        self.wide = nn.ModuleList(nn.Linear(4, 8) for _ in range(depth))
        self.narrow = nn.ModuleList(nn.Linear(8, 4) for _ in range(depth))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for depth, part in enumerate(self.parts):
            x = x + part(self.norms[2 * depth](x))
            x = x + self.narrow[depth](F.gelu(self.wide[depth](self.norms[2 * depth + 1](x))))
        return x


ATTENTION = questions([[normal(2, 3, 4)], [normal(1, 5, 6)]], [(4, 2), (6, 3)])
TRANSFORMERS = questions([[normal(2, 3, 4)], [normal(1, 5, 4)]], [(1,), (2,)])


@pytest.mark.parametrize("letters", ["qkv", "kqv", "vkq", "qvk", "kvq", "vqk"])
@pytest.mark.parametrize("base", [Attention, BareAttention])
def test_attention_may_project_in_any_order(base: type[Attention], letters: str) -> None:
    assert agree(Attention, with_letters(base, letters), ATTENTION)


@pytest.mark.parametrize("base", [Attention, BareAttention])
def test_attention_may_project_in_any_order_in_networks_of_different_depths(base: type[Attention]) -> None:
    other: Any = type("Other", (Transformer,), {"attention": with_letters(base, "kvq")})
    assert agree(Transformer, other, TRANSFORMERS)


class Unscaled(Attention):
    def attend(self, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return (q @ k.mT).softmax(-1) @ v


class OverQueries(Attention):
    def attend(self, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return (q @ k.mT / math.sqrt(q.shape[-1])).softmax(-2) @ v


class KeysForValues(Attention):
    def attend(self, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return super().attend(q, k, k)


class NothingAfter(Attention):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__(width, heads)
        self.out: nn.Module = nn.Identity()


@pytest.mark.parametrize("wrong", [Unscaled, OverQueries, KeysForValues, NothingAfter])
def test_wrong_attention_is_refused(wrong: type[Attention]) -> None:
    assert not agree(Attention, wrong, ATTENTION)


class Cell(nn.Module):
    """An LSTM cell with one linear layer for each gate, used in the order of the letters."""

    letters = "ifgo"

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.gates = nn.ModuleDict({letter: nn.Linear(inputs + width, width) for letter in "goif"})

    def forward(self, x: torch.Tensor, h: torch.Tensor, c: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        found = {letter: self.gates[letter](torch.cat([x, h], 1)) for letter in self.letters}
        i, f, o = (torch.sigmoid(found[letter]) for letter in "ifo")
        c = f * c + i * torch.tanh(found["g"])
        return o * torch.tanh(c), c


class ForgetFirst(Cell):
    letters = "fiog"


class AddsNothingOld(Cell):
    def forward(self, x: torch.Tensor, h: torch.Tensor, c: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return super().forward(x, h, torch.zeros_like(c))


class FusedCell(nn.Module):
    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.of_input = nn.Linear(inputs, 4 * width)
        self.of_state = nn.Linear(width, 4 * width)

    def gates(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        both: torch.Tensor = self.of_input(x) + self.of_state(h)
        return both

    def forward(self, x: torch.Tensor, h: torch.Tensor, c: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        i, f, g, o = self.gates(x, h).chunk(4, 1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c.tanh(), c


class StateFirst(FusedCell):
    def gates(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        both: torch.Tensor = self.of_state(h) + self.of_input(x)
        return both


class BareCell(FusedCell):
    def __init__(self, inputs: int, width: int) -> None:
        nn.Module.__init__(self)
        self.b_hh, self.b_ih = nn.Parameter(torch.ones(4 * width)), nn.Parameter(torch.ones(4 * width))
        self.w_hh, self.w_ih = (nn.Parameter(torch.ones(4 * width, size)) for size in (width, inputs))

    def gates(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        both: torch.Tensor = h @ self.w_hh.T + x @ self.w_ih.T + self.b_hh + self.b_ih
        return both


class BareCellInPairs(BareCell):
    def gates(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        return (self.b_ih + x @ self.w_ih.T) + (self.b_hh + h @ self.w_hh.T)


class InputTwice(FusedCell):
    def gates(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        both: torch.Tensor = self.of_input(x) + self.of_state(h[:, : x.shape[1]] if x.shape == h.shape else h) * 2
        return both


CELLS = questions(
    [[normal(2, 3), normal(2, 4), normal(2, 4)], [normal(3, 4), normal(3, 4), normal(3, 4)]], [(3, 4), (4, 4)]
)


@pytest.mark.parametrize(
    ("right", "other", "expected"),
    [
        (Cell, ForgetFirst, True),
        (Cell, AddsNothingOld, False),
        (FusedCell, StateFirst, True),
        (FusedCell, BareCell, True),
        (FusedCell, BareCellInPairs, True),
        (BareCell, FusedCell, True),
        (FusedCell, InputTwice, False),
    ],
)
def test_gates_may_be_computed_in_any_order(right: Networks, other: Networks, expected: bool) -> None:
    assert agree(right, other, CELLS) is expected


class Norm(nn.Module):
    """By hand, with the bias registered first, and shapes that broadcast."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.beta = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.gamma = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mean, var = (buffer[:, None, None] for buffer in (self.running_mean, self.running_var))  # type: ignore[index]
        normal: torch.Tensor = (x - mean) / (var + 1e-5).sqrt()
        return self.beta + self.gamma * normal


class Residual(nn.Module):
    norm: Any = nn.BatchNorm2d

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.skip = nn.Sequential()
        if inputs != outputs:
            self.skip = nn.Sequential(nn.Conv2d(inputs, outputs, 1), self.norm(outputs))
        self.first, self.norm1 = nn.Conv2d(inputs, outputs, 3, padding=1), self.norm(outputs)
        self.second, self.norm2 = nn.Conv2d(outputs, outputs, 3, padding=1), self.norm(outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skip = self.skip(x)
        return F.relu(self.norm2(self.second(F.relu(self.norm1(self.first(x))))) + skip)


class SkipLast(Residual):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out = self.norm2(self.second(F.relu(self.norm1(self.first(x)))))
        return F.relu(out + self.skip(x))


class OwnNorm(Residual):
    norm = Norm


class OwnNormSkipLast(SkipLast):
    norm = Norm


class NormTwice(SkipLast):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out = self.norm1(self.second(F.relu(self.norm1(self.first(x)))))
        return F.relu(out + self.skip(x))


BLOCKS = questions([[normal(2, 2, 4, 5)], [normal(1, 3, 4, 5)]], [(2, 3), (3, 3)])


@pytest.mark.parametrize(
    ("other", "expected"), [(SkipLast, True), (OwnNorm, True), (OwnNormSkipLast, True), (NormTwice, False)]
)
def test_branches_may_be_computed_in_any_order(other: Networks, expected: bool) -> None:
    assert agree(Residual, other, BLOCKS) is expected


def test_ways_are_few_where_nothing_is_interchangeable() -> None:
    (answer,) = answers(lambda: nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 3)), questions([[normal(2, 4)]], [()]))
    assert isinstance(answer, Returned)
    value: Any = answer.value
    assert value["labels"] == [["levels", "use", "wide levels", "wide use"]]


@pytest.mark.parametrize(("branches", "candidates"), [(2, 2), (3, 6), (4, 24), (5, 1), (9, 1)])
def test_permutations_are_bounded(branches: int, candidates: int) -> None:
    class Branches(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.parts = nn.ModuleList(nn.Linear(4, 3) for _ in range(branches))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.cat([part(x) for part in self.parts])

    (answer,) = answers(Branches, questions([[normal(2, 4)]], [()]))
    assert isinstance(answer, Returned)
    value: Any = answer.value
    assert len(value["candidates"]) == candidates


def test_named_weights_are_set() -> None:
    weight = normal(3, 4)
    asked = questions([[normal(2, 4)]], [(4, 3)], weights={"weight": weight, "bias": 5})
    (answer,) = answers(nn.Linear, asked)
    assert isinstance(answer, Returned)
    value: Any = answer.value
    (candidate,) = value["candidates"]
    bias = candidate["output"] - normal(2, 4) @ weight.T
    assert np.allclose(bias[0], bias[1], atol=1e-5)
    assert not np.allclose(bias[0], 0)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"weight_ih": normal(3, 4)}, "there is no registered parameter weight_ih: there are weight, bias"),
        ({"weight_ih": 3}, "there is no registered parameter weight_ih: there are weight, bias"),
        ({"weight": normal(4, 3)}, "parameter weight: expected shape (4, 3), got (3, 4)"),
    ],
)
def test_named_weights_that_are_not_there_are_refused(weights: dict[str, Any], message: str) -> None:
    asked = questions([[normal(2, 4)]], [(4, 3)], weights=weights)
    assert answers(nn.Linear, asked) == [Refused("unfit", message)]
