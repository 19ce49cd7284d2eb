"""Measures the seconds from a save to the verdict: `python benchmarks/watch.py` in the course folder.

`grade exercise3 --watch` runs in a pseudo-terminal on a copy of the solutions. Each save makes the answers wrong by
another number. The clock stops when the watch has written the verdict on this number to the terminal.
"""

import fcntl
import os
import pty
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

SIZE = (
    "output_size.py",
    "conv_output_size",
    "def conv_output_size(input_size, *others, **options):\n    return {number}\n",
)
CONVOLUTION = (
    "manual_convolution.py",
    "conv2d_manual",
    "_right = conv2d_manual\n\n\ndef conv2d_manual(*args, **kwargs):\n    return _right(*args, **kwargs) + {number}\n",
)
UNET = (
    "unet.py",
    "UNet",
    "_Right = UNet\n\n\nclass UNet(_Right):\n    def forward(self, x):\n        return super().forward(x) + {number}\n",
)
CASES = {
    "conv_output_size, one of 6 checks": (SIZE, "expected 24, got {number}"),
    "conv2d_manual, one of 9 checks": (CONVOLUTION, "got [[[[{lowest}, "),
    "UNet, the output of one forward pass": (UNET, "got {near}"),
}


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
            self.written += os.read(self.master, 1 << 16)
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


def measure(terminal, folder, change, verdict, saves):
    file, _, addition = change
    path = folder / "exercises/exercise3" / file
    right = path.read_text(encoding="utf-8")
    times = []
    for place in range(saves):
        number = 100 + place
        expected = verdict.format(number=number, lowest=number - 3, near=str(number)[:3])
        rest(terminal, 0.7)
        start = time.perf_counter()
        save(path, f"{right}\n\n{addition.format(number=number)}")
        terminal.wait(expected)
        times.append(time.perf_counter() - start)
    save(path, right)
    rest(terminal, 2.0)
    return times


@click.command()
@click.option("--saves", default=30, help="How often each file is saved.")
def main(saves):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in "reference", "solutions":
            shutil.copytree(part, folder / part)
        shutil.copytree("solutions/exercise3", folder / "exercises/exercise3")
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(folder / "state")}
        subprocess.run(
            [sys.executable, "-m", "autograder", "exercise3", "--only", "linear_params"],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        terminal = Terminal(folder, environment)
        terminal.wait("graded at")
        rest(terminal, 5.0)
        for case, (change, verdict) in CASES.items():
            times = sorted(measure(terminal, folder, change, verdict, saves))
            late = times[min(len(times) - 1, round(0.95 * len(times)))]
            print(f"{case:40} median {statistics.median(times):.3f} s   95 % {late:.3f} s   of {len(times)} saves")
        os.write(terminal.master, b"q")
        terminal.process.wait(30)


if __name__ == "__main__":
    main()
