"""`grade batch --dry-run` shows the points that the gradebook would have, and the class page those that changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.classroom import read_last_run
from tests.support.commands import SEED
from tests.support.course import HALF_RIGHT, SOLUTIONS
from tests.support.gradebooks import rows, run, said

POLICY = 'timezone = "UTC"\n\n[exercise3]\nout_of = 24\n'
BATCH = ("batch", "exercise3", *SEED, "class", "-o", "res")
DRY = (*BATCH, "--dry-run")


@pytest.fixture
def course(small_course: Path, tmp_path: Path) -> Path:
    """A course with results of a class of two."""
    folder = shutil.copytree(small_course, tmp_path / "a course")
    for name, work in (("ada", HALF_RIGHT), ("bob", SOLUTIONS)):
        (folder / "class" / name).mkdir(parents=True)
        shutil.copy(work / "output_size.py", folder / "class" / name)
    run(folder, *BATCH)
    return folder


def write_override(course: Path, line: str) -> None:
    (course / "res/overrides.csv").write_text(f"student,exercise,points,reason\n{line}\n", encoding="utf-8")


def test_override_that_was_added_is_shown(course: Path) -> None:
    write_override(course, "ada,conv_output_size,5,talked to her")
    done = run(course, *DRY)
    assert done.stdout.startswith("ada: 7.75 -> 9.5 (conv_output_size 3.25 -> 5): overrides.csv changed\n")
    assert "The points of 1 student would change; nothing was written." in done.stdout
    assert rows(course / "res")["ada"]["earned"] == "7.75"
    run(course, *BATCH)
    (change,) = read_last_run(course / "res").changes
    assert (change.before, change.after, change.why) == (7.75, 9.5, "overrides.csv changed")
    assert run(course, *DRY).stdout.startswith("The points of 0 students would change;")


def test_override_that_hides_what_the_grader_gives_is_named(course: Path) -> None:
    write_override(course, "ada,,11,talked to her")
    run(course, *BATCH)
    shutil.copy(SOLUTIONS / "output_size.py", course / "class/ada")
    hidden = "the submission changed; the grader gave 7.75 and gives 12, and overrides.csv counts"
    (line,) = (one for one in run(course, *DRY).stdout.splitlines() if one.startswith("ada: 11 -> 11"))
    assert line.endswith(hidden)
    run(course, *BATCH)
    (change,) = read_last_run(course / "res").changes
    assert (change.before, change.after, change.why) == (11.0, 11.0, hidden)


def test_final_points_are_shown(course: Path) -> None:
    (course / "course.toml").write_text(POLICY, encoding="utf-8")
    assert "ada: 7.75 -> 7.75, final none -> 15.5: another policy or time of hand-in\n" in run(course, *DRY).stdout
    assert "final" not in rows(course / "res")["ada"]
    run(course, *BATCH)
    assert rows(course / "res")["ada"]["final"] == "15.5"
    assert '<td class="right" data-value="15.5">15.5</td>' in (course / "res/report/index.html").read_text("utf-8")
    assert [(one.final_before, one.final_after) for one in read_last_run(course / "res").changes] == [
        (None, 15.5),
        (None, 24.0),
    ]


def test_first_dry_run_keeps_no_exam_and_says_so(course: Path) -> None:
    done = run(course, "batch", "exercise3", "class", "-o", "new", "--dry-run")
    assert "Preparing an exam for this dry run only. It may take a minute." in said(done)
    assert "ada: none -> 7.75: no points before\n" in done.stdout
    assert "The points of 0 students would change, and 2 students would get the first points; nothing" in done.stdout
    assert not (course / "new").exists()
