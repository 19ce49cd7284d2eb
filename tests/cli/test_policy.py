"""`course.toml` with `grade batch` and `grade export`: final points beside the earned ones, in every form."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.support.commands import SEED
from tests.support.course import HALF_RIGHT, SOLUTIONS
from tests.support.gradebooks import rows, run, said

ROSTER = """id,name,mail,handed_in
ada,Ada Lovelace,ada@uni.example,2026-11-30 23:00
bob,Bob Roe,bob@uni.example,2026-12-01 10:00
carl,Carl May,carl@uni.example,2026-12-01 10:00
zoe,Zoe Late,zoe@uni.example,
"""
POLICY = """timezone = "Europe/Berlin"

[exercise3]
deadline = "2026-11-30 23:59"
penalty = "10 % of maximum per day"
out_of = 20

[exercise3.deadlines]
"carl@uni.example" = "2026-12-02 23:59"
"""


@pytest.fixture
def course(small_course: Path, tmp_path: Path) -> Path:
    """A course of its own, with a class of three, a roster and a policy."""
    folder = shutil.copytree(small_course, tmp_path / "a course", dirs_exist_ok=True)
    for name in ("ada", "bob", "carl"):
        (folder / "class" / name).mkdir(parents=True)
        shutil.copy(SOLUTIONS / "output_size.py", folder / "class" / name)
    (folder / "class.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "course.toml").write_text(POLICY, encoding="utf-8")
    return folder


def test_final_points_stand_beside_the_earned_ones_in_every_form(course: Path) -> None:
    forms = [word for form in ("moodle", "canvas", "gradescope", "junit", "feedback") for word in ("--format", form)]
    done = run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--roster", "class.csv", *forms)
    assert f"Policy: {course / 'course.toml'}" in said(done)
    assert "Final points: median 20 of 20; 1 late." in done.stdout
    found = rows(course / "res")
    columns = ("earned", "points", "handed_in", "handed_in_from", "late", "penalty", "final", "out_of")
    assert [found["ada"][one] for one in columns] == ["12", "12", "2026-11-30 23:00 CET", "roster", "", "0", "20", "20"]
    assert [found["bob"][one] for one in columns[4:]] == ["10 h 1 min", "2", "18", "20"]
    assert (found["carl"]["final"], found["carl"]["late"], found["zoe"]["final"]) == ("20", "", "")
    reason = "handed in 10 h 1 min late (roster), 10 % of the maximum for 1 started day: 2 points less"
    assert found["bob"]["policy"] == f"scaled to 20; {reason}"
    moodle = rows(course / "res", "moodle.csv", "ID number")["bob"]
    assert (moodle["Grade"], moodle["Maximum grade"]) == ("18", "20")
    assert moodle["Feedback comments"].endswith(f"earned 12 of 12, final 18 of 20: scaled to 20; {reason}")
    canvas = rows(course / "res", "canvas.csv", "Student")
    assert (canvas["Points Possible"]["exercise3"], canvas["Bob Roe"]["exercise3"]) == ("20", "18")
    gradescope = json.loads((course / "res/gradescope/bob.json").read_text(encoding="utf-8"))
    assert (gradescope["score"], reason in gradescope["output"]) == (18, True)
    assert '<property name="final" value="18" />' in (course / "res/junit.xml").read_text(encoding="utf-8")
    for page in ("report/students/bob.html", "feedback/bob.html"):
        text = (course / "res" / page).read_text(encoding="utf-8")
        assert f"Final points: scaled to 20; {reason}." in text
        assert "<dt>Final</dt><dd>18 <small>of 20</small></dd>" in text
    assert reason in (course / "res/report/index.html").read_text(encoding="utf-8")


def test_changed_policy_grades_nothing_again(course: Path) -> None:
    run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--roster", "class.csv")
    before = (course / "res/students/bob.json").read_bytes()
    (course / "course.toml").write_text(POLICY.replace("10 %", "50 %"), encoding="utf-8")
    assert "3 kept" in run(course, "batch", "exercise3", *SEED, "class", "-o", "res").stdout
    assert (rows(course / "res")["bob"]["final"], rows(course / "res")["bob"]["earned"]) == ("10", "12")
    assert (course / "res/students/bob.json").read_bytes() == before


def test_export_uses_the_policy_of_the_results_until_another_is_named(course: Path) -> None:
    run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--roster", "class.csv")
    (course / "course.toml").write_text(POLICY.replace("10 %", "50 %"), encoding="utf-8")
    done = run(course, "export", "res", "--format", "csv")
    assert "These are final points of course.toml, out of 20." in said(done)
    assert f"{course / 'course.toml'} is not the one in res, which is used; --course" in said(done)
    assert rows(course / "res")["bob"]["final"] == "18"
    done = run(course, "export", "res", "--format", "csv", "--course", "course.toml")
    assert ("is not the one" in said(done), rows(course / "res")["bob"]["final"]) == (False, "10")
    run(course, "export", "res", "--format", "moodle")
    assert rows(course / "res", "moodle.csv", "ID number")["bob"]["Grade"] == "10"
    changed = run(course, "verify", "res", status=1).stdout
    assert "changed  course.toml  (you may edit this; grade batch and grade export read it)" in changed


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("deadline =", "deadlne =", "course.toml, line 4: there is no 'deadlne'; did you mean deadline?"),
        ("carl@uni.example", "karl@uni.example", "line 9: there is no student 'karl@uni.example'; did you mean carl@"),
        ("out_of = 20", "weights = { sizes = 3 }", "line 6: there is no section 'sizes'; there are output_size"),
        ("[exercise3]", "[exercise33]", "line 3: there is no assignment 'exercise33'; did you mean exercise3?"),
        ("out_of = 20", "[exercise3.deadlines]\nada = 3", "line 7: ada: 3 is no time"),
        ("penalty =", "penalty =\n", "is not TOML: "),
    ],
)
def test_mistake_is_refused_before_anything_is_graded(course: Path, old: str, new: str, reason: str) -> None:
    text = POLICY.replace(old, new, 1)
    if "deadlines]\nada" in new:
        text = text[: text.index('\n[exercise3.deadlines]\n"carl')]
    (course / "course.toml").write_text(text, encoding="utf-8")
    done = run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--roster", "class.csv", status=2)
    assert reason in said(done)
    assert not list((course / "res").glob("students/*"))


def test_unknown_student_without_a_roster_is_named_and_blocks_nothing(course: Path) -> None:
    (course / "course.toml").write_text(POLICY.replace("carl@uni.example", "crl"), encoding="utf-8")
    done = run(course, "batch", "exercise3", *SEED, "class", "-o", "res")
    assert "line 9: there is no student 'crl'; did you mean carl? A --roster makes known who has handed" in said(done)
    assert rows(course / "res")["carl"]["final"] == "20"


def test_file_times_are_shown_and_count_only_on_request(course: Path) -> None:
    for name, time in (("ada", 1_780_000_000), ("bob", 1_796_200_000)):  # 28 May and 2 December 2026
        os.utime(course / "class" / name / "output_size.py", (time, time))
    done = run(course, "batch", "exercise3", *SEED, "class", "-o", "res")
    assert "Of 3 students (ada, bob, carl) only a file time is known. It is no proof, so there is no penalty;" in said(
        done
    )
    bob = rows(course / "res")["bob"]
    assert (bob["handed_in"], bob["handed_in_from"], bob["late"], bob["final"]) == (
        "2026-12-02 09:26 CET",
        "file time",
        "",
        "20",
    )
    (course / "course.toml").write_text(f"file_times = true\n{POLICY}", encoding="utf-8")
    run(course, "batch", "exercise3", *SEED, "class", "-o", "res")
    bob = rows(course / "res")["bob"]
    assert (bob["late"], bob["penalty"], bob["final"]) == ("1 d 9 h", "4", "16")
    os.utime(course / "class/bob/output_size.py", (1_800_000_000, 1_800_000_000))  # a copy of the same work
    run(course, "batch", "exercise3", *SEED, "class", "-o", "res")
    assert rows(course / "res")["bob"]["final"] == "16"


def test_late_file_of_canvas_needs_a_look(course: Path) -> None:
    (course / "canvas").mkdir()
    for name in ("lovelaceada_LATE_12_345_output_size.py", "roebob_13_346_output_size.py"):
        shutil.copy(SOLUTIONS / "output_size.py", course / "canvas" / name)
    done = run(course, "batch", "exercise3", *SEED, "canvas", "-o", "res")
    assert "1 grade needs a look:" in done.stdout
    ada = rows(course / "res")["lovelaceada_12"]
    assert (ada["final"], ada["late"], ada["handed_in_from"]) == ("20", "", "Canvas")
    assert "no penalty, because Canvas names no time" in ada["problem"]
    done = run(course, "export", "res", "--format", "canvas")
    assert "Without a penalty, because the time of hand-in is unknown: 1 student (lovelaceada_12)." in said(done)


def test_batch_without_the_file_keeps_that_of_the_results(course: Path) -> None:
    run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--roster", "class.csv")
    (course / "course.toml").unlink()
    assert "Policy: res/course.toml" in said(run(course, "batch", "exercise3", *SEED, "class", "-o", "res"))
    assert rows(course / "res")["bob"]["final"] == "18"


def test_file_without_the_assignment_computes_nothing(course: Path) -> None:
    (course / "my course.toml").write_text('timezone = "UTC"\n', encoding="utf-8")
    done = run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--course", "my course.toml")
    assert "Policy: my course.toml, which has no table [exercise3]: final points are not computed" in said(done)
    assert "final" not in rows(course / "res")["ada"]
    done = run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--course", "nowhere.toml", status=2)
    assert "nowhere.toml cannot be read: No such file or directory." in said(done)


def test_dry_run_writes_no_policy(course: Path) -> None:
    run(course, "batch", "exercise3", *SEED, "class", "-o", "res", "--dry-run")
    assert not (course / "res").exists()


def test_best_of_several_uploads_counts_on_request(course: Path) -> None:
    (course / "canvas").mkdir()
    right = (SOLUTIONS / "output_size.py").read_text(encoding="utf-8")
    half = (HALF_RIGHT / "output_size.py").read_text(encoding="utf-8")
    for name, text in (
        *(("adaada_12_345_output_size.py", right), ("adaada_LATE_12_400_output_size-1.py", half)),
        *(("bobbob_13_346_output_size.py", half), ("bobbob_13_401_output_size-1.py", right)),
        ("carlmay_14_347_output_size.py", half),
    ):
        (course / "canvas" / name).write_text(text, encoding="utf-8")
    last = POLICY.partition("out_of")[0]
    (course / "course.toml").write_text(last, encoding="utf-8")
    words = ("batch", "exercise3", *SEED, "canvas", "-o", "res")
    run(course, *words)
    assert [row["earned"] for row in rows(course / "res").values()] == ["7.75", "12", "7.75"]
    assert "adaada_12_345_output_size.py is older and not graded" in rows(course / "res")["adaada_12"]["problem"]
    (course / "course.toml").write_text(f'{last}uploads = "best"\n', encoding="utf-8")
    assert "2 graded, 1 kept" in run(course, *words).stdout
    found = rows(course / "res")
    assert [row["earned"] for row in found.values()] == ["12", "12", "7.75"]
    sentence = "2 uploads with 12 and 7.75 points; the best counts, number 1"
    assert (found["adaada_12"]["problem"], found["adaada_12"]["handed_in_from"]) == (sentence, "file time")
    page = (course / "res/report/students/adaada_12.html").read_text(encoding="utf-8")
    assert (
        '<li>12 points, 12 of 12 final: output_size.py <span class="tag">counts</span></li>\n<li>7.75 points, 7.75 of'
        in page
    )
    stored = json.loads((course / "res/students/adaada_12.json").read_text(encoding="utf-8"))
    assert [(list(one["files"]), one["earned"]) for one in stored["uploads"]] == [
        (["output_size.py"], 12.0),
        (["output_size.py"], 7.75),
    ]
    assert "3 kept" in run(course, *words).stdout
    (course / "canvas/adaada_12_500_output_size-2.py").write_text(half + "\n", encoding="utf-8")
    assert "1 graded, 2 kept" in run(course, *words).stdout
    assert rows(course / "res")["adaada_12"]["problem"].startswith("3 uploads with 12, 7.75 and 7.75 points")
    assert run(course, "replay", "res", "adaada_12").stdout.count("have the same verdict") == 1
    (course / "course.toml").write_text(last, encoding="utf-8")
    run(course, *words)
    assert rows(course / "res")["adaada_12"]["earned"] == "7.75"


def test_two_downloads_from_moodle_are_refused_unless_the_best_counts(course: Path) -> None:
    for name, source in (
        ("Ada_12_assignsubmission_file_", SOLUTIONS),
        ("Ada_12_assignsubmission_file_ (1)", HALF_RIGHT),
    ):
        (course / "moodle" / name).mkdir(parents=True)
        shutil.copy(source / "output_size.py", course / "moodle" / name)
    run(course, "batch", "exercise3", *SEED, "moodle", "-o", "res")
    assert rows(course / "res")["Ada_12"]["state"] == "refused"
    text = POLICY.replace("[exercise3]\n", '[exercise3]\nuploads = "best"\n').partition("[exercise3.deadlines]")[0]
    (course / "course.toml").write_text(text, encoding="utf-8")
    run(course, "batch", "exercise3", *SEED, "moodle", "-o", "res")
    assert [rows(course / "res")["Ada_12"][one] for one in ("state", "earned", "final")] == ["graded", "12", "20"]
