"""Residual blocks and LeNet-5: what is right besides the solution."""

from __future__ import annotations

import pytest

from tests.support.heads import HEADS, with_head
from tests.support.results import GradeChanged, lost


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize(("section", "network"), [("residual", "LeNet5")])
def test_classifier_may_end_as_it_likes(
    grade_changed: GradeChanged, section: str, network: str, head: tuple[str, str]
) -> None:
    assert lost(grade_changed(section, network, *with_head(network, head))) == set()
