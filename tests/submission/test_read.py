"""What students hand in, well or badly or with malice, becomes source files or one clear sentence."""

from __future__ import annotations

import ast
import io
import json
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.model import SourceFile, Submission
from autograder.submission import read as submission
from autograder.submission import sources
from autograder.submission.read import digest, read_submission
from autograder.submission.sources import SubmissionError

FUZZING = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def write(path: Path, content: str | bytes = "x = 1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def notebook(*sources: object) -> str:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4, "metadata": {}})


def zipped(path: Path, entries: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def names(read: Submission) -> list[str]:
    return [file.name for file in read.files]


def cell(tmp_path: Path, source: object) -> str:
    (file,) = read_submission(write(tmp_path / "work.ipynb", notebook(source))).files
    return file.cells[0]


def refusal(path: Path) -> str:
    with pytest.raises(SubmissionError) as caught:
        read_submission(path)
    return str(caught.value)


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
    assert names(read) == ["deep/er/batchnorm.py", "unet.py", "a.ipynb", "exercise3.ipynb"]


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
    assert (names(from_zip), from_zip.problems) == (["work/unet.py"], ())


def test_byte_order_mark_and_line_ends_do_not_show(tmp_path: Path) -> None:
    read = read_submission(write(tmp_path / "work.py", b"\xef\xbb\xbfx = 1\r\ny = 2\r"))
    assert read.files[0].cells == ("x = 1\ny = 2\n",)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("# Zürich".encode("latin-1"), "is not UTF-8 text"),
        ("x = 1".encode("utf-16"), "is not UTF-8 text"),
        (b"# coding: latin-1\n# \xfc", "is not UTF-8 text"),
        (b"x = 1\0", "contains NUL characters"),
        (b"#" * (2**20 + 1), "is larger than 1 MiB"),
    ],
)
def test_bad_text_costs_one_file(tmp_path: Path, content: bytes, fault: str) -> None:
    write(tmp_path / "work/notes.py", content)
    write(tmp_path / "work/unet.py")
    read = read_submission(tmp_path / "work")
    assert names(read) == ["unet.py"]
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


@pytest.mark.parametrize("make", [lambda p: p.mkdir(), lambda p: write(p / "notes.txt")])
def test_folder_without_sources_is_refused(tmp_path: Path, make) -> None:
    make(tmp_path / "work")
    assert refusal(tmp_path / "work") == "work holds no .py file and no notebook (.ipynb)"


def test_zip_without_sources_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"notes.txt": "hello"})
    assert refusal(path) == "work.zip holds no .py file and no notebook (.ipynb)"


def test_other_suffixes_are_told_what_is_accepted(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "work.rar")) == (
        "work.rar is not a submission: give a folder, a .py file, a notebook (.ipynb) or a .zip"
    )


def test_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "work.py")
    monkeypatch.setattr(os, "open", refuse)
    assert refusal(path) == "work.py cannot be read (Permission denied), so it was not read"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\5\6" + b"\0" * 18, b"x" * 1000])
def test_broken_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(write(tmp_path / "work.zip", content)).startswith("work.zip ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_fifo_is_skipped_without_waiting(tmp_path: Path) -> None:
    write(tmp_path / "work/unet.py")
    os.mkfifo(tmp_path / "work/pipe.py")
    read = read_submission(tmp_path / "work")
    assert (names(read), read.problems) == (["unet.py"], ("pipe.py is not a regular file, so it was not read",))
    assert refusal(tmp_path / "work/pipe.py").endswith("pipe.py is neither a regular file nor a folder")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs POSIX links")
def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret/answers.py")
    write(tmp_path / "work/unet.py")
    (tmp_path / "work/file.py").symlink_to(secret)
    (tmp_path / "work/folder").symlink_to(secret.parent)
    (tmp_path / "work/loop").symlink_to(tmp_path / "work")
    read = read_submission(tmp_path / "work")
    assert names(read) == ["unet.py"]
    assert read.problems == tuple(
        f"{name} is a symbolic link, so it was not read" for name in ("file.py", "folder", "loop")
    )
    assert "is a symbolic link" in refusal(tmp_path / "work/file.py")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs POSIX links")
@pytest.mark.parametrize("swap", [os.symlink, lambda _, path: os.mkfifo(path)])
def test_file_swapped_after_the_look_is_not_read(tmp_path: Path, monkeypatch, swap) -> None:
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
    assert (read.student, names(read)) == ("jane\\u202e", ["b\\nc.py"])
    assert read.problems == (r"a\u202eyp\x1b[2J.py is not UTF-8 text, so it was not read",)


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="needs names that are bytes")
def test_names_that_are_not_text_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path / os.fsdecode(b"\xff.py"))
    read = read_submission(tmp_path)
    assert (names(read), len(digest(read))) == ([r"\udcff.py"], 64)


def test_only_so_many_files_are_read(tmp_path: Path) -> None:
    for number in range(1001):
        write(tmp_path / f"work/m{number:04}.py")
    with pytest.raises(SubmissionError, match="it holds 1,001 source files; more than 1,000 are not read"):
        read_submission(tmp_path / "work")
    (tmp_path / "work/m0000.py").unlink()
    assert len(read_submission(tmp_path / "work").files) == 1000


