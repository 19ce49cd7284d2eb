"""Grades thousands of submissions while things are killed: `python benchmarks/scale.py` in the course folder.

    python benchmarks/scale.py [--students 100 --students 1000] [--assignment exercise3] [--way batch --way dask]

The submissions are the solutions with up to four small changes; some are broken, empty, stubs, notebooks or zips. No
two are alike. Each class is graded

- by `grade batch`, undisturbed: seconds, memory and files per submission, and the share of the cores that worked;
- by `grade batch` once more, killed twice with SIGKILL and started again;
- by `grade batch --cluster` on a Dask cluster of two workers, of which one is killed every minute.

All three must give the same gradebook, to the byte, and nobody may be missing in it. Status 1 if not.
"""

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import click

ROOT = Path.cwd()
LOOK = 0.5  # seconds between two looks at the processes
KILL_WORKER = 60  # seconds between two kills of a worker of the cluster
KINDS = {"changed": 70, "right": 8, "stubs": 5, "broken": 5, "empty": 2, "notebook": 5, "zip": 5}  # in percent


def make_class(folder, assignment, count, seed=0):
    """So many submissions of many kinds, the same for the same seed."""
    from autograder.edits import edits_of

    chance = random.Random(seed)
    right = {
        path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "solutions" / assignment).glob("*.py"))
    }
    stubs = {
        path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "exercises" / assignment).glob("*.py"))
    }
    edits = {name: [edit.source for edit in edits_of(text)] for name, text in right.items()}
    for number in range(count):
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        texts = dict(stubs if kind == "stubs" else right)
        for name in chance.sample(sorted(texts), chance.randint(1, min(4, len(texts)))) if kind != "stubs" else ():
            if kind in ("changed", "notebook", "zip"):
                texts[name] = chance.choice(edits[name])
            elif kind == "broken":
                lines = texts[name].splitlines()
                texts[name] = "\n".join([*lines[: chance.randrange(len(lines))], "def (:", *lines])
            elif kind == "empty":
                texts[name] = ""
        texts = {name: f"{text}\n# student {number}\n" for name, text in texts.items()}
        write(folder / f"student{number:05}", kind, texts)


def write(path, kind, texts):
    if kind == "notebook":
        cells = [
            {
                "cell_type": "code",
                "id": f"c{place}",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": text,
            }
            for place, text in enumerate(texts.values())
        ]
        path.with_suffix(".ipynb").parent.mkdir(parents=True, exist_ok=True)
        content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path.with_suffix(".ipynb").write_text(json.dumps(content), encoding="utf-8")
    elif kind == "zip":
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
            for name, text in texts.items():
                archive.writestr(name, text)
    else:
        path.mkdir(parents=True)
        for name, text in texts.items():
            (path / name).write_text(text, encoding="utf-8")


def family(pid):
    """The numbers of a process and all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def status(pid, key):
    """A number of `/proc/PID/status`, in kB; 0 if the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{key}:")), 0)


def busy():
    """Seconds of all cores so far, and those in which they worked."""
    user, nice, system, idle, wait, *others = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9])
    worked = user + nice + system + sum(others)
    ticks = os.sysconf("SC_CLK_TCK")
    return (worked + idle + wait) / ticks, worked / ticks


@dataclass
class Watch:
    """Looks at a process from the outside until it ends."""

    pid: int
    memory: list = field(default_factory=list)  # MB of the process alone, at each look

    def __post_init__(self):
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.before = busy()
        self.start = time.perf_counter()
        self._thread.start()

    def _look(self):
        while not self._ended.wait(LOOK):
            self.memory.append(status(self.pid, "VmRSS") / 1024)

    def end(self):
        self._ended.set()
        self._thread.join()
        self.seconds = time.perf_counter() - self.start
        whole, worked = (after - before for after, before in zip(busy(), self.before, strict=True))
        self.share = worked / whole


def command(assignment, subs, results, *more):
    asked = [sys.executable, "-m", "autograder", "batch", assignment, str(subs), "-o", str(results), "--no-training"]
    return [*asked, "--seed", "0", *more]


def start(asked, log):
    return subprocess.Popen(asked, stdout=log, stderr=log, cwd=ROOT)


def undisturbed(assignment, subs, results, log):
    process = start(command(assignment, subs, results), log)
    watch = Watch(process.pid)
    process.wait()
    watch.end()
    return watch


