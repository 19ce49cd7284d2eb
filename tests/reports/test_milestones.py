"""The pages of milestones and the certificate: what they show, and that no text becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import numpy as np

from autograder.model import Grade, ReachedMilestone
from autograder.reports.grade_page import render_grade_page
from autograder.reports.milestones import (
    CertifiedSection,
    milestone_strips,
    render_certificate,
    render_milestones_page,
)

IMAGE = np.zeros((1, 3, 4), np.uint8)
IMAGE[0, 1, 2] = 255
EDGES = ReachedMilestone("conv", "edges", "Your convolution finds edges", "White is bright.", {"your edges": IMAGE})
ATTACK = "<script>alert(1)</script>"


def test_text_of_an_image_has_its_facts() -> None:
    (strip,) = milestone_strips(EDGES)
    assert strip.text == (
        "your edges. 3 × 4 values, the largest in row 2 and column 3; black is the smallest, white the largest."
    )
    assert strip.address.startswith("data:image/png;base64,")
    (strips,) = milestone_strips(ReachedMilestone("c", "m", "", "", {"digits": np.zeros((6, 28, 28), np.uint8)}))
    assert (
        strips.text == "digits. 6 images of 28 × 28 values each, from black, the smallest value, to white, the largest."
    )


def test_certificate_shows_what_is_true() -> None:
    sections = [CertifiedSection("Kernels", False, ("conv", "pool")), CertifiedSection("More", True, ())]
    page = render_certificate("Sheet", "Ada", date(2026, 12, 1), sections, [EDGES])
    assert "<h1>Ada</h1>" in page
    assert "has solved 2 exercises of “Sheet”" in page
    assert "1 December 2026. torchgrade " in page
    assert "It is no proof of identity" in page
    assert "More" not in page  # a section without an exercise that is right
    assert "keeps to itself" not in page
    assert "keeps to itself" in render_certificate("Sheet", "Ada", date(2026, 12, 1), sections, [], hidden=True)
    assert not re.findall(r"(?:src|href)=\"(?!data:|#)", page)  # it loads nothing


def test_no_text_becomes_markup() -> None:
    bad = ReachedMilestone(ATTACK, "edges", ATTACK, ATTACK, {ATTACK: IMAGE})
    certificate = render_certificate(
        ATTACK, ATTACK, date(2026, 1, 2), [CertifiedSection(ATTACK, False, (ATTACK,))], [bad]
    )
    for page in certificate, render_milestones_page(ATTACK, [bad]):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_page_of_a_grade_shows_milestones(grade_of: Callable[..., Grade]) -> None:
    grade = grade_of("alice", "passed passed", "passed", "passed passed")
    assert "Milestones" not in render_grade_page(grade)
    page = render_grade_page(grade, [EDGES])
    assert '<h2 id="milestones">Milestones</h2>' in page
    assert "Your convolution finds edges" in page
