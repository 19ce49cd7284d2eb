"""A batch loses nothing, grades nothing twice, and gives the same grades however it is run."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.batch import LocalExecutor
from autograder.classroom.gradebook import Student
from autograder.classroom.intake import StudentFiles
from autograder.classroom.task import Task
from autograder.exam.subset import only
from autograder.model import Exam, Grade, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.commands import SEED, grade_command, run_grade
from tests.support.course import EXERCISES, HALF_RIGHT, ROOT, SOLUTIONS
from tests.support.results import results_without_times

NAMES = ("ada", "bob", "carl", "dora", "eve", "frank", "gina", "hugo")


@pytest.fixture
def subs(tmp_path: Path) -> Path:
    """Eight students: four right, four half right, and one whose folder is empty."""
    folder = tmp_path / "submissions of the class"
    for number, name in enumerate(NAMES):
        (folder / name).mkdir(parents=True)
        source = (SOLUTIONS if number % 2 else HALF_RIGHT) / "output_size.py"
        text = source.read_text(encoding="utf-8") + f"\nprint('I am {name}')\n"
        (folder / name / "output_size.py").write_text(text, encoding="utf-8")
    (folder / "nobody").mkdir()
    return folder


def batch(
    small_course: Path, *arguments: object, check: int | None = 0, secret: bool = False
) -> subprocess.CompletedProcess[str]:
    seed = () if secret or "--seed" in arguments else SEED
    done = run_grade(small_course, "batch", "exercise3", *arguments, *seed)
    assert check is None or done.returncode == check, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


def command(*arguments: object) -> list[str]:
    return grade_command("batch", "exercise3", *arguments, *(() if "--seed" in arguments else SEED))


def rows(folder: Path) -> dict[str, dict[str, str]]:
    text = (folder / "gradebook.csv").read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_gradebook_lists_everybody(small_course: Path, subs: Path, tmp_path: Path) -> None:
    done = batch(small_course, subs, "-o", tmp_path / "res", "--format", "junit")
    assert "9 students: 8 graded, 1 unreadable." in done.stdout
    assert "\nnobody holds no .py file and no notebook" in done.stderr
    found = rows(tmp_path / "res")
    assert {key: row["earned"] for key, row in found.items() if row["state"] == "graded"} == dict(
        zip(NAMES, ["7.75", "12"] * 4, strict=True)
    )
    assert found["nobody"]["state"] == "unreadable"
    assert (tmp_path / "res/report/index.html").is_file()
    assert (tmp_path / "res/junit.xml").is_file()
    result = json.loads((tmp_path / "res/students/bob.json").read_text(encoding="utf-8"))
    assert (result["grade"]["earned"], result["grade"]["output"]) == (12, {})
    assert json.loads((tmp_path / "res/output/bob.json").read_text(encoding="utf-8")) == {
        "output_size.py": "I am bob\n"
    }


def test_seed_is_secret_and_stays_the_same(small_course: Path, subs: Path, tmp_path: Path) -> None:
    seeds = []
    for name in ("one", "two"):
        batch(small_course, subs, "-o", tmp_path / name, secret=True)
        seeds.append(json.loads((tmp_path / name / "batch.json").read_text(encoding="utf-8"))["seed"])
    assert seeds[0] != seeds[1]
    done = batch(small_course, subs, "-o", tmp_path / "one", secret=True)
    assert "8 kept" in done.stdout


def test_number_of_jobs_changes_nothing(small_course: Path, subs: Path, tmp_path: Path) -> None:
    for jobs in (1, 8):
        batch(small_course, subs, "-o", tmp_path / str(jobs), "--seed", 5, "--jobs", jobs)
    assert results_without_times(tmp_path / "1") == results_without_times(tmp_path / "8")
    texts = [(tmp_path / str(jobs) / "gradebook.csv").read_text(encoding="utf-8") for jobs in (1, 8)]
    assert texts[0] == texts[1]


def test_killed_at_any_moment_it_goes_on_and_grades_nothing_twice(
    small_course: Path, subs: Path, tmp_path: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    batch(small_course, subs, "-o", tmp_path / "first", "--jobs", 1)  # the exam is in the cache from now on
    start = time.monotonic()
    batch(small_course, subs, "-o", whole, "--jobs", 1)
    length = time.monotonic() - start
    draw = random.Random(7)
    kept: dict[str, int] = {}
    for _ in range(12):
        process = subprocess.Popen(
            command(subs, "-o", killed, "--jobs", 1),
            cwd=small_course,
            env=os.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(draw.uniform(0.3 * length, 0.95 * length))
        process.kill()
        process.wait()
        written = {path.name: path.stat().st_mtime_ns for path in (killed / "students").glob("[!.]*")}
        assert {name: written.get(name) for name in kept} == kept
        kept = written
        assert all(json.loads((killed / "students" / name).read_text(encoding="utf-8")) for name in written)
    done = batch(small_course, subs, "-o", killed, "--jobs", 1)
    assert results_without_times(killed) == results_without_times(whole)
    after = {path.name: path.stat().st_mtime_ns for path in (killed / "students").iterdir()}
    assert {name: after[name] for name in kept} == kept
    graded = sum("nobody" not in name for name in kept)
    assert f"{graded} kept" in done.stdout or not graded
    assert (killed / "gradebook.csv").read_bytes() == (whole / "gradebook.csv").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_keeps_what_is_finished(
    small_course: Path, subs: Path, tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        command(subs, "-o", tmp_path / "res", "--jobs", 1),
        cwd=small_course,
        env=os.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    folder = tmp_path / "res/students"
    while not (folder.is_dir() and len(list(folder.glob("[!.]*"))) > 2):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(number)
    _, output = process.communicate(timeout=30)
    assert process.returncode == 130
    assert re.search(r"Interrupted with \d of 9 left. Run the same command again to continue", output)
    assert "kept" in batch(small_course, subs, "-o", tmp_path / "res").stdout


def test_second_interrupt_ends_at_once_without_a_traceback(small_course: Path, subs: Path, tmp_path: Path) -> None:
    (subs / "ada/output_size.py").write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    process = subprocess.Popen(
        command(subs, "-o", tmp_path / "res", "--jobs", 1),
        cwd=small_course,
        env=os.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "res/batch.json").exists():
        assert process.poll() is None
        time.sleep(0.02)
    assert process.stderr is not None
    process.send_signal(signal.SIGINT)
    while "Interrupted" not in (line := process.stderr.readline()):
        assert line or process.poll() is None
    for _ in range(20):  # it may have ended by itself before the second one
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    rest = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=30) == 130
    assert "Traceback" not in rest
    assert "Exception" not in rest


def test_only_changed_submissions_are_graded_again(small_course: Path, subs: Path, tmp_path: Path) -> None:
    res = tmp_path / "res"
    batch(small_course, subs, "-o", res)
    shutil.copy(SOLUTIONS / "output_size.py", subs / "ada")
    shutil.rmtree(subs / "hugo")
    dry = batch(small_course, subs, "-o", res, "--dry-run")
    assert "ada: 7.75 -> 12" in dry.stdout
    assert "the submission changed" in dry.stdout
    assert "The points of 1 student would change; nothing was written" in dry.stdout
    assert rows(res)["ada"]["earned"] == "7.75"
    done = batch(small_course, subs, "-o", res)
    assert "1 graded, 6 kept" in done.stdout
    assert rows(res)["ada"]["earned"] == "12"
    assert "hugo" not in rows(res)
    assert (res / "gone/hugo-students.json").is_file()


def test_overrides_survive_and_are_shown(small_course: Path, subs: Path, tmp_path: Path) -> None:
    res = tmp_path / "res"
    batch(small_course, subs, "-o", res)
    with (res / "overrides.csv").open("a", encoding="utf-8") as file:
        file.write("ada,conv_output_size,5,talked to her\nnobody,,3.5,handed in by mail\n")
    for extra in ((), ("--regrade", "--seed", 9)):
        batch(small_course, subs, "-o", res, *extra)
        found = rows(res)
        assert (found["ada"]["earned"], found["nobody"]["earned"]) == ("9.5", "3.5")
        assert "talked to her" in (res / "gradebook.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ada,,much,why", "line 2: the points are not a number"),
        ("ada,,nan,why", "line 2: the points must be a number of at least 0"),
        ("ada,,3,", "line 2: an override needs a student and a reason"),
        ("ada,conv,3,why", "line 2: there is no exercise 'conv'; did you mean conv_"),
        ("bob,,3,why\nadda,,3,why", "line 3: there is no student 'adda'; did you mean ada?"),
        ("ada,conv_output_size,5.5,why", "line 2: 5.5 points are more than the 5 of conv_output_size"),
        ("ada,,12.5,why", "line 2: 12.5 points are more than the 12 of all exercises"),
    ],
)
def test_override_that_cannot_be_meant_is_refused_before_work(
    small_course: Path, subs: Path, tmp_path: Path, line: str, reason: str
) -> None:
    (tmp_path / "res").mkdir()
    (tmp_path / "res/overrides.csv").write_text(f"student,exercise,points,reason\n{line}\n", encoding="utf-8")
    done = batch(small_course, subs, "-o", tmp_path / "res", check=2)
    assert reason in " ".join(done.stderr.split())
    assert list((tmp_path / "res/students").iterdir()) == []


def test_override_for_a_student_who_has_gone_blocks_nothing(small_course: Path, subs: Path, tmp_path: Path) -> None:
    res = tmp_path / "res"
    batch(small_course, subs, "-o", res)
    with (res / "overrides.csv").open("a", encoding="utf-8") as file:
        file.write("ada,,3,a reason\n")
    (subs / "ada").rename(tmp_path / "ada")
    for _ in range(2):  # the second time her result is among those that are gone
        done = batch(small_course, subs, "-o", res)
        assert done.returncode == 0, done.stderr
        assert "ada" not in rows(res)
    (tmp_path / "ada").rename(subs / "ada")
    batch(small_course, subs, "-o", res)
    assert rows(res)["ada"]["earned"] == "3"


def test_overrides_without_their_first_line_are_refused(small_course: Path, subs: Path, tmp_path: Path) -> None:
    batch(small_course, subs, "-o", tmp_path / "res")
    (tmp_path / "res/overrides.csv").write_text("ada,,3,why\n", encoding="utf-8")
    output = batch(small_course, subs, "-o", tmp_path / "res", check=2).stderr.replace("\n", " ")
    assert "line 1: the first line must name the columns: student,exercise,points,reason" in output
    (tmp_path / "res/overrides.csv").write_text("", encoding="utf-8")
    batch(small_course, subs, "-o", tmp_path / "res")


def test_work_of_one_student_is_not_taken_for_a_class(tmp_path: Path) -> None:
    own = shutil.copytree(EXERCISES, tmp_path / "ada")
    output = batch(ROOT, own, "-o", tmp_path / "res", check=2).stderr.replace("\n", " ")
    assert "looks like the work of one student, with batchnorm and data_pipeline in it" in output
    assert not (tmp_path / "res").exists()


def test_other_options_ask_for_a_regrade(small_course: Path, subs: Path, tmp_path: Path) -> None:
    batch(small_course, subs, "-o", tmp_path / "res")
    assert (
        "--regrade grades all again" in batch(small_course, subs, "-o", tmp_path / "res", "--seed", 2, check=2).stderr
    )
    done = batch(small_course, subs, "-o", tmp_path / "res", "--seed", 2, "--regrade", "--dry-run")
    assert "The points of 0 students would change" in done.stdout


def test_changed_reference_is_reported_and_used_on_request(small_course: Path, subs: Path, tmp_path: Path) -> None:
    own = shutil.copytree(small_course, tmp_path / "course")
    batch(own, subs, "-o", tmp_path / "res")
    with (own / "reference/exercise3/output_size.py").open("a", encoding="utf-8") as file:
        file.write("\n# corrected\n")
    done = batch(own, subs, "-o", tmp_path / "res")
    assert "has changed since" in done.stderr.replace("\n", " ")
    assert "8 kept" in done.stdout
    done = batch(own, subs, "-o", tmp_path / "res", "--regrade")
    assert "8 graded" in done.stdout
    assert "Kept" not in done.stderr
    again = batch(own, subs, "-o", tmp_path / "res", "--regrade")
    assert "8 kept" in again.stdout
    assert "Kept 8 grades: submission, exam and options are unchanged." in again.stderr


@pytest.mark.parametrize(
    ("where", "reason"), [("file", "cannot be written"), ("full of other things", "holds other files than results")]
)
def test_folder_of_results_that_will_not_do_is_refused_before_work(
    small_course: Path, subs: Path, tmp_path: Path, where: str, reason: str
) -> None:
    if where == "file":
        (tmp_path / where).touch()
    else:
        (tmp_path / where).mkdir()
        (tmp_path / where / "thesis.tex").touch()
    assert reason in batch(small_course, subs, "-o", tmp_path / where, check=2).stderr


def test_two_batches_in_one_folder_are_refused(small_course: Path, subs: Path, tmp_path: Path) -> None:
    (subs / "ada/output_size.py").write_text("import time\ntime.sleep(8)\n", encoding="utf-8")
    process = subprocess.Popen(
        command(subs, "-o", tmp_path / "res"),
        cwd=small_course,
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not (tmp_path / "res/batch.lock").exists():
        time.sleep(0.01)
    time.sleep(0.1)
    done = batch(small_course, subs, "-o", tmp_path / "res", check=None)
    process.wait()
    assert done.returncode == 2
    assert "Another grade batch is working in" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("none", "-o", "res"), "cannot be read"),
        ((".", "-o", "res", "--roster", "none.csv"), "none.csv cannot be read"),
    ],
)
def test_mistakes_are_one_sentence(small_course: Path, subs: Path, tmp_path: Path, arguments: Any, reason: str) -> None:
    paths = [tmp_path / one if one in ("none", "res", "none.csv", ".") else one for one in arguments]
    assert reason in batch(small_course, *paths, check=2).stderr
    assert not (tmp_path / "res").exists()


def test_results_inside_the_submissions_are_no_submission(small_course: Path, subs: Path) -> None:
    batch(small_course, subs, "-o", subs / "results")
    assert set(rows(subs / "results")) == {*NAMES, "nobody"}
    assert "8 kept" in batch(small_course, subs, "-o", subs / "results").stdout


def test_roster_is_remembered_until_another_is_named(small_course: Path, subs: Path, tmp_path: Path) -> None:
    res, roster = tmp_path / "res", tmp_path / "class.csv"
    roster.write_text("id,name,mail\nada,Ada Lovelace,a@b.c\nzoe,Zoe Late,z@b.c\n", encoding="utf-8")
    batch(small_course, subs, "-o", res, "--roster", roster)
    roster.unlink()
    (subs / "grades.xlsx").touch()
    done = batch(small_course, subs, "-o", res)
    assert "Roster: the 2 students of the last --roster" in " ".join(done.stderr.split())
    assert "No submissions: grades.xlsx (a spreadsheet)" in done.stderr
    found = rows(res)
    assert (found["ada"]["name"], found["ada"]["mail"], found["zoe"]["state"]) == ("Ada Lovelace", "a@b.c", "missing")
    assert (found["bob"]["problem"], "grades.xlsx" in found) == ("is not on the roster", False)
    roster.write_text("id,name\nada,Countess\n", encoding="utf-8")
    batch(small_course, subs, "-o", res, "--roster", roster)
    assert (rows(res)["ada"]["name"], "zoe" in rows(res)) == ("Countess", False)
    (res / "roster.json").write_text("[]", encoding="utf-8")
    output = batch(small_course, subs, "-o", res, check=2).stderr.replace("\n", " ")
    assert "roster.json cannot be read; delete it, and name the roster again with --roster." in output


def test_export_writes_other_forms_without_grading(small_course: Path, subs: Path, tmp_path: Path) -> None:
    batch(small_course, subs, "-o", tmp_path / "res")
    forms = ("--format", "moodle", "--format", "canvas")
    done = run_grade(small_course, "export", tmp_path / "res", "-o", tmp_path / "out", *forms)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["canvas.csv", "moodle.csv"]
    assert done.stderr == ""
    refused = run_grade(small_course, "export", subs, "--format", "csv")
    assert (refused.returncode, "holds no results of grade batch" in refused.stderr) == (2, True)


@pytest.fixture
def tasks() -> list[Task]:
    text = (SOLUTIONS / "output_size.py").read_text(encoding="utf-8")
    files = (SourceFile("output_size.py", (text,)),)
    return [Task(StudentFiles(Student(name)), Submission(name, files), name) for name in NAMES]


def test_dead_sandbox_is_made_anew_and_costs_nobody_points(
    exam: Callable[[int], Exam], tasks: list[Task], killer: Callable[[Sandbox], None]
) -> None:
    asked = only(exam(0), ["output_size"])
    with Sandbox() as sandbox:
        sandbox.proof()
        killer(sandbox)
        grades = [grade for _, grade in LocalExecutor(sandbox, Sandbox, jobs=2)(asked, tasks * 3)]
    assert [grade for grade in grades if isinstance(grade, str)] == []
    assert {grade.earned for grade in grades if isinstance(grade, Grade)} == {12}
    assert len(grades) == 3 * len(tasks)


@pytest.fixture
def killer() -> Iterator[Callable[[Sandbox], None]]:
    """Kills the zygote of a sandbox in the middle of its work."""
    timers = []

    def kill(sandbox: Sandbox) -> None:
        (zygote,) = sandbox._zygotes.values()
        timers.append(threading.Timer(0.5, zygote._process.kill))
        timers[-1].start()

    yield kill
    for timer in timers:
        timer.join()


def test_fault_of_ours_is_no_grade(
    exam: Callable[[int], Exam], tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in the judge")

    monkeypatch.setattr("autograder.classroom.batch.grade", broken)
    with Sandbox() as sandbox:
        executor = LocalExecutor(sandbox, Sandbox, jobs=1)
        results = [result for _, result in executor(only(exam(0), ["output_size"]), tasks[:2])]
    assert results == ["could not be graded: ZeroDivisionError: in the judge"] * 2


def test_similarity_needs_no_course(small_course: Path, subs: Path, tmp_path: Path) -> None:
    assert batch(small_course, subs, "-o", tmp_path / "res").returncode == 0
    done = run_grade(tmp_path, "similarity", tmp_path / "res")
    assert done.returncode == 0, done.stderr
    assert "no stubs found here" in done.stdout
