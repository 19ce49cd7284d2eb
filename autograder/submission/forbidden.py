"""Finds in a source what an exercise asks the student to do without; the text is searched, never run or parsed.

The trap beside the student's code notices a call, unless the code hides it (in a thread, say). This search is the
second look. Both can be evaded by effort: to do without is a rule of the exercise, not of security.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from autograder.model import SourceFile

LONGEST = 200_000  # characters of a cell that are searched
WIDEST = 400  # characters of a line
STRINGS_AND_COMMENTS = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^\\"\n]|\\.)*"?'
    r"|'(?:[^\\'\n]|\\.)*'?"
    r"|#[^\n]*",
    re.S,
)
DEFINITION = re.compile(r"([ \t]*)(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")
FROM_TORCH = re.compile(r"^[ \t]*from[ \t]+torch(?:\.\w+)*[ \t]+import[ \t]*(?:\(([^()]{0,2000})\)|([^\n(]+))", re.M)
IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n]+)", re.M)
CALL = re.compile(r"(?<![\w.])(\w+)[ \t]*\(")
USE = re.compile(r"(?<![\w.])\w+(?:[ \t]*\.[ \t]*\w+)*")


def forbidden_use(file: SourceFile, exercise: str, names: Collection[str]) -> str | None:
    """The first use of torch's `names` in an exercise or the functions of its file that it calls, and its line.

    `F.conv2d in manual_convolution.py, line 12`; None where there is none.
    """
    if not any(name in cell for cell in file.cells for name in names):
        return None
    lines = list(_lines(file))
    blocks = dict(_blocks([code for _, code in lines]))
    roots, direct = _imported("\n".join(code for _, code in lines), names)
    todo, seen = [exercise], {exercise}
    while todo:
        for number in blocks.get(todo.pop(), ()):
            place, code = lines[number]
            for use in USE.findall(code[:WIDEST]):
                parts = [part.strip() for part in use.split(".")]
                if (parts[0] in roots and set(parts[1:]) & set(names)) or (parts[0] in direct and len(parts) == 1):
                    return f"{'.'.join(parts)} in {place}"
            for name in CALL.findall(code[:WIDEST]):
                if name in blocks and name not in seen:
                    seen.add(name)
                    todo.append(name)
    return None


def _lines(file: SourceFile) -> Iterator[tuple[str, str]]:
    """Each line's place, and its code without comments and strings."""
    for number, cell in enumerate(file.cells, 1):
        title = f"{file.name} cell {number}" if file.is_notebook else file.name
        code = STRINGS_AND_COMMENTS.sub(lambda found: '""' + "\n" * found[0].count("\n"), cell[:LONGEST])
        for line, text in enumerate(code.split("\n"), 1):
            yield f"{title}, line {line}", text
        yield title, "pass"  # a block ends with its cell


def _blocks(lines: list[str]) -> Iterator[tuple[str, range]]:
    """The lines of each function and class that stands at the margin; of two with one name the last one counts."""
    start, name = 0, ""
    for number, line in enumerate(lines):
        if not line.strip() or line[0] in " \t)]}":
            continue
        if name:
            yield name, range(start, number)
        found = DEFINITION.match(line)
        start, name = number, found[2] if found else ""


def _imported(code: str, names: Collection[str]) -> tuple[set[str], set[str]]:
    """The names below which torch's own stand (`torch`, `F`), and those of `names` that were imported themselves."""
    roots: set[str] = set()
    direct: set[str] = set()
    for found in FROM_TORCH.finditer(code):
        for part in (found[1] or found[2]).split(","):
            original, _, alias = (word.strip() for word in part.partition(" as "))
            (direct if original in names else roots).add(alias or original)
    for found in IMPORT.finditer(code):
        for part in found[1].split(","):
            module, _, alias = (word.strip() for word in part.partition(" as "))
            if module.split(".")[0] == "torch":
                roots.add(alias or "torch")
    return roots, direct
