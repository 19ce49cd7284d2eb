"""Gradients of a function, and of one's own autograd.Function, are asked in the sandbox."""

from __future__ import annotations

import pytest

from autograder.model import Exam
from autograder.sandbox.sandbox import Sandbox
from tests.support.small_course import exam_of, feedback_of

REFERENCE = '''\
"""Functions"""

import torch

from autograder.author import case, check, differentiated, gradcheck, matches, parts_agree, reference


@reference(points=1)
def scaled(x, weights, power=2):
    """Powers."""
    return x**power * weights[0] + weights[1].sum()


@check(scaled, points=1, ask=differentiated(), compare=matches(rtol=1e-4))
def values_and_gradients(draw):
    """The values and all gradients are right"""
    yield case(draw.normal(2, 3), [draw.normal(3), draw.normal(2)], power=3)


@reference(points=3)
class Cube(torch.autograd.Function):
    """The cube."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return 3 * x**2 * gradient


@check(Cube, points=1, ask=differentiated(report=("output",)), compare=matches(rtol=1e-4))
def values(draw):
    """The values are cubes"""
    yield case(draw.normal(2, 3))


@check(Cube, points=1, ask=differentiated(report=("gradients",)), compare=matches(rtol=1e-4))
def derivative(draw):
    """The gradient is that of the cube"""
    yield case(draw.normal(2, 3))


@check(
    Cube, points=1, ask=gradcheck(), compare=parts_agree(why="backward does not give the slope of forward", rtol=1e-6)
)
def slope(draw):
    """backward gives the slope of forward"""
    yield case(draw.normal(2, 3))
'''
SCALED = """
import torch

def scaled(x, weights, power=2):
    {}
"""
CUBE = """
import torch

class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return (x * x * x).float()

    @staticmethod
    def backward(ctx, gradient):
        x, = ctx.saved_tensors
        {}
"""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    return exam_of(tmp_path_factory.mktemp("course"), REFERENCE)


def test_other_way_to_the_same_gradients_passes(sandbox: Sandbox, exam: Exam) -> None:
    work = SCALED.format("x.pow_(power); return torch.addcmul(weights[1].sum(), x, weights[0])")
    assert feedback_of(sandbox, exam, work)["values_and_gradients"] == ""


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("return x**power * weights[0].detach() + weights[1].sum()", "gradient of weights[0]: expected ["),
        ("return x.detach()**power * weights[0] + weights[1].sum()", "gradient of x: expected ["),
        ("return x**power * weights[0]", "output: expected ["),
    ],
)
def test_wrong_gradient_is_named_by_its_parameter(sandbox: Sandbox, exam: Exam, body: str, why: str) -> None:
    feedback = feedback_of(sandbox, exam, SCALED.format(body))["values_and_gradients"]
    assert feedback.startswith("failed: scaled([[")
    assert why in feedback


def test_result_without_a_gradient_is_explained(sandbox: Sandbox, exam: Exam) -> None:
    feedback = feedback_of(sandbox, exam, SCALED.format("return (x**power * weights[0] + weights[1].sum()).detach()"))
    assert feedback["values_and_gradients"] == (
        "failed: the result carries no gradient: compute it with operations of torch, without detach() or .item()"
    )


def test_own_function_is_called_by_apply(sandbox: Sandbox, exam: Exam) -> None:
    feedback = feedback_of(sandbox, exam, CUBE.format("return 3 * x**2 * gradient"))
    assert [feedback[name] for name in ("values", "derivative", "slope")] == ["", "", ""]


def test_wrong_backward_keeps_the_points_of_the_values(sandbox: Sandbox, exam: Exam) -> None:
    feedback = feedback_of(sandbox, exam, CUBE.format("return 3 * x**2"))
    assert feedback["values"] == ""
    assert feedback["derivative"].startswith("failed: Cube.apply([[")
    assert feedback["slope"].endswith("backward does not give the slope of forward")
