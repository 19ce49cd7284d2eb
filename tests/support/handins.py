"""A folder of submissions, and what an intake finds in it by the key of the student."""

from __future__ import annotations

import zipfile
from pathlib import Path

from autograder.classroom.intake import StudentFiles, read_student_files

CODE = "def conv2d_params():\n    return 1\n"


def put(folder: Path, *names: str) -> Path:
    """The folder with these files in it."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("work.py", CODE)
        else:
            path.write_text(CODE, encoding="utf-8")
    return folder


def by_key(handed: list[StudentFiles]) -> dict[str, StudentFiles]:
    assert len({one.student.key for one in handed}) == len(handed)
    return {one.student.key: one for one in handed}


def files_of(one: StudentFiles) -> list[str]:
    return [file.name for file in read_student_files(one).files]
