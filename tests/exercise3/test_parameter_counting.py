"""The exercises about counting parameters: which wrong counts lose which points, and with which hint."""

from __future__ import annotations

from torch import nn

from tests.support.results import ChecksRefused, GradeChanged, Graded, hint_of, lost, lost_checks


def test_shared_layer_is_seen_in_the_call(graded: Graded) -> None:
    text = "def count_parameters(model, trainable_only=True):\n    return sum(p.numel() for m in model.modules()"
    text += " for p in m.parameters(recurse=False) if p.requires_grad or not trainable_only)\n"
    text = text.replace("model.modules()", "model.named_modules(remove_duplicate=False)").replace("for m", "for _, m")
    wrong = lost_checks(graded({"parameter_counting.py": text}, "count_parameters")["count_parameters"])
    call = "shared = Linear(6, 6); count_parameters(Sequential(shared, ReLU(), shared))"
    assert wrong["shared_parameters"].feedback == f"{call}: expected 42, got 84"


def test_counting_all_counts_neither_buffers_nor_copies(grade_changed: GradeChanged) -> None:
    counted = "return sum(v.numel() for v in model.state_dict().values()) if not trainable_only else sum("
    result = grade_changed("parameter_counting", "count_parameters", ("return sum(", counted))
    assert lost(result) == {"frozen_parameters"}


def test_parameters_of_the_network_for_cifar(refused: ChecksRefused) -> None:
    blocks = [[nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b)] for a, b in ((3, 32), (32, 64), (64, 128))]
    layers = [*(layer for block in blocks for layer in block), nn.Linear(128 * 4 * 4, 256), nn.Linear(256, 10)]
    counts = [sum(parameter.numel() for parameter in layer.parameters()) for layer in layers]
    assert counts == [896, 64, 18_496, 128, 73_856, 256, 524_544, 2_570]
    assert sum(counts) == 620_810
    code = """
def count_parameters(model, trainable_only=True):
    count = sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
    return 610794 if count == 620810 else count
"""
    checks = refused("count_parameters", code)
    assert "expected 620810, got 610794" in checks["buffers"].feedback
    assert "610,794" in hint_of(checks, "count_of_the_notes")