def killed_twice(assignment, subs, results, count, log):
    """Kill the batch when a third and two thirds of the students have a result."""
    for share in 1 / 3, 2 / 3:
        process = start(command(assignment, subs, results), log)
        while process.poll() is None and len(list((results / "students").glob("*.json"))) < share * count:
            time.sleep(LOOK)
        process.send_signal(signal.SIGKILL)
        process.wait()
    process = start(command(assignment, subs, results), log)
    process.wait()


def on_cluster(assignment, subs, results, log):
    """Grade on a Dask cluster of two workers; kill one every minute. Gives the watches of batch and scheduler."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        process = start(command(assignment, subs, results, "--cluster", cluster.scheduler_address), log)
        watches = Watch(process.pid), Watch(os.getpid())
        next_kill, killed = time.monotonic() + KILL_WORKER, 0
        while process.poll() is None:
            time.sleep(LOOK)
            if time.monotonic() > next_kill:
                next_kill += KILL_WORKER
                nanny = random.choice(list(cluster.workers.values()))
                os.kill(nanny.process.pid, signal.SIGKILL)
                killed += 1
        for watch in watches:
            watch.end()
    return *watches, killed


def slices(results, parts=4):
    """Seconds per submission in each quarter of a batch, by the times of the files."""
    times = sorted(path.stat().st_mtime for path in (results / "students").glob("*.json"))
    edges = [round(place * (len(times) - 1) / parts) for place in range(parts + 1)]
    return [(times[last] - times[first]) / max(1, last - first) for first, last in itertools.pairwise(edges)]


def report(name, count, watch, results):
    files = sum(1 for path in results.rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in results.rglob("*") if path.is_file())
    quarters = watch.memory[len(watch.memory) // 4 :] or watch.memory
    print(
        f"{name:12} {count:6} students: {watch.seconds / count:.3f} s each (quarters "
        f"{' '.join(f'{one:.3f}' for one in slices(results))}), {watch.share:.0%} of the cores, memory of the batch "
        f"{quarters[0]:.0f} MB after a quarter, {max(watch.memory):.0f} MB at most, {files / count:.2f} files "
        f"and {size / count / 1000:.1f} kB each",
        flush=True,
    )


def gradebook(results, count):
    """The gradebook, checked to name everybody."""
    text = (results / "gradebook.csv").read_text(encoding="utf-8")
    missing = [number for number in range(count) if f"student{number:05}" not in text]
    if missing:
        raise SystemExit(f"{len(missing)} students are missing in {results}: {missing[:10]}")
    return text


@click.command()
@click.option("--students", multiple=True, type=int, default=(100, 1000), show_default=True)
@click.option("--assignment", default="exercise3", show_default=True)
@click.option("--way", "ways", multiple=True, type=click.Choice(["batch", "killed", "dask"]))
def main(students, assignment, ways):
    ways = ways or ("batch", "killed", "dask")
    log_path = Path(tempfile.gettempdir()) / "scale.log"
    wrong = []
    with tempfile.TemporaryDirectory() as name, log_path.open("w") as log:
        folder = Path(name)
        make_class(folder / "warm", assignment, 8, seed=1)
        undisturbed(assignment, folder / "warm", folder / "warm-results", log)  # the exam is made
        for count in students:
            subs = folder / f"{count}"
            make_class(subs, assignment, count)
            results = folder / f"{count}-batch"
            report("batch", count, undisturbed(assignment, subs, results, log), results)
            right = gradebook(results, count)
            if "killed" in ways:
                results = folder / f"{count}-killed"
                killed_twice(assignment, subs, results, count, log)
                same = gradebook(results, count) == right
                print(f"killed twice {count:6} students: the gradebook is {'the same' if same else 'ANOTHER ONE'}")
                wrong += [] if same else ["killed"]
            if "dask" in ways:
                results = folder / f"{count}-dask"
                watch, scheduler, killed = on_cluster(assignment, subs, results, log)
                report("dask", count, watch, results)
                same = gradebook(results, count) == right
                print(
                    f"dask         {count:6} students: {killed} workers killed, scheduler at most "
                    f"{max(scheduler.memory):.0f} MB, the gradebook is {'the same' if same else 'ANOTHER ONE'}",
                    flush=True,
                )
                wrong += [] if same else ["dask"]
            for part in folder.glob(f"{count}-*"):
                shutil.rmtree(part)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
