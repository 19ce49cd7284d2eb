"""`grade batch --explain` looks for the places of mistakes when all grades are stored, and changes no score."""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import run_grade
from tests.support.mistaken import REFUSING

RIGHT = REFUSING.replace("if stride > kernel_size:", "if stride < 1:")


@pytest.fixture
def subs(tmp_path: Path) -> Path:
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "ada.py").write_text(REFUSING, encoding="utf-8")
    (folder / "bob.py").write_text(RIGHT, encoding="utf-8")
    return folder


def run(course: Path, subs: Path, results: Path, *more: str) -> str:
    done = run_grade(course, "batch", "exercise3", subs, "-o", results, "--seed", "0", *more)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def stored(results: Path, key: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((results / f"students/{key}.json").read_text(encoding="utf-8"))
    return content


def repairs(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    exercises = (one for section in result["grade"]["sections"] for one in section["exercises"])
    return {one["name"]: one["repair"] for one in exercises if one["repair"]}


def test_places_are_found_after_the_grades(small_course: Path, subs: Path, tmp_path: Path) -> None:
    results = tmp_path / "res"
    run(small_course, subs, results)
    before = stored(results, "ada")
    assert repairs(before) == {}
    assert "Looked for mistakes in 1 submission: 1 place found." in run(small_course, subs, results, "--explain")
    after = stored(results, "ada")
    (repair,) = repairs(after).values()
    assert (repair["line"], repair["code"].strip()) == (5, "if stride > kernel_size:")
    assert after["grade"]["earned"] == before["grade"]["earned"]
    assert repairs(stored(results, "bob")) == {}
    page = (results / "report/students/ada.html").read_text(encoding="utf-8")
    assert "line 5: with one small change here" in page


def test_nothing_is_searched_twice(small_course: Path, subs: Path, tmp_path: Path) -> None:
    results = tmp_path / "res"
    run(small_course, subs, results, "--explain")
    assert "There is no submission in which" in run(small_course, subs, results, "--explain")
    assert set(repairs(stored(results, "ada"))) == {"conv_output_size"}
    (subs / "ada.py").write_text(REFUSING.replace("too large", "larger"), encoding="utf-8")
    assert "in 1 submission:" in run(small_course, subs, results, "--explain")


def test_whole_change_is_for_instructors_alone(small_course: Path, subs: Path, tmp_path: Path) -> None:
    results, release, course = (tmp_path / name for name in ("res", "release", "course"))
    shutil.copytree(small_course, course)
    run(course, subs, results, "--explain")
    (repair,) = repairs(stored(results, "ada")).values()
    lines = repair["diff"].split("\n")
    assert "-    if stride > kernel_size:" in lines
    (added,) = (line[1:].strip() for line in lines if line.startswith("+"))
    page, of_student = (
        html.unescape((results / f"report/{name}.html").read_text(encoding="utf-8"))
        for name in ("index", "students/ada")
    )
    assert "One or two edits from right" in page
    assert f"+    {added}" in page
    assert added not in of_student
    for command in ("stubs", "exercise3"), ("release", "exercise3", release):
        done = run_grade(course, *command)
        assert done.returncode == 0, done.stderr
    for folder in course, release:  # with the reference, and with the sealed exam
        to_files = ("--json", tmp_path / "grade.json", "--html", tmp_path / "grade.html")
        done = run_grade(folder, "exercise3", subs / "ada.py", "--explain-seconds", "60", *to_files)
        written = [(tmp_path / f"grade.{kind}").read_text(encoding="utf-8") for kind in ("json", "html")]
        for text in (done.stdout, *written):
            assert "if stride > kernel_size:" in html.unescape(text)
            assert added not in html.unescape(text)
            assert "diff" not in text.replace("different", "").replace("differ", "")
