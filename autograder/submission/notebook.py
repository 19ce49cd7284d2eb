"""Converts a notebook's JSON to the plain Python text of its code cells, without running or parsing the code."""

from __future__ import annotations

import json
import re
from typing import Any

from autograder.sandbox.inside.lines import line_end

MAX_CODE = 1 << 20  # characters in all cells
MAX_CELLS = 10_000
MAX_JSON_CONTAINERS = 1_000_000
MAX_WRITTEN_FILES = 100
TIMED = re.compile(r"([ \t]*)%time[ \t]+(?=\S)")
PYTHON_CELL_MAGICS = {"time", "timeit", "capture", "prun"}
WRITES = re.compile(
    r"\s*%%(?:writefile|file)[ \t]+(-a[ \t]+|--append[ \t]+)?([A-Za-z_][A-Za-z0-9_]*\.py)[ \t]*(?:\n|$)"
)
REST = r"(?:[^\n]*\\\n)*[^\n]*"
MAGIC = re.compile(rf"([ \t]*)(?:[%!?]|[\w.*\[\]]+\?{{1,2}}[ \t]*$){REST}", re.M)
ASSIGNED_MAGIC = re.compile(rf"([\w.\[\], \t]+=)[ \t]*[%!]{REST}")


class UnusableError(Exception):
    """A file or cell cannot be used. The message is the end of a sentence, for example `is not UTF-8 text`."""


def code_cells(text: str) -> tuple[tuple[str, ...], list[tuple[int, str]], dict[str, str]]:
    """The code cells in order; the problems; and the files that cells write, name -> text.

    A problem is (number of the cell from 1, end of a sentence). A cell that is unusable, or starts with
    `%%writefile`, becomes empty, so that later cells keep their numbers. Only `.py` files beside the notebook count.
    """
    sources: list[str] = []
    problems: list[tuple[int, str]] = []
    for cell in _raw_cells(text):
        if isinstance(cell, dict) and cell.get("cell_type") != "code":
            continue
        try:
            sources.append(_source(cell))
        except UnusableError as error:
            sources.append("")
            problems.append((len(sources), str(error)))
        if len(sources) > MAX_CELLS:
            raise UnusableError(f"has more than {MAX_CELLS:,} code cells")
    if sum(map(len, sources)) > MAX_CODE:
        raise UnusableError("holds more than 1 MiB of code")
    return tuple(_without_magics(source) for source in sources), problems, _written_files(sources)


def python_text(text: str) -> str:
    """The text with `\\n` for every line end, as Python reads it; `UnusableError` if Python cannot read it."""
    if "\0" in text:
        raise UnusableError("contains NUL characters")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnusableError("contains half of a surrogate pair") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _written_files(sources: list[str]) -> dict[str, str]:
    """The text of each file, by name, after all cells have run."""
    parts: dict[str, list[str]] = {}
    for source in sources:
        if found := WRITES.match(source):
            appends, name = found.groups()
            texts = parts.setdefault(name, [])
            if not appends:
                texts.clear()
            texts += [source[found.end() :], "" if source.endswith("\n") else "\n"]
    if len(parts) > MAX_WRITTEN_FILES:
        raise UnusableError(f"writes more than {MAX_WRITTEN_FILES} files")
    return {name: "".join(texts) for name, texts in parts.items()}


def _raw_cells(text: str) -> list[Any]:
    # A container takes 2 bytes of JSON and about 200 of memory.
    if text.count("{") + text.count("[") > MAX_JSON_CONTAINERS:
        raise UnusableError("holds too many values for a notebook")

    def zero(_: str) -> int:
        """Replace numbers: none is needed, and one of a million digits takes minutes to convert."""
        return 0

    try:
        document = json.loads(text, parse_int=zero, parse_float=zero, parse_constant=zero)
    except (ValueError, RecursionError):
        raise UnusableError("is not a notebook: its JSON cannot be read") from None
    if isinstance(document, dict):
        sheets = document.get("worksheets")  # nbformat 3
        holders = sheets if isinstance(sheets, list) else [document]
        lists = [holder.get("cells") for holder in holders if isinstance(holder, dict)]
        if any(isinstance(cells, list) for cells in lists):
            return [cell for cells in lists if isinstance(cells, list) for cell in cells]
    raise UnusableError("is not a notebook: it has no cells")


def _source(cell: Any) -> str:
    source = cell.get("source", cell.get("input")) if isinstance(cell, dict) else None
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise UnusableError("has no text")
    return python_text(source)


def _without_magics(text: str) -> str:
    """The cell as plain Python with the same line numbers; empty if a cell magic makes it another language."""
    whole = re.match(r"\s*%%(\S*)", text)
    if whole and whole[1] not in PYTHON_CELL_MAGICS:
        return ""
    pieces = []
    position = 0
    while position < len(text):
        if timed := TIMED.match(text, position):
            pieces.append(timed[1])
            position = timed.end()
            continue
        if magic := MAGIC.match(text, position):
            pieces.append(f"{magic[1]}pass  # magic")
        elif magic := ASSIGNED_MAGIC.match(text, position):
            pieces.append(f"{magic[1]} None")
        else:
            start, position = position, line_end(text, position)
            pieces.append(text[start:position])
            continue
        pieces.append("\n" * magic[0].count("\n"))
        position = magic.end()
    return "".join(pieces)
