"""Checks that the reference passes with other random numbers, and that forbidden and required names exist."""

from __future__ import annotations

import builtins
import importlib
import keyword
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from autograder.author import ask, read_reference
from autograder.course import Course
from autograder.judge import OwnRules, Rules
from autograder.lint.finding import Finding
from autograder.model import Answer, Exam, ExamCheck, Item
from autograder.submission import full_name

STATES = 20  # states of the random generators that each check is tried with


def randomness_findings(course: Course, assignment: str, exam: Exam) -> Iterator[Finding]:
    """Find checks that refuse the reference itself when its random numbers differ from those of the exam."""
    read = read_reference(course, assignment)
    rules = Rules(OwnRules(read.own.rules))
    for section, exam_section in zip(read.sections, exam.sections, strict=True):
        for exercise in exam_section.exercises:
            for check in exercise.checks:
                ask_again = partial(ask, section.namespace, probes=read.own.probes)
                failed = 0 if check.measure else max(_failures(rules, ask_again, check, item) for item in check.items)
                if failed:
                    text = f"{check.name} refuses the reference in {failed} of {STATES} runs with other random numbers"
                    yield Finding(exercise.name, "randomness", f"{text}: raise the tolerance, or use larger cases")
            for name in unknown_names(exercise.forbids):
                yield Finding(exercise.name, "forbids", f"forbids {name!r}, and {_no_such(name)}")
            for name in unknown_names(exercise.requires):
                yield Finding(exercise.name, "forbids", f"requires {name!r}, and {_no_such(name)}")


def _failures(rules: Rules, ask_again: Callable[..., Answer], check: ExamCheck, item: Item) -> int:
    """Count the answers of the reference, out of `STATES`, that the check refuses.

    Only one answer is made if it equals the expected one: then the answer does not depend on random numbers.
    """
    answers = (ask_again(item.question, random_state=state) for state in range(1, STATES + 1))
    first = [next(answers)]
    if rules.accepts(replace(check, comparator="matches", parameters={"rtol": 1e-6}), item.expected, first[0]):
        return 0
    return sum(not rules.accepts(check, item.expected, answer) for answer in chain(first, answers))


def unknown_names(names: Sequence[str]) -> list[str]:
    """List the names that stand for nothing: no keyword, builtin, function of torch, or name that can be imported.

    A bare name that contains a known name is an operator of another build of torch. Attributes, such as `.sort`, are
    not looked up.
    """
    import torch

    modules = (torch, torch.nn, torch.nn.functional, torch.linalg, torch.fft, torch.special, builtins)
    places = (*modules, torch.Tensor, torch.ops.aten)
    bare = [name for name in names if "." not in name and not keyword.iskeyword(name)]
    known = [name for name in bare if any(hasattr(place, name) for place in places)]
    unknown = [name for name in bare if not any(part in name for part in known)]
    return unknown + [name for name in names if "." in name and name[0] != "." and not _exists(full_name(name))]


def _exists(name: str) -> bool:
    """Whether a dotted name is a module, or an attribute of one; modules on the way to it are imported."""
    module, *rest = name.split(".")
    try:
        found: Any = importlib.import_module(module)
        for part in rest:
            module = f"{module}.{part}"
            found = getattr(found, part) if hasattr(found, part) else importlib.import_module(module)
    except ImportError:
        return False
    return True


def _no_such(name: str) -> str:
    return "it cannot be imported" if "." in name else "torch has no function of that name"
