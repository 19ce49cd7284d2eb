"""Lets `torch.compile` give back what it is given: its compiler is a program of its own, which may not start here."""

from __future__ import annotations

from typing import Any

import torch


def run_uncompiled() -> None:
    """Replace `torch.compile` for this process and its children; results stay the same up to rounding."""
    torch.compile = _as_it_is


def _as_it_is(model: Any = None, **settings: Any) -> Any:
    """The model or function itself; as a decorator with settings, a function that gives back what it is given."""
    return _as_it_is if model is None else model
