"""A watch in a real terminal: it grades what was saved, survives editors and users, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.cli.watch.keys import split_keys
from autograder.cli.watch.terminal import ENTER, LEAVE
from autograder.handout.student_progress import read_passed, write_passed
from autograder.submission import code_digests, read_submission
from tests.support.commands import run_grade
from tests.support.course import EXERCISES, ROOT, SOLUTIONS
from tests.support.mistaken import REFUSING
from tests.support.notebooks import notebook

FRAME = re.compile(r"\x1b\[H(.*?)\x1b\[K\x1b\[J", re.DOTALL)  # a terminal gives a frame in pieces
PATIENCE = 90  # seconds; no test waits that long unless it fails

pytestmark = pytest.mark.usefixtures("cached_exam")


class Terminal:
    """`grade exercise3 --watch` in a pseudo-terminal of its own."""

    def __init__(self, folder: Path, *arguments: str, rows: int = 40, columns: int = 100, **environment: str) -> None:
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKES_THE_TERMINAL, "exercise3", "--watch", *arguments],
            cwd=folder,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        self.written = b""

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    @property
    def screen(self) -> str:
        """What stands on the screen, without colours: the last frame that came whole, or what came after the watch."""
        _, left, text = self.written.decode("utf-8", "replace").rpartition(LEAVE)
        if not left or ENTER in text:
            text = next(reversed(FRAME.findall(text)), "")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;.*?\x1b\\", "", text).replace("\r", "")

    def shows(self, *texts: str) -> str:
        """The screen, as soon as all these texts stand on it."""
        end = time.monotonic() + PATIENCE
        while not all(text in self.screen for text in texts):
            left = end - time.monotonic()
            assert left > 0, f"{texts} did not come; there is\n{self.screen}"
            self.read(min(left, 1.0))
        return self.screen

    def loses(self, text: str) -> None:
        """Wait until this text is gone from the screen."""
        end = time.monotonic() + PATIENCE
        while text in self.screen:
            assert time.monotonic() < end, f"{text} stays:\n{self.screen}"
            self.read()

    def read(self, seconds: float = 1.0) -> bool:
        """Take what is written within so many seconds; whether anything was."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        self.written += os.read(self.master, 1 << 16)
        return True

    def ends(self) -> int:
        """The exit status, when it has ended."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it goes on:\n{self.screen}"
            self.read(0.1)
        while self.read(0.1):
            pass
        return self.process.returncode

    def close(self) -> None:
        for descriptor in self.master, self.slave:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.close()


TAKES_THE_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from autograder.cli import main
main()
"""
Start = Callable[..., Terminal]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hints and what passed are kept in a folder of the test's, and so are the sandbox's folders."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))


@pytest.fixture
def start() -> Iterator[Start]:
    """`start(folder, *arguments)`: a terminal; it is ended after the test."""
    started: list[Terminal] = []

    def run(folder: Path, *arguments: str, rows: int = 40, columns: int = 100, **environment: str) -> Terminal:
        started.append(Terminal(folder, *arguments, rows=rows, columns=columns, **environment))
        return started[-1]

    yield run
    for terminal in started:
        terminal.stop()


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the student's for the stub of one section."""
    folder = tmp_path_factory.mktemp("student") / "my work"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def running(work: Path, tmp_path_factory: pytest.TempPathFactory, cached_exam: None) -> Iterator[Terminal]:
    """A watch that goes on from test to test."""
    shutil.copy(EXERCISES / "output_size.py", work)
    state = str(tmp_path_factory.mktemp("state"))
    terminal = Terminal(ROOT, str(work), "--only", "output_size", XDG_STATE_HOME=state)
    yield terminal
    terminal.stop()


@pytest.fixture
def watched(running: Terminal, work: Path) -> Terminal:
    """The watch that goes on, with nothing started, at the first exercise."""
    running.resize(40, 100)
    running.shows("q quit")
    running.written = b""
    for path in work.iterdir():
        if path.name != "output_size.py":
            path.unlink()
    mark = f"save {time.monotonic()}"  # seen on the screen, it tells that no earlier save is still to be graded
    (work / "output_size.py").write_text(f"raise RuntimeError({mark!r})\n", encoding="utf-8")
    running.shows(mark)
    shutil.copy(EXERCISES / "output_size.py", work)
    names = "conv_output_size", "conv2d_output_shape", "conv_transpose_output_size"
    running.shows("   not started", "0/12 points", "graded at")
    place = next(place for place, name in enumerate(names) if f"{name}   not started" in running.screen)
    for name in [*names, names[0]][place + 1 :] if place else ():
        running.press("n")
        running.shows(f"{name}   not started")
    return running


