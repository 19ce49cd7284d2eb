"""Notebooks as JSON."""

from __future__ import annotations

import json


def notebook(*sources: object, metadata: object = None) -> str:
    """A notebook of code cells with these sources."""
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4, "metadata": metadata or {}})
