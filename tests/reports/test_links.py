"""Places in a report are links on terminals that can open them, and plain text elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from autograder.reports.links import with_links

PLACE = "area: my work.py, line 7: invalid syntax"


def printed(work: Path, text: str = PLACE, terminal: bool = True) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, color_system="standard" if terminal else "auto", width=60)
    console.print(with_links(Text(text), console, work), soft_wrap=True)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "NO_COLOR", "TERM_PROGRAM", "FORCE_COLOR":
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "my work.py").write_text("area\n", encoding="utf-8")
    return tmp_path


def test_place_is_linked_to_its_file(work: Path) -> None:
    shown = printed(work)
    assert f";{(work / 'my work.py').resolve().as_uri()}\x1b\\my work.py, line 7\x1b]8;;\x1b\\: invalid" in shown
    assert printed(work / "my work.py").count("file:///") == 1


@pytest.mark.parametrize(("program", "end"), [("vscode", "my%20work.py:7"), ("iTerm.app", "my%20work.py#7")])
def test_terminal_that_knows_lines_gets_the_line(
    program: str, end: str, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM_PROGRAM", program)
    assert f"{end}\x1b" in printed(work)


def test_no_link_to_a_file_that_is_not_there_or_on_a_pipe(work: Path) -> None:
    assert printed(work, "other.py, line 7") == "other.py, line 7\n"
    assert printed(work, terminal=False) == f"{PLACE}\n"


def test_no_link_without_colours(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert printed(work) == f"{PLACE}\n"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    console = Console(file=io.StringIO(), force_terminal=True)
    assert with_links(Text(PLACE), console, work).spans == []
