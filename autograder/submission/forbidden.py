"""Finds uses of forbidden torch functions in the text of a submission, without running or parsing it.

The probes also refuse such calls (`sandbox/inside/probes/trap.py`), but code can hide a call from them, for example in
a thread. Both checks can be evaded: the prohibition is a rule of the exercise, not a measure of security.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from autograder.model import SourceFile
from autograder.submission.blocks import definition_blocks

MAX_CELL = 200_000  # characters of a cell that are searched
MAX_LINE = 400  # characters of a line that are searched
STRINGS_AND_COMMENTS = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^\\"\n]|\\.)*"?'
    r"|'(?:[^\\'\n]|\\.)*'?"
    r"|#[^\n]*",
    re.S,
)
FROM_TORCH = re.compile(r"^[ \t]*from[ \t]+torch(?:\.\w+)*[ \t]+import[ \t]*(?:\(([^()]{0,2000})\)|([^\n(]+))", re.M)
IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n]+)", re.M)
CALL = re.compile(r"(?<![\w.])(\w+)[ \t]*\(")
USE = re.compile(r"(?<![\w.])\w+(?:[ \t]*\.[ \t]*\w+)*")


def forbidden_use(file: SourceFile, exercise: str, names: Collection[str]) -> str | None:
    """The first use of torch's `names` in an exercise, or in a function of the same file that the exercise calls.

    Returns for example `F.conv2d in manual_convolution.py, line 12`, or None.
    """
    if not any(name in cell for cell in file.cells for name in names):
        return None
    lines = list(_lines(file))
    blocks = dict(definition_blocks([code for _, code in lines]))
    modules, functions = _torch_imports("\n".join(code for _, code in lines), names)
    to_search, seen = [exercise], {exercise}
    while to_search:
        for number in blocks.get(to_search.pop(), ()):
            place, code = lines[number]
            for use in USE.findall(code[:MAX_LINE]):
                parts = [part.strip() for part in use.split(".")]
                of_module = parts[0] in modules and set(parts[1:]) & set(names)
                if of_module or (parts[0] in functions and len(parts) == 1):
                    return f"{'.'.join(parts)} in {place}"
            for name in CALL.findall(code[:MAX_LINE]):
                if name in blocks and name not in seen:
                    seen.add(name)
                    to_search.append(name)
    return None


def _lines(file: SourceFile) -> Iterator[tuple[str, str]]:
    """Yield (place, code) for each line, without comments and strings."""
    for number, cell in enumerate(file.cells, 1):
        title = f"{file.name} cell {number}" if file.is_notebook else file.name
        code = STRINGS_AND_COMMENTS.sub(lambda found: '""' + "\n" * found[0].count("\n"), cell[:MAX_CELL])
        for line, text in enumerate(code.split("\n"), 1):
            yield f"{title}, line {line}", text
        yield title, "pass"  # a block ends with its cell


def _torch_imports(code: str, names: Collection[str]) -> tuple[set[str], set[str]]:
    """The local names of torch's modules (`torch`, `F`), and of the functions in `names` that are imported directly."""
    modules: set[str] = set()
    functions: set[str] = set()
    for found in FROM_TORCH.finditer(code):
        for part in (found[1] or found[2]).split(","):
            original, _, alias = (word.strip() for word in part.partition(" as "))
            (functions if original in names else modules).add(alias or original)
    for found in IMPORT.finditer(code):
        for part in found[1].split(","):
            module, _, alias = (word.strip() for word in part.partition(" as "))
            if module.split(".")[0] == "torch":
                modules.add(alias or "torch")
    return modules, functions
