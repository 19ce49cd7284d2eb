"""A grade as the `result.json` of Classroom 50, which follows GitHub Classroom.

Source: "Advanced Autograding" in the wiki of foundation50/classroom50, schema classroom50/result/v1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone

from autograder.errors import UserError
from autograder.model import Grade
from autograder.text import clean

SCHEMA = "classroom50/result/v1"
SCALES = (1, 2, 4, 10, 20, 100)
FIELDS = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}
"""The fields that come from the environment of the runner."""


def result(grade: Grade, environment: Mapping[str, str]) -> str:
    """The text of the file. Scores there are integers, so all points are multiplied by one number.

    Extra credit is left out, since each score has a maximum. Raise UserError if the runner's variables are missing.
    """
    missing = [name for name in FIELDS.values() if not environment.get(name)]
    if missing:
        raise UserError(f"The runner of Classroom 50 sets {', '.join(missing)}; here they are not set.")
    exercises = [one for section in grade.sections if not section.extra for one in section.exercises]
    scale = _scale([number for one in exercises for number in (one.earned, one.points)])
    tests = [
        {
            "test-name": clean(one.name),
            "passed": one.earned >= one.points,
            "score": round(scale * one.earned),
            "max-score": round(scale * one.points),
        }
        for one in exercises
    ]
    fields = {
        "schema": SCHEMA,
        **{field: environment[name] for field, name in FIELDS.items()},
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(round(scale * one.earned) for one in exercises),
        "max-score": sum(round(scale * one.points) for one in exercises),
        "tests": tests,
    }
    return json.dumps(fields, indent=2) + "\n"


def _scale(numbers: list[float]) -> int:
    """The least number that makes all of these integers, or 100."""
    return next((one for one in SCALES if all(abs(one * x - round(one * x)) < 1e-9 for x in numbers)), SCALES[-1])
