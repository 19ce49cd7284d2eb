"""The exam as one frame of plain data, and back; no torch is needed for either."""

from __future__ import annotations

import zlib
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from cattrs import BaseValidationError, Converter
from cattrs.strategies import configure_tagged_union

from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.model import Answer, Exam
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import WireError

SCHEMA = 9
PACKED = b"tgz1"  # begins a compressed exam, the form that is handed out: a third of the size
TEXTS = "stubs", "probes", "judging"  # the fields of an exam that hold the texts of files
LARGEST = 1 << 30  # bytes of an exam when it is unpacked


class ExamFileError(UserError):
    """A file that is no exam, or of another version of torchgrade."""


def save_exam(exam: Exam, path: Path) -> None:
    """Write the exam to a file."""
    write_atomically(path, encode_exam(exam))


def load_exam(path: Path) -> Exam:
    """The exam in a file; raises `ExamFileError` if it is none of this version, `OSError` if it cannot be read."""
    return decode_exam(path.read_bytes(), str(path))


def encode_exam(exam: Exam) -> bytes:
    """The exam as one frame."""
    tree = _CONVERTER.unstructure(exam)
    # The wire cuts long strings, so texts of files travel as bytes.
    texts = {
        field: {name: np.frombuffer(text.encode(), np.uint8) for name, text in tree[field].items()} for field in TEXTS
    }
    return wire.encode({**tree, "schema": SCHEMA, **texts})


def decode_exam(frame: bytes, source: str) -> Exam:
    """The exam in a frame that came from `source`; raises `ExamFileError` if it is none of this version."""
    try:
        tree = wire.decode(_unpacked(frame))
        if tree.pop("schema") != SCHEMA:
            made, own = tree["versions"]["torchgrade"], metadata.version("torchgrade")
            raise ExamFileError(
                f"{source} was made by torchgrade {made}, which this torchgrade {own} cannot read: "
                f"get a new exam, or pip install 'torchgrade=={made}'."
            )
        texts = {field: {name: data.tobytes().decode() for name, data in tree.pop(field).items()} for field in TEXTS}
        return _CONVERTER.structure({**tree, **texts}, Exam)
    except (WireError, zlib.error, BaseValidationError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ExamFileError(f"{source} is not a whole exam ({error}); get a new copy.") from error


def _unpacked(frame: bytes) -> bytes:
    if not frame.startswith(PACKED):
        return frame
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(frame[len(PACKED) :], LARGEST)
    if not unpacker.eof:
        raise WireError("it is not whole")
    return data


def _converter() -> Converter:
    """Dataclasses as dicts; an answer has its class as a tag, and values stay as they are."""
    converter = Converter(detailed_validation=False)
    converter.register_unstructure_hook_func(lambda kind: kind is Any, lambda value: value)
    converter.register_structure_hook(float, _number)
    configure_tagged_union(Answer, converter, tag_name="answer", tag_generator=lambda kind: kind.__name__.lower())
    return converter


def _number(value: Any, _: type) -> float:
    """A number as it was written: 5 points do not become 5.0."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is not a number")
    return value


_CONVERTER = _converter()
