"""A notebook's JSON -> its code cells as plain Python text; nothing is run or parsed."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_CODE = 1 << 20
MAX_CELLS = 10_000
MAX_JSON_CONTAINERS = 1_000_000
MAX_WRITTEN = 100
TIMED = re.compile(r"([ \t]*)%time[ \t]+(?=\S)")
PYTHON_CELL_MAGICS = {"time", "timeit", "capture", "prun"}
WRITES = re.compile(
    r"\s*%%(?:writefile|file)[ \t]+(-a[ \t]+|--append[ \t]+)?([A-Za-z_][A-Za-z0-9_]*\.py)[ \t]*(?:\n|$)"
)
REST = r"(?:[^\n]*\\\n)*[^\n]*"
MAGIC = re.compile(rf"([ \t]*)(?:[%!?]|[\w.*\[\]]+\?{{1,2}}[ \t]*$){REST}", re.M)
ASSIGNED_MAGIC = re.compile(rf"([\w.\[\], \t]+=)[ \t]*[%!]{REST}")
IN_CODE = re.compile(r"""(?s)\\.|\#[^\n]*|'''|\"{3}|['"\n()\[\]{}]""")
IN_STRING = {
    "'": re.compile(r"(?s)\\.|['\n]"),
    '"': re.compile(r'(?s)\\.|["\n]'),
    "'''": re.compile(r"(?s)\\.|'''"),
    '"""': re.compile(r'(?s)\\.|"{3}'),
}


class UnusableError(Exception):
    """What is wrong with one file or cell, as the end of a sentence: `is not UTF-8 text`."""


def code_cells(text: str) -> tuple[tuple[str, ...], list[tuple[int, str]], dict[str, str]]:
    """The code cells in order, what is wrong with those that cannot be used, and the files that cells write.

    A fault is (number from 1, end of a sentence). A cell that cannot be used is empty, and so is one that `%%writefile`
    makes a file, so that the cells after it keep their numbers. Only `.py` files beside the notebook are told.
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
    return tuple(_without_magics(source) for source in sources), problems, _written(sources)


def checked(text: str) -> str:
    """The text with `\\n` for every line end, as Python itself would read it; `UnusableError` if Python cannot."""
    if "\0" in text:
        raise UnusableError("contains NUL characters")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnusableError("contains half of a surrogate pair") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _written(sources: list[str]) -> dict[str, str]:
    """The text of each file that cells write, by name, as it is when all of them have run."""
    parts: dict[str, list[str]] = {}
    for source in sources:
        if found := WRITES.match(source):
            appends, name = found.groups()
            texts = parts.setdefault(name, [])
            if not appends:
                texts.clear()
            texts += [source[found.end() :], "" if source.endswith("\n") else "\n"]
    if len(parts) > MAX_WRITTEN:
        raise UnusableError(f"writes more than {MAX_WRITTEN} files")
    return {name: "".join(texts) for name, texts in parts.items()}


def _raw_cells(text: str) -> list[Any]:
    # A container takes a few bytes of JSON and two hundred of memory.
    if text.count("{") + text.count("[") > MAX_JSON_CONTAINERS:
        raise UnusableError("holds too many values for a notebook")

    def nothing(_: str) -> int:
        """Numbers are not needed, and one of a million digits takes minutes to convert."""
        return 0

    try:
        document = json.loads(text, parse_int=nothing, parse_float=nothing, parse_constant=nothing)
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
    return checked(source)


def _without_magics(text: str) -> str:
    """The cell as plain Python, with every line where it was; empty if it is written for another program."""
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
            start, position = position, _line_end(text, position)
            pieces.append(text[start:position])
            continue
        pieces.append("\n" * magic[0].count("\n"))
        position = magic.end()
    return "".join(pieces)


def _line_end(text: str, position: int) -> int:
    """Where the logical line ends that starts here: past brackets, strings and backslashes, on a best guess."""
    quote = ""
    depth = 0
    while found := (IN_STRING[quote] if quote else IN_CODE).search(text, position):
        token, position = found[0], found.end()
        if token[0] == "\\":
            continue
        if quote:
            quote = ""
            if token != "\n":
                continue
        if token in IN_STRING:
            quote = token
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token == "\n" and depth <= 0:
            return position
    return len(text)
