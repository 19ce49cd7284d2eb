"""How a call is written out for students."""

from __future__ import annotations

from autograder.author import case, make, reference
from autograder.exam.call_text import call_of


@reference(points=1)
def look(model):  # type: ignore[no-untyped-def]  # as a reference is written
    """An exercise that is never asked."""


def test_two_shared_layers_have_two_names() -> None:
    first, second = make("torch.nn.Linear", 6, 6), make("torch.nn.Linear", 6, 6)
    twice = make("torch.nn.Sequential", first, second, first, second)
    assert call_of(look, case(twice)) == (
        "shared = Linear(6, 6); shared2 = Linear(6, 6); look(Sequential(shared, shared2, shared, shared2))"
    )


def test_builder_without_its_arguments_is_shown_all_the_same() -> None:
    assert call_of(look, case(make("tied", make("torch.nn.Linear", 6, 6)))) == "model = tied(Linear(6, 6)); look(model)"


def test_names_of_parameters_fit_the_model_that_is_shown() -> None:
    network = make("torch.nn.Sequential", make("spy"), make("torch.nn.Flatten"), make("torch.nn.Linear", 12, 3))
    partly = make("partly_frozen", make("weighted", network, 1), ["2.weight"])
    shown = "Sequential(Flatten(), Linear(12, 3))"
    assert call_of(look, case(partly)) == f"model = {shown} with 1.weight frozen; look(model)"
    assert call_of(look, case(make("evaluating", partly))) == (
        f"model = {shown} with 1.weight frozen, in eval mode; look(model)"
    )
    assert call_of(look, case(make("reached", network, "2.weight"))) == (
        f"model = {shown} with a gradient in 1.weight; look(model)"
    )
