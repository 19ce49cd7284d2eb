"""No hostile submission gains an undeserved point, learns a secret, or leaves anything behind, in any tier."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import time
import tracemalloc
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.exam import encode_exam, only
from autograder.grading import grade
from autograder.model import Exam, Grade, SourceFile, Submission
from autograder.sandbox.sandbox import Limits, Sandbox
from tests.support.hostile.corpus import TIERS, Hostile, corpus
from tests.support.hostile.sandboxes import sandbox_of
from tests.support.hostile.targets import Targets, planted
from tests.support.results import checks_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="hostile submissions are run on Linux")

FAMILIES = {
    "attacking_the_reader",
    "breaking_the_machine",
    "cheating_the_checks",
    "forging_results",
    "stealing_answers",
}
HONEST = (
    "def linear_params(in_features, out_features, bias=True):\n    return (in_features + bool(bias)) * out_features\n"
)
LONGEST = 10_000  # characters of a feedback or a note
CORPUS = corpus()


@dataclass(frozen=True)
class Outcome:
    """What came of a hostile submission: `unsaid` is all that was shown, if what must be said is missing."""

    earned: dict[str, float]
    verdicts: frozenset[str]
    fault: str = ""  # an error of ours
    slow: str = ""
    unsaid: str = ""
    too_long: tuple[str, ...] = ()
    stolen: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    honest: float = 2.0  # points of an honest submission afterwards, in the same sandbox


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory, exam: Callable[[int], Exam]) -> Iterator[Targets]:
    table = table_of(exam(1))
    len(exam(0).exercises[0].checks[0].items)  # these questions are in the cache now
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "torchgrade"
    with planted(tmp_path_factory.mktemp("hostile"), cache) as targets:
        targets.texts["TABLE"] = repr(table)
        yield targets


@pytest.fixture(scope="module", params=TIERS)
def walled(request: pytest.FixtureRequest, targets: Targets, exam: Callable[[int], Exam]) -> Iterator[Sandbox]:
    """A sandbox of each tier that this machine can give."""
    with sandbox_of(request.param) as sandbox:
        sandbox.proof(training=True)
        honest_points(exam(0), sandbox)
        targets.hide_in(sandbox)
        yield sandbox


@pytest.mark.parametrize("hostile", CORPUS, ids=str)
def test_hostile_submission_has_the_outcome_it_must_have(
    hostile: Hostile,
    walled: Sandbox,
    targets: Targets,
    exam: Callable[[int], Exam],
) -> None:
    tier = walled.isolation.tier
    if tier not in hostile.tiers:
        pytest.skip(f"nothing is promised in tier {tier}")
    run = run_alone if hostile.alone else outcome
    found = run(hostile, walled, targets, exam(hostile.seed))
    assert found == Outcome(hostile.due, hostile.verdicts)


def outcome(hostile: Hostile, sandbox: Sandbox, targets: Targets, exam: Exam) -> Outcome:
    """What comes of a hostile submission, and how the sandbox is afterwards."""
    asked = hostile.asked(exam)
    encode_exam(asked)  # now, since what is made later would count as time of the submission
    before, start = targets.traces(), time.monotonic()
    limits = Limits(memory=hostile.memory << 20, load_seconds=hostile.seconds or 10)
    try:
        result = grade(asked, hostile.submission(targets.texts), sandbox, limits=limits, jobs=2)
        took = time.monotonic() - start
        honest = honest_points(exam, sandbox)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a hole
        return Outcome({}, frozenset(), f"{type(error).__name__}: {error}", honest=0.0)
    shown = everything_shown(result)
    return Outcome(
        earned={exercise.name: exercise.earned for section in result.sections for exercise in section.exercises},
        verdicts=frozenset(check.verdict for check in checks_of(result)) - {"skipped"},
        slow="" if took < hostile.within else f"{took:.1f} seconds",
        unsaid="" if re.search(hostile.says, shown, re.S) else shown,
        too_long=tuple(text[:200] for text in [*feedback(result), *result.notes] if len(text) > LONGEST),
        stolen=tuple(targets.stolen(shown)),
        left=tuple(left_over(targets, before)),
        honest=honest,
    )


def run_alone(hostile: Hostile, sandbox: Sandbox, targets: Targets, exam: Exam) -> Outcome:
    """The same in a sandbox of its own, of which nothing may be left but is removed all the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # a sandbox that broke may leave sockets open
        with sandbox_of(sandbox.isolation.tier) as own:
            targets.hide_in(own)
            try:
                return outcome(hostile, own, targets, exam)
            finally:
                targets.hide_in(sandbox)
                subprocess.run(["rm", "-rf", "--one-file-system", own._home], check=True)
                gc.collect()


