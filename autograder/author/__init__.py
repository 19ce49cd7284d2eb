"""The words that an exercise is written with.

A module of a reference imports them from here. `@reference` marks the trusted answer, `@check` a property of it that
is worth points, `@misconception` a mistake that students really make, `@alternative` another right answer, and
`@milestone` what right code amounts to. Probes, such as `forward`, say what a check asks; comparators, such as
`matches`, decide on the answer.

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

Probes are imported at their first use, since they import torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.author.case import Argument, Case, Make
from autograder.author.draw import Draw
from autograder.author.families import cases, network
from autograder.author.faults import Faults
from autograder.author.limits import time_limit
from autograder.author.milestones import Milestone, milestone
from autograder.author.mistakes import combinations, mistake, mistakes
from autograder.author.nouns import Alternative, Check, Misconception, Reference
from autograder.author.own import OwnModules
from autograder.author.panels import draw_milestone
from autograder.author.picture import picture_questions
from autograder.author.questions import ask, question_of
from autograder.author.reading import ReadReference, read_reference
from autograder.author.recording import RecordedCall, recorded_calls, recorded_classes, replaced
from autograder.author.section import Section, read_section
from autograder.author.signature import is_autograd_function, signature_of
from autograder.author.soundness import (
    draw_cases,
    refuse_unfit_check,
    refuse_unsound_exercise,
    refuse_wrong_reference,
)
from autograder.author.words import (
    alternative,
    case,
    check,
    make,
    misconception,
    reference,
    variable,
    wrong_value,
)
from autograder.errors import UserError
from autograder.judge import (
    accuracy,
    agrees,
    all_reached,
    matches,
    mean_cross_entropy,
    mean_squared_error,
    pairs_differ,
    parts_agree,
    parts_differ,
    rows_differ,
    same_dtype,
    same_moments,
    same_text,
    unbounded_scores,
    unchanged,
)

if TYPE_CHECKING:
    from autograder.sandbox.inside.probes.behaviour import (
        four_initialisations,
        gradients,
        recorded,
        repeated,
        round_trip,
        row_alone,
        superposition,
        trained_again,
    )
    from autograder.sandbox.inside.probes.call import call
    from autograder.sandbox.inside.probes.changed import changed
    from autograder.sandbox.inside.probes.count import parameters
    from autograder.sandbox.inside.probes.figure import figure
    from autograder.sandbox.inside.probes.forward import forward
    from autograder.sandbox.inside.probes.gradient import differentiated, gradcheck
    from autograder.sandbox.inside.probes.printed import printed
    from autograder.sandbox.inside.probes.returned import numbers_only, numpy_array
    from autograder.sandbox.inside.probes.stages import stages
    from autograder.sandbox.inside.probes.symptoms import symptoms
    from autograder.sandbox.inside.probes.trace import trace
    from autograder.sandbox.inside.probes.train import train
    from autograder.sandbox.inside.probes.value import value

__all__ = [
    "Alternative",
    "Argument",
    "Case",
    "Check",
    "Draw",
    "Faults",
    "Make",
    "Milestone",
    "Misconception",
    "OwnModules",
    "ReadReference",
    "RecordedCall",
    "Reference",
    "Section",
    "UserError",
    "accuracy",
    "agrees",
    "all_reached",
    "alternative",
    "ask",
    "call",
    "case",
    "cases",
    "changed",
    "check",
    "combinations",
    "differentiated",
    "draw_cases",
    "draw_milestone",
    "figure",
    "forward",
    "four_initialisations",
    "gradcheck",
    "gradients",
    "is_autograd_function",
    "make",
    "matches",
    "mean_cross_entropy",
    "mean_squared_error",
    "milestone",
    "misconception",
    "mistake",
    "mistakes",
    "network",
    "numbers_only",
    "numpy_array",
    "pairs_differ",
    "parameters",
    "parts_agree",
    "parts_differ",
    "picture_questions",
    "printed",
    "question_of",
    "read_reference",
    "read_section",
    "recorded",
    "recorded_calls",
    "recorded_classes",
    "reference",
    "refuse_unfit_check",
    "refuse_unsound_exercise",
    "refuse_wrong_reference",
    "repeated",
    "replaced",
    "round_trip",
    "row_alone",
    "rows_differ",
    "same_dtype",
    "same_moments",
    "same_text",
    "signature_of",
    "stages",
    "superposition",
    "symptoms",
    "time_limit",
    "trace",
    "train",
    "trained_again",
    "unbounded_scores",
    "unchanged",
    "value",
    "variable",
    "wrong_value",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograder.sandbox.inside.probes import PROBES

    return PROBES[name]
