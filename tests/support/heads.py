"""Ends that a classifier may have in the place of `nn.Flatten(), nn.Linear(...)`, as changes of a solution."""

from __future__ import annotations

HEADS = {
    "channels last": ("nn.Flatten()", "Last(), nn.Flatten()"),
    "bare matrices": ("nn.Linear(", "Matrix("),
}
LAST_AND_MATRIX = """class Last(nn.Module):
    def forward(self, x):
        return x.movedim(1, -1)


class Matrix(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.w = nn.Parameter(torch.randn(inputs, outputs) / inputs**0.5)
        self.b = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.w + self.b


"""


def with_head(network: str, head: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """The changes that give a network this head."""
    return (f"class {network}(", f"{LAST_AND_MATRIX}class {network}("), head
