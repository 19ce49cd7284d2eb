"""Record the verdicts on a large corpus, and compare two records: proof that a change of the engine changes no grade.

    python benchmarks/verdicts.py corpus FOLDER [--hostile]
    python benchmarks/verdicts.py record before.json FOLDER
    python benchmarks/verdicts.py compare before.json after.json

The corpus: the solutions, the stubs, everything below tests/submissions/ (the hostile ones only with `--hostile`,
since they take many minutes), and one submission for each misconception of the reference. Only the
`grade` command is used, so that the script outlives every change inside of the engine. Nothing is trained. Both records
grade the same folder, so that the reference may be written anew between them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support.misconceptions import MISCONCEPTIONS, submission

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "exercise3"
GRADE = (sys.executable, "-m", "autograder")
Record = dict[str, Any]


def write_corpus(folder: Path, hostile: bool) -> None:
    """Write one submission below `folder` for each member of the corpus."""
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name / ASSIGNMENT, folder / name)
    corpus = ROOT / "tests/submissions"
    for verdict in sorted(path for path in corpus.iterdir() if path.is_dir()):
        for path in sorted(verdict.iterdir()):
            if verdict.name == "hostile" and hostile:
                for one in sorted(path.glob("*.py")):
                    copy(one, folder / f"hostile-{path.name}-{one.stem}" / "exercise3.py")
            elif verdict.name != "hostile" and path.is_dir():
                shutil.copytree(path, folder / f"{verdict.name}-{path.name}")
            elif verdict.name != "hostile":
                copy(path, folder / f"{verdict.name}-{path.stem}" / path.name)
    for section, exercise, name in MISCONCEPTIONS:
        for path, text in submission(section, exercise, name).items():
            target = folder / f"mutant-{section}-{exercise}-{name}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    shutil.copy(source, target)


def run(*arguments: str) -> None:
    done = subprocess.run([*GRADE, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"grade {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def record(work: Path) -> Record:
    """The verdicts of a batch on the corpus `work`, and of `grade exercise3 --json` on a part of it."""
    with tempfile.TemporaryDirectory() as temporary:
        results = Path(temporary, "results")
        run("batch", ASSIGNMENT, str(work), "-o", str(results), "--seed", "0", "--no-training")
        entries = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((results / "students").iterdir())]
        found = {entry["student"]["key"]: verdicts_of(entry["grade"]) for entry in entries}
        for name in ("solutions", "exercises", "failed-half_right", "failed-rare_mistakes"):
            target = Path(temporary, "grade.json")
            run(ASSIGNMENT, str(work / name), "--no-training", "--json", str(target))
            found[f"{name} by grade --json"] = verdicts_of(json.loads(target.read_text(encoding="utf-8")))
        return found


def verdicts_of(grade: Record | None) -> Record | None:
    """Verdict, points, misconception and a digest of the wording, for each check that is more than `not started`."""
    if grade is None:
        return None
    return {
        f"{exercise['name']}.{check['name']}": [
            check["verdict"],
            check["earned"],
            check["misconception"],
            hashlib.sha256(f"{check['feedback']}\n{check['hint']}".encode()).hexdigest()[:12],
        ]
        for section in grade["sections"]
        for exercise in section["exercises"]
        for check in exercise["checks"]
    } | {"notes": hashlib.sha256(repr(grade["notes"]).encode()).hexdigest()[:12], "earned": grade["earned"]}


def compare(before: Record, after: Record) -> int:
    """Print each verdict that differs and the number of wordings that do; 1 if a verdict, points or a name differ."""
    wrong = words = 0
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name) or {}, after.get(name) or {}
        for check in sorted(old.keys() | new.keys()):
            one, other = old.get(check), new.get(check)
            if one == other:
                continue
            if (isinstance(one, list) and isinstance(other, list) and one[:3] == other[:3]) or check == "notes":
                words += 1
            else:
                wrong += 1
                print(f"{name}: {check}: {one} -> {other}")
    print(f"{len(before)} and {len(after)} submissions; {wrong} verdicts differ, {words} wordings differ")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("corpus")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--hostile", action="store_true")
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("folder", type=Path)
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    options = parser.parse_args()
    if options.command == "compare":
        return compare(*(json.loads(path.read_text()) for path in (options.before, options.after)))
    if options.command == "corpus":
        options.folder.mkdir(parents=True)
        write_corpus(options.folder, options.hostile)
        return 0
    options.file.write_text(json.dumps(record(options.folder), indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
