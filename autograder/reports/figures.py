"""Draws the trainings of a grade as PNG files: loss curves, and rows of images (noisy, theirs, clean)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.errors import UserError
from autograder.model import Attempt, CheckResult, Grade
from autograder.text import clean

LARGEST = 1e30  # a loss that an axis can show


def draw(grade: Grade, folder: Path) -> list[Path]:
    """Draw each check with trainings into `folder`; return the paths of the files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [path for name, check in _training_checks(grade) for path in _draw_check(name, check, folder)]
    except OSError as error:
        raise UserError(f"The figures cannot be written to {folder}: {error.strerror}.") from error


def _training_checks(grade: Grade) -> Iterator[tuple[str, CheckResult]]:
    for section in grade.sections:
        for exercise in section.exercises:
            for check in exercise.checks:
                if check.attempts:
                    yield exercise.name, check


def _draw_check(exercise: str, check: CheckResult, folder: Path) -> Iterator[Path]:
    if any(attempt.curves for attempt in check.attempts):
        path = folder / f"{exercise}-{check.name}-loss.png"
        _save(_curves(exercise, check), path)
        yield path
    shown = next((attempt for attempt in reversed(check.attempts) if attempt.pictures), None)
    if shown is not None:
        path = folder / f"{exercise}-{check.name}-images.png"
        _save(_strip(exercise, shown), path)
        yield path


def _curves(exercise: str, check: CheckResult) -> Any:
    """Draw one line for each curve of each training; line styles distinguish trainings, colours distinguish curves."""
    figure, axes = _figure(6.4, 3.6)
    for number, attempt in enumerate(check.attempts, 1):
        for index, (name, curve) in enumerate(attempt.curves.items()):
            label = _plain(name) if len(check.attempts) == 1 else f"{_plain(name)}, training {number}"
            values = [value if abs(value) < LARGEST else math.nan for value in curve]
            axes.plot(values, color=f"C{index}", linestyle=("-", "--", ":", "-.")[(number - 1) % 4], label=label)
    axes.set_title(f"{exercise}: {check.title}", fontsize=10)
    axes.set_xlabel("step")
    axes.set_ylabel("training loss")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def _plain(name: str) -> str:
    """The name of a curve, which a student has chosen, without a meaning for matplotlib.

    It would read `$` as the beginning of a formula, and leave a name that begins with `_` out of the legend.
    """
    return clean(name).replace("$", r"\$").lstrip("_") or "a curve"


def _strip(exercise: str, attempt: Attempt) -> Any:
    """Draw three rows of images: input, output and expected output of the network."""
    rows = [np.concatenate(list(images), axis=1) for images in attempt.pictures.values()]
    figure, axes = _figure(6.4, 3.4)
    axes.imshow(np.concatenate(rows, axis=0), cmap="gray", vmin=0.0, vmax=1.0)
    height = rows[0].shape[0]
    names = ["yours" if name == "theirs" else name for name in attempt.pictures]
    axes.set_yticks([height * (row + 0.5) for row in range(len(rows))], names)
    axes.set_xticks([])
    axes.tick_params(length=0)
    reached = "" if attempt.value is None else f", mean squared error {attempt.value:.4f}"
    axes.set_title(f"{exercise}{reached}", fontsize=10)
    return figure


def _figure(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def _save(figure: Any, path: Path) -> None:
    import io

    from autograder.files import write_atomically

    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=150)
    write_atomically(path, buffer.getvalue())