@pytest.fixture
def ending(start: Start, work: Path) -> Terminal:
    """A watch of its own, for tests that end it."""
    shutil.copy(EXERCISES / "output_size.py", work)
    terminal = start(ROOT, str(work), "--only", "output_size")
    terminal.shows("not started", "graded at")
    return terminal


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course folder with the stubs of one section, so that what passes is remembered."""
    folder = tmp_path / "course"
    (folder / "exercises/exercise3").mkdir(parents=True)
    shutil.copy(EXERCISES / "output_size.py", folder / "exercises/exercise3")
    (folder / "reference").symlink_to(ROOT / "reference")
    (folder / "solutions").symlink_to(ROOT / "solutions")
    return folder


def returns(value: str, name: str = "conv_output_size") -> str:
    return f"\n\ndef {name}(input_size, kernel_size, stride=1, padding=0, dilation=1):\n    return {value}\n"


def test_save_shows_the_verdict(watched: Terminal, work: Path) -> None:
    path = work / "output_size.py"
    path.write_text(path.read_text(encoding="utf-8") + returns("1234"), encoding="utf-8")
    watched.shows("expected 24, got 1234", "graded at")
    path.write_text((SOLUTIONS / "output_size.py").read_text(encoding="utf-8"), encoding="utf-8")
    watched.shows("✓ conv_output_size", "5/5", "Complete.", "12/12 points, 3 of 3 exercises complete")


def test_parts_of_the_exam_are_made_beside_the_screen(start: Start, course: Path, tmp_path: Path) -> None:
    terminal = start(course, "--only", "conv_output_size", XDG_CACHE_HOME=str(tmp_path / "no exam yet"))
    terminal.shows("not started", "graded at")
    path = course / "exercises/exercise3/output_size.py"
    for value in "1234", "(input_size - kernel_size + 2 * padding) // stride + 1":  # the second one has a hint
        path.write_text(returns(value), encoding="utf-8")
        terminal.shows("expected ", "graded at", "✗")
    terminal.press("h")
    terminal.shows("dilation")


def test_exercise_that_was_worked_on_comes_to_the_front(watched: Terminal, work: Path) -> None:
    path = work / "output_size.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + returns("77", "conv_transpose_output_size"), encoding="utf-8")
    watched.shows("conv_transpose_output_size(", "got 77", "graded at")


def test_editor_may_rename_on_save(watched: Terminal, work: Path) -> None:
    for value in "1234", "4321":
        beside = work / "4913"
        beside.write_text(returns(value), encoding="utf-8")
        (work / "output_size.py").rename(work / "output_size.py~")
        beside.rename(work / "output_size.py")
        watched.shows(f"expected 24, got {value}", "graded at")


def test_syntax_error_is_shown_until_it_is_fixed(watched: Terminal, work: Path) -> None:
    (work / "output_size.py").write_text("def conv_output_size(:\n", encoding="utf-8")
    watched.shows("output_size.py, line 1: invalid syntax", "graded at")
    (work / "output_size.py").write_text(returns("1234"), encoding="utf-8")
    assert "invalid syntax" not in watched.shows("expected 24, got 1234", "graded at")


def test_half_written_file_is_graded_when_it_is_whole(watched: Terminal, work: Path) -> None:
    text = returns("1234")
    with (work / "output_size.py").open("w", encoding="utf-8") as file:
        for part in text[:20], text[20:60], text[60:]:
            file.write(part)
            file.flush()
            time.sleep(0.2)
    watched.shows("expected 24, got 1234", "graded at")


def test_endless_loop_is_left_for_the_next_save(watched: Terminal, work: Path) -> None:
    (work / "output_size.py").write_text(returns("[None for _ in iter(int, 1)]"), encoding="utf-8")
    watched.shows("grading conv_output_size")
    (work / "output_size.py").write_text(returns("1234"), encoding="utf-8")
    assert "did not finish" not in watched.shows("expected 24, got 1234", "graded at")
    assert b"did not finish" not in watched.written


def test_deleted_file_and_folder_are_waited_for(watched: Terminal, work: Path) -> None:
    (work / "other.py").write_text("")
    (work / "output_size.py").unlink()
    watched.shows("not in the files")
    shutil.rmtree(work)
    watched.shows("does not exist")
    work.mkdir()
    (work / "output_size.py").write_text(returns("1234"), encoding="utf-8")
    assert "does not exist" not in watched.shows("expected 24, got 1234", "graded at")
    shutil.move(work, work.with_name("aside"))
    watched.shows("does not exist")
    shutil.move(work.with_name("aside"), work)
    watched.loses("does not exist")


def test_notebook_that_cannot_be_read_keeps_its_verdicts(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()

    (folder / "work.ipynb").write_text(notebook(returns("1234")), encoding="utf-8")
    terminal = start(ROOT, str(folder), "--only", "conv_output_size")
    terminal.shows("got 1234", "graded at")
    (folder / "work.ipynb").write_text(notebook(returns("1"))[:60], encoding="utf-8")
    terminal.shows("work.ipynb", "is not a notebook", "got 1234")
    (folder / "work.ipynb").write_text(notebook(returns("4321")), encoding="utf-8")
    terminal.shows("got 4321", "graded at")


def test_single_file_is_watched_alone(start: Start, work: Path) -> None:
    shutil.copy(EXERCISES / "output_size.py", work)
    terminal = start(ROOT, str(work / "output_size.py"), "--only", "conv_output_size")
    terminal.shows("not started", "graded at")
    (work / "output_size.py").write_text(returns("1234"), encoding="utf-8")
    terminal.shows("got 1234", "graded at")


def test_place_of_a_mistake_is_looked_for_until_the_next_save(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "work.py"
    path.write_text(REFUSING, encoding="utf-8")
    terminal = start(ROOT, str(path), "--only", "conv_output_size", "--explain-seconds", "60")
    terminal.shows("line 5: with one small change here, all checks pass", "if stride > kernel_size:", "^^^^^^")
    path.write_text(REFUSING.replace("return last", "return 1234 + last"), encoding="utf-8")
    terminal.loses("with one small change here")
    path.write_text(REFUSING.replace("stride > kernel_size", "stride < 1"), encoding="utf-8")
    terminal.shows("Complete.")


def test_place_of_an_error_is_a_link(watched: Terminal, work: Path) -> None:
    path = work / "output_size.py"
    path.write_text(returns("input_sizes"), encoding="utf-8")
    watched.shows("at output_size.py, line 4", "graded at")
    assert f";{path.resolve().as_uri()}".encode() in watched.written


def test_keys_lead_through_the_exercises(watched: Terminal) -> None:
    watched.press("n")
    watched.shows("conv2d_output_shape   not started")
    watched.press("\x1b[C")
    watched.shows("conv_transpose_output_size   not started")
    watched.press("n")
    watched.shows("conv_output_size   not started")
    watched.press("p")
    watched.shows("conv_transpose_output_size   not started")
    watched.press("a")
    watched.shows("conv_output_size", "conv2d_output_shape", "›· conv_transpose_output_size")
    watched.press("a")
    watched.shows("conv_transpose_output_size   not started")


def test_hints_go_further_and_are_remembered(ending: Terminal, start: Start, work: Path) -> None:
    ending.press("h")
    ending.shows("Hint 1 of 3")
    ending.press("h")
    ending.shows("Hint 2 of 3")
    ending.press("q")
    assert ending.ends() == 0
    again = start(ROOT, str(work), "--only", "output_size")
    again.shows("graded at")
    again.press("h")
    again.shows("Hint 3 of 3")


def test_solution_is_shown_when_the_exercise_is_complete(start: Start, course: Path) -> None:
    terminal = start(course, "--only", "conv_output_size")
    terminal.shows("not started", "graded at")
    terminal.press("d")
    terminal.shows("the model solution is shown when the exercise is complete")
    path = course / "exercises/exercise3/output_size.py"
    text = (SOLUTIONS / "output_size.py").read_text(encoding="utf-8")
    path.write_text(text.replace("    ### END SOLUTION", "    # by hand\n    ### END SOLUTION", 1), encoding="utf-8")
    terminal.shows("Complete.")
    terminal.press("d")
    shown = terminal.shows("model solution", "-    # by hand")
    assert "BEGIN SOLUTION" not in "".join(line for line in shown.splitlines() if line.startswith("  +"))


def test_course_without_solutions_shows_none(start: Start, course: Path) -> None:
    (course / "solutions").unlink()
    shutil.copy(SOLUTIONS / "output_size.py", course / "exercises/exercise3")
    terminal = start(course, "--only", "conv_output_size")
    terminal.shows("Complete.")
    terminal.press("d")
    terminal.shows("There is no model solution in this folder.")


def test_what_passed_is_remembered_while_its_code_stands(start: Start, course: Path) -> None:
    for name in "output_size.py", "unet.py":
        shutil.copy(SOLUTIONS / name, course / "exercises/exercise3")
    work = read_submission(course / "exercises/exercise3")
    write_passed(course, "exercise3", code_digests(work, ["conv_output_size", "conv2d_output_shape", "UNet"]))
    shutil.copy(EXERCISES / "output_size.py", course / "exercises/exercise3")
    terminal = start(course, "--only", "output_size")
    terminal.shows("conv_output_size   not started")
    terminal.shows("graded at")
    text = (SOLUTIONS / "output_size.py").read_text(encoding="utf-8") + returns("7", "conv_transpose_output_size")
    (course / "exercises/exercise3/output_size.py").write_text(text, encoding="utf-8")
    terminal.shows("9/12 points, 2 of 3 exercises complete")
    while "grading" in terminal.screen:
        terminal.read()
    terminal.press("q")
    assert terminal.ends() == 0
    assert read_passed(course, "exercise3").keys() == {"conv_output_size", "conv2d_output_shape", "UNet"}


def test_training_follows_and_keys_go_on(start: Start, course: Path) -> None:
    folder = course / "exercises/exercise3"
    shutil.copy(SOLUTIONS / "simple_cnn.py", folder)
    terminal = start(course, "--only", "SimpleCNN")
    terminal.shows("training SimpleCNN", "6/9 points")
    terminal.press("a")
    terminal.shows("›~ SimpleCNN")
    (folder / "other.py").write_text("x = 1\n")
    terminal.shows("the training was stopped")
    terminal.shows("trained at", "9/9 points, 1 of 1 exercise complete")
    (folder / "other.py").write_text("x = 2\n")
    terminal.loses("trained at")
    terminal.shows("9/9 points, 1 of 1 exercise complete")
    (folder / "simple_cnn.py").write_text((folder / "simple_cnn.py").read_text(encoding="utf-8") + "\n# mine\n")
    terminal.shows("training SimpleCNN", "6/9 points")
    terminal.shows("trained at", "9/9 points, 1 of 1 exercise complete")
    terminal.press("q")
    assert terminal.ends() == 0
    assert read_passed(course, "exercise3").keys() == {"SimpleCNN"}


def test_training_of_an_earlier_run_is_not_repeated(start: Start, course: Path) -> None:
    shutil.copy(SOLUTIONS / "simple_cnn.py", course / "exercises/exercise3")
    path = course / "exercises/exercise3/simple_cnn.py"
    write_passed(course, "exercise3", code_digests(read_submission(path), ["SimpleCNN"]))
    terminal = start(course, "--only", "SimpleCNN")
    assert "training SimpleCNN" not in terminal.shows("(in an earlier run)", "9/9", "graded at")
    path.write_text(
        path.read_text(encoding="utf-8").replace("return self.layers(x)", "return 1 * self.layers(x)"), encoding="utf-8"
    )
    terminal.shows("training SimpleCNN", "6/9 points")


def test_text_of_a_student_commands_no_terminal(watched: Terminal, work: Path) -> None:
    (work / "output_size.py").write_text(returns("'\\x1b]0;owned\\x07\\x1b[2J\\u202e'"), encoding="utf-8")
    watched.shows("conv_output_size(28, 5)", "graded at")
    assert b"\x1b]0;" not in watched.written
    assert b"\x1b[2J" not in watched.written


def test_window_may_be_small_and_change(watched: Terminal, work: Path) -> None:
    (work / "output_size.py").write_text(returns("1234"), encoding="utf-8")
    watched.shows("got 1234", "graded at")
    watched.resize(12, 40)
    watched.process.send_signal(signal.SIGWINCH)
    assert len(watched.shows("more lines: arrow down").splitlines()) == 12
    assert max(map(len, watched.screen.splitlines())) <= 40
    watched.press("\x1b[B" * 60)
    watched.shows("size below 1, raises ValueError")
    watched.resize(2, 5)
    watched.process.send_signal(signal.SIGWINCH)
    watched.press("n")
    watched.resize(40, 100)
    watched.process.send_signal(signal.SIGWINCH)
    watched.shows("conv2d_output_shape")


def processes_of(session: int) -> list[str]:
    """The processes of a session that are alive, and all that descend from the first."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(folder.name)
    return found


