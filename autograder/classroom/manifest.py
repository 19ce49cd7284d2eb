"""`manifest.json` in the folder of results: the SHA-256 of every file from which a grade can be explained.

`grade batch` removes it before it changes anything and writes it at its end. A run that was killed leaves none. Reports
are not in it, because they can be made again. It holds no secret: whoever changes a file can also write a new manifest.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

from autograder.classroom.batch_file import ResultsError
from autograder.files import write_atomically

SCHEMA = 1
NAME = "manifest.json"
WRITTEN_BY_HAND = ("overrides.csv", "comments.csv", "hints.csv", "course.toml")
OTHERS = ("batch.json", "batch.exam", "gradebook.csv", "roster.json", "last_run.json")
FOLDERS = ("students", "sources", "output", "gone")


@dataclass(frozen=True)
class Manifest:
    """The SHA-256 of each file, by its path in the results; `written` is the time, with its zone."""

    written: str
    torchgrade: str
    files: dict[str, str]


@dataclass(frozen=True)
class Differences:
    """Files that are not as the manifest says, by their paths in the results."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)

    @property
    def of_the_grader(self) -> tuple[str, ...]:
        """Those that neither a person nor `grade export` writes."""
        names = (*self.changed, *self.missing, *self.added)
        return tuple(name for name in names if name not in (*WRITTEN_BY_HAND, "gradebook.csv"))


def write_manifest(folder: Path) -> None:
    """Write the digests of the files as they are now."""
    now = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
    fields = {"schema": SCHEMA, "written": now, "torchgrade": metadata.version("torchgrade"), "files": _digests(folder)}
    write_atomically(folder / NAME, (json.dumps(fields, indent=1) + "\n").encode())


def read_manifest(folder: Path) -> Manifest | None:
    """Read `manifest.json`; None if there is none, ResultsError if it cannot be read."""
    path = folder / NAME
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        if fields["schema"] != SCHEMA:
            raise ResultsError(f"{path} was made by another version of torchgrade")
        files = {str(name): str(digest) for name, digest in fields["files"].items()}
        return Manifest(str(fields["written"]), str(fields["torchgrade"]), files)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ResultsError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ResultsError(f"{path} is no manifest: it was changed or is damaged") from None


def compare_with_manifest(folder: Path, manifest: Manifest) -> Differences:
    """Compare the files with the manifest."""
    return _differences(manifest, _digests(folder))


def _differences(manifest: Manifest, now: dict[str, str]) -> Differences:
    return Differences(
        changed=tuple(name for name, digest in manifest.files.items() if now.get(name, digest) != digest),
        missing=tuple(name for name in manifest.files if name not in now),
        added=tuple(name for name in now if name not in manifest.files),
    )


def manifest_fingerprint(folder: Path) -> str:
    """The SHA-256 of the manifest itself, which stands for all files in it."""
    return _digest(folder / NAME)


@contextlib.contextmanager
def renewed_manifest(folder: Path) -> Iterator[Differences | None]:
    """Remove the manifest, and write a new one when the block ends, however it ends.

    Give what has changed since the last one; None if nothing has, or if there is none to compare with. A block that
    fails before it changes a file puts the last manifest back, so that a refused run confirms no change of others.
    """
    path = folder / NAME
    last = path.read_bytes() if path.is_file() else None
    at_start = _digests(folder)
    try:
        manifest = read_manifest(folder)
    except ResultsError:
        found = Differences((NAME,), (), ())
    else:
        found = _differences(manifest, at_start) if manifest else Differences((), (), ())
    path.unlink(missing_ok=True)
    refused = False
    try:
        yield found or None
    except BaseException:
        refused = last is not None and _digests(folder) == at_start
        raise
    finally:
        if refused and last is not None:
            write_atomically(path, last)
        elif (folder / "batch.json").exists():
            write_manifest(folder)


def _digests(folder: Path) -> dict[str, str]:
    names = [*WRITTEN_BY_HAND, *OTHERS]
    for part in FOLDERS:
        names += sorted(f"{part}/{path.name}" for path in (folder / part).glob("[!.]*"))
    try:
        return {name: _digest(folder / name) for name in names if (folder / name).is_file()}
    except OSError as error:
        raise ResultsError(f"{error.filename} cannot be read: {error.strerror}") from None


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            digest.update(data)
    return digest.hexdigest()
