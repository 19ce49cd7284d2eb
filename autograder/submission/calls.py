"""The code of an exercise: its own lines, and those of the functions in the same file that it calls."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from autograder.model import SourceFile
from autograder.submission.blocks import STRINGS_AND_COMMENTS, definition_blocks
from autograder.submission.definitions import title_of
from autograder.submission.names import Imports

MAX_CELL = 200_000  # characters of a cell that are searched
MAX_LINE = 400  # characters of a line that are searched
CALL = re.compile(r"(?<![\w.])(\w+)[ \t]*\(")
WORD = re.compile(r"(?:\b(?:torch|nn|functional|F)\s*\.\s*)*\w+")  # `nn.BatchNorm2d` is one word, and none of ours


def exercises_used(file: SourceFile, exercise: str, others: Collection[str]) -> frozenset[str]:
    """Those of the other exercises whose names stand in the code of an exercise, also by the name of an import."""
    lines = [code for _, code in code_lines(file)]
    local = {name: name for name in others}
    local |= {
        name: full.rpartition(".")[2]
        for name, full in Imports("\n".join(lines), others).modules.items()
        if full.rpartition(".")[2] in others
    }
    words = (
        word
        for block in blocks_to_search(lines, exercise)
        for number in block
        for word in WORD.findall(lines[number][:MAX_LINE])
    )
    return frozenset(local[word] for word in words if word in local)


def blocks_to_search(codes: Sequence[str], exercise: str) -> Iterator[range]:
    """The lines of an exercise, and of the functions of the same file that it calls, and so on."""
    blocks = dict(definition_blocks(codes))
    to_search, seen = [exercise], {exercise}
    while to_search:
        block = blocks.get(to_search.pop(), range(0))
        if block:
            yield block
        for number in block:
            for name in CALL.findall(codes[number][:MAX_LINE]):
                if name in blocks and name not in seen:
                    seen.add(name)
                    to_search.append(name)


def code_lines(file: SourceFile) -> Iterator[tuple[str, str]]:
    """Yield (place, code) for each line, without comments and strings."""
    for number, cell in enumerate(file.cells):
        title = title_of(file, number)
        code = STRINGS_AND_COMMENTS.sub(lambda found: '""' + "\n" * found[0].count("\n"), cell[:MAX_CELL])
        for line, text in enumerate(code.split("\n"), 1):
            yield f"{title}, line {line}", text
        yield title, "pass"  # a block ends with its cell
