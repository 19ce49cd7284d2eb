"""The words that a course adds to those of the engine: its probes and builders."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from .build import Builder
from .probe import Probe

Word = Probe[Any] | Builder
"""What a course adds to the words that a question may use."""


def words_in(modules: Mapping[str, ModuleType]) -> dict[str, Word]:
    """The probes and builders that these modules define, by name."""
    values = (value for module in modules.values() for value in vars(module).values())
    return {value.name: value for value in values if isinstance(value, (Probe, Builder))}
