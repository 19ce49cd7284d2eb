"""Writes the zip that an instructor uploads to Gradescope as the autograder of a programming assignment.

Gradescope unpacks it to `/autograder/source`, runs `setup.sh` once, and for each submission `run_autograder`, which
grades `/autograder/submission` like a batch of one and leaves `/autograder/results/results.json`. The zip holds the
engine, the stubs and the exam, and neither reference nor solution.

Source: gradescope-autograders.readthedocs.io, "Autograder Specifications".
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from autograder.course import Course
from autograder.handout.engine_wheel import engine_wheel

SETUP = """#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image.
set -euo pipefail
root=${AUTOGRADER:-/autograder}
apt-get update
apt-get install -y --no-install-recommends python3 python3-venv
python3 -m venv "$root/venv"
# torch without CUDA is a download of some 200 MB instead of 3 GB.
"$root/venv/bin/pip" install --no-cache-dir torch torchvision --index-url https://download.pytorch.org/whl/cpu
"$root/venv/bin/pip" install --no-cache-dir "$root"/source/torchgrade-*.whl
"""
RUN = """#!/usr/bin/env bash
# Gradescope runs this for each submission. Without a results.json it says that the autograder failed, and shows the
# instructor what is printed here; a fault of the grader is no zero.
set -euo pipefail
options=()  # of grade batch, such as --no-training
root=${AUTOGRADER:-/autograder}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/source/course" "$work/course"
mkdir -p "$work/handed-in" "$root/results"
cp -r "$root/submission" "$work/handed-in/submission"
cd "$work/course"
"$root/venv/bin/grade" batch {assignment} "$work/handed-in" -o "$work/course/results" --jobs 1 --format gradescope \\
    "${options[@]+"${options[@]}"}"
cp "$work/course/results/gradescope/submission.json" "$root/results/results.json"
"""


def gradescope_zip(course: Course, assignment: str, batch: Mapping[str, bytes]) -> bytes:
    """The zip; `batch` are the files of the folder of results of a batch that has graded nobody yet."""
    wheel, content = engine_wheel()
    stubs = course.exercises(assignment)
    files = {
        "setup.sh": SETUP.encode(),
        "run_autograder": RUN.replace("{assignment}", assignment).encode(),
        wheel: content,
        **{f"course/exercises/{assignment}/{path.name}": path.read_bytes() for path in sorted(stubs.glob("*.py"))},
        **{f"course/results/{name}": data for name, data in batch.items()},
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o755 if "/" not in name and not name.endswith(".whl") else 0o644) << 16
            archive.writestr(entry, one, zipfile.ZIP_DEFLATED)
    return data.getvalue()
