"""Measures the seconds from a save to the verdict: `python benchmarks/watch.py` in the course folder.

`grade exercise3 --watch` runs in a pseudo-terminal on a copy of the solutions. Each save defines an exercise anew,
right and wrong in turns. The clock stops when the watch has written that all checks of the exercise have a verdict.
The first wrong save stands apart: the answers of the misconceptions are made then, once.
"""

import fcntl
import os
import pty
import re
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import click

RIGHT = {
    "function": "_right{number} = {name}\n\n\ndef {name}(*args, **options):\n"
    "    return _right{number}(*args, **options)\n",
    "class": "_Right{number} = {name}\n\n\nclass {name}(_Right{number}):\n    number = {number}\n",
}
WRONG = {
    "function": "def {name}(*args, **options):\n    return {number}\n",
    "class": "_Right{number} = {name}\n\n\nclass {name}(_Right{number}):\n"
    "    def forward(self, *args):\n        return torch.full((2,), {number})\n",
}
LIMIT = 0.3  # seconds: what the 95th percentile of each exercise should keep to


class Terminal:
    """The command in a pseudo-terminal; `written` is what it has written since the last `wait`."""

    def __init__(self, folder, environment):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 120, 0, 0))
        command = [sys.executable, "-m", "autograder", "exercise3", "--watch"]
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        self.written = b""

    def wait(self, text, seconds=60):
        """Read until this text has come; raises TimeoutError with the last output."""
        end = time.perf_counter() + seconds
        while text.encode() not in self.written:
            if not select.select([self.master], [], [], max(0, end - time.perf_counter()))[0]:
                raise TimeoutError(f"{text!r} did not come; the last output is {self.written[-3000:]!r}")
            try:
                self.written += os.read(self.master, 1 << 16)
            except OSError:
                raise SystemExit(f"the watch ended: {self.written[-3000:].decode(errors='replace')}") from None
        self.written = b""


def rest(terminal, seconds):
    """Read until nothing has come for so many seconds."""
    while select.select([terminal.master], [], [], seconds)[0]:
        os.read(terminal.master, 1 << 16)
    terminal.written = b""


def save(path, text):
    """Write another file and rename it, as most editors do."""
    beside = path.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def exercises(folder):
    """Each exercise of the solutions, with its file and whether it is a function or a class."""
    found = {}
    for path in sorted((folder / "exercises/exercise3").glob("*.py")):
        for kind, name in re.findall(r"^(def|class) ([A-Za-z]\w*)", path.read_text(encoding="utf-8"), re.M):
            found[name] = path, "function" if kind == "def" else "class"
    return found


def measure(terminal, path, kind, name, saves):
    """Seconds from each save to the verdict on all checks of the exercise, wrong and right in turns."""
    right = path.read_text(encoding="utf-8")
    times = []
    for number in range(saves + 1):
        addition = (WRONG, RIGHT)[number % 2][kind].format(name=name, number=number)
        rest(terminal, 0.5)
        start = time.perf_counter()
        save(path, f"{right}\n\n{addition}")
        terminal.wait("graded at")
        times.append(time.perf_counter() - start)
    save(path, right)
    rest(terminal, 1.0)
    return times[0], sorted(times[1:])


@click.command()
@click.option("--saves", default=12, help="How often the file of each exercise is saved.")
@click.option("--only", multiple=True, help="This exercise alone; may be repeated.")
def main(saves, only):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in "reference", "solutions":
            shutil.copytree(part, folder / part)
        shutil.copytree("solutions/exercise3", folder / "exercises/exercise3")
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(folder / "state")}
        first = [sys.executable, "-m", "autograder", "exercise3"]  # with trainings, which the watch then leaves alone
        subprocess.run(first, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        terminal = Terminal(folder, environment)
        terminal.wait("graded at")
        rest(terminal, 5.0)
        slow = []
        for exercise, (path, kind) in exercises(folder).items():
            if not only or exercise in only:
                first, times = measure(terminal, path, kind, exercise, saves)
                late = times[min(len(times) - 1, round(0.95 * len(times)))]
                slow += [exercise] if late > LIMIT else []
                middle = statistics.median(times)
                print(f"{exercise:28} median {middle:.3f} s   95 % {late:.3f} s   first {first:.2f} s", flush=True)
        print(f"over {LIMIT} s: {', '.join(slow) or 'none'}")
        os.write(terminal.master, b"q")
        terminal.process.wait(30)


if __name__ == "__main__":
    main()
