"""The command `grade`: exit statuses, sentences for mistakes, JSON, and that nothing of it stays behind."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.cli.door import command as grade_options
from tests.support.commands import grade_command, run_grade
from tests.support.course import HALF_RIGHT, ROOT


def command(*arguments: str | Path) -> list[str]:
    return grade_command("exercise3", *arguments)


def grade(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    variables = {**os.environ, **environment}
    return subprocess.run(command(*arguments), capture_output=True, cwd=ROOT, env=variables, check=False, timeout=120)


def refused(*arguments: str | Path) -> str:
    """What the command says about a mistake of the user's, who gets exit status 2."""
    result: Result = CliRunner().invoke(grade_options, list(map(str, arguments)))
    assert result.exit_code == 2
    return result.output


@pytest.fixture(autouse=True)
def _in_the_course(monkeypatch: pytest.MonkeyPatch, cached_exam: None) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def asked(
    tmp_path_factory: pytest.TempPathFactory, cached_exam: None
) -> tuple[subprocess.CompletedProcess[bytes], Any]:
    """A section and an exercise of half-right work in a path with spaces, on a terminal that knows ASCII only."""
    folder = tmp_path_factory.mktemp("hand in") / "my  work"
    folder.mkdir()
    for path in HALF_RIGHT.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    target = folder / "grade of mine.json"
    only = ("--only", "parameter_counting", "--only", "sobel_edges")
    done = grade(folder, *only, "--json", target, PYTHONIOENCODING="ascii")
    return done, json.loads(target.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def piped(cached_exam: None) -> subprocess.CompletedProcess[bytes]:
    """Half-right work with the grade as JSON on stdout, below the share that is asked for."""
    return grade(HALF_RIGHT, "--only", "output_size", "--json", "-", "--fail-under", "90")


def test_grading_ends_with_0(asked: tuple[subprocess.CompletedProcess[bytes], Any]) -> None:
    assert (asked[0].returncode, asked[0].stderr) == (0, b"")


def test_only_what_was_asked_for_is_graded(asked: tuple[subprocess.CompletedProcess[bytes], Any]) -> None:
    _, report = asked
    names = {section["name"]: [e["name"] for e in section["exercises"]] for section in report["sections"]}
    assert names == {
        "parameter_counting": ["conv2d_params", "linear_params", "count_parameters"],
        "manual_convolution": ["sobel_edges"],
    }
    assert (report["earned"], report["points"]) == (7.75, 13)


def test_output_fits_80_columns(asked: tuple[subprocess.CompletedProcess[bytes], Any]) -> None:
    lines = asked[0].stdout.decode("ascii").splitlines()
    assert max(len(line) for line in lines if "`grade " not in line) == 80  # a command is never broken


def test_report_for_ascii_names_misconceptions(asked: tuple[subprocess.CompletedProcess[bytes], Any]) -> None:
    lines = asked[0].stdout.decode("ascii").splitlines()
    assert "Parameter counting" + " " * 55 + "5.75/10" in lines
    assert "        linear_params(784, 10, bias=False): expected 7840, got 7850" in lines
    assert "        hint: The two gradients are the sides of a right-angled triangle, and" in lines


def test_json_has_the_documented_fields(asked: tuple[subprocess.CompletedProcess[bytes], Any]) -> None:
    _, report = asked
    assert report["schema"] == 1
    assert set(report) >= {"assignment", "student", "earned", "points", "extra", "seconds", "sections"}
    assert (report["assignment"], report["student"], report["extra"]) == ("exercise3", "my  work", 0)
    assert set(report["isolation"]) >= {"tier"}
    assert set(report["exam"]) == {"seed", "digest"}
    assert re.fullmatch("[0-9a-f]{64}", report["exam"]["digest"])
    assert set(report["versions"]) >= {"torch", "numpy", "torchgrade"}
    for section in report["sections"]:
        assert set(section) >= {"name", "earned", "points", "exercises"}
        for exercise in section["exercises"]:
            assert set(exercise) >= {"name", "earned", "points", "seconds", "checks"}
            for check in exercise["checks"]:
                assert set(check) >= {"name", "title", "verdict", "earned", "points", "feedback"}
                assert set(check) >= {"misconception", "hidden"}


def test_json_names_the_misconception(asked: tuple[subprocess.CompletedProcess[bytes], Any]) -> None:
    checks = asked[1]["sections"][1]["exercises"][0]["checks"]
    assert [(check["name"], check["verdict"], check["misconception"]) for check in checks] == [
        ("upright_edges", "passed", ""),
        ("level_edges", "passed", ""),
        ("slanted_edges", "failed", "absolute_gradients_added"),
        ("thin_results", "failed", "absolute_gradients_added"),
        ("image_stays_as_it_is", "passed", ""),
    ]


def test_json_is_alone_on_stdout(piped: subprocess.CompletedProcess[bytes]) -> None:
    assert json.loads(piped.stdout)["earned"] == 7.75
    assert "Output size" in piped.stderr.decode()


def test_share_below_the_limit_ends_with_1(piped: subprocess.CompletedProcess[bytes]) -> None:
    assert piped.returncode == 1


def test_unknown_assignment_suggests_the_nearest() -> None:
    assert "There is no assignment 'exercize4'" in refused("exercize4")
    assert "did you mean exercise4?" in refused("exercize4")


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("exercises/exercise3", "Did you mean `grade exercise3`?"),
        ("exercises/exercise3/unet.py", "Did you mean `grade exercise3 exercises/exercise3/unet.py`?"),
        ("exercise3/", "`grade list` shows the names."),
        ("exercises/exercise3/unett.py", "`grade list` shows the names."),
    ],
)
def test_path_in_the_place_of_an_assignment_is_recognised(path: str, advice: str) -> None:
    assert refused(path) == f"Error: {path!r} is a path; give the name of an assignment instead. {advice}\n"