def left_over(targets: Targets, before: set[str]) -> list[str]:
    """What was not there before; what takes a moment to end is waited for."""
    deadline = time.monotonic() + 2
    while (left := targets.traces() - before) and time.monotonic() < deadline:
        time.sleep(0.05)
    targets.sweep()
    return sorted(left)


def honest_points(exam: Exam, sandbox: Sandbox) -> float:
    work = Submission("honest", (SourceFile("work.py", (HONEST,)),))
    return grade(only(exam, ["linear_params"]), work, sandbox, jobs=1).earned


def table_of(exam: Exam) -> dict[str, int | None]:
    """The answers of an exam that are numbers, by the call; None for an error, 0 where only the call counts."""
    items = [item for exercise in exam.exercises for check in exercise.checks for item in check.items]
    calls = [f"{one.question.target} {one.question.args} {sorted(one.question.kwargs.items())}" for one in items]
    only_called = {call: 0 for call, item in zip(calls, items, strict=True) if item.question.probe == "changed"}
    answers = [getattr(item.expected[0], "value", None) for item in items]
    return only_called | {
        call: answer for call, answer in zip(calls, answers, strict=True) if isinstance(answer, int | None)
    }


def feedback(result: Grade) -> list[str]:
    return [check.feedback for check in checks_of(result)]


def everything_shown(result: Grade) -> str:
    """All that a reader sees of a submission."""
    return "\n".join(filter(None, [*feedback(result), *result.notes, *result.output.values()]))


def test_corpus_is_large_and_covers_every_family() -> None:
    families = Counter(hostile.path.parent.name for hostile in CORPUS)
    assert set(families) == FAMILIES
    assert sum(families.values()) >= 80


def test_table_of_answers_is_right_for_its_own_seed(
    sandbox: Sandbox, targets: Targets, exam: Callable[[int], Exam]
) -> None:
    (table,) = (hostile for hostile in CORPUS if hostile.path.stem == "knows_the_answers_of_another_seed")
    result = grade(table.asked(exam(1)), table.submission(targets.texts), sandbox)
    assert result.earned == result.points == 14


def test_theft_would_be_seen(targets: Targets, exam: Callable[[int], Exam]) -> None:
    """Where nothing is promised, the same submissions do find what they look for, and the tests do notice."""
    thieves = [hostile for hostile in CORPUS if hostile.path.stem in ("reads_the_home", "connects_to_the_judge")]
    with sandbox_of("process") as sandbox:
        for thief in thieves:
            result = grade(thief.asked(exam(0)), thief.submission(targets.texts), sandbox)
            assert targets.stolen(everything_shown(result)) == [targets.secret]


def test_judge_keeps_few_answers(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    """Six answers of 40 MB do not lie in memory together: an answer may have 256 MB, and an exam has hundreds."""
    text = "import torch\n\ndef global_avg_pool(x):\n    return torch.zeros(10 << 20)\n"
    work = Submission("student", (SourceFile("work.py", (text,)),))
    asked = only(exam(0), ["global_avg_pool"])
    tracemalloc.start()
    try:
        assert grade(asked, work, sandbox, jobs=1).earned == 0
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 160 << 20
