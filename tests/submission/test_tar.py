"""A tar is read as a zip is, and none of its entries can do harm."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.submission import tar as tar_module
from autograder.submission.read import read_submission
from tests.support.submissions import names_of, refusal, write


def tarred(path: Path, entries: Mapping[str, bytes | str]) -> Path:
    """A tar of these files; a text is the target of a symbolic link."""
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
        for name, content in entries.items():
            entry = tarfile.TarInfo(name)
            if isinstance(content, str):
                entry.type, entry.linkname = tarfile.SYMTYPE, content
                archive.addfile(entry)
            else:
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return path


@pytest.mark.parametrize("name", ["jane.tar.gz", "jane.TGZ", "jane.tar"])
def test_tar_is_read_as_a_folder_is(tmp_path: Path, name: str) -> None:
    entries = {"./work/unet.py": b"x = 1", "work/._unet.py": b"", "work/B.PY": b"y = 2", "work/plot.png": b"", "a": b""}
    read = read_submission(tarred(tmp_path / name, entries))
    assert (read.student, names_of(read), read.problems) == ("jane", ["work/B.py", "work/unet.py"], ())
    assert read.files[1].cells == ("x = 1",)


def test_tar_alone_in_a_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    tarred(tmp_path / "work/mine.tar.gz", {"unet.py": b"x = 1"})
    assert names_of(read_submission(tmp_path / "work")) == ["unet.py"]
    write(tmp_path / "work/other.py")
    read = read_submission(tmp_path / "work")
    assert (names_of(read), read.problems) == (
        ["other.py"],
        ("mine.tar.gz stands beside source files, so it was not read",),
    )


def test_of_entries_with_one_name_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "work.tar"
    with tarfile.open(path, "w") as archive:
        for text in (b"x = 1", b"x = 2"):
            entry = tarfile.TarInfo("unet.py")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
    assert read_submission(path).files[0].cells == ("x = 2",)


def test_entries_that_lead_elsewhere_are_problems(tmp_path: Path) -> None:
    entries: dict[str, bytes | str] = {
        "../evil.py": b"",
        "/etc/evil.py": b"",
        "link.py": "/etc/passwd",
        "good.py": b"x = 1",
    }
    read = read_submission(tarred(tmp_path / "work.tar.gz", entries))
    assert names_of(read) == ["good.py"]
    assert [problem.partition(",")[0] for problem in read.problems] == [
        "../evil.py has an unsafe path",
        "/etc/evil.py has an unsafe path",
        "link.py is no regular file",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x" * 1000, "is not a valid tar file"),
        (b"\x1f\x8b" + b"x" * 100, "is damaged"),
        (gzip.compress(b"x" * 1000, mtime=0), "is not a valid tar file"),
        (b"", "is not a valid tar file"),
        (gzip.compress(b"x" * (65 << 20), mtime=0), "holds more than 64 MiB"),
    ],
    ids=["no tar", "damaged", "gzip of no tar", "empty", "huge"],
)
def test_broken_or_huge_tar_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert refusal(write(tmp_path / "work.tar.gz", content)).startswith(f"work.tar.gz {reason}")


def test_tar_with_too_many_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar_module, "MAX_ENTRIES", 2)
    path = tarred(tmp_path / "work.tar", {"a.py": b"", "b.py": b"", "c.py": b""})
    assert refusal(path) == "work.tar holds more than 2 files and folders"
