"""Links from a place in a report, such as `unet.py, line 7`, to the file, on terminals that can open them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from rich.console import Console
from rich.text import Text

PLACE = re.compile(r"([\w.-][\w./ -]*\.py), line (\d+)")
FRAGMENTS = "kitty", "iTerm.app", "WezTerm"  # terminals that read the line from the end of a link to a file


def with_links(text: Text, console: Console, work: Path | None) -> Text:
    """Link the places in files that exist below the folder `work`, or in the file `work`.

    Nothing is linked on a pipe, without colours, or on a terminal that knows none.
    """
    if work is None or not console.is_terminal or console.color_system is None or console.no_color:
        return text
    for found in PLACE.finditer(text.plain):
        start, path = _file(found[1], work)
        if path is not None:
            text.stylize(f"link {_address(path, found[2], os.environ)}", found.start() + start, found.end())
    return text


def _file(name: str, work: Path) -> tuple[int, Path | None]:
    """The file that ends a text, and where its name begins: words of the sentence may stand before it."""
    for start in [0, *(space.end() for space in re.finditer(" +", name))]:
        path = work if work.is_file() and work.name == name[start:] else work / name[start:]
        if path.is_file():
            return start, path.resolve()
    return 0, None


def _address(path: Path, line: str, environment: Mapping[str, str]) -> str:
    """The address of a line; most terminals hand a link to a program that knows no lines."""
    if environment.get("TERM_PROGRAM") == "vscode":
        return f"vscode://file{quote(path.as_posix())}:{line}"
    reads_line = environment.get("TERM_PROGRAM") in FRAGMENTS or "kitty" in environment.get("TERM", "")
    return f"{path.as_uri()}#{line}" if reads_line else path.as_uri()
