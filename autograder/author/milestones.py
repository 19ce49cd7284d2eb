"""The word `milestone`: what right code of an exercise amounts to, with a picture made from what it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.author.case import Case
from autograder.author.nouns import Check, Reference, paragraphs
from autograder.author.words import check, expect_reference
from autograder.judge import Comparator, Compare, Drawing
from autograder.model import Value

if TYPE_CHECKING:
    from autograder.sandbox.inside.probe import Ask, Probe

Panels = Callable[..., "Iterable[tuple[str, Case | Value]] | None"]


@dataclass(frozen=True, eq=False)
class Milestone:
    """What right code of an exercise amounts to. Its check is worth nothing and is asked when all `needs` are right."""

    check: Check
    text: str
    needs: tuple[Reference[Any], ...]
    panels: Panels
    drawing: str
    trained: str


def milestone(
    exercise: Reference[Any],
    *,
    needs: Reference[Any] | tuple[Reference[Any], ...] = (),
    ask: Ask | Probe[Any] | None = None,
    compare: Compare | Comparator[Any] | None = None,
    draw: Drawing | None = None,
    trained: Check | None = None,
) -> Callable[[Panels], Milestone]:
    """Mark a generator of captions with images and cases as a milestone of `exercise`.

    The first line of its docstring says in the second person what the student has reached, and the next paragraph
    describes the picture. It yields pairs: a caption with an array of the course, or a caption with a `case(...)`. The
    student's code answers each case. The answer must equal that of the reference, and is drawn as an image.

    `needs` are other exercises that must be right too. `ask` and `compare` mean the same as in a check. `draw` is a
    function below `@drawing` in the course's `judging.py`, for answers that are no images. With `trained`, a check of
    the exercise that trains, the picture shows the images of this training; the function then has only its docstring.
    """
    expect_reference("milestone", exercise)
    others = needs if isinstance(needs, tuple) else (needs,)
    for one in others:
        expect_reference("milestone(needs=...)", one)
    if draw is not None and not isinstance(draw, Drawing):
        raise TypeError(f"draw is a function below @drawing in judging.py, not {draw!r}")
    if trained is not None and not (isinstance(trained, Check) and trained.measure and trained.exercise is exercise):
        raise TypeError(f"trained is a check of {exercise.name} that trains, not {trained!r}")

    def marked(panels: Panels) -> Milestone:
        asked = check(exercise, points=0, ask=ask, compare=compare)(panels)  # type: ignore[arg-type]
        text = " ".join(paragraphs(panels)[1:])
        drawing, training = (draw.name if draw else ""), (trained.name if trained else "")
        return Milestone(asked, text, (exercise, *others), panels, drawing, training)

    return marked
