"""`comments.csv`: what a person writes to students reaches their pages and the files for other systems."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support.commands import SEED
from tests.support.course import SOLUTIONS
from tests.support.gradebooks import rows, run, said

COMMENTS = """student;exercise;comment
ada;conv_output_size;"Nice,
and short"
bob@uni.example;;<b>See me</b> on Monday
zoe;conv_output_size;Please hand in
"""


@pytest.fixture(scope="module")
def course(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with results of a class of two, and one who has handed in nothing."""
    folder = shutil.copytree(small_course, tmp_path_factory.mktemp("comments") / "a course")
    for name in ("ada", "bob"):
        (folder / "class" / name).mkdir(parents=True)
        shutil.copy(SOLUTIONS / "output_size.py", folder / "class" / name)
    (folder / "class.csv").write_text("id,mail\nada,ada@uni.example\nbob,bob@uni.example\nzoe,\n", encoding="utf-8")
    (folder / "my comments.csv").write_text(COMMENTS, encoding="utf-8")
    forms = ("--format", "feedback", "--format", "gradescope", "--format", "moodle")
    arguments = ("-o", "res", "--roster", "class.csv", "--comments", "my comments.csv", *forms)
    run(folder, "batch", "exercise3", *SEED, "class", *arguments)
    return folder


def test_comments_stand_on_pages_and_in_files_for_others(course: Path) -> None:
    for page in ("report/students", "feedback"):
        ada, bob = ((course / "res" / page / f"{name}.html").read_text(encoding="utf-8") for name in ("ada", "bob"))
        assert '<p class="hint lines"><b>Comment</b> Nice,\nand short</p>' in ada
        assert '<p class="hint lines">&lt;b&gt;See me&lt;/b&gt; on Monday</p>' in bob
        assert "See me" not in ada
    zoe = (course / "res/report/students/zoe.html").read_text(encoding="utf-8")
    assert '<p class="hint lines"><code>conv_output_size</code> Please hand in</p>' in zoe
    table = rows(course / "res")
    assert table["ada"]["comments"] == "conv_output_size: Nice, and short"
    assert rows(course / "res", "moodle.csv", "ID number")["bob"]["Feedback comments"].startswith("<b>See me</b> on Mo")
    gradescope = json.loads((course / "res/gradescope/ada.json").read_text(encoding="utf-8"))
    assert gradescope["output"].startswith("conv_output_size: Nice,\nand short")


def test_comments_of_the_results_are_read_again(course: Path) -> None:
    (course / "res/comments.csv").write_text("student,comment\nada,Another one\n", encoding="utf-8")
    run(course, "export", "res", "--format", "csv")
    assert [row["comments"] for row in rows(course / "res").values()] == ["Another one", "", ""]
    run(course, "export", "res", "--format", "csv", "--comments", "my comments.csv")
    assert rows(course / "res")["bob"]["comments"] == "<b>See me</b> on Monday"
    assert (course / "res/comments.csv").read_bytes() == (course / "my comments.csv").read_bytes()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("student,comment\nadda,x\n", "line 2: there is no student 'adda'; did you mean ada?"),
        (
            "student,comment,exercise\nada,x,conv_output_siz\n",
            "line 2: there is no exercise 'conv_output_siz'; did you",
        ),
        ("student,comment\nada,\n", "line 2: a comment needs a student and a text"),
        ("ada,conv,x\n", "line 1: the first line must name the columns: student,exercise,comment"),
        (None, "wrong.csv does not exist"),
    ],
)
@pytest.mark.parametrize("command", ["batch", "export"])
def test_comment_that_cannot_be_meant_is_refused_with_its_line(
    course: Path, command: str, text: str | None, reason: str
) -> None:
    before = (course / "res/comments.csv").read_bytes()
    (course / "wrong.csv").unlink(missing_ok=True)
    if text is not None:
        (course / "wrong.csv").write_text(text, encoding="utf-8")
    words = (
        ("batch", "exercise3", *SEED, "class", "-o", "res")
        if command == "batch"
        else ("export", "res", "--format", "csv")
    )
    assert reason in said(run(course, *words, "--comments", "wrong.csv", status=2))
    assert (course / "res/comments.csv").read_bytes() == before
