"""A platform's export of the whole class is unpacked within limits."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from autograder.classroom.archive import unpack
from autograder.classroom.intake import find_student_files
from autograder.errors import UserError
from tests.support.handins import CODE, by_key, files_of


def test_export_of_a_platform_is_unpacked_and_nothing_escapes(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("Ada_1_assignsubmission_file_/unet.py", CODE)
        archive.writestr("Bob_2_assignsubmission_file_essay.pdf", "x" * 1000)
        archive.writestr("Nil_4_assignsubmission_file_/", "")
        archive.writestr("../escaped.py", CODE)
        archive.writestr("/absolute.py", CODE)
        link = zipfile.ZipInfo("Eve_3_assignsubmission_file_/link.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    problems = unpack(tmp_path / "all.zip", tmp_path / "out")
    assert len(problems) == 3
    found = by_key(find_student_files(tmp_path / "out"))
    assert files_of(found["Ada_1"]) == ["unet.py"]
    assert found["Bob_2"].state == "unreadable"
    assert "Nil_4" in found
    assert not (tmp_path / "escaped.py").exists()


def test_bomb_for_the_whole_class_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.classroom.archive.MAX_TOTAL", 5 << 20)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.py", b"#" * (2 << 20))
    with pytest.raises(UserError, match="unpacks to too many bytes"):
        unpack(tmp_path / "all.zip", tmp_path / "out")


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("hello")
    with pytest.raises(UserError, match="is not a readable zip file"):
        unpack(tmp_path / "all.zip", tmp_path / "out")
