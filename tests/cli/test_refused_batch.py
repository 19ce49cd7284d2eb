"""A batch that is refused names all that is wrong at once, and changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.commands import SEED
from tests.support.course import SOLUTIONS
from tests.support.gradebooks import run, said

BATCH = ("batch", "exercise3", *SEED, "class", "-o", "res")
OVERRIDES = """student,exercise,points,reason
adda,,3,a reason
ada,conv_output_siz,3,a reason
ada,,3,a reason
ada,,many,a reason
"""
POLICY = """[exercise3]
deadline = "tomorrow"
grace = "15 minuts"
uploads = "first"
out_of = 0
floor = "20 % of maximum"
latest = "7 days"

[exercise3.deadlines]
ada = "soon"
"""


@pytest.fixture
def course(small_course: Path, tmp_path: Path) -> Path:
    """A course with the results of one student."""
    folder = shutil.copytree(small_course, tmp_path / "a course")
    (folder / "class/ada").mkdir(parents=True)
    shutil.copy(SOLUTIONS / "output_size.py", folder / "class/ada")
    (folder / "class.csv").write_text("id,mail\nada,ada@uni.example\n", encoding="utf-8")
    run(folder, *BATCH)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_that_is_wrong_is_named_with_its_line(course: Path) -> None:
    (course / "res/overrides.csv").write_text(OVERRIDES, encoding="utf-8")
    (course / "comments.csv").write_text("student,comment\nada,fine\neve,fine\nada,\n", encoding="utf-8")
    (course / "course.toml").write_text("[exercise3]\nweights = { a = 1, b = 2 }\n", encoding="utf-8")
    done = run(course, *BATCH, "--comments", "comments.csv", status=2)
    found = [line.rpartition("/")[2].partition(":")[0] for line in done.stderr.splitlines() if ", line " in line]
    assert found == [
        *(f"overrides.csv, line {number}" for number in (2, 3, 5)),
        *(f"comments.csv, line {number}" for number in (3, 4)),
        *("course.toml, line 2",) * 3,
    ]


def test_wrong_lines_of_the_policy_cause_no_others(course: Path) -> None:
    (course / "course.toml").write_text(POLICY, encoding="utf-8")
    (course / "twice.csv").write_text("id,mail\nada,a@x\nADA,b@x\nbob,a@x\n", encoding="utf-8")
    done = run(course, *BATCH, "--roster", "twice.csv", status=2)
    lines = done.stderr.splitlines()
    assert [line.partition(", line ")[2].partition(" ")[0] for line in lines if "course.toml" in line] == [
        *("2:", "3:", "4:", "5:", "6:", "10:")
    ]
    assert [line.rpartition(", in ")[2] for line in lines if "twice.csv" in line] == [
        "lines 2 and 3.",
        "lines 2 and 3.",
        "lines 2 and 4.",
    ]


def test_refused_run_changes_nothing(course: Path) -> None:
    with (course / "res/students/ada.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with (course / "reference/exercise3/output_size/__init__.py").open("a", encoding="utf-8") as file:
        file.write("\n# corrected\n")
    (course / "res/overrides.csv").write_text(OVERRIDES, encoding="utf-8")
    (course / "fine.csv").write_text("student,comment\nada,fine\n", encoding="utf-8")
    (course / "course.toml").write_text("[exercise3]\nout_of = 10\n", encoding="utf-8")
    before = contents(course / "res")
    more = ("--regrade", "--roster", "class.csv", "--comments", "fine.csv")
    done = run(course, *BATCH, *more, status=2)
    assert contents(course / "res") == before
    assert "This run takes them" not in said(done)
    (course / "res/overrides.csv").write_text("student,exercise,points,reason\n", encoding="utf-8")
    done = run(course, *BATCH, *more)
    assert "by something else: students/ada.json. This run takes them as they are." in said(done)
    changed = {name for name, data in contents(course / "res").items() if data != before.get(name)}
    assert changed >= {"batch.exam", "batch.json", "roster.json", "comments.csv", "course.toml"}
