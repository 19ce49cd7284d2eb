"""Writes a grade as JSON and reads it back. Schema 1 is stable and documented for instructors."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_type_hints

from autograder.errors import UserError
from autograder.model import Attempt, CheckResult, ExerciseResult, Grade, Isolation, Repair, SectionResult, Verdict

SCHEMA = 1
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
TIERS: tuple[str, ...] = get_args(get_type_hints(Isolation)["tier"])
LOST = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}  # JSON has no numbers for these

T = TypeVar("T")


class NotAGradeError(UserError):
    """The text is not the JSON of a grade."""


def to_json(grade: Grade) -> str:
    """The grade as indented, strict JSON with a newline at the end, without pictures.

    Losses and values that are not finite become `"nan"`, `"inf"` and `"-inf"`. Halves of surrogate pairs are escaped.
    """
    text = json.dumps(grade_data(grade), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()


def grade_data(grade: Grade) -> dict[str, Any]:
    """The data that `to_json` writes."""
    return {
        "schema": SCHEMA,
        "assignment": grade.assignment,
        "student": grade.student,
        "earned": grade.earned,
        "points": grade.points,
        "extra": grade.extra,
        "isolation": vars(grade.isolation),
        "exam": {"seed": grade.seed, "digest": grade.digest},
        "versions": dict(grade.versions),
        "seconds": grade.seconds,
        "notes": list(grade.notes),
        "output": dict(grade.output),
        "sections": [_section(section) for section in grade.sections],
    }


def _section(section: SectionResult) -> dict[str, Any]:
    return {**vars(section), "exercises": [_exercise(exercise) for exercise in section.exercises]}


def _exercise(exercise: ExerciseResult) -> dict[str, Any]:
    return {
        **vars(exercise),
        "started": not exercise.not_started,
        "checks": [_check(check) for check in exercise.checks],
        "repair": _repair(exercise.repair) if exercise.repair else None,
        "uses_wrong": list(exercise.uses_wrong),
    }


def _repair(repair: Repair) -> dict[str, Any]:
    data = dict(vars(repair))
    if not repair.diff:
        del data["diff"]
    return data


def _check(check: CheckResult) -> dict[str, Any]:
    data = {**vars(check), "started": not check.not_started}
    del data["not_started"], data["attempts"], data["picture"]
    data["seconds"] = round(check.seconds, 3)
    attempts = [_attempt(attempt) for attempt in check.attempts]
    return {**data, "follows_from": list(check.follows_from), "attempts": attempts}


def _attempt(attempt: Attempt) -> dict[str, Any]:
    data = {**vars(attempt), "value": None if attempt.value is None else _number(attempt.value)}
    data["curves"] = {name: [_number(loss) for loss in curve] for name, curve in attempt.curves.items()}
    del data["pictures"], data["maps"], data["examples"]
    return data


def _number(value: float) -> float | str:
    return value if math.isfinite(value) else str(float(value))


def from_json(text: str) -> Grade:
    """Read a grade that `to_json` wrote; ignore unknown fields.

    Raises `NotAGradeError` if the text is not a grade, has another schema, or is cut off.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAGradeError("This is not JSON: the file is damaged or cut off.") from None
    if not isinstance(data, dict) or "schema" not in data:
        raise NotAGradeError("This is JSON, but not of a grade: it names no schema.")
    if data["schema"] != SCHEMA or isinstance(data["schema"], bool):
        raise NotAGradeError(f"This grade is of schema {data['schema']!r:.40}; only schema {SCHEMA} can be read here.")
    return _read_grade(data)


def _read_grade(data: Any) -> Grade:
    isolation, exam = _take(data, "isolation", _dict), _take(data, "exam", _dict)
    return Grade(
        assignment=_take(data, "assignment", _text),
        student=_take(data, "student", _text),
        earned=_take(data, "earned", _finite),
        points=_take(data, "points", _finite),
        extra=_take(data, "extra", _finite),
        isolation=Isolation(
            _take(isolation, "tier", _one_of(TIERS)),
            _take(isolation, "reason", _text),
            _take({"proved": "", **isolation}, "proved", _text),  # grades of 0.3 have none
        ),
        seed=_take(exam, "seed", _whole),
        digest=_take(exam, "digest", _text),
        versions=_take(data, "versions", _dict_of(_text)),
        seconds=_take(data, "seconds", _finite),
        sections=_take(data, "sections", _tuple_of(_read_section)),
        notes=_take(data, "notes", _tuple_of(_text)),
        output=_take(data, "output", _dict_of(_text)),
    )


