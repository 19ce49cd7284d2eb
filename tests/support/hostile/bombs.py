"""Frames and notebooks made to fill the memory or the time of who reads them, and their readers."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import WireError
from autograder.submission.notebook import UnusableError, code_cells
from tests.support.frames import frame, tensors


def empty_arrays(count: int) -> bytes:
    named = (b'"%d":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}' % number for number in range(count))
    return tensors(b"{" + b",".join(named) + b"}")


def one_array(kind: str, count: int, size: int) -> bytes:
    return tensors(
        json.dumps({"0": {"dtype": kind, "shape": [count], "data_offsets": [0, size]}}).encode(), b"\0" * size
    )


BOMBS: dict[str, Callable[[], bytes]] = {
    "empty lists": lambda: frame(b"[" + b"[]," * 2_700_000 + b"0]"),
    "empty dicts": lambda: frame(b"[" + b"{}," * 2_700_000 + b"0]"),
    "brackets": lambda: frame(b"[" * (8 << 20)),
    "keys": lambda: frame(b"{" + b",".join(b'"%d":0' % number for number in range(700_000)) + b"}"),
    "texts": lambda: frame(b"[" + b",".join(b'"%x"' % number for number in range(900_000)) + b"]"),
    "wide characters": lambda: frame(b'"\xf0\x9f\x98\x80' + b"a" * 8_000_000 + b'"'),
    "a long number": lambda: frame(b"1" * (8 << 20)),
    "numbers as long as they may be": lambda: frame(b"[" + (b"1" * 4299 + b",") * 1900 + b"0]"),
    "one array in many places": lambda: frame(
        b'[{"array":"0"}' + b',{"array":"0"}' * 90_000 + b"]", one_array("F32", 1, 4)
    ),
    "a large array": lambda: frame(b'{"array":"0"}', one_array("F32", 60 << 20, 240 << 20)),
    "an array of half numbers": lambda: frame(b"0", one_array("BF16", 64 << 20, 128 << 20)),
    "a head of brackets": lambda: frame(b"0", tensors(b"[" * (90 << 20))),
    "empty arrays": lambda: frame(b"0", empty_arrays(1_000_000)),
    "notes beside the arrays": lambda: frame(
        b"0", tensors(b'{"__metadata__":{' + b",".join(b'"%d":"x"' % n for n in range(6_000_000)) + b"}}")
    ),
}
NOTEBOOKS: dict[str, Callable[[], str]] = {
    "texts": lambda: '{"cells": [' + ",".join(f'"{number:x}"' for number in range(2_000_000)) + "]}",
    "keys": lambda: "{" + ",".join(f'"{number:x}":0' for number in range(1_500_000)) + "}",
    "lists": lambda: '{"cells": [' + "[]," * 999_000 + "[]]}",
    "numbers": lambda: '{"cells": [' + "1," * 10_000_000 + "1]}",
    "one long number": lambda: '{"cells": ' + "1" * (20 << 20) + "}",
    "wide characters": lambda: '{"cells": ["\U0001f600' + "a" * (20 << 20) + '"]}',
    "escapes": lambda: '{"cells": ["' + "\\u0041" * 3_400_000 + '"]}',
    "magics": lambda: json.dumps({"cells": [{"cell_type": "code", "source": "%a\\\n" * 250_000}]}),
    "quotes": lambda: json.dumps({"cells": [{"cell_type": "code", "source": "'''" * 340_000}]}),
}


def read_frame_of(bomb: bytes) -> None:
    with contextlib.suppress(WireError):
        wire.decode(bomb)


def read_notebook_of(bomb: str) -> None:
    with contextlib.suppress(UnusableError):
        code_cells(bomb)
