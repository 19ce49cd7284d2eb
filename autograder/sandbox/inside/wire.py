"""Frames of plain data: JSON for the tree, safetensors for its arrays, and no pickle.

A frame is a fixed header (magic, length of the JSON, length of the arrays), then the JSON, then the arrays. The reader
checks every bound before it reads, and raises `WireError` for a frame that breaks one.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import safetensors
import safetensors.numpy

from .tree import DTYPES, Decoder, Encoder, WireError

MAGIC = b"tgr1"
HEADER = struct.Struct(">4sIQ")
MAX_HEAD = 2 << 20  # bytes of the arrays' names, types and shapes


@dataclass(frozen=True)
class Bounds:
    """The most bytes of a frame's JSON and of its arrays."""

    json: int
    arrays: int


WIDE = Bounds(json=8 << 20, arrays=256 << 20)  # of exams and requests, which are our own
ANSWER = Bounds(json=4 << 20, arrays=16 << 20)  # of what a child sends: it costs the grader several times as much


def encode(value: Any, bounds: Bounds = WIDE) -> bytes:
    """Encode a tree of plain data as one frame. Torch tensors become arrays; unknown values become `Other`.

    Raises `WireError` if the frame would break a bound.
    """
    encoder = Encoder()
    try:
        text = json.dumps(encoder.tree(value, 0), separators=(",", ":")).encode()
    except RecursionError:
        raise WireError("the value is nested too deeply") from None
    if len(text) > bounds.json:
        raise WireError("the value is too large to be sent")
    _check_size(encoder.arrays, bounds)
    body = safetensors.numpy.save(encoder.arrays) if encoder.arrays else b""
    if body and int.from_bytes(body[:8], "little") > MAX_HEAD:
        raise WireError("the value has too many arrays")
    return HEADER.pack(MAGIC, len(text), len(body)) + text + body


def decode(frame: bytes) -> Any:
    """Decode exactly one frame; raises `WireError` for anything else."""
    position = 0

    def read(count: int) -> bytes:
        nonlocal position
        position += count
        return frame[position - count : position]

    try:
        value = read_frame(read)
    except EOFError:
        raise WireError("there is no frame") from None
    if position != len(frame):
        raise WireError("there is more than one frame")
    return value


def read_frame(read: Callable[[int], bytes], bounds: Bounds = WIDE) -> Any:
    """Decode the next frame; `EOFError` if there is none. `read(count)` returns fewer bytes only at the end."""
    header = read(HEADER.size)
    if not header:
        raise EOFError
    if len(header) != HEADER.size:
        raise WireError("the frame ends inside its header")
    magic, text_size, body_size = HEADER.unpack(header)
    if magic != MAGIC or text_size > bounds.json or body_size > bounds.arrays + MAX_HEAD:
        raise WireError("the header is not one of ours")
    text, body = read(text_size), read(body_size)
    if len(text) != text_size or len(body) != body_size:
        raise WireError("the frame ends before its announced length")
    if body and int.from_bytes(body[:8], "little") > MAX_HEAD:
        raise WireError("there are too many arrays")
    try:
        arrays = safetensors.numpy.load(body) if body else {}
    except (safetensors.SafetensorError, KeyError, ValueError, TypeError, OverflowError) as error:
        raise WireError(f"the arrays cannot be read: {error}") from None
    for array in arrays.values():
        if array.dtype.name not in DTYPES or array.ndim > 8:
            raise WireError("an array has a type or shape that is not allowed")
    try:
        return Decoder(arrays).value(json.loads(text), 0)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise WireError(f"the tree cannot be read: {error}") from None


def _check_size(arrays: Mapping[str, np.ndarray], bounds: Bounds) -> None:
    """Refuse arrays that are too large, before they are copied once more."""
    taken = sum(array.nbytes for array in arrays.values())
    if taken > bounds.arrays:
        largest = max(arrays.values(), key=lambda array: array.nbytes)
        most = f"{bounds.arrays >> 20} MB"
        raise WireError(
            f"its arrays take {taken >> 20:,} MB, of which {most} can be read; the largest has shape {largest.shape}"
        )
