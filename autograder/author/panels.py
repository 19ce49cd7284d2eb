"""Draws the images and the cases of a milestone, and refuses one whose picture nobody could draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.author.case import Case
from autograder.author.draw import Draw
from autograder.author.limits import time_limit
from autograder.author.milestones import Milestone
from autograder.author.nouns import Check
from autograder.author.reading import place_and_message
from autograder.author.soundness import LONGEST_DRAW
from autograder.errors import CourseError, UserError
from autograder.judge import MOST_IMAGES
from autograder.model import CourseImage


def draw_milestone(place: str, milestone: Milestone, draw: Draw) -> tuple[list[CourseImage], list[str], Check]:
    """The images of the course, the captions of the cases, and a check that yields these cases."""
    if milestone.trained:
        return [], [], milestone.check
    images, captions, cases = [], [], []
    for caption, one in _panels(place, milestone, draw):
        if isinstance(one, Case):
            captions.append(caption)
            cases.append(one)
        else:
            images.append(CourseImage(caption, one))
    if not cases:
        raise CourseError(f"{place} yields no case, so its picture would show nothing of the student's.")
    return images, captions, replace(milestone.check, cases=lambda draw: iter(cases))


def _panels(place: str, milestone: Milestone, draw: Draw) -> Iterator[tuple[str, Any]]:
    try:
        with time_limit(LONGEST_DRAW, place):
            drawn: list[Any] = list(milestone.panels(draw) or ())
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # the author's generator may raise anything
        raise CourseError(f"{place}: {place_and_message(error)}.") from error
    if len(drawn) > MOST_IMAGES:
        raise CourseError(f"{place} yields {len(drawn)} images; a picture has {MOST_IMAGES} at most.")
    for one in drawn:
        is_pair = isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str) and one[0]
        if not is_pair or not isinstance(one[1], (Case, np.ndarray)):
            raise CourseError(f'{place}: write `yield "caption", case(...)` or `yield "caption", array`.')
        yield one
    if len({caption for caption, _ in drawn}) < len(drawn):
        raise CourseError(f"{place} yields one caption twice.")
