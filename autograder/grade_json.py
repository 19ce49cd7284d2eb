"""A grade as JSON, schema 1: documented in the README and stable; and a grade read from it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_type_hints

from autograder.errors import UserError
from autograder.model import Attempt, CheckResult, ExerciseResult, Grade, Isolation, SectionResult, Verdict

SCHEMA = 1
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
TIERS: tuple[str, ...] = get_args(get_type_hints(Isolation)["tier"])
LOST = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}  # JSON has no numbers for these

T = TypeVar("T")


class NotAGradeError(UserError):
    """The text is not the JSON of a grade; one sentence for the instructor."""


def to_json(grade: Grade) -> str:
    """The grade as indented JSON text with a newline at the end.

    Pictures are left out. Losses and values that are no finite numbers become `"nan"`, `"inf"` and
    `"-inf"`, and halves of surrogate pairs are escaped, so that the text is strict JSON and can be encoded.
    """
    text = json.dumps(tell(grade), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()


def tell(grade: Grade) -> dict[str, Any]:
    """The grade as plain data, as `to_json` writes it."""
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
    }


def _check(check: CheckResult) -> dict[str, Any]:
    told = {**vars(check), "started": not check.not_started}
    del told["not_started"], told["attempts"], told["picture"]
    return {**told, "attempts": [_attempt(attempt) for attempt in check.attempts]}


def _attempt(attempt: Attempt) -> dict[str, Any]:
    told = {**vars(attempt), "value": None if attempt.value is None else _number(attempt.value)}
    told["curves"] = {name: [_number(loss) for loss in curve] for name, curve in attempt.curves.items()}
    del told["pictures"], told["maps"]
    return told


def _number(value: float) -> float | str:
    return value if math.isfinite(value) else str(float(value))


def from_json(text: str) -> Grade:
    """The grade that `to_json` told, but for its pictures; fields that are not known are passed over.

    Raises `NotAGradeError` for text that is no grade, of another schema, or cut in half.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAGradeError("This is not JSON: the file is damaged or cut off.") from None
    if not isinstance(told, dict) or "schema" not in told:
        raise NotAGradeError("This is JSON, but not of a grade: it names no schema.")
    if told["schema"] != SCHEMA or isinstance(told["schema"], bool):
        raise NotAGradeError(f"This grade is of schema {told['schema']!r:.40}; only schema {SCHEMA} can be read here.")
    return _read_grade(told)


def _read_grade(told: Any) -> Grade:
    isolation, exam = _take(told, "isolation", _dict), _take(told, "exam", _dict)
    return Grade(
        assignment=_take(told, "assignment", _text),
        student=_take(told, "student", _text),
        earned=_take(told, "earned", _finite),
        points=_take(told, "points", _finite),
        extra=_take(told, "extra", _finite),
        isolation=Isolation(_take(isolation, "tier", _one_of(TIERS)), _take(isolation, "reason", _text)),
        seed=_take(exam, "seed", _whole),
        digest=_take(exam, "digest", _text),
        versions=_take(told, "versions", _dict_of(_text)),
        seconds=_take(told, "seconds", _finite),
        sections=_take(told, "sections", _tuple_of(_read_section)),
        notes=_take(told, "notes", _tuple_of(_text)),
        output=_take(told, "output", _dict_of(_text)),
    )


def _read_section(told: Any) -> SectionResult:
    return SectionResult(
        name=_take(told, "name", _text),
        title=_take(told, "title", _text),
        extra=_take(told, "extra", _bool),
        earned=_take(told, "earned", _finite),
        points=_take(told, "points", _finite),
        exercises=_take(told, "exercises", _tuple_of(_read_exercise)),
    )


def _read_exercise(told: Any) -> ExerciseResult:
    started = _take(told, "started", _bool)
    return ExerciseResult(
        name=_take(told, "name", _text),
        earned=_take(told, "earned", _finite),
        points=_take(told, "points", _finite),
        seconds=_take(told, "seconds", _finite),
        checks=_take(told, "checks", _tuple_of(lambda check: _read_check(check, started))),
        file=_take(told, "file", _text),
    )


def _read_check(told: Any, started: bool) -> CheckResult:
    """`started` is what the exercise says, for grades of 0.1.0, whose checks do not say it themselves."""
    return CheckResult(
        name=_take(told, "name", _text),
        title=_take(told, "title", _text),
        verdict=_take(told, "verdict", _one_of(VERDICTS)),
        earned=_take(told, "earned", _finite),
        points=_take(told, "points", _finite),
        feedback=_take(told, "feedback", _text),
        misconception=_take(told, "misconception", _text),
        hint=_take(told, "hint", _text),
        hidden=_take(told, "hidden", _bool),
        not_started=not _take({"started": started, **told}, "started", _bool),
        attempts=_take(told, "attempts", _tuple_of(_read_attempt)),
    )


def _read_attempt(told: Any) -> Attempt:
    return Attempt(
        seed=_take(told, "seed", _whole),
        value=_take(told, "value", lambda value: None if value is None else _loss(value)),
        threshold=_take(told, "threshold", _finite),
        passed=_take(told, "passed", _bool),
        curves=_take(told, "curves", _dict_of(_tuple_of(_loss))),
        reason=_take(told, "reason", _text),
    )


class _WrongKindError(Exception):
    """A value is not of the kind that its field needs."""


def _take(told: Any, name: str, read: Callable[[Any], T]) -> T:
    """The field `name`, read; whatever is wrong with it is told with its name."""
    if not isinstance(told, dict) or name not in told:
        raise NotAGradeError(f"This is not a whole grade: `{name}` is missing.")
    try:
        return read(told[name])
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
