"""What students hand in, well or badly or with malice, becomes source files or one clear sentence."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.model import SourceFile, Submission
from autograder.submission import folder as folder_module
from autograder.submission import read as submission
from autograder.submission.read import digest, read_submission
from autograder.submission.sources import SubmissionError
from tests.support.fuzzing import FUZZING
from tests.support.notebooks import notebook
from tests.support.submissions import names_of, refusal, write, zipped


def test_python_file_is_one_cell(tmp_path: Path) -> None:
    read = read_submission(write(tmp_path / "jane.py", "x = 1\n"))
    assert read == Submission("jane", (SourceFile("jane.py", ("x = 1\n",)),))


def test_student_can_be_named(tmp_path: Path) -> None:
    assert read_submission(write(tmp_path / "work.py"), "jane").student == "jane"


def test_folder_gives_python_files_first_and_notebooks_after(tmp_path: Path) -> None:
    for name in "unet.py", "deep/er/batchnorm.py", "exercise3.ipynb", "a.ipynb", "notes.txt":
        write(tmp_path / "jane.doe" / name, notebook("y = 2") if name.endswith("b") else "x = 1")
    read = read_submission(tmp_path / "jane.doe")
    assert read.student == "jane.doe"
    assert names_of(read) == ["deep/er/batchnorm.py", "unet.py", "a.ipynb", "exercise3.ipynb"]


@pytest.mark.parametrize(
    "name",
    [
        ".git/hook.py",
        ".hidden.py",
        "__pycache__/a.py",
        ".ipynb_checkpoints/a.ipynb",
        "__MACOSX/a.py",
        "node_modules/a.py",
        "env/lib/a.py",
    ],
)
def test_what_tools_leave_behind_is_ignored(tmp_path: Path, name: str) -> None:
    files = {"work/unet.py": "x = 1", f"work/{name}": "x = 2", "work/env/pyvenv.cfg": ""}
    for path, content in files.items():
        write(tmp_path / path, content)
    expected = SourceFile("unet.py", ("x = 1",))
    assert read_submission(tmp_path / "work") == Submission("work", (expected,))
    from_zip = read_submission(zipped(tmp_path / "work.zip", dict(files)))
    assert (names_of(from_zip), from_zip.problems) == (["work/unet.py"], ())


def test_byte_order_mark_and_line_ends_do_not_show(tmp_path: Path) -> None:
    read = read_submission(write(tmp_path / "work.py", b"\xef\xbb\xbfx = 1\r\ny = 2\r"))
    assert read.files[0].cells == ("x = 1\ny = 2\n",)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("# Zürich".encode("latin-1"), "is not UTF-8 text"),
        ("x = 1".encode("utf-16"), "is not UTF-8 text"),
        (b"# coding: nowhere-1\n# \xfc", "is not UTF-8 text"),
        (b"x = 1\0", "contains NUL characters"),
        (b"#" * (2**20 + 1), "is larger than 1 MiB"),
    ],
)
def test_bad_text_costs_one_file(tmp_path: Path, content: bytes, fault: str) -> None:
    write(tmp_path / "work/notes.py", content)
    write(tmp_path / "work/unet.py")
    read = read_submission(tmp_path / "work")
    assert names_of(read) == ["unet.py"]
    assert read.problems == (f"notes.py {fault}, so it was not read",)
    assert refusal(tmp_path / "work/notes.py") == f"notes.py {fault}, so it was not read"


def test_missing_path_suggests_the_nearest_name(tmp_path: Path) -> None:
    write(tmp_path / "exercise3.py")
    path = tmp_path / "exercise_3.py"
    assert refusal(path) == f"{path} does not exist; did you mean {tmp_path / 'exercise3.py'}?"


def test_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "work.py"
    assert refusal(path) == f"{path} does not exist, nor does the folder {tmp_path / 'nowhere'}"


def test_file_is_no_folder(tmp_path: Path) -> None:
    assert "does not exist" in refusal(write(tmp_path / "work.py") / "unet.py")


def test_folder_without_sources_is_refused_with_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    assert refusal(tmp_path / "work") == "work holds no .py file and no notebook (.ipynb)"
    for name in ("data.npz", "Essay.DOCX", "plots/loss.jpg", "report.pdf"):
        write(tmp_path / "work" / name)
    assert refusal(tmp_path / "work") == (
        "work holds no .py file and no notebook (.ipynb), "
        "only Essay.DOCX (a Word document), report.pdf (a PDF), plots/loss.jpg (a picture)"
    )


def test_documents_beside_source_files_are_no_problem(tmp_path: Path) -> None:
    for name in ("unet.py", "report.pdf", "plots/loss.png", "notes.txt"):
        write(tmp_path / "work" / name)
    assert read_submission(tmp_path / "work").problems == ()


@pytest.mark.parametrize(
    ("name", "kind"), [("unet.py.txt", "Python with another ending; it must end with .py"), ("a.ipynb.json", "ipynb")]
)
def test_source_file_with_one_more_ending_is_named(tmp_path: Path, name: str, kind: str) -> None:
    write(tmp_path / "work" / name)
    assert refusal(tmp_path / "work").startswith(f"{name} is ")
    assert kind in refusal(tmp_path / "work")
    write(tmp_path / "work/other.py")
    (problem,) = read_submission(tmp_path / "work").problems
    assert problem.startswith(f"{name} is ")


def test_suffixes_in_large_letters_are_read_and_can_be_imported(tmp_path: Path) -> None:
    write(tmp_path / "work/A.PY")
    write(tmp_path / "work/b/C.Ipynb", notebook("x = 1"))
    assert names_of(read_submission(tmp_path / "work")) == ["A.py", "b/C.ipynb"]
    assert names_of(read_submission(tmp_path / "work/A.PY")) == ["A.py"]
    assert names_of(read_submission(zipped(tmp_path / "W.ZIP", {"A.PY": "x = 1"}))) == ["A.py"]
    write(tmp_path / "work/A.py")
    assert sorted(names_of(read_submission(tmp_path / "work"))) == ["A (2).py", "A.py", "b/C.ipynb"]


def test_other_suffixes_are_refused_with_those_that_are_accepted(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "work.rar")) == (
        "work.rar (an archive of a kind that is not opened) is not a submission: "
        "give a folder, a .py file, a notebook (.ipynb), a .zip or a .tar.gz"
    )


def test_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "work.py")
    monkeypatch.setattr(os, "open", refuse)
    assert refusal(path) == "work.py cannot be read (Permission denied), so it was not read"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_fifo_is_skipped_without_waiting(tmp_path: Path) -> None:
    write(tmp_path / "work/unet.py")
    os.mkfifo(tmp_path / "work/pipe.py")
    read = read_submission(tmp_path / "work")
    assert (names_of(read), read.problems) == (["unet.py"], ("pipe.py is not a regular file, so it was not read",))
    assert refusal(tmp_path / "work/pipe.py").endswith("pipe.py is neither a regular file nor a folder")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs POSIX links")
def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret/answers.py")
    write(tmp_path / "work/unet.py")
    (tmp_path / "work/file.py").symlink_to(secret)
    (tmp_path / "work/folder").symlink_to(secret.parent)
    (tmp_path / "work/loop").symlink_to(tmp_path / "work")
    read = read_submission(tmp_path / "work")
    assert names_of(read) == ["unet.py"]
    assert read.problems == tuple(
        f"{name} is a symbolic link, so it was not read" for name in ("file.py", "folder", "loop")
    )
    assert "is a symbolic link" in refusal(tmp_path / "work/file.py")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs POSIX links")
@pytest.mark.parametrize("swap", [os.symlink, lambda _, path: os.mkfifo(path)])
def test_file_swapped_after_its_inspection_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swap: Callable[[str, Path], object]
) -> None:
    path = write(tmp_path / "work.py")
    open_ = os.open

    def swap_and_open(name: Path, flags: int) -> int:
        path.unlink()
        swap("/etc/passwd", path)
        return open_(name, flags)

    monkeypatch.setattr(os, "open", swap_and_open)
    assert refusal(path).endswith("so it was not read")


def test_names_cannot_disguise_themselves(tmp_path: Path) -> None:
    write(tmp_path / "work/a\u202eyp\x1b[2J.py", b"\xff")
    write(tmp_path / "work/b\nc.py")
    read = read_submission(tmp_path / "work", "jane\u202e")
    assert (read.student, names_of(read)) == ("jane\\u202e", ["b\\nc.py"])
    assert read.problems == (r"a\u202eyp\x1b[2J.py is not UTF-8 text, so it was not read",)


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="needs names that are bytes")
def test_names_that_are_not_text_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path / os.fsdecode(b"\xff.py"))
    read = read_submission(tmp_path)
    assert (names_of(read), len(digest(read))) == ([r"\udcff.py"], 64)


def test_only_so_many_files_are_read(tmp_path: Path) -> None:
    for number in range(1001):
        write(tmp_path / f"work/m{number:04}.py")
    with pytest.raises(SubmissionError, match="it holds 1,001 source files; more than 1,000 are not read"):
        read_submission(tmp_path / "work")
    (tmp_path / "work/m0000.py").unlink()
    assert len(read_submission(tmp_path / "work").files) == 1000


def test_folder_of_data_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MAX_ENTRIES", 10)
    for number in range(11):
        write(tmp_path / f"work/data/{number}.png")
    write(tmp_path / "work/models/unet.py")
    read = read_submission(tmp_path / "work")
    assert names_of(read) == ["models/unet.py"]
    assert read.problems == ("data takes the submission past 10 files and folders, so it was not read",)


def test_deep_folders_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "work/unet.py")
    write(tmp_path / "work" / "/".join("d" * 25) / "deep.py")
    read = read_submission(tmp_path / "work")
    assert names_of(read) == ["unet.py"]
    assert read.problems == ("d" + "/d" * 20 + " is more than 20 folders deep, so it was not read",)


def test_sum_of_the_files_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "MAX_TOTAL", 25)
    for name in "abc":
        write(tmp_path / f"work/{name}.py", "#" * 10)
    read = read_submission(tmp_path / "work")
    assert names_of(read) == ["a.py", "b.py"]
    assert read.problems == ("c.py takes the submission past 0 MiB, so it was not read",)


def test_long_lists_of_problems_are_cut(tmp_path: Path) -> None:
    for number in range(60):
        write(tmp_path / f"work/m{number:02}.py", b"\xff")
    write(tmp_path / "work/unet.py")
    problems = read_submission(tmp_path / "work").problems
    assert (len(problems), problems[-1]) == (51, "10 more problems are not listed")


def test_digest_follows_names_and_texts_only() -> None:
    def files(*pairs: tuple[str, tuple[str, ...]]) -> Submission:
        return Submission("jane", tuple(SourceFile(*pair) for pair in pairs))

    one = files(("a.py", ("x",)))
    assert digest(one) == digest(Submission("joe", one.files, ("a problem",)))
    others = [files(("b.py", ("x",))), files(("a.py", ("y",))), files(("a.py", ("x", ""))), files()]
    assert len({digest(other) for other in [one, *others]}) == 5


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["source", "input", "x"]), inner),
    max_leaves=5,
)
almost_cells = st.fixed_dictionaries(
    {"cell_type": st.just("code") | json_values},
    optional={"source": json_values | st.lists(st.text()), "input": json_values},
)
almost_notebooks = st.fixed_dictionaries(
    {}, optional={"cells": st.lists(almost_cells | json_values) | json_values, "worksheets": json_values}
)


def check_reading(path: Path) -> None:
    try:
        read = read_submission(path)
    except SubmissionError as error:
        read = Submission("", (SourceFile("", ()),), (str(error),))
    assert read.files
    assert all(problem.isprintable() for problem in read.problems)
    assert all("\0" not in text and text.encode() for file in read.files for text in file.cells if text)
    assert len(digest(read)) == 64


@FUZZING
@given(document=almost_notebooks)
def test_any_json_is_read_or_refused(tmp_path: Path, document: object) -> None:
    check_reading(write(tmp_path / "work.ipynb", json.dumps(document)))


@FUZZING
@given(data=st.binary())
@pytest.mark.parametrize("name", ["work.ipynb", "work.zip", "work.py"])
def test_any_bytes_are_read_or_refused(tmp_path: Path, name: str, data: bytes) -> None:
    check_reading(write(tmp_path / name, data))


@settings(FUZZING, max_examples=600)
@given(
    edits=st.lists(st.tuples(st.integers(0, 1000), st.sampled_from([0, 1, 2, 8, 32, 127, 128, 255])), max_size=6),
    cut=st.integers(0, 40),
)
def test_any_damage_to_a_zip_is_read_or_refused(tmp_path: Path, edits: list[tuple[int, int]], cut: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("unet.py", "x = 1\n" * 10)
        archive.writestr("work/a.ipynb", notebook("y = 2"))
        archive.comment = zlib.compress(b"comment")
    data = bytearray(stream.getvalue())
    for place, value in edits:
        data[place % len(data)] = value
    check_reading(write(tmp_path / "work.zip", bytes(data[: len(data) - cut])))
