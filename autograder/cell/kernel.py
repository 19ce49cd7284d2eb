"""Reads the code that ran in a kernel: from the history of IPython, or from the cells of marimo."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any


def cells_of(namespace: Mapping[str, Any]) -> list[str]:
    """The cells that ran in this kernel, as Python; empty outside of IPython and marimo."""
    ran = namespace.get("In")
    if not isinstance(ran, list):
        return _marimo_cells(namespace)
    return [cell for cell in ran[1:] if isinstance(cell, str)]


def written_cells(namespace: Mapping[str, Any]) -> list[str]:
    """The cells as they were written, with lines such as `%matplotlib inline`, which IPython translates to Python."""
    in_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = in_ipython() if in_ipython else None
    if shell is None or namespace is not shell.user_ns:
        return cells_of(namespace)
    return [str(cell) for cell in shell.history_manager.input_hist_raw[1:] if cell.strip()]


def _marimo_cells(namespace: Mapping[str, Any]) -> list[str]:
    """The cells of the marimo notebook with this namespace, each after those that it needs."""
    if "marimo" not in sys.modules:
        return []
    try:  # marimo has no public way to its cells
        from marimo._runtime.context import get_context
        from marimo._runtime.dataflow import topological_sort

        context = get_context()
        if context.globals is not namespace:
            return []
        cells = context.graph.cells
        return [str(cells[name].code) for name in topological_sort(context.graph, cells)]
    except Exception:  # noqa: BLE001 - another version may do anything
        return []
