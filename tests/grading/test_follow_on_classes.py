"""A known mistake in a class costs that class alone; wrong code that uses it still loses points."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.exam import only, without_training
from autograder.grading import grade
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox import Sandbox
from tests.support.course import changed, solution
from tests.support.results import Graded, exercises_of, hints, lost

RELU = "            nn.ReLU(inplace=True),\n"
NORM = "            nn.BatchNorm2d(out_channels),\n"
LAST = f"{NORM}{RELU}        )"
WRONG_BLOCKS = {
    "last_relu_missing": (LAST, f"{NORM}        )"),
    "relu_before_batchnorm": (NORM + RELU, RELU + NORM),
    "block_without_batchnorm": (NORM, ""),
    "convolutions_without_bias": ("padding=1", "padding=1, bias=False"),
    "block_without_gradients": ("return self.layers(x)", "return self.layers(x).detach()"),
}
USERS = "Encoder", "Decoder", "UNet"


@pytest.mark.parametrize("misconception", WRONG_BLOCKS)
def test_mistake_in_a_block_costs_the_block(graded: Graded, misconception: str) -> None:
    old, new = WRONG_BLOCKS[misconception]
    found = graded({"unet.py": replaced_everywhere(old, new)}, "ConvBlock", *USERS)
    assert hints(found["ConvBlock"]) == {misconception}
    # no value can prove that the gradient is missing because of the block
    lose = [f"{name.lower()}_learns" for name in USERS] if misconception == "block_without_gradients" else []
    assert [check for name in USERS for check in sorted(lost(found[name]))] == lose
    followed = {check.follows_from for name in USERS for check in found[name].checks}
    assert ("ConvBlock",) in followed


@pytest.mark.parametrize(
    ("user", "change"),
    {
        "Encoder": ("features = [self.blocks[0](x)]", "features = [self.blocks[0](x + 1)]"),
        "Decoder": ("reversed(encoder_features)", "encoder_features"),
        "UNet": ("self.bottleneck(", "2 * self.bottleneck("),
    }.items(),
    ids=USERS,
)
def test_mistake_beside_a_wrong_block_costs_points(graded: Graded, user: str, change: tuple[str, str]) -> None:
    text = replaced_everywhere(*WRONG_BLOCKS["last_relu_missing"])
    assert text.count(change[0]) == 1
    alone = graded({"unet.py": changed("unet", change)}, user)[user]
    found = graded({"unet.py": text.replace(*change)}, "ConvBlock", user)[user]
    assert lost(found) >= lost(alone) != set()
    assert found.earned <= alone.earned


def test_part_of_an_exam_gives_the_same_verdicts(exam: Callable[[int], Exam], sandbox: Sandbox) -> None:
    text = replaced_everywhere(*WRONG_BLOCKS["last_relu_missing"])
    text = text.replace("reversed(encoder_features)", "encoder_features")
    submission = Submission("student", (SourceFile("unet.py", (text,)),))
    whole = only(without_training(exam(0)), ["ConvBlock", *USERS])
    together = exercises_of(grade(whole, submission, sandbox))
    for user in USERS:
        alone = exercises_of(grade(only(whole, [user]), submission, sandbox))
        assert [*alone] == [user]
        assert [(one.verdict, one.feedback, one.hint) for one in alone[user].checks] == [
            (one.verdict, one.feedback, one.hint) for one in together[user].checks
        ]
        assert alone[user].earned == together[user].earned
    assert 0 < together["Encoder"].earned == together["Encoder"].points


def replaced_everywhere(old: str, new: str) -> str:
    """The solution with a change at each place."""
    text = solution("unet")
    assert old in text
    return text.replace(old, new)