def test_zip_alone_in_a_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "work/inner").mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "work/inner/my work (2).zip", "w") as archive:
        archive.writestr("unet.py", "x = 1\n")
    assert [file.name for file in read_submission(tmp_path / "work").files] == ["unet.py"]


def test_zip_beside_source_files_or_another_is_told(tmp_path: Path) -> None:
    write(tmp_path / "work/unet.py")
    for name in ("a.zip", "b.zip"):
        with zipfile.ZipFile(tmp_path / "work" / name, "w") as archive:
            archive.writestr("batchnorm.py", "x = 1\n")
    read = read_submission(tmp_path / "work")
    assert read.problems[0] == "a.zip stands beside source files, so it was not read"
    (tmp_path / "work/unet.py").unlink()
    with pytest.raises(SubmissionError, match=r"a\.zip is not the only zip, so it was not read"):
        read_submission(tmp_path / "work")


def test_folder_of_data_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_ENTRIES", 10)
    for number in range(11):
        write(tmp_path / f"work/data/{number}.png")
    write(tmp_path / "work/models/unet.py")
    read = read_submission(tmp_path / "work")
    assert names(read) == ["models/unet.py"]
    assert read.problems == ("data takes the submission past 10 files and folders, so it was not read",)


def test_deep_folders_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "work/unet.py")
    write(tmp_path / "work" / "/".join("d" * 25) / "deep.py")
    read = read_submission(tmp_path / "work")
    assert names(read) == ["unet.py"]
    assert read.problems == ("d" + "/d" * 20 + " lies too deep, so it was not read",)


def test_sum_of_the_files_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "MAX_TOTAL", 25)
    for name in "abc":
        write(tmp_path / f"work/{name}.py", "#" * 10)
    read = read_submission(tmp_path / "work")
    assert names(read) == ["a.py", "b.py"]
    assert read.problems == ("c.py takes the submission past 0 MiB, so it was not read",)


def test_long_lists_of_problems_are_cut(tmp_path: Path) -> None:
    for number in range(60):
        write(tmp_path / f"work/m{number:02}.py", b"\xff")
    write(tmp_path / "work/unet.py")
    problems = read_submission(tmp_path / "work").problems
    assert (len(problems), problems[-1]) == (51, "10 more problems are not listed")


def test_zip_is_read_as_a_folder_is(tmp_path: Path) -> None:
    entries = {"jane/unet.py": "x = 1", "./jane/a.ipynb": notebook("y = 2"), "jane/plot.png": b"\xff"}
    read = read_submission(zipped(tmp_path / "jane.zip", dict(entries)))
    assert (read.student, read.problems) == ("jane", ())
    assert read.files == (SourceFile("jane/unet.py", ("x = 1",)), SourceFile("jane/a.ipynb", ("y = 2",)))


@pytest.mark.parametrize(
    "name", ["../evil.py", "a/../../evil.py", "/etc/evil.py", "C:/evil.py", r"a\evil.py", r"..\evil.py"]
)
def test_unsafe_names_in_a_zip_are_refused(tmp_path: Path, name: str) -> None:
    read = read_submission(zipped(tmp_path / "work.zip", {name: "x = 1", "unet.py": "x = 2"}))
    assert (names(read), read.problems) == (["unet.py"], (f"{name} has an unsafe path, so it was not read",))


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
    assert (names(read), read.problems) == (["b.py"], ("a.py is damaged in the zip file, so it was not read",))


def test_bomb_that_lies_about_its_size_does_not_go_off(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"bomb.ipynb": b" " * 2**27, "unet.py": "x = 1"})
    data = bytearray(path.read_bytes())
    for claimed in 2**27, 2**31, 100:
        struct.pack_into("<L", data, data.index(b"PK\1\2") + 24, claimed)
        struct.pack_into("<L", data, data.index(b"PK\3\4") + 22, claimed)
        read = read_submission(write(path, bytes(data)))
        assert names(read) == ["unet.py"]
        assert read.problems[0].startswith("bomb.ipynb is ")


def test_zip_of_countless_entries_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {f"{number}": "" for number in range(10_001)})
    assert refusal(path) == "work.zip holds more than 10,000 files and folders"


def test_last_of_two_entries_with_one_name_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"a.py": "first", "./a.py": "second"})
    assert read_submission(path).files == (SourceFile("a.py", ("second",)),)


def test_notebook_gives_code_cells_in_order(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# title"},
        {"cell_type": "code", "source": ["import torch\n", "x = 1"]},
        {"cell_type": "raw", "source": "raw"},
        {"cell_type": "code", "source": "y = 2\r\nz = 3"},
    ]
    path = write(tmp_path / "work.ipynb", json.dumps({"cells": cells}))
    assert read_submission(path).files == (SourceFile("work.ipynb", ("import torch\nx = 1", "y = 2\nz = 3")),)


