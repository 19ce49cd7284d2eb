"""Finds names that an exercise forbids or requires in the text of a submission, without running or parsing it.

The probes also refuse calls of forbidden torch functions (`sandbox/inside/probes/trap.py`), but code can hide a call
from them, for example in a thread. Both name the line. `grading/without_forbidden.py` finds out whether the answers
stay right without the forbidden functions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from autograder.model import SourceFile
from autograder.submission.calls import MAX_LINE, blocks_to_search, code_lines
from autograder.submission.names import Imports, uses_of


def forbidden_use(file: SourceFile, exercise: str, names: Collection[str]) -> str | None:
    """The first use of one of `names` in an exercise, or in a function of the same file that the exercise calls.

    `words.reference` says which names there are. Returns for example `F.conv2d in manual_convolution.py, line 12`, or
    None.
    """
    if not _may_use(file, names):
        return None
    lines = list(code_lines(file))
    imports = Imports("\n".join(code for _, code in lines), names)
    for block in blocks_to_search([code for _, code in lines], exercise):
        codes = [lines[number][1][:MAX_LINE] for number in block]
        for number, used in uses_of(names, codes, imports):
            return f"{used} in {lines[block[number]][0]}"
    return None


def missing_use(file: SourceFile, exercise: str, names: Sequence[str]) -> str | None:
    """The first of `names` that neither an exercise uses nor a function of the same file that the exercise calls.

    Where the file does not define the exercise itself, a use anywhere in it counts.
    """
    lines = list(code_lines(file)) if names else []
    codes = [code for _, code in lines]
    blocks = list(blocks_to_search(codes, exercise)) or [range(len(codes))]
    for name in names:
        imports = Imports("\n".join(codes), [name])
        found = (use for block in blocks for use in uses_of([name], [codes[i][:MAX_LINE] for i in block], imports))
        if next(found, None) is None:
            return name
    return None


def _may_use(file: SourceFile, names: Collection[str]) -> bool:
    return any(name.rpartition(".")[2] in cell for cell in file.cells for name in names)
