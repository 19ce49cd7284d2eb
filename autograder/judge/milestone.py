"""The picture of a milestone: images made from the right answers of a student's code.

The student's process sent the answers, so nothing is drawn of them that is wrong, that is not finite, or that is large.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judge.accept import Rules
from autograder.model import Answer, Attempt, ExamMilestone, Returned

MOST_IMAGES = 8  # of a milestone, and beside each other in one of them
LARGEST_SIDE = 96  # values
LONGEST_CAPTION = 90  # characters
CAPTIONS = {"noisy": "with noise", "theirs": "what your network makes of it", "clean": "without noise"}


def images_of(
    rules: Rules, milestone: ExamMilestone, answers: Sequence[Answer], attempts: Sequence[Attempt] = ()
) -> Mapping[str, NDArray[np.uint8]] | str:
    """The images of a milestone by caption, or a sentence that says why there is no picture.

    `answers` are those to the items of its check, and `attempts` the trainings of the check that it names.
    """
    if milestone.trained:
        shown = next((one for one in reversed(attempts) if one.passed), None)
        if shown is None:
            return "no training has passed"
        return _as_bytes(shown.examples or {CAPTIONS.get(name, name): one for name, one in shown.pictures.items()})
    items = milestone.check.items
    right = rules.guarded(
        f"the milestone {milestone.name}",
        lambda: rules.accepts_all(milestone.check, items, answers),
        lambda why: False,
    )
    if not right:
        return "the values for the picture are wrong"
    values = {item.call: one.value for item, one in zip(items, answers, strict=True) if isinstance(one, Returned)}
    images = {one.caption: one.values for one in milestone.images}
    if not milestone.drawing:
        return _as_bytes({**images, **values})
    return rules.guarded(
        f"the drawing {milestone.drawing}",
        lambda: _as_bytes(rules.course.judge(milestone.drawing, (values, images), {})),
        lambda why: "the drawing failed",
    )


def _as_bytes(images: Any) -> Mapping[str, NDArray[np.uint8]] | str:
    """Each image from black, its smallest value, to white, its largest; a sentence where one cannot be drawn."""
    if not isinstance(images, Mapping) or not 0 < len(images) <= MOST_IMAGES:
        return f"a picture has 1 to {MOST_IMAGES} images"
    drawn = {}
    for caption, values in images.items():
        if not isinstance(caption, str) or not 0 < len(caption) <= LONGEST_CAPTION:
            return f"each image has a caption of 1 to {LONGEST_CAPTION} characters"
        maps = _as_maps(values)
        if isinstance(maps, str):
            return f"{caption}: {maps}"
        drawn[caption] = maps
    return drawn


def _as_maps(values: Any) -> NDArray[np.uint8] | str:
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "biuf":
        return "it is no array of numbers"
    if values.ndim == 4 and values.shape[0] == 1:
        values = values[0]
    if values.ndim == 2:
        values = values[None]
    if values.ndim != 3 or not 0 < values.shape[0] <= MOST_IMAGES or 0 in values.shape:
        return f"it has the shape {values.shape}, not (height, width) or (n, height, width)"
    if max(values.shape[1:]) > LARGEST_SIDE:
        return f"it has more than {LARGEST_SIDE} values on a side"
    with np.errstate(all="ignore"):
        numbers = values.astype(np.float64)
        least, width = numbers.min(), numbers.max() - numbers.min()
        if not np.isfinite(width):
            return "it holds values that are not finite"
        if width == 0:
            return "it is empty: all its values are equal"
        pixels: NDArray[np.uint8] = np.round(255 * (numbers - least) / width).astype(np.uint8)
    return pixels