def test_notebook_of_format_3_is_read(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "input": ["x = 1"]}, {"cell_type": "heading", "source": "t"}]
    document = {"nbformat": 3, "worksheets": [{"cells": cells}, {"cells": cells[:1]}]}
    path = write(tmp_path / "work.ipynb", json.dumps(document))
    assert read_submission(path).files[0].cells == ("x = 1", "x = 1")


@pytest.mark.parametrize("source", [3, None, ["a", 1], {"a": 1}, "\0", "\ud800"])
def test_malformed_cell_keeps_the_numbers_of_the_others(tmp_path: Path, source: object) -> None:
    read = read_submission(write(tmp_path / "work.ipynb", notebook("a = 1", source, "b = 2")))
    assert read.files[0].cells == ("a = 1", "", "b = 2")
    (problem,) = read.problems
    assert problem.startswith("cell 2 of work.ipynb ")


@pytest.mark.parametrize(
    "content",
    ["", "x = 1", "[]", "null", "{}", '{"cells": 3}', '{"worksheets": [{}]}', "[" * 100_000, '{"a":' * 99_999],
)
def test_json_that_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    assert "is not a notebook" in refusal(write(tmp_path / "work.ipynb", content))


def test_million_digits_cost_nothing(tmp_path: Path) -> None:
    content = notebook("x = 1").replace('"nbformat": 4', '"nbformat": ' + "4" * 10**6 + ', "e": 1e999, "n": NaN')
    assert read_submission(write(tmp_path / "work.ipynb", content)).files[0].cells == ("x = 1",)


def test_notebook_of_countless_values_is_refused(tmp_path: Path) -> None:
    content = '{"cells": [' + "{}," * 1_000_000 + "{}]}"
    assert "holds too many values" in refusal(write(tmp_path / "work.ipynb", content))


def test_notebook_of_countless_cells_is_refused(tmp_path: Path) -> None:
    content = '{"cells": [' + "0," * 20_000 + "0]}"
    assert "more than 10,000 code cells" in refusal(write(tmp_path / "work.ipynb", content))


def test_code_of_a_notebook_is_limited_as_a_file_is(tmp_path: Path) -> None:
    assert "more than 1 MiB of code" in refusal(write(tmp_path / "work.ipynb", notebook("#" * (2**20 + 1))))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass  # magic\nx = 1"),
        ("!pip install torch\nx = 1", "pass  # magic\nx = 1"),
        ("if x:\n    !ls 'it\n    y = 1", "if x:\n    pass  # magic\n    y = 1"),
        ("!ls \\\n  -l\nx = 1", "pass  # magic\n\nx = 1"),
        ("%%time\nx = 1", "pass  # magic\nx = 1"),
        ("\n%%capture out\nx = 1", "\npass  # magic\nx = 1"),
        ("%%bash\nls", ""),
        ("%%writefile notes.txt\nx = 1", ""),
        ("?print\nprint?\nnn.Conv2d??\nx = 1", "pass  # magic\n" * 3 + "x = 1"),
        ("files = !ls -l\nx = 1", "files = None\nx = 1"),
        ("a.b[0] = %who\nx = 1", "a.b[0] = None\nx = 1"),
        ("x = (7\n  % 3)\ny = 1", None),
        ("x = 7 \\\n  % 3", None),
        ('"""\n%matplotlib\n!ls\nwhat?\n"""\nx = 1', None),
        ("x = '''a\n''' '''\n!b'''", None),
        ("x = 'it\\'s (' # '''\ny = {\n%s\n}", None),
        ("print('a = %s' % 1)\nx != 2\nx %= 3", None),
        ("x = [1,  # (\n  2]\n", None),
        ("x = '\n%time\ny = 1", "x = '\npass  # magic\ny = 1"),
        ("def f(x):\n    # really?\n    return x\n", None),
    ],
)
def test_magics_go_and_lines_stay(tmp_path: Path, source: str, expected: str | None) -> None:
    assert cell(tmp_path, source) == (source if expected is None else expected)


def test_magics_of_a_hostile_cell_take_linear_time(tmp_path: Path) -> None:
    for piece in " ", "\\", "'", "'''\\", "(", "a", "?", "%\\\n", "x =", "\n":
        source = piece * (2**19 // len(piece))
        assert cell(tmp_path, source).count("\n") == source.count("\n")


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


@FUZZING
@given(text=st.text(alphabet="%!?='\"\\#()[]\n\r\t ax."))
def test_any_cell_keeps_its_lines(tmp_path: Path, text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.lstrip().startswith("%%"):
        assert cell(tmp_path, text).count("\n") == plain.count("\n")


@FUZZING
@given(lines=st.lists(st.sampled_from(["x = (1,", "2)", "'''", "a % b", "f'{x}'", "# it's", "x = '''", "y", "z \\"])))
def test_python_without_magics_stays_as_it_is(tmp_path: Path, lines: list[str]) -> None:
    source = "\n".join(lines)
    try:
        ast.parse(source)
    except SyntaxError:
        return
    assert cell(tmp_path, source) == source


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