def leaves_nothing(terminal: Terminal, tmp_path: Path) -> None:
    end = time.monotonic() + PATIENCE
    while (left := processes_of(terminal.process.pid)) and time.monotonic() < end:
        time.sleep(0.1)
    assert left == []
    assert list((tmp_path / "temp").glob("torchgrade-*")) == []


@pytest.mark.parametrize(("keys", "status"), [("q", 0), ("\x03", 130), ("\x04", 0)])
def test_end_gives_the_terminal_back(ending: Terminal, tmp_path: Path, keys: str, status: int) -> None:
    ending.press(keys)
    assert ending.ends() == status
    assert termios.tcgetattr(ending.slave) == ending.before
    assert ending.screen.endswith("exercise3: 0/12 points, 0 of 3 exercises complete\n")
    assert b"\x1b[?25h\x1b[?1049l" in ending.written
    leaves_nothing(ending, tmp_path)


def test_key_during_the_start_ends_it(start: Start, work: Path, tmp_path: Path) -> None:
    terminal = start(ROOT, str(work), "--only", "output_size")
    shutil.copy(EXERCISES / "output_size.py", work)
    terminal.shows("starting the sandbox")
    terminal.press("q")
    assert terminal.ends() == 0
    leaves_nothing(terminal, tmp_path)