def test_exercise_in_the_place_of_a_path_is_recognised() -> None:
    text = refused("exercise3", "conv2d_params")
    assert "`grade exercise3 --only conv2d_params` grades this exercise" in text


def test_watch_is_an_option_and_no_command() -> None:
    assert (
        refused("watch", "exercise3") == "Error: There is no command 'watch'. Did you mean `grade exercise3 --watch`?\n"
    )


def test_misspelt_command_gets_the_right_one() -> None:
    assert refused("hnt") == "Error: There is no command 'hnt'. Did you mean `grade hint`?\n"


def test_path_that_does_not_exist_suggests_the_nearest() -> None:
    text = refused("exercise3", "exercises/exercise3/unett.py")
    assert text == ("Error: exercises/exercise3/unett.py does not exist; did you mean exercises/exercise3/unet.py?\n")


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "empty holds no .py file and no notebook (.ipynb)" in refused("exercise3", tmp_path / "empty")


def test_unknown_name_suggests_the_nearest() -> None:
    text = refused("exercise3", HALF_RIGHT, "--only", "conv2d_manuel")
    assert "There is no exercise or section 'conv2d_manuel' in exercise3; did you mean conv2d_manual?" in text
    assert "did you mean UNet?" in refused("exercise3", HALF_RIGHT, "--only", "UNt")


@pytest.mark.parametrize(
    ("place", "reason"),
    [("missing/grade.json", "The folder {0}/missing does not exist."), ("", "{0} is a folder; --json needs the name")],
)
def test_unwritable_report_is_refused_before_grading(tmp_path: Path, place: str, reason: str) -> None:
    text = refused("exercise3", HALF_RIGHT, "--json", tmp_path / place)
    assert reason.format(tmp_path) in text


@pytest.mark.parametrize("percent", ["-1", "101", "many"])
def test_share_that_makes_no_sense_is_refused(percent: str) -> None:
    assert "--fail-under" in refused("exercise3", HALF_RIGHT, "--fail-under", percent)