def _read_section(data: Any) -> SectionResult:
    return SectionResult(
        name=_take(data, "name", _text),
        title=_take(data, "title", _text),
        extra=_take(data, "extra", _bool),
        earned=_take(data, "earned", _finite),
        points=_take(data, "points", _finite),
        exercises=_take(data, "exercises", _tuple_of(_read_exercise)),
    )


def _read_exercise(data: Any) -> ExerciseResult:
    started = _take(data, "started", _bool)
    return ExerciseResult(
        name=_take(data, "name", _text),
        earned=_take(data, "earned", _finite),
        points=_take(data, "points", _finite),
        seconds=_take(data, "seconds", _finite),
        checks=_take(data, "checks", _tuple_of(lambda check: _read_check(check, started))),
        file=_take(data, "file", _text),
        repair=_take({"repair": None, **data}, "repair", _read_repair),  # not in versions before 0.4
        uses_wrong=_take({"uses_wrong": [], **data}, "uses_wrong", _tuple_of(_text)),
    )


def _read_repair(data: Any) -> Repair | None:
    if data is None:
        return None
    return Repair(
        file=_take(data, "file", _text),
        line=_take(data, "line", _whole),
        code=_take(data, "code", _text),
        start=_take(data, "start", _whole),
        stop=_take(data, "stop", _whole),
        kind=_take(data, "kind", _text),
        edits=_take(data, "edits", _whole),
        layer=_take({"layer": "", **data}, "layer", _text),
        diff=_take({"diff": "", **data}, "diff", _text),  # only in grades for instructors
    )


def _read_check(data: Any, started: bool) -> CheckResult:
    """Read a check. In grades of version 0.1.0 a check has no `started` of its own, so the exercise's is used."""
    return CheckResult(
        name=_take(data, "name", _text),
        title=_take(data, "title", _text),
        verdict=_take(data, "verdict", _one_of(VERDICTS)),
        earned=_take(data, "earned", _finite),
        points=_take(data, "points", _finite),
        feedback=_take(data, "feedback", _text),
        misconception=_take(data, "misconception", _text),
        hint=_take(data, "hint", _text),
        hidden=_take(data, "hidden", _bool),
        not_started=not _take({"started": started, **data}, "started", _bool),
        attempts=_take(data, "attempts", _tuple_of(_read_attempt)),
        follows_from=_take(
            {"follows_from": [], **data}, "follows_from", _tuple_of(_text)
        ),  # not in versions before 0.4
        given=_take({"given": "", **data}, "given", _text),  # not in versions before 0.4
        seconds=_take({"seconds": 0.0, **data}, "seconds", _finite),  # not in versions before 0.4
    )


def _read_attempt(data: Any) -> Attempt:
    return Attempt(
        seed=_take(data, "seed", _whole),
        value=_take(data, "value", lambda value: None if value is None else _loss(value)),
        threshold=_take(data, "threshold", _finite),
        passed=_take(data, "passed", _bool),
        curves=_take(data, "curves", _dict_of(_tuple_of(_loss))),
        reason=_take(data, "reason", _text),
    )


class _WrongKindError(Exception):
    """A value has the wrong type for its field."""


def _take(data: Any, name: str, read: Callable[[Any], T]) -> T:
    """Read the field `name`; an error names the field."""
    if not isinstance(data, dict) or name not in data:
        raise NotAGradeError(f"This is not a whole grade: `{name}` is missing.")
    try:
        return read(data[name])
    except _WrongKindError:
        raise NotAGradeError(f"This is not a grade: `{name}` is of the wrong kind.") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongKindError
    return value


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _WrongKindError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _WrongKindError
    return value


def _finite(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise _WrongKindError
    return value


def _loss(value: Any) -> float:
    return LOST[value] if isinstance(value, str) and value in LOST else _finite(value)


def _dict(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _WrongKindError
    return value


def _one_of(names: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in names:
            raise _WrongKindError
        return value

    return read


def _tuple_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    def read_all(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise _WrongKindError
        return tuple(read(one) for one in value)

    return read_all


def _dict_of(read: Callable[[Any], T]) -> Callable[[Any], Mapping[str, T]]:
    return lambda value: {name: read(one) for name, one in _dict(value).items()}
