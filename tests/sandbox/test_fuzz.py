"""Whatever comes from the other side of the wall or out of a container costs little and raises nothing of ours."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.judge.accept import Rules
from autograder.judge.exercise import ExerciseJudge
from autograder.model import Answer, Exam, ExamCheck, Question, Raised, Returned, SourceFile, Stopped, Submission
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.tree import DTYPES, Other, WireError
from autograder.sandbox.inside.wire import encode
from autograder.sandbox.sandbox import Limits
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild
from tests.support.course import ROOT
from tests.support.forging import judge_forged
from tests.support.frames import frame, tensors
from tests.support.fuzzing import FUZZING
from tests.support.hostile.bombs import BOMBS, NOTEBOOKS

MEMORY = 768 << 20  # bytes that one frame or file may cost beyond its own size
SECONDS = 5  # of the processor

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats()
    | st.text(max_size=20)
    | st.builds(Other, st.sampled_from(["int", "tensor", ""]))
)
arrays = npst.arrays(st.sampled_from(sorted(DTYPES)), npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
words = st.sampled_from(
    [
        *("returned", "raised", "at", "problems", "names", "others", "fatal", "text", "name", "error", "message"),
        *(
            "where",
            "kinds",
            "limit",
            "candidates",
            "labels",
            "output",
            "means",
            "variances",
            "moved",
            "predictions",
            "curve",
        ),
        *("untrained", "curves", "plain", "batchnorm", "", "Missing", "NotImplementedError", "memory"),
    ]
)
trees = st.recursive(
    scalars | arrays | words,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(words | st.integers(0, 3), inner, max_size=4)
    ),
    max_leaves=15,
)


LIMITED = """
import resource, sys, time
from tests.support.hostile.bombs import {bombs}, {read}
bomb = {bombs}[{name!r}]()
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {memory},) * 2)
start = time.process_time()
{read}(bomb)
assert time.process_time() - start < {seconds}, f"{{time.process_time() - start:.1f}} seconds"
"""


def within_limits(bombs: str, name: str, read: str) -> str:
    """The last words of a process that reads a bomb within limits of memory and time, empty if it comes through."""
    code = LIMITED.format(bombs=bombs, name=name, read=read, memory=MEMORY, seconds=SECONDS)
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**unmeasured, "PYTHONPATH": str(ROOT)},
    )
    return done.stderr.strip().rpartition("\n")[2]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
@pytest.mark.parametrize("name", BOMBS)
def test_frame_costs_little_memory_and_time(name: str) -> None:
    last_words = within_limits("BOMBS", name, "read_frame_of")
    assert last_words == ""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_costs_little_memory_and_time(name: str) -> None:
    last_words = within_limits("NOTEBOOKS", name, "read_notebook_of")
    assert last_words == ""


@FUZZING
@given(st.lists(trees, min_size=1, max_size=3), st.binary(max_size=30), st.integers(1, 40))
def test_reader_takes_one_frame_at_a_time(values: list[Any], rest: bytes, piece: int) -> None:
    """Frames that arrive in pieces through a pipe are read one by one, and nothing after them is touched."""
    data = b"".join(map(encode, values)) + rest
    read, write = os.pipe()

    def send() -> None:
        for start in range(0, len(data), piece):
            os.write(write, data[start : start + piece])
        os.close(write)

    def take(count: int) -> bytes:
        parts = b""
        while len(parts) < count and (part := os.read(read, count - len(parts))):
            parts += part
        return parts

    sender = threading.Thread(target=send)
    sender.start()
    found = [encode(wire.read_frame(take)) for _ in values]
    sender.join()
    left = os.read(read, 1 << 16)
    os.close(read)
    assert (found, left) == ([encode(wire.decode(encode(value))) for value in values], rest)


heads = st.dictionaries(
    st.sampled_from(["0", "1", "2", "__metadata__", ""]),
    st.fixed_dictionaries(
        {
            "dtype": st.sampled_from(["F32", "F64", "I64", "U8", "BOOL", "F16", "BF16", "U64"]),
            "shape": st.lists(st.integers(0, 4) | st.sampled_from([1 << 20, 1 << 62]), max_size=9),
            "data_offsets": st.lists(st.integers(0, 64), min_size=2, max_size=2),
        }
    )
    | st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
    max_size=4,
)


@FUZZING
@given(heads, st.binary(max_size=64))
def test_several_arrays_are_refused_or_lie_within_their_bytes(head: dict[str, Any], data: bytes) -> None:
    names = [name for name in head if name != "__metadata__"]
    text = json.dumps([{"array": name} for name in names]).encode()
    with contextlib.suppress(WireError):
        found = wire.decode(frame(text, tensors(json.dumps(head).encode(), data)))
        assert sum(array.nbytes for array in found) <= len(data)


@FUZZING
@given(st.text(alphabet='[]{}":,0159-.eEtruefalsn\\ \u00e9\ud800', max_size=60))
def test_any_text_in_a_frame_is_refused_or_gives_plain_data(text: str) -> None:
    with contextlib.suppress(WireError):
        encode(wire.decode(frame(text.encode("utf-8", "surrogatepass"))))


class Scripted:
    """A sandbox whose children give these answers in turn, and then the last one for ever."""

    def __init__(self, answers: list[Any]) -> None:
        self._answers = answers
        self.statement = None
        self.alive = True

    @contextlib.contextmanager
    def child(self, *_: object) -> Iterator[Scripted]:
        yield self

    def exchange(self, *_: object) -> Any:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def new_output(self) -> str:
        return ""


some = scalars | arrays | words
lines = st.tuples(some, some) | st.lists(some) | trees
problem = st.fixed_dictionaries(
    {"fatal": some, "text": some, "names": st.lists(some) | some, "file": some, "lines": lines}
)
problems = st.lists(problem | trees, max_size=2)
reports = st.fixed_dictionaries({"problems": problems, "names": st.lists(some), "others": st.lists(some)}) | trees
answers = (
    st.fixed_dictionaries({"returned": trees})
    | st.fixed_dictionaries({"raised": st.dictionaries(words, trees, max_size=5) | trees})
    | trees
)


@FUZZING
@example({"problems": [{"fatal": np.arange(2), "text": "", "names": []}], "names": [], "others": []}, [None])
@example({"problems": [{"fatal": True, "text": "", "names": [], "file": "", "lines": (1e999, 1)}]}, [None])
@given(reports, st.lists(answers, min_size=1, max_size=3))
def test_session_makes_an_answer_of_anything(report: Any, replies: list[Any]) -> None:
    file = SourceFile("work.py", ("x = 1\n",))
    scripted: Any = Scripted([report, *replies])
    with SharedChild(scripted, Submission("student", (file,)), Limits()) as room, Session(room, file, ["x"]) as session:
        found = [session.ask(Question("call", "x"), 1.0) for _ in replies]
    assert all(isinstance(answer, (Returned, Raised, Stopped)) for answer in found)


@pytest.fixture(scope="module")
def exercises(exam: Callable[[int], Exam]) -> Callable[[], list[Any]]:
    """Behind a call, since hypothesis would print them all."""
    return lambda: list(exam(0).exercises)


@settings(FUZZING, max_examples=400)
@given(
    st.integers(0, 99),
    st.lists(trees, min_size=1, max_size=3),
    st.lists(st.sampled_from(["right", "damaged", "nonsense", "raised", "stopped"]), min_size=1),
)
def test_judge_gives_a_verdict_on_anything(
    exercises: Callable[[], list[Any]], rules: Rules, place: int, nonsense: list[Any], kinds: list[str]
) -> None:
    """Right answers, damaged ones and nonsense, mixed: there is a verdict for each check, and never too many points."""
    exercise = exercises()[place % len(exercises())]

    class Asked:
        question_seconds = 0.0
        number = 0

        def __call__(self, question: Question, seconds: float) -> Answer:
            self.number += 1
            kind = kinds[self.number % len(kinds)]
            tree = nonsense[self.number % len(nonsense)]
            right = expected_of(exercise.checks, question)
            if kind == "stopped":
                return Stopped("ended", "was killed")
            if kind == "raised" or not isinstance(right, Returned):
                return Raised("ValueError", str(tree), "", ("ValueError", "Exception"))
            return Returned({"right": right.value, "damaged": damaged(right.value, tree)}.get(kind, tree))

    sheet = ExerciseJudge(exercise, rules)
    for training in False, True:
        sheet.ask(Asked(), training=training)
    result = sheet.result("work.py")
    assert 0 <= result.earned <= result.points
    assert [check.name for check in result.checks] == [check.name for check in exercise.checks]
    assert all(isinstance(check.feedback, str) for check in result.checks)


@settings(FUZZING, max_examples=300)
@example(41233)  # a frame that names an array as the kind of a refusal
@given(st.integers(0, 2**32))
def test_judge_fails_on_no_forged_frame(exercises: Callable[[], list[Any]], rules: Rules, seed: int) -> None:
    """The long run of this is `benchmarks/fuzz_judge.py`."""
    every = exercises()
    judge_forged(every[seed % len(every)], rules, seed)


@FUZZING
@given(st.integers(2**63, 10**400) | st.integers(-(10**400), -(2**63)), st.booleans())
def test_integer_of_more_than_64_bits_never_arrives(number: int, in_a_list: bool) -> None:
    text = f"[{number}]" if in_a_list else str(number)
    with pytest.raises(WireError, match="an integer has more than 64 bits"):
        wire.decode(frame(text.encode()))


@pytest.mark.parametrize("text", [r'"a\ud800b"', r'{"other":"a\ud800b"}', r'{"dict":[["a\ud800b",1]]}'])
def test_half_of_a_surrogate_pair_never_arrives(text: str) -> None:
    found = wire.decode(frame(text.encode()))
    shown = found.type if isinstance(found, Other) else next(iter(found)) if isinstance(found, dict) else found
    assert shown == "a\ufffdb"


def expected_of(checks: tuple[ExamCheck, ...], question: Question) -> Answer:
    """The right answer to a question of these checks, or to the one after the steps behind it."""
    items = [item for check in checks for item in check.items]
    if question.probe == "trace":
        return next(item.traces[0] for item in items if item.question.options is question.options)
    return next(item.expected[0] for item in items if item.question is question)


def damaged(value: Any, tree: Any) -> Any:
    """The value with one part of it replaced."""
    if isinstance(value, dict) and value:
        return {**value, sorted(value, key=str)[0]: tree}
    if isinstance(value, (list, tuple)) and value:
        return type(value)([*value[:-1], tree])
    if isinstance(value, np.ndarray) and value.size:
        other = value.copy()
        other.flat[0] = 0
        return other.reshape(-1) if value.ndim > 2 else other
    return tree
