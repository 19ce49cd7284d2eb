"""Submissions that answer as the chapter's notes do, where the notes are wrong."""

from __future__ import annotations

import pytest

from autograder.model import CheckResult
from tests.support.results import ChecksRefused, Graded


@pytest.fixture
def refused(graded: Graded) -> ChecksRefused:
    """`refused(exercise, code)`: the checks that the code fails, by name; every function of torch is allowed."""

    def refuse(exercise: str, code: str) -> dict[str, CheckResult]:
        text = f"import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n{code}"
        result = graded({"exercise3.py": text}, exercise, forbids=False)[exercise]
        return {check.name: check for check in result.checks if check.verdict in ("failed", "raised")}

    return refuse