def test_fault_of_the_course_ends_with_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reference/sheet1").mkdir(parents=True)
    (tmp_path / "reference/sheet1/__init__.py").write_text("sections = ('missing',)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["grade", "sheet1", str(HALF_RIGHT)])
    with pytest.raises(SystemExit, match=r"^3$"):
        main()
    assert capsys.readouterr().err.startswith("Error: The section 'missing' of sheet1 cannot be imported: ")


def test_help_does_not_import_torch() -> None:
    code = """
import sys
from autograder.cli import main
sys.argv = ["grade", "--help"]
try:
    main()
except SystemExit:
    pass
print("torch" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.endswith("\nFalse\n")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], set[int]]]:
    """A command that grades an endless loop, and the processes below it: the zygote and its child."""
    text = "def linear_params(in_features, out_features, bias=True):\n    while True:\n        pass\n"
    (tmp_path / "parameter_counting.py").write_text(text, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    process = subprocess.Popen(
        command(tmp_path / "parameter_counting.py", "--only", "linear_params"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
    )
    try:
        assert wait_until(lambda: len(descendants(process.pid)) >= 2)
        yield process, descendants(process.pid)
    finally:
        process.kill()
        process.communicate()


def test_interrupt_ends_with_130_and_leaves_nothing(
    running: tuple[subprocess.Popen[bytes], set[int]], tmp_path: Path
) -> None:
    process, started = running
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=9)
    assert (process.returncode, errors.strip()) == (130, b"Interrupted; nothing was written.")
    assert wait_until(lambda: not alive(started))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_kill_leaves_no_process(running: tuple[subprocess.Popen[bytes], set[int]]) -> None:
    process, started = running
    process.kill()
    process.wait()
    assert wait_until(lambda: not alive(started))


def wait_until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def descendants(pid: int) -> set[int]:
    """The processes below one, as /proc tells."""
    found: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            child = int(path.parent.name)
            found |= {child} | descendants(child)
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that still run; a zombie that nobody has waited for does not."""
    running = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        running |= {pid} if state not in "ZX" else set()
    return running


def test_doctor_gives_all_of_it_as_json(tmp_path: Path) -> None:
    done = run_grade(tmp_path, "doctor", "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == 1
    assert {"Python", "torch", "device", "cache"} <= {line["what"] for line in found["machine"]}
    isolation = found["isolation"]
    assert isolation["enough"] is (done.returncode == 0)
    assert {"tier", "reason", "proved", "remedy"} <= set(isolation)
    if isolation["tier"] == "full":
        assert all(one["holds"] for one in isolation["promises"])
        assert {one["tier"] for one in isolation["promises"]} == {"full", "landlock", "process"}


def test_doctor_needs_no_course(tmp_path: Path) -> None:
    done = run_grade(tmp_path, "doctor")
    assert done.returncode == 0, done.stderr
    assert "There is no course here" in done.stdout


def test_figures_of_nothing_say_why(cached_exam: None, tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text("def flatten_features(image_size, channels, num_pools):\n    return 1\n")
    arguments = "exercise3", tmp_path / "work.py", "--only", "flatten_features", "--figures", tmp_path / "drawn"
    done = run_grade(ROOT, *arguments)
    assert (done.returncode, done.stderr.partition(".")[0]) == (0, "Figures: none, because nothing was trained")
    assert not (tmp_path / "drawn").exists()


def test_place_of_a_mistake_is_shown_after_the_grade(cached_exam: None, tmp_path: Path) -> None:
    work = "def flatten_features(image_size, channels, num_pools):\n    side = image_size // 2**num_pools\n"
    (tmp_path / "work.py").write_text(f"{work}    return channels * side + side\n")
    arguments = "exercise3", tmp_path / "work.py", "--only", "flatten_features", "--html", tmp_path / "page.html"
    done = run_grade(ROOT, *arguments, "--explain-seconds", "60")
    assert done.returncode == 0, done.stderr
    after = done.stdout[done.stdout.index("Total") :]
    assert "flatten_features: work.py, line 3: with one small change here, all checks pass" in " ".join(after.split())
    assert "\n      return channels * side + side\n             ^^^^^^^^^^^^^^^^^^^^^^\n" in after
    page = (tmp_path / "page.html").read_text()
    assert "with one small change here, all checks pass" in page
    assert "return channels * side + side" in page


def test_full_disk_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def write_nothing(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/data/results")

    monkeypatch.setattr("autograder.classroom.read_gradebook", write_nothing)
    assert "The disk of /data/results is full. Make room" in refused("export", tmp_path, "--format", "csv")
