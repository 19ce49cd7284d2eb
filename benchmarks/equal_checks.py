"""The checks of exercise3 asked in this process, without any isolation: what `benchmarks/batch.py` compares with.

As a script it loads each submission into fresh modules and checks it; as a test file for pytest it checks the folder in
the variable SUBMISSION; imported, `check(name, namespace)` checks one exercise.
"""

import functools
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import torch

from autograder.author import read_reference
from autograder.course import find_course
from autograder.exam.cache import exam_for
from autograder.exam.subset import without_training
from autograder.judge import OwnRules, Rules, judge_exercise
from autograder.model import Raised, Returned
from autograder.sandbox.inside import probes

torch.set_num_threads(1)


@functools.cache
def exam():
    return without_training(exam_for(course(), "exercise3", 0))


@functools.cache
def own():
    """The course's own probes, comparators and measures."""
    return read_reference(course(), "exercise3").own


def course():
    return find_course(Path(os.environ.get("COURSE", ".")).resolve(), "exercise3")


def plain(value):
    """Tensors as arrays, as the wire makes them."""
    if isinstance(value, torch.Tensor):
        return value.detach().numpy()
    if isinstance(value, (list, tuple)):
        return type(value)(map(plain, value))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


class Asker:
    question_seconds = 0.0

    def __init__(self, namespace):
        self.namespace = namespace

    def __call__(self, question, seconds):
        try:
            return Returned(plain(probes.ask(self.namespace, vars(question), own().probes)))
        except Exception as error:  # noqa: BLE001 - as the sandbox does
            kinds = tuple(kind.__name__ for kind in type(error).__mro__)
            return Raised(type(error).__name__, str(error), "", kinds)


def check(name, namespace):
    """Check one exercise; it must earn its points."""
    exercise = next(exercise for exercise in exam().exercises if exercise.name == name)
    asker = Asker(namespace)
    result = judge_exercise(Rules(OwnRules(own().rules)), exercise, asker, asker)
    assert result.earned == exercise.points, [check for check in result.checks if check.verdict != "passed"]
    return result.earned


def load(folder):
    """The names of all files of a submission, each file in a module of its own that the others can import."""
    names = {}
    for path in sorted(Path(folder).glob("*.py")):
        module = sys.modules[path.stem] = ModuleType(path.stem)
    for path in sorted(Path(folder).glob("*.py")):
        module = sys.modules[path.stem]
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), module.__dict__)
        names |= {name: value for name, value in vars(module).items() if not name.startswith("__")}
    return names


def grade(folder):
    namespace = load(folder)
    return sum(check(exercise.name, namespace) for exercise in exam().exercises)


if "SUBMISSION" in os.environ:
    import pytest

    @pytest.fixture(scope="session")
    def namespace():
        return load(os.environ["SUBMISSION"])

    @pytest.mark.parametrize("name", [exercise.name for exercise in exam().exercises])
    def test_exercise(namespace, name):
        check(name, namespace)


if __name__ == "__main__":
    if sys.argv[1:] == ["--names"]:
        print(json.dumps({exercise.name: exercise.points for exercise in exam().exercises}))
    else:
        points = {grade(folder) for folder in sys.argv[1:]}
        assert len(points) == 1, points
        assert np.isclose(points.pop(), sum(exercise.points for exercise in exam().exercises))
