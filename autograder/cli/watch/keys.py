"""The keys that are pressed, one by one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

ARROWS = {b"A": "up", b"B": "down", b"C": "right", b"D": "left"}
WINDOWS_ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}
SEQUENCE = re.compile(rb"\x1b[\[O][0-?]*[ -/]*([@-~])")
SEQUENCE_START = re.compile(rb"\x1b(?:[\[O][ -?]{0,16})?")


def split_keys(data: bytes) -> tuple[list[str], bytes]:
    """The keys in what a terminal sent (`n`, `up`, …), and the start of a sequence at its end; others are dropped."""
    keys: list[str] = []
    while data:
        sequence = SEQUENCE.match(data)
        if sequence is not None:
            keys += [ARROWS[sequence[1]]] if sequence[1] in ARROWS and len(sequence[0]) == 3 else []
            data = data[sequence.end() :]
        elif SEQUENCE_START.fullmatch(data):
            return keys, data
        else:
            character, data = data[:1].decode("ascii", "ignore"), data[1:]
            keys += [character.lower()] if character and character != "\x1b" else []
    return keys, b""


if sys.platform == "win32":
    import msvcrt

    def read_keys() -> Iterator[str]:
        """Each key when it is pressed."""
        while True:
            key = msvcrt.getwch()
            key = WINDOWS_ARROWS.get(msvcrt.getwch(), "") if key in "\x00\xe0" else key.lower()
            if key:
                yield key

else:

    def read_keys() -> Iterator[str]:
        """Each key when it is pressed; at last "", when the terminal is closed."""
        rest = b""
        while data := _read():
            keys, rest = split_keys(rest + data)
            yield from keys
        yield ""

    def _read() -> bytes:
        try:
            return os.read(sys.stdin.fileno(), 256)
        except OSError:
            return b""
