"""Writes stubs into a student's folder without overwriting work, and resets single exercises to their stubs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.errors import UserError
from autograder.exam import load_sealed_exam
from autograder.files import write_atomically
from autograder.handout.stubs import make_stubs
from autograder.submission import definition_blocks


@dataclass(frozen=True)
class Workspace:
    """The file names of an assignment: newly `written`, `unchanged` stubs, or `edited` by the student."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    edited: tuple[str, ...]


@dataclass(frozen=True)
class Reset:
    """A file to change, and its new text, in which one exercise is a stub again."""

    path: Path
    text: str


def read_stubs(course: Course, assignment: str) -> dict[str, str]:
    """Read the stubs and the notebook from the solutions or the sealed exam; return file name -> text."""
    if (course.folder / "solutions" / assignment).is_dir():
        return {path.name: text for path, text in make_stubs(course.folder, assignment).items()}
    if course.has_reference(assignment):
        raise UserError(f"{course.folder} has no solutions/{assignment} to make the stubs from")
    texts = dict(load_sealed_exam(course.sealed_exam(assignment)).stubs)
    if not texts:
        raise UserError(f"{course.sealed_exam(assignment)} carries no stubs; it was made by an older torchgrade")
    return texts


def create_workspace(stubs: Mapping[str, str], folder: Path) -> Workspace:
    """Write each missing file; raise `UserError` if that fails."""
    written: list[str] = []
    unchanged: list[str] = []
    edited: list[str] = []
    for name, text in stubs.items():
        path = folder / name
        if path.is_symlink() or path.exists():
            (unchanged if _read_text(path) == text else edited).append(name)
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode())
        except OSError as error:
            raise UserError(f"{path} cannot be written: {error.strerror}") from None
        written.append(name)
    return Workspace(tuple(written), tuple(unchanged), tuple(edited))


def find_resets(stubs: Mapping[str, str], folder: Path, exercise: str) -> list[Reset]:
    """Find the files in which an exercise differs from its stub; raise `UserError` if no stub has it."""
    blocks = {name: block for name, text in stubs.items() if (block := _first_block(name, text, exercise))}
    if not blocks:
        raise UserError(f"there is no exercise {exercise!r}")
    found = []
    for name, block in blocks.items():
        path = folder / name
        old = _read_text(path)
        new = stubs[name] if old is None else _with_stub(name, old, exercise, block)
        if new != old:
            found.append(Reset(path, new))
    return found


def reset_exercise(reset: Reset) -> Path | None:
    """Back up the file, then write its new text; return the path of the backup, or None if there was no file."""
    old = _read_text(reset.path)
    backup = None
    try:
        if old is not None:
            names = (reset.path.with_name(f"{reset.path.name}.bak{number or ''}") for number in range(1000))
            backup = next(path for path in names if not path.exists())
            write_atomically(backup, reset.path.read_bytes())
        reset.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(reset.path, reset.text.encode())
    except OSError as error:
        raise UserError(f"{reset.path} cannot be written: {error.strerror}") from None
    return backup


def exercise_names(stubs: Mapping[str, str]) -> list[str]:
    """List the functions and classes in the stubs, in the order of the files."""
    texts = [text for name, text in stubs.items() if name.endswith(".py")]
    return [name for text in texts for name, _ in definition_blocks(text.split("\n"))]


def _read_text(path: Path) -> str | None:
    """Read a text file; None if it is missing, `UserError` if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None


def _with_stub(name: str, old: str, exercise: str, block: str) -> str:
    if not name.endswith(".ipynb"):
        return _with_block(old, exercise, block)
    document = _parse_notebook(name, old)
    done = False
    for cell in document["cells"]:
        source = _source(cell)
        if cell.get("cell_type") != "code" or not _spans(source, exercise):
            continue
        text = _with_block(source, exercise, "" if done else block).strip("\n")
        if text != source:
            cell |= {"source": text.splitlines(keepends=True), "outputs": [], "execution_count": None}
        done = True
    if not done:
        cell = {"cell_type": "code", "execution_count": None, "id": f"again-{exercise}", "metadata": {}, "outputs": []}
        document["cells"].append({**cell, "source": block.strip("\n").splitlines(keepends=True)})
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _first_block(name: str, text: str, exercise: str) -> str:
    """Find the first definition of an exercise in a stub or in the notebook of stubs; empty if there is none."""
    texts = [_source(cell) for cell in _parse_notebook(name, text)["cells"]] if name.endswith(".ipynb") else [text]
    for one in texts:
        for span in _spans(one, exercise)[:1]:
            return "\n".join(one.split("\n")[span.start : span.stop])
    return ""


def _with_block(text: str, exercise: str, block: str) -> str:
    """Replace the first definition of the exercise by `block`, and delete all others; append it if there is none."""
    spans = _spans(text, exercise)
    if not spans:
        return f"{text.rstrip()}\n\n\n{block}\n"
    first, *others = spans
    lines = text.split("\n")
    for span in reversed(others):
        del lines[span.start : span.stop]
    lines[first.start : first.stop] = block.split("\n")
    return "\n".join(lines)


def _spans(text: str, exercise: str) -> list[range]:
    """The lines of each top-level definition of the exercise."""
    return [span for name, span in definition_blocks(text.split("\n")) if name == exercise]


def _parse_notebook(name: str, text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
        if isinstance(document["cells"], list) and all(isinstance(cell, dict) for cell in document["cells"]):
            return dict(document)
    except (ValueError, TypeError, KeyError):
        pass
    raise UserError(f"{name} is not a notebook that can be read")


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
