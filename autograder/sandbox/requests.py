"""The requests to a child that hold texts of files, definitions and questions."""

from __future__ import annotations

import functools
import marshal
from collections.abc import Mapping

import numpy as np

from autograder.errors import CourseError
from autograder.model import Question, SourceFile
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.frames import CourseRequest, FileFrame, QuestionFrame
from autograder.sandbox.inside.modules import compiled


def texts_frame(texts: Mapping[str, str]) -> bytes:
    """The request to load modules of the course, by name; they are compiled here, and run only in the child."""
    return _texts_frame(tuple(texts.items()))


@functools.lru_cache(maxsize=8)  # every child of a class gets the same
def _texts_frame(texts: tuple[tuple[str, str], ...]) -> bytes:
    try:
        codes = compiled(dict(texts))
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"The course's own code is no Python: {error}.") from None
    course = {name: np.frombuffer(marshal.dumps(code), np.uint8) for name, code in codes.items()}
    return wire.encode(CourseRequest(course=course))


def question_frame(question: Question) -> QuestionFrame:
    """A question on the wire."""
    return {
        "probe": question.probe,
        "target": question.target,
        "args": question.args,
        "kwargs": question.kwargs,
        "options": question.options,
        "forbids": question.forbids,
    }


def file_frame(file: SourceFile) -> FileFrame:
    """A source file on the wire."""
    cells = "\0".join(file.cells)  # `checked` has refused cells with NUL
    return {"name": file.name, "module": file.module, "cells": utf8(cells)}


def utf8(text: str) -> np.ndarray:
    """A text as bytes, since the wire cuts long ones."""
    return np.frombuffer(text.encode(), np.uint8)
