"""The inspection of a trained network: what loses points, and what the sheet says about drawing."""

from __future__ import annotations

from collections.abc import Callable

import torch

from tests.support.course import EXERCISES
from tests.support.results import GradeChanged, lost


def test_small_filters_reach_1_too(grade_changed: GradeChanged) -> None:
    result = grade_changed(
        "inspection", "normalize_filters", ("(weight - lowest) / width", "(weight - lowest) / (width + 1e-3)")
    )
    assert "each_filter_from_0_to_1" in lost(result)


def drawn(label: Callable[..., object]) -> bool:
    """Whether a figure shows any ink outside of the frame of its axes, which is white here."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvas = FigureCanvasAgg(Figure(figsize=(2, 2), dpi=50))
    axes = canvas.figure.add_subplot()
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    label(axes)
    canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
    pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
    return bool((torch.tensor(pixels.tolist())[..., :3] < 255).any())


def test_axis_off_hides_labels_and_keeps_titles() -> None:
    """No exercise draws, so that no answer can hold this; the section that speaks of drawing says it."""
    assert drawn(lambda axes: axes.set_ylabel("channel 3"))
    assert not drawn(lambda axes: (axes.set_ylabel("channel 3"), axes.axis("off")))
    assert drawn(lambda axes: (axes.set_title("channel 3"), axes.axis("off")))
    sentence = 'name them with titles: matplotlib\'s `axis("off")` hides the axes together with their labels'
    for name in "inspection.py", "exercise3.ipynb":
        text = (EXERCISES / name).read_text(encoding="utf-8")
        assert sentence in " ".join(text.replace('\\"', '"').replace('\\n",\n    "', " ").split())
