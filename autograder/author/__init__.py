"""The words that an exercise is written with.

A module of a reference imports them from here. `@reference` marks the trusted answer, `@check` a property of it that
is worth points, `@misconception` a mistake that students really make, and `@alternative` another right answer.

Example usage:

    from autograder.author import case, check, misconception, reference

    @reference(points=1)
    def area(height, width):
        \"\"\"How many squares does a rectangle have?\"\"\"
        return height * width

    @check(area, points=1)
    def rectangles(draw):
        \"\"\"The area is the product of the sides\"\"\"
        yield case(2, 3)
        yield case(draw.integer(2, 9), 4)
"""

from __future__ import annotations

from autograder.author.case import Argument, Case, Make
from autograder.author.limits import time_limit
from autograder.author.picture import picture_questions
from autograder.author.questions import ask, question_of
from autograder.author.reading import read_reference
from autograder.author.soundness import (
    draw_cases,
    refuse_unknown_words,
    refuse_unsound_exercise,
    refuse_wrong_reference,
)
from autograder.author.words import (
    Alternative,
    Check,
    Draw,
    Misconception,
    Reference,
    Section,
    alternative,
    case,
    check,
    make,
    misconception,
    read_section,
    reference,
)
from autograder.errors import UserError

__all__ = [
    "Alternative",
    "Argument",
    "Case",
    "Check",
    "Draw",
    "Make",
    "Misconception",
    "Reference",
    "Section",
    "UserError",
    "alternative",
    "ask",
    "case",
    "check",
    "draw_cases",
    "make",
    "misconception",
    "picture_questions",
    "question_of",
    "read_reference",
    "read_section",
    "reference",
    "refuse_unknown_words",
    "refuse_unsound_exercise",
    "refuse_wrong_reference",
    "time_limit",
]
