"""The questions behind a picture, asked after all verdicts stand: they show where an answer begins to be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from autograder.judge import show
from autograder.model import Answer, Question, Returned

MOST_LAYERS = 10


def is_picture(picture: str) -> bool:
    """Whether an author may ask for this picture."""
    return picture in ("", "reach", "stages", "windows") or picture.count("->") == 1


def picture_questions(picture: str, question: Question, expected: Answer) -> Iterator[tuple[str, Question]]:
    """The questions behind one question, each with a word for it.

    For `reach` the first layer alone, then the first two, and so on, where one number is expected for all of them; for
    `stages` the shapes inside of the network.
    """
    if picture == "stages":
        yield question.target, replace(question, probe="stages")
    if picture == "reach" and isinstance(expected, Returned) and isinstance(expected.value, int):
        layers: Any = question.args[0]
        for count in range(1, min(len(layers), MOST_LAYERS)):
            yield show(layers[count - 1]), replace(question, args=(layers[:count], *question.args[1:]))
