"""How fast a class is graded: `python benchmarks/batch.py` in the course folder, seconds per submission and ratios.

In one run, on the same correct submissions and without training:

- the floor: one warm process without any isolation imports each submission and runs equal checks;
- `grade batch` with one job and with two;
- one pytest process for each submission, with equal checks;
- `nbgrader autograde` on notebooks with equal checks in their test cells (if nbgrader is installed).

Equal checks are the same questions, probes and comparators as in the sandbox, asked in the process at hand.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

ROOT = Path.cwd()
SOLUTIONS = ROOT / "solutions" / "exercise3"
EQUAL_CHECKS = Path(__file__).with_name("equal_checks.py")


def make_class(folder, count):
    """So many correct submissions, no two alike."""
    for number in range(count):
        student = folder / f"student{number:03}"
        shutil.copytree(SOLUTIONS, student, ignore=shutil.ignore_patterns("__pycache__", "*.toml"))
        for path in student.glob("*.py"):
            path.write_text(path.read_text(encoding="utf-8") + f"\nSTUDENT = {number}\n", encoding="utf-8")


def run(command, cwd=None, environment=None):
    """Seconds of a command; it must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return time.perf_counter() - start


def batch(subs, jobs, folder):
    command = [sys.executable, "-m", "autograder", "batch", "exercise3", str(subs), "-o", str(folder)]
    return run([*command, "--no-training", "--seed", "0", "--jobs", str(jobs)])


def floor(subs):
    return run([sys.executable, str(EQUAL_CHECKS), *map(str, sorted(subs.iterdir()))])


def pytest_each(subs, count):
    """Of the first few, since each takes long."""
    times = []
    for student in sorted(subs.iterdir())[:count]:
        environment = {**os.environ, "SUBMISSION": str(student)}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(student)]
        times.append(run([*command, str(EQUAL_CHECKS)], environment=environment))
    return statistics.mean(times)


def nbgrader(subs, count, folder):
    """Seconds per notebook of `nbgrader autograde`, None where nbgrader is missing."""
    try:
        import nbformat.v4 as nb
        import nbgrader  # noqa: F401 - only whether it is there
    except ImportError:
        return None
    sys.path.insert(0, str(EQUAL_CHECKS.parent))
    listing = subprocess.run([sys.executable, str(EQUAL_CHECKS), "--names"], capture_output=True, text=True, check=True)
    names = json.loads(listing.stdout)

    def notebook(student, source):
        cells = [nb.new_code_cell(f"import sys\nsys.path.insert(0, {str(EQUAL_CHECKS.parent)!r})\nimport equal_checks")]
        cells[0].metadata["nbgrader"] = cell("setup", 0, True, False)
        for path in sorted(student.glob("*.py")):
            code = nb.new_code_cell(path.read_text(encoding="utf-8"))
            code.metadata["nbgrader"] = cell(path.stem, 0, False, True)
            cells.append(code)
        for name, points in names.items():
            test = nb.new_code_cell(f"equal_checks.check({name!r}, globals())")
            test.metadata["nbgrader"] = cell(f"test_{name}", points, True, False)
            cells.append(test)
        return nb.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})

    def cell(grade_id, points, locked, solution):
        return {
            "grade_id": grade_id, "points": points, "grade": points > 0, "locked": locked, "solution": solution,
            "schema_version": 3, "task": False,
        }  # fmt: skip

    import nbformat

    (folder / "source/exercise3").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'course'\nc.ExecutePreprocessor.timeout = 300\n"
    )
    students = sorted(subs.iterdir())[:count]
    nbformat.write(notebook(students[0], True), folder / "source/exercise3/exercise3.ipynb")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # nbgrader starts alembic by name
    environment = {**os.environ, "COURSE": str(ROOT), "PATH": path}
    run([sys.executable, "-m", "nbgrader", "generate_assignment", "exercise3"], folder, environment)
    for student in students:
        (folder / "submitted" / student.name / "exercise3").mkdir(parents=True)
        nbformat.write(notebook(student, False), folder / "submitted" / student.name / "exercise3/exercise3.ipynb")
    seconds = run([sys.executable, "-m", "nbgrader", "autograde", "exercise3"], folder, environment)
    graded = len(list(folder.glob("autograded/*/exercise3/exercise3.ipynb")))
    if graded != count:
        raise SystemExit(f"nbgrader graded {graded} of {count} notebooks")
    return seconds / count


@click.command()
@click.option("--students", default=40, help="Submissions of the batch and of the floor.")
@click.option("--rounds", default=3, help="How often both are measured, in turns; the median counts.")
@click.option("--few", default=4, help="Submissions for pytest and nbgrader.")
def main(students, rounds, few):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subs = folder / "subs"
        make_class(subs, students)
        (folder / "one").mkdir()
        shutil.copytree(subs / "student000", folder / "one" / "student000")
        ways = {
            "the floor: warm loop, no isolation": floor,
            "grade batch --jobs 1": lambda subs: batch(subs, 1, fresh()),
            "grade batch --jobs 2": lambda subs: batch(subs, 2, fresh()),
        }

        def fresh():
            return Path(tempfile.mkdtemp(dir=folder))

        for way in ways.values():
            way(folder / "one")  # caches are warm, the exam is built
        times = {name: [] for name in ways}
        starts = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                times[name].append(way(subs))
                starts[name].append(way(folder / "one"))
        each = {}
        for name in ways:
            whole, start = statistics.median(times[name]), statistics.median(starts[name])
            each[name] = (whole - start) / (students - 1)
            print(f"{name:38} {whole / students:7.3f} s each of {students}; {each[name]:7.3f} s for one more")
        unit = each["the floor: warm loop, no isolation"]
        for name in ways:
            print(f"{name:38} {each[name] / unit:5.2f} × the floor")
        ours = each["grade batch --jobs 1"]
        seconds = pytest_each(subs, few)
        print(f"{'one pytest process each':38} {seconds:7.3f} s each; {seconds / ours:5.1f} × grade batch --jobs 1")
        seconds = nbgrader(subs, few, folder / "course")
        result = "is not installed"
        if seconds is not None:
            result = f"{seconds:7.3f} s each; {seconds / ours:5.1f} × grade batch --jobs 1"
        print(f"{'nbgrader autograde':38} {result}")


if __name__ == "__main__":
    main()
