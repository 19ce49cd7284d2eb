"""What a hostile child can send in place of right answers, and a judge that gets it.

Each forgery begins with the frame of a right answer. Some nodes of its tree are replaced, removed or wrapped, and some
of its arrays get other values, types and shapes. Everything follows from a seed.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import safetensors.numpy

from autograder.judge import Rules
from autograder.judge.exercise import ExerciseJudge
from autograder.model import Answer, ExamCheck, ExamExercise, ExerciseResult, Item, Question, Returned, Stopped
from autograder.sandbox.answers import read_answer
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import DTYPES, WireError
from autograder.sandbox.stops import protocol_error
from tests.support.frames import frame

NUMBERS = (
    *("0", "-1", "1", "2147483648", "9007199254740993", "9223372036854775807", "-9223372036854775808"),
    *("9223372036854775808", "1" + "0" * 400, "-1" + "0" * 400, "9" * 4000),
    *("0.5", "-0.0", "1e308", "-1.7e308", "5e-324", "1e999", "NaN", "Infinity", "-Infinity", "true", "false", "null"),
)
TEXTS = (
    *('""', r'"\ud800"', r'"\udfff\ud800"', r'"\u001b[2J"', r'"\u202eabc"', '"=1+1"', '"<script>"', r'"\u0000"'),
    *('"NotImplementedError"', '"levels"', '"use"', '"wide use"', '"levels 10"', f'"{"x" * 300}"', r'"\n\n"'),
)
TREES = (
    *("[]", "{}", "[[]]", "[null]", '{"tuple":[]}', '{"dict":[]}', '{"dict":[["a",1]]}', '{"dict":[[1,1],["1",2]]}'),
    *('{"set":[]}', '{"set":[1,"a",null]}', '{"frozenset":[1.5]}', '{"items":["generator",false,[1]]}'),
    *('{"items":["map",true,[]]}', '{"dtype":"torch.float32"}', '{"other":"type"}', '{"other":"tensor"}'),
    *('{"table":["Series",["a"],[0],[[1]]]}', '{"table":["DataFrame",["a"],[0,1],[["x",2]]]}', '{"array":"0"}'),
    *('{"table":["Series",[],[],[]]}', '{"table":["Series",["a","b"],[0],[[1],[2]]]}', '{"float":"nan"}'),
)
TAGS = "list", "tuple", "dict", "set", "frozenset", "items"
NAMES_OF_DTYPES = sorted(DTYPES)
SHAPES = ((), (0,), (1,), (3,), (2, 0), (1, 1), (2, 3), (0, 4, 4), (2, 1, 3, 3), (1,) * 8)
RAISED = ("ValueError", "NotImplementedError", "MemoryError", "TypeError", "")
SHARES = {"right": 30, "changed": 30, "raised": 3, "refused": 2, "stopped": 1}  # of the kinds of answers
TOKEN = re.compile(r'"\\u007f(?:[^"\\]|\\.)*"')


@dataclass
class Forger:
    """Answers the questions of one exercise with forged frames; `frames` counts them."""

    exercise: ExamExercise
    seed: int
    question_seconds: float = 0.0
    frames: int = 0
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def __call__(self, question: Question, seconds: float) -> Answer:
        self.frames += 1
        (kind,) = self.random.choices([*SHARES], [*SHARES.values()])
        if kind == "stopped":
            return Stopped("ended", "was killed")
        try:
            tree = wire.decode(self._frame(kind, question))
        except WireError as error:
            return protocol_error(str(error))
        return read_answer(tree) or protocol_error()

    def _frame(self, kind: str, question: Question) -> bytes:
        if kind == "raised":
            error = self.random.choice(RAISED)
            raised = {"error": error, "message": "no", "where": "work.py, line 1: x", "kinds": (error,), "limit": ""}
            return self._forged({"raised": raised})
        if kind == "refused":
            return self._forged(
                {"refused": {"kind": self.random.choice(["missing", "unfit", "forbidden"]), "message": ""}}
            )
        right = {"returned": self._right(question)}
        return wire.encode(right) if kind == "right" else self._forged(right)

    def _right(self, question: Question) -> Any:
        """The right value; of a training, what a perfect network might give."""
        check, item = self._source(question)
        answers = item.traces if question.probe == "trace" and item.traces else item.expected
        value = answers[0].value if isinstance(answers[0], Returned) else None
        trained = _trained(item, self.random) if check.measure else value
        return {"answer": trained, "observed": [_observed()]} if question.probe == "symptoms" else trained

    def _source(self, question: Question) -> tuple[ExamCheck, Item]:
        """The item of a question, or the one from which the judge has made it."""
        found = [
            (check, item)
            for check in self.exercise.checks
            for one in check.items
            for item in (one, *one.picture_items)
            if _made_from(question, item.question)
        ]
        exact = (pair for pair in found if pair[1].question is question)
        first = self.exercise.checks[0]
        return next(exact, found[0] if found else (first, first.items[0]))

    def _forged(self, value: Any) -> bytes:
        """The frame of a value with some of its parts changed."""
        encoded = wire.encode(value)
        _, size, _ = wire.HEADER.unpack(encoded[: wire.HEADER.size])
        body = encoded[wire.HEADER.size + size :]
        tree = json.loads(encoded[wire.HEADER.size : wire.HEADER.size + size])
        arrays = dict(safetensors.numpy.load(body)) if body else {}
        arrays.setdefault("0", np.zeros(3, np.float32))
        for _ in range(self.random.choice([1, 1, 1, 2, 4])):
            if len(arrays) > 1 and self.random.random() < 0.4:
                name = self.random.choice(sorted(arrays))
                arrays[name] = self._array(arrays[name])
            else:
                tree = self._changed(tree)
        text = TOKEN.sub(lambda found: str(json.loads(found[0])[1:]), json.dumps(tree))
        return frame(text.encode(), safetensors.numpy.save(arrays))

    def _changed(self, tree: Any) -> Any:
        """The tree with one node changed."""
        places = list(_places(tree))
        path = self.random.choice(places)
        return _replaced(tree, path, self._new_node(_at(tree, path)))

    def _new_node(self, old: Any) -> Any:
        way = self.random.randrange(8)
        if way < 3:
            return _raw(self.random.choice(NUMBERS))
        if way == 3:
            return _raw(self.random.choice(TEXTS))
        if way == 4 and isinstance(old, list) and old:
            kept = list(old)
            kept.pop(self.random.randrange(len(kept)))
            return kept
        if way == 5 and isinstance(old, list) and old:
            return [*old, self.random.choice(old)]
        if way == 6:
            tag = self.random.choice(TAGS)
            return [old] if tag == "list" else {tag: [old]}
        return _raw(self.random.choice(TREES))

    def _array(self, old: Any) -> Any:
        """An array with other values, another type or another shape."""
        shape = old.shape if self.random.random() < 0.6 else self.random.choice(SHAPES)
        dtype = np.dtype(old.dtype if self.random.random() < 0.5 else self.random.choice(NAMES_OF_DTYPES))
        values: Any = np.resize(old if old.size else np.zeros(1, old.dtype), shape)
        with np.errstate(all="ignore"):
            values = values.astype(dtype)
        if values.size and self.random.random() < 0.7:
            flat = values.reshape(-1)
            places = slice(None) if self.random.random() < 0.3 else self.random.randrange(flat.size)
            flat[places] = self._number_of(dtype)
        return np.ascontiguousarray(values).reshape(shape)

    def _number_of(self, dtype: Any) -> Any:
        if dtype.kind == "f":
            limits = np.finfo(dtype)
            return self.random.choice([0, -0.0, 1, np.nan, np.inf, -np.inf, limits.max, limits.min, limits.tiny])
        if dtype.kind == "b":
            return self.random.random() < 0.5
        return self.random.choice([0, 1, np.iinfo(dtype).min, np.iinfo(dtype).max])


def _raw(token: str) -> str:
    """A text that stands for a token of JSON until the frame is written."""
    return f"\x7f{token}"


def _places(tree: Any, path: tuple[Any, ...] = ()) -> Any:
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _places(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree[:50]):
            yield from _places(value, (*path, number))


def _at(tree: Any, path: Sequence[Any]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _replaced(tree: Any, path: Sequence[Any], new: Any) -> Any:
    if not path:
        return new
    first, *rest = path
    changed = dict(tree) if isinstance(tree, dict) else list(tree)
    changed[first] = _replaced(changed[first], rest, new)
    return changed


def _made_from(question: Question, other: Question) -> bool:
    """Whether the other question has the same call, and options of which this one has all."""
    same_call = question.args is other.args and question.kwargs is other.kwargs
    return same_call and all(question.options.get(name) is value for name, value in other.options.items())


def _trained(item: Item, chance: random.Random) -> Any:
    """What a training might return, made of what its measure knows."""
    known: Any = item.expected[0].value if isinstance(item.expected[0], Returned) else {}
    curve = [chance.random() for _ in range(12)]
    inside = {"maps": [np.ones((4, 6, 6), np.float32)], "filters": [np.ones((4, 3, 3), np.float32)]}
    parts = {"curve": curve, "curves": {"plain": curve, "batchnorm": curve}, "inside": inside}
    if "targets" in known:
        return {**parts, "predictions": known["targets"]}
    labels = np.asarray(known.get("labels", [0, 1])).astype(np.int64)
    logits = np.eye(known.get("classes", 10), dtype=np.float32)[labels]
    return {**parts, "untrained": np.zeros_like(logits), "predictions": logits}


def _observed() -> dict[str, Any]:
    """What the probe of symptoms reports of one network."""
    columns = {"parameters": ["weight", "bias"], "axes": [4, 1], "begins": [9.0, 1.0], "last_gradients": [3, 3]}
    numbers = {"steps": 3, "confidence": 0.99, "right_labels": 3, "known_labels": 30, "relus": [[3, 3]]}
    return {**columns, **numbers, "moved": [True, False]}


def judge_forged(
    exercise: ExamExercise, rules: Rules, seed: int, shown: Callable[[ExerciseResult], object] = lambda result: None
) -> int:
    """Judge forged answers to all questions of an exercise; return how many there were.

    Whatever they are: each check has a verdict, the points stay within bounds, and `shown` gets a result to show.
    """
    forger = Forger(exercise, seed)
    judge = ExerciseJudge(exercise, rules)
    for training in False, True:
        judge.ask(forger, training=training)
    judge.ask_for_symptoms(forger)
    judge.ask_for_pictures(forger)
    result = judge.result("work.py")
    assert 0 <= result.earned <= result.points
    assert [check.name for check in result.checks] == [check.name for check in exercise.checks]
    shown(result)
    return forger.frames
