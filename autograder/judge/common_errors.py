"""Explains errors of Python and torch whose messages do not say what to change."""

from __future__ import annotations

import re

from autograder.sandbox.inside.load import EOF_MESSAGE

EXPLANATIONS = (
    (
        rf"EOFError: {re.escape(EOF_MESSAGE)}",
        "nobody answers input() here: all that the exercise needs comes as arguments",
    ),
    (r"BdbQuit", "nobody answers breakpoint() here: remove it, and print the values instead"),
    (r".*cannot assign \w+s? before Module\.__init__\(\) call", "call super().__init__() first in __init__"),
    (r".*\.(\w+) is not a Module subclass", r"write \1() with parentheses: they make a layer of the class"),
    (
        r".*'torch\.return_types\.(\w+)' object",
        r"\1 with an axis returns a pair (values, indices): take [0]",
    ),
    (
        r".*Boolean value of Tensor with more than one value",
        "a tensor of several values is neither true nor false: compare it with `is not None`, or use .any() or .all()",
    ),
    (
        r".*expected scalar type Float but found Long",
        "whole numbers make a tensor int64: write 1.0 for 1, or give dtype=torch.float32",
    ),
    (
        r".*mat1 and mat2 shapes cannot be multiplied \(\d+x(\d+) and (\d+)x\d+\)",
        r"if this is a linear layer: it gets rows of \1 numbers, and its in_features is \2",
    ),
    (
        r".*(?i:double\)? (?:and|!=) (?:bias type \()?float)",
        "float64 meets float32: give what you make the dtype of the input; layers in a plain list stay float32",
    ),
    (r".*argument 'keepdim' .*must be bool, not int", "several axes go into one tuple, such as mean((2, 3))"),
    (
        r"TypeError: 'int' object is not subscriptable",
        "the value before the [ ] is an int in this call",
    ),
    (r"TypeError: 'float' object cannot be interpreted as an integer", "/ gives a float, // gives an int"),
)


def explanation(error: str) -> str:
    """One sentence on an error, given as `ValueError: its message`; empty if there is nothing to add."""
    for pattern, sentence in EXPLANATIONS:
        found = re.match(pattern, error)
        if found:
            return found.expand(sentence)
    return ""
