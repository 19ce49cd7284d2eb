"""The exam as one frame of plain data, and back; no torch is needed for either."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from autograder.errors import UserError
from autograder.files import write_beside
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExamSection,
    Item,
    Question,
    Raised,
    Refused,
    Returned,
    Stopped,
)
from autograder.sandbox.inside import wire

SCHEMA = 2
PACKED = b"tgz1"  # begins an exam that is compressed, as those are that are handed out: to a third
LARGEST = 1 << 30  # bytes of an exam when it is unpacked
ANSWERS = {"returned": Returned, "raised": Raised, "refused": Refused, "stopped": Stopped}


class ExamFileError(UserError):
    """A file that is no exam, or of another version of torchgrade."""


def save_exam(exam: Exam, path: Path) -> None:
    """Write the exam to a file."""
    write_beside(path, encode_exam(exam))


def load_exam(path: Path) -> Exam:
    """The exam in a file; raises `ExamFileError` if it is none of this version, `OSError` if it cannot be read."""
    return decode_exam(path.read_bytes(), str(path))


def encode_exam(exam: Exam) -> bytes:
    """The exam as one frame."""
    return wire.encode(_tell(exam))


def decode_exam(frame: bytes, source: str) -> Exam:
    """The exam in a frame that came from `source`; raises `ExamFileError` if it is none of this version."""
    try:
        told = wire.decode(_unpacked(frame))
        if told["schema"] != SCHEMA:
            made, own = told["versions"]["torchgrade"], metadata.version("torchgrade")
            raise ExamFileError(f"{source} was made by torchgrade {made}, which this torchgrade {own} cannot read.")
        sections = tuple(_section(section) for section in told.pop("sections"))
        told.pop("schema")
        stubs = {name: data.tobytes().decode() for name, data in told.pop("stubs", {}).items()}
        return Exam(sections=sections, stubs=stubs, **told)
    except (wire.WireError, zlib.error, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ExamFileError(f"{source} is no exam, or not all of it ({error}); get it anew.") from error


def _unpacked(frame: bytes) -> bytes:
    if not frame.startswith(PACKED):
        return frame
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(frame[len(PACKED) :], LARGEST)
    if not unpacker.eof:
        raise wire.WireError("it is not whole")
    return data


def _tell(exam: Exam) -> dict[str, Any]:
    return {
        **vars(exam),
        "schema": SCHEMA,
        "stubs": {name: np.frombuffer(text.encode(), np.uint8) for name, text in exam.stubs.items()},
        "sections": [
            {**vars(section), "exercises": [_tell_exercise(exercise) for exercise in section.exercises]}
            for section in exam.sections
        ],
    }


def _tell_exercise(exercise: ExamExercise) -> dict[str, Any]:
    return {
        **vars(exercise),
        "checks": [{**vars(check), "items": [_tell_item(item) for item in check.items]} for check in exercise.checks],
        "misconceptions": [
            {
                **vars(wrong),
                "answers": {name: [_tell_answer(a) for a in given] for name, given in wrong.answers.items()},
            }
            for wrong in exercise.misconceptions
        ],
    }


def _tell_item(item: Item) -> list[Any]:
    told = [item.call, vars(item.question), [_tell_answer(answer) for answer in item.expected]]
    return [*told, [_tell_item(look) for look in item.picture_items]] if item.picture_items else told


def _tell_answer(answer: Answer) -> list[Any]:
    return [type(answer).__name__.lower(), *vars(answer).values()]


def _section(told: dict[str, Any]) -> ExamSection:
    return ExamSection(**{**told, "exercises": tuple(_exercise(one) for one in told["exercises"])})


def _exercise(told: dict[str, Any]) -> ExamExercise:
    checks = tuple(
        ExamCheck(**{**check, "items": tuple(_item(*item) for item in check["items"])}) for check in told["checks"]
    )
    misconceptions = tuple(
        ExamMisconception(
            wrong["name"],
            wrong["hint"],
            {name: tuple(_answer(*a) for a in given) for name, given in wrong["answers"].items()},
        )
        for wrong in told["misconceptions"]
    )
    return ExamExercise(**{**told, "checks": checks, "misconceptions": misconceptions})


def _item(call: str, question: dict[str, Any], expected: list[list[Any]], picture_items: Iterable[Any] = ()) -> Item:
    answers = tuple(_answer(*answer) for answer in expected)
    return Item(call, Question(**question), answers, tuple(_item(*one) for one in picture_items))


def _answer(kind: str, *fields: Any) -> Answer:
    answer: Answer = ANSWERS[kind](*fields)
    return answer
