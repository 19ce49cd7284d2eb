"""The probe `changed` names what a call changes besides returning its result."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.model import Question, Returned, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild

MODEL = {"make": "torch.nn.Sequential", "id": 0, "kwargs": {}, "args": [
    {"make": "torch.nn.Linear", "id": 1, "args": [2, 3], "kwargs": {}},
    {"make": "torch.nn.BatchNorm1d", "id": 2, "args": [3], "kwargs": {}},
]}  # fmt: skip
IMAGE: Any = np.arange(12, dtype=np.float32).reshape(3, 4)
CASES: dict[str, tuple[str, Any, list[str]]] = {
    "nothing": ("return x + 1", IMAGE, []),
    "values": ("x[0] = 1", IMAGE, ["x"]),
    "values_of_nan": ("return x", np.full(3, np.nan, np.float32), []),
    "shape": ("x.resize_(12)", IMAGE, ["x"]),
    "transposed_in_place": ("x.t_()", IMAGE, ["x"]),
    "gradient_flag": ("x.requires_grad_()", IMAGE, ["x"]),
    "list_emptied": ("x.pop()", [1, 2], ["x"]),
    "inner_list": ("x[0].append(1)", [[1], [2]], ["x"]),
    "sorted_copy": ("return sorted(x)", [2, 1], []),
    "dictionary": ("x['b'] = 1", {"a": 1}, ["x"]),
    "bool_for_int": ("x[0] = True", [1], ["x"]),
    "torch_draws": ("torch.rand(1)", [1], ["random state"]),
    "numpy_draws": ("import numpy; numpy.random.rand()", [1], ["random state"]),
    "python_draws": ("import random; random.random()", [1], ["random state"]),
    "own_generator": ("torch.rand(1, generator=torch.Generator().manual_seed(1))", [1], []),
    "gradients_off": ("torch.set_grad_enabled(False)", [1], ["recording of gradients"]),
    "gradients_off_inside": ("with torch.no_grad(): x + 1", IMAGE, []),
    "model_is_run": ("with torch.no_grad(): x.eval()(torch.ones(2, 2)); x.train()", MODEL, []),
    "model_in_eval_mode": ("x.eval()", MODEL, ["x: modes"]),
    "model_is_frozen": ("x[0].requires_grad_(False)", MODEL, ["x: gradient flags"]),
    "weights": ("torch.nn.init.zeros_(x[0].weight)", MODEL, ["x: parameters"]),
    "statistics": ("x(torch.randn(4, 2, generator=torch.Generator()))", MODEL, ["x: buffers"]),
    "gradients": ("x.eval()(torch.ones(2, 2)).sum().backward(); x.train()", MODEL, ["x: gradients"]),
    "hook": ("x[0].register_forward_hook(print)", MODEL, ["x: hooks"]),
    "hook_removed": ("x[0].register_forward_hook(print).remove()", MODEL, []),
    "two": ("x.eval(); torch.rand(1)", MODEL, ["x: modes", "random state"]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_call_changes(sandbox: Sandbox, name: str) -> None:
    body, argument, expected = CASES[name]
    source = f"import torch\n\ndef f(x):\n    {body}\n"
    submission = Submission("student", (SourceFile("work.py", (source,)),))
    question = Question("changed", "f", (argument,), options={"parameters": ["x"]})
    with SharedChild(sandbox, submission) as shared:
        assert Session(shared, submission.files[0], ["f"]).ask(question, 10.0) == Returned(expected)


def test_random_state_may_be_left_out(sandbox: Sandbox) -> None:
    submission = Submission(
        "student", (SourceFile("work.py", ("import torch\n\ndef f(x):\n    x.add_(torch.rand(4))\n",)),)
    )
    question = Question("changed", "f", (IMAGE,), options={"parameters": ["x"], "but": ["random state"]})
    with SharedChild(sandbox, submission) as shared:
        assert Session(shared, submission.files[0], ["f"]).ask(question, 10.0) == Returned(["x"])
