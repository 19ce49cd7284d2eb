"""A zip is read as a folder is, and none of its entries can do harm."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from autograder.model import SourceFile
from autograder.submission.read import read_submission
from autograder.submission.sources import SubmissionError
from tests.support.notebooks import notebook
from tests.support.submissions import names_of, refusal, write, zipped


def test_zip_without_sources_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"notes.txt": "hello"})
    assert refusal(path) == "work.zip holds no .py file and no notebook (.ipynb)"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\5\6" + b"\0" * 18, b"x" * 1000])
def test_broken_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(write(tmp_path / "work.zip", content)).startswith("work.zip ")


def test_zip_alone_in_a_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "work/inner").mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "work/inner/my work (2).zip", "w") as archive:
        archive.writestr("unet.py", "x = 1\n")
    assert [file.name for file in read_submission(tmp_path / "work").files] == ["unet.py"]


def test_zip_beside_source_files_or_another_zip_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "work/unet.py")
    for name in ("a.zip", "b.zip"):
        with zipfile.ZipFile(tmp_path / "work" / name, "w") as archive:
            archive.writestr("batchnorm.py", "x = 1\n")
    read = read_submission(tmp_path / "work")
    assert read.problems[0] == "a.zip stands beside source files, so it was not read"
    (tmp_path / "work/unet.py").unlink()
    with pytest.raises(SubmissionError, match=r"a\.zip is not the only archive, so it was not read"):
        read_submission(tmp_path / "work")


def test_zip_is_read_as_a_folder_is(tmp_path: Path) -> None:
    entries: dict[str, str | bytes] = {
        "jane/unet.py": "x = 1",
        "./jane/a.ipynb": notebook("y = 2"),
        "jane/plot.png": b"\xff",
    }
    read = read_submission(zipped(tmp_path / "jane.zip", entries))
    assert (read.student, read.problems) == ("jane", ())
    assert read.files == (SourceFile("jane/unet.py", ("x = 1",)), SourceFile("jane/a.ipynb", ("y = 2",)))


@pytest.mark.parametrize(
    "name", ["../evil.py", "a/../../evil.py", "/etc/evil.py", "C:/evil.py", r"a\evil.py", r"..\evil.py"]
)
def test_unsafe_names_in_a_zip_are_refused(tmp_path: Path, name: str) -> None:
    read = read_submission(zipped(tmp_path / "work.zip", {name: "x = 1", "unet.py": "x = 2"}))
    assert (names_of(read), read.problems) == (["unet.py"], (f"{name} has an unsafe path, so it was not read",))


def test_name_cut_by_nul_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"evil.py#.txt": "x = 1", "unet.py": "x = 2"})
    path.write_bytes(path.read_bytes().replace(b"evil.py#", b"evil.py\0"))
    assert read_submission(path).problems == (r"evil.py\x00.txt has an unsafe path, so it was not read",)


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(tmp_path / "work.zip") == "link.py is a symbolic link, so it was not read"


def test_encrypted_entries_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"unet.py": "x = 1"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    assert refusal(write(path, bytes(data))) == "unet.py is encrypted, so it was not read"


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_without_bounds_is_refused(tmp_path: Path, compression: int) -> None:
    path = zipped(tmp_path / "work.zip", {"unet.py": "x = 1"}, compression)
    assert refusal(path) == "unet.py is compressed in an unusual way, so it was not read"


def test_damaged_entry_costs_one_file(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"a.py": "x = 'broken'", "b.py": "y"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"'broken'", b"'BROKEN'"))
    read = read_submission(path)
    assert (names_of(read), read.problems) == (["b.py"], ("a.py is damaged in the zip file, so it was not read",))


def test_bomb_that_lies_about_its_size_does_not_go_off(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"bomb.ipynb": b" " * 2**27, "unet.py": "x = 1"})
    data = bytearray(path.read_bytes())
    for claimed in 2**27, 2**31, 100:
        struct.pack_into("<L", data, data.index(b"PK\1\2") + 24, claimed)
        struct.pack_into("<L", data, data.index(b"PK\3\4") + 22, claimed)
        read = read_submission(write(path, bytes(data)))
        assert names_of(read) == ["unet.py"]
        assert read.problems[0].startswith("bomb.ipynb is ")


def test_zip_of_countless_entries_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {f"{number}": "" for number in range(10_001)})
    assert refusal(path) == "work.zip holds more than 10,000 files and folders"


def test_last_of_two_entries_with_one_name_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"a.py": "first", "./a.py": "second"})
    assert read_submission(path).files == (SourceFile("a.py", ("second",)),)