def test_closed_terminal_ends_it(ending: Terminal, tmp_path: Path) -> None:
    ending.close()
    assert ending.process.wait(PATIENCE) in (0, 120, 129)  # 120: Python could not flush to a terminal that is gone
    leaves_nothing(ending, tmp_path)


def test_termination_ends_it_in_order(ending: Terminal, tmp_path: Path) -> None:
    ending.process.terminate()
    assert ending.ends() == 143
    assert termios.tcgetattr(ending.slave) == ending.before
    leaves_nothing(ending, tmp_path)


def test_suspended_watch_gives_the_terminal_back_and_takes_it_again(watched: Terminal, work: Path) -> None:
    watched.written = b""
    watched.press("\x1a")  # nothing can be stopped in a session without a shell, so it goes on at once
    while not re.search(rb"\x1b\[\?1049l.*\x1b\[\?1049h", watched.written):
        watched.read()
    watched.shows("conv_output_size   not started")
    (work / "output_size.py").write_text(returns("1234"), encoding="utf-8")
    watched.shows("got 1234", "graded at")


@pytest.mark.parametrize(
    ("data", "found", "left"),
    [
        (b"nQ", ["n", "q"], b""),
        (b"\x1b[A\x1b[B\x1bOC\x1b[D", ["up", "down", "right", "left"], b""),
        (b"\x1b[1;5A\x1b[15~q", ["q"], b""),
        (b"a\x1b[", ["a"], b"\x1b["),
        (b"\x1b", [], b"\x1b"),
        (b"\x1bq", ["q"], b""),
        ("ä\x00".encode(), ["\x00"], b""),
    ],
)
def test_keys_are_split_from_sequences(data: bytes, found: list[str], left: bytes) -> None:
    assert split_keys(data) == (found, left)


def plain(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_grade(ROOT, "exercise3", "--watch", *arguments)


def test_no_terminal_is_refused() -> None:
    done = plain()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: --watch needs a terminal")


@pytest.mark.parametrize("option", ["--json=x.json", "--html=x.html", "--figures=x", "--fail-under=50"])
def test_option_of_a_single_grade_is_refused(option: str) -> None:
    done = plain(option)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{option.partition('=')[0]} is for a single grade" in done.stderr


@pytest.mark.parametrize(("arguments", "reason"), [(("nowhere",), "does not exist"), (("--only", "UNett"), "UNet?")])
def test_mistake_is_one_sentence_before_the_screen_is_taken(
    start: Start, arguments: tuple[str, ...], reason: str
) -> None:
    terminal = start(ROOT, *arguments)
    assert terminal.ends() == 2
    output = terminal.written.decode()
    assert reason in output
    assert "\x1b[?1049h" not in output
    assert "Traceback" not in output
