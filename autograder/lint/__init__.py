"""Proves that an assignment holds: what `grade lint` reports to its author."""

from __future__ import annotations

from autograder.lint.assignment import lint

__all__ = ["lint"]
