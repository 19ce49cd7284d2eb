"""`grade verify` finds every file of the record that has changed since `grade batch` ended."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from autograder.classroom import ResultsError
from autograder.classroom.manifest import Differences, compare_with_manifest, read_manifest
from tests.support.commands import SEED, grade_command, run_grade
from tests.support.course import HALF_RIGHT, SOLUTIONS


@pytest.fixture(scope="module")
def subs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("submissions")
    for name, source in (("ada", SOLUTIONS), ("bob", HALF_RIGHT)):
        (folder / name).mkdir()
        shutil.copy(source / "output_size.py", folder / name)
    return folder


@pytest.fixture(scope="module")
def graded_once(small_course: Path, subs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = tmp_path_factory.mktemp("graded") / "results"
    done = run_grade(small_course, "batch", "exercise3", subs, "-o", results, *SEED)
    assert done.returncode == 0, done.stderr
    return results


@pytest.fixture
def results(graded_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(graded_once, tmp_path / "results")


def verify(results: Path, status: int) -> str:
    done = run_grade(results.parent, "verify", results)
    assert (done.returncode, done.stderr if status != 2 else "") == (status, "")
    return " ".join((done.stdout + done.stderr).split())


def test_results_are_as_the_batch_left_them(results: Path) -> None:
    output = verify(results, 0)
    assert re.match(r"All 11 files in .* are as they were when grade batch ended on \d{4}-", output)
    assert re.search(r"Fingerprint: [0-9a-f]{64}$", output)


def test_one_changed_byte_is_found(results: Path) -> None:
    manifest = read_manifest(results)
    assert manifest is not None
    assert len(manifest.files) == 11
    for name in manifest.files:
        data = (results / name).read_bytes()
        (results / name).write_bytes(bytes((data[0] ^ 1, *data[1:])))
        assert compare_with_manifest(results, manifest) == Differences((name,), (), ())
        (results / name).write_bytes(data)
    assert not compare_with_manifest(results, manifest)


def test_changed_files_are_listed(results: Path) -> None:
    for name in ("students/ada.json", "overrides.csv", "gradebook.csv"):
        (results / name).write_text("", encoding="utf-8")
    output = verify(results, 1)
    assert "changed students/ada.json 3 files" in output
    assert "changed overrides.csv (you may edit this; grade batch and grade export read it)" in output
    assert "changed gradebook.csv (grade export writes this too)" in output
    assert re.search(r"3 files in \S+ are not as when grade batch ended", output)


def test_missing_and_added_files_are_found(results: Path) -> None:
    (results / "sources/ada.json").unlink()
    (results / "students/carl.json").write_text("{}", encoding="utf-8")
    output = verify(results, 1)
    assert "missing sources/ada.json" in output
    assert "added students/carl.json" in output
    assert re.search(r"2 files in \S+ are not as when grade batch ended", output)


def test_fingerprint_shows_a_manifest_that_was_written_again(results: Path) -> None:
    before = verify(results, 0)
    path = results / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    del fields["files"]["output/ada.json"]
    (results / "output/ada.json").unlink()
    path.write_text(json.dumps(fields), encoding="utf-8")
    assert verify(results, 0).rpartition(" ")[2] != before.rpartition(" ")[2]


def test_reports_and_other_files_are_no_part_of_the_record(results: Path) -> None:
    shutil.rmtree(results / "report")
    (results / "my notes.txt").touch()
    verify(results, 0)


@pytest.mark.parametrize("text", ["", "[]", '{"schema": 1}', '{"schema": 1, "files": 3}', "[" * 100_000])
def test_damaged_manifest_is_refused(results: Path, text: str) -> None:
    (results / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"manifest.json is no manifest"):
        read_manifest(results)


def test_results_without_a_manifest_say_what_to_do(results: Path) -> None:
    (results / "manifest.json").unlink()
    assert "has no manifest.json" in verify(results, 2)
    (results / "manifest.json").write_text("[]", encoding="utf-8")
    assert "is no manifest: it was changed or is damaged" in verify(results, 2)
    assert "holds no results of grade batch" in verify(results / "sources", 2)


def test_next_batch_names_what_was_changed_and_writes_a_new_manifest(
    small_course: Path, subs: Path, results: Path
) -> None:
    text = (results / "students/ada.json").read_text(encoding="utf-8")
    (results / "students/ada.json").write_text(text.replace('"earned": 5', '"earned": 4'), encoding="utf-8")
    with (results / "overrides.csv").open("a", encoding="utf-8") as file:
        file.write("ada,,3,a reason\n")
    done = run_grade(small_course, "batch", "exercise3", *SEED, subs, "-o", results)
    assert "since the last grade batch, by something else: students/ada.json. This run" in done.stderr
    verify(results, 0)
    assert "by something else" not in run_grade(small_course, "batch", "exercise3", *SEED, subs, "-o", results).stderr


def test_refused_batch_confirms_no_change_of_others(small_course: Path, subs: Path, results: Path) -> None:
    before = (results / "manifest.json").read_bytes()
    text = (results / "students/ada.json").read_text(encoding="utf-8")
    (results / "students/ada.json").write_text(text.replace('"earned": 5', '"earned": 4'), encoding="utf-8")
    with (results / "overrides.csv").open("a", encoding="utf-8") as file:
        file.write("adda,,3,a reason\n")
    done = run_grade(small_course, "batch", "exercise3", *SEED, subs, "-o", results)
    assert "there is no student 'adda'" in done.stderr
    assert (results / "manifest.json").read_bytes() == before
    assert "changed students/ada.json" in verify(results, 1)


def test_dry_run_leaves_the_manifest_alone(small_course: Path, subs: Path, results: Path) -> None:
    before = (results / "manifest.json").read_bytes()
    assert (
        run_grade(small_course, "batch", "exercise3", *SEED, subs, "-o", results, "--regrade", "--dry-run").returncode
        == 0
    )
    assert (results / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(("number", "has_manifest"), [(signal.SIGINT, True), (signal.SIGKILL, False)])
def test_interrupted_batch_has_a_manifest_and_a_killed_one_has_none(
    small_course: Path, tmp_path: Path, number: signal.Signals, has_manifest: bool
) -> None:
    for name in "abcdefgh":
        (tmp_path / "subs" / name).mkdir(parents=True)
        shutil.copy(SOLUTIONS / "output_size.py", tmp_path / "subs" / name)
    results = tmp_path / "results"
    command = grade_command("batch", "exercise3", *SEED, tmp_path / "subs", "-o", results, "--jobs", 1)
    process = subprocess.Popen(
        command, cwd=small_course, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not list((results / "students").glob("[!.]*")):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(number)
    process.wait(timeout=30)
    assert (results / "manifest.json").exists() == has_manifest
    if has_manifest:
        verify(results, 0)
