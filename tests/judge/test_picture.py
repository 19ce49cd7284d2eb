"""Pictures show what the verdict rests on: the right values, at the worst place, and nothing that was not asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.build import build_exam
from autograder.exam.codec import decode_exam, encode_exam
from autograder.exam.subset import only, without_training
from autograder.grade_json import from_json, to_json
from autograder.grading import grade
from autograder.judge.accept import OwnRules, Rules
from autograder.judge.maps import SIDE
from autograder.judge.picture import picture_of
from autograder.judge.rules import Comparator, comparator
from autograder.judge.train import judge_training
from autograder.model import (
    Exam,
    ExamCheck,
    Grade,
    Item,
    Picture,
    Question,
    Raised,
    Returned,
    SourceFile,
    Submission,
)
from autograder.sandbox.sandbox import Sandbox
from tests.support.course import SOLUTIONS, solution

FLIPPED = """
import torch.nn.functional as F
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    out = F.unfold(F.pad(x, [padding] * 4 if isinstance(padding, int) else [padding[1]] * 2 + [padding[0]] * 2),
                   weight.shape[2:], dilation, 0, stride)
    kh, kw = weight.shape[2:]
    weight = weight.flip(2, 3)
    y = weight.flatten(1) @ out
    pair = lambda v: v if isinstance(v, tuple) else (v, v)
    (s, t), (p, q), (d, e) = pair(stride), pair(padding), pair(dilation)
    h = (x.shape[2] + 2 * p - d * (kh - 1) - 1) // s + 1
    y = y.reshape(len(x), len(weight), h, -1)
    return y if bias is None else y + bias[:, None, None]
"""
OWN_STRIDE_FIRST = """
def receptive_field(layers):
    jump, field = 1, 1
    for kernel, stride, *dilation in layers:
        jump *= stride
        field += (dilation or [1])[0] * (kernel - 1) * jump
    return field
def receptive_field_table(layers):
    rows, jump, field = [], 1, 1
    for kernel, stride, *dilation in layers:
        jump *= stride
        field += (dilation or [1])[0] * (kernel - 1) * jump
        rows.append((jump, field))
    return rows
"""
SKIPS_IN_REVERSE = """
class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        c = [base_channels * 2 ** i for i in range(5)]
        self.encoder, self.bottleneck = Encoder((in_channels, *c[:4])), ConvBlock(c[3], c[4])
        self.ups = nn.ModuleList(nn.ConvTranspose2d(2 * a, a, 2, stride=2) for a in c[3::-1])
        self.blocks = nn.ModuleList(ConvBlock(2 * a, a) for a in c[3::-1])
        self.last = nn.Conv2d(base_channels, out_channels, 1)
    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(nn.functional.max_pool2d(features[-1], 2))
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            x = block(torch.cat([up(x), features[i]], 1))
        return self.last(x)
"""

Drawn = Callable[..., dict[str, Picture | None]]


@pytest.fixture(scope="module")
def grade_of(sandbox: Sandbox, exam: Callable[[int], Exam]) -> Callable[..., Grade]:
    def run(text: str, *names: str, pictures: bool = True, section: str = "work") -> Grade:
        submission = Submission("student", (SourceFile(f"{section}.py", (text,)),))
        return grade(without_training(only(exam(0), names)), submission, sandbox, pictures=pictures)

    return run


@pytest.fixture(scope="module")
def drawn(grade_of: Callable[..., Grade]) -> Drawn:
    """`drawn(text, exercise)`: the picture of each check."""

    def run(text: str, name: str) -> dict[str, Picture | None]:
        found = grade_of(text, name).sections[0].exercises[0]
        return {check.name: check.picture for check in found.checks}

    return run


def panels(picture: Picture | None) -> dict[str, list[list[float]]]:
    assert picture is not None
    assert picture.kind == "maps"
    return {panel["name"]: panel["values"] for panel in picture.data["panels"]}


def test_flipped_kernel_is_shown_beside_what_is_due(drawn: Drawn) -> None:
    picture = drawn(FLIPPED, "conv2d_manual")["one_channel"]
    assert panels(picture) == {
        "x[0, 0]": [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]],
        "weight[0, 0]": [[1, 2], [0, -1]],
        "expected[0, 0]": [[-3, -1, 1], [5, 7, 9]],
        "yours[0, 0]": [[13, 15, 17], [21, 23, 25]],
        "difference[0, 0]": [[16, 16, 16], [16, 16, 16]],
    }
    assert picture is not None
    assert (picture.data["worst"], picture.data["panels"][-1]["marked"]) == ("[0, 0, 0, 0]", [0, 0])


def test_kernel_is_that_of_the_worst_output_channel(drawn: Drawn, exam: Callable[[int], Exam]) -> None:
    picture = drawn(FLIPPED, "conv2d_manual")["batch_and_channels"]
    item = next(check for e in exam(0).exercises for check in e.checks if check.name == "batch_and_channels").items[0]
    assert picture is not None
    image, channel, row, column = (int(part) for part in picture.data["worst"].strip("[]").split(", "))
    shown = panels(picture)
    arguments: Any = item.question.args
    x, weight = arguments
    assert shown[f"x[{image}, 0]"] == x[image, 0].tolist()
    assert shown[f"weight[{channel}, 0]"] == weight[channel, 0].tolist()
    assert isinstance(item.expected[0], Returned)
    right: Any = item.expected[0].value
    assert shown[f"expected[{image}, {channel}]"] == right[image, channel].tolist()
    off = np.abs(np.array(shown[f"difference[{image}, {channel}]"]))
    assert off[row, column] == off.max()


def test_map_that_becomes_one_value_is_shown_whole(drawn: Drawn) -> None:
    work = "def global_avg_pool(x):\n    return x.amax(dim=(2, 3))"
    picture = drawn(work, "global_avg_pool")["mean_of_each_map"]
    assert picture is not None
    assert [panel["name"] for panel in picture.data["panels"]] == ["x[0, 0]", "expected", "yours", "difference"]


def test_maps_of_different_shapes_have_no_difference(drawn: Drawn) -> None:
    picture = drawn("def sobel_edges(image):\n    return image * 1.0\n", "sobel_edges")["upright_edges"]
    assert set(panels(picture)) == {"image", "expected", "yours"}
    assert picture is not None
    assert picture.data["worst"] == ""


@pytest.mark.parametrize(
    "value", ["None", "'<b>'", "[1.0]", "image.to('meta')", "1j * image", "image[:0]", "image.sum()"]
)
def test_answer_that_is_no_map_has_no_picture(drawn: Drawn, value: str) -> None:
    assert set(drawn(f"def sobel_edges(image):\n    return {value}\n", "sobel_edges").values()) == {None}


def test_wrong_dtype_alone_has_no_picture(drawn: Drawn) -> None:
    text = "def to_channels_first(images):\n    return images.permute(0, 3, 1, 2).double()\n"
    assert drawn(text, "to_channels_first")["bytes_stay_bytes"] is None


def test_receptive_field_is_shown_layer_by_layer(drawn: Drawn) -> None:
    pictures = drawn(OWN_STRIDE_FIRST, "receptive_field")
    assert pictures["stacked_layers"] is None
    picture = pictures["strides"]
    assert picture is not None
    assert (picture.kind, picture.call) == ("reach", "receptive_field([(3, 1), (3, 1), (2, 2), (3, 1)])")
    assert picture.data["rows"] == [
        {"layer": "(3, 1)", "expected": 3, "got": 3},
        {"layer": "(3, 1)", "expected": 5, "got": 5},
        {"layer": "(2, 2)", "expected": 6, "got": 7},
        {"layer": "(3, 1)", "expected": 10, "got": 11},
    ]


def test_table_of_receptive_fields_is_shown_row_by_row(drawn: Drawn) -> None:
    picture = drawn(OWN_STRIDE_FIRST, "receptive_field_table")["jumps_multiply"]
    assert picture is not None
    assert [(row["expected"], row["got"]) for row in picture.data["rows"]] == [(3, 3), (5, 5), (6, 7), (10, 11)]


@pytest.mark.parametrize("value", ["-1", "10**30", "10**5000", "1e400", "float('nan')", "True", "'7'", "None", "[7]"])
def test_field_that_is_no_number_of_values_is_left_out(drawn: Drawn, value: str) -> None:
    assert drawn(f"def receptive_field(layers):\n    return {value}\n", "receptive_field")["strides"] is None


def test_stages_of_a_network_stand_beside_the_expected_ones(drawn: Drawn) -> None:
    text = (SOLUTIONS / "unet.py").read_text(encoding="utf-8") + SKIPS_IN_REVERSE
    picture = drawn(text, "UNet")["unet_is_repeatable"]
    assert picture is not None
    assert picture.kind == "stages"
    down = ["16 × 16: 1 → 4", "8 × 8: 4 → 8", "4 × 4: 8 → 16", "2 × 2: 16 → 32", "1 × 1: 32 → 64"]
    up = ["2 × 2: 32 → 64 → 32", "4 × 4: 16 → 32 → 16", "8 × 8: 8 → 16 → 8", "16 × 16: 4 → 8 → 4 → 1"]
    assert [row["expected"] for row in picture.data["rows"]] == [*down, *up]
    assert [row["got"] for row in picture.data["rows"]] == [*down, "2 × 2: 32", "stops here", "", ""]


@pytest.mark.parametrize(
    "claimed",
    [
        None,
        {"stages": None},
        {"stages": [[[8, 8], [10**5000]]], "ends": True},
        {"stages": [[[8, 8], ["<b>"]]], "ends": True},
        {"stages": [[[8, 8]]], "ends": True},
        {"stages": [[[8, 8], [1]]] * 1000, "ends": True},
        {"stages": [[[8, 8], [float("nan")]]], "ends": True},
    ],
)
def test_stages_that_a_process_invents_are_not_drawn(claimed: Any) -> None:
    right = Returned({"stages": [[[8, 8], [1, 4]]], "ends": True})
    look = Item("f", Question("stages", "f"), (right,))
    item = Item("f()", Question("forward", "f", options={"inputs": []}), (right,), (look,))
    check = ExamCheck("c", "C", 1, "agrees", {}, (item,), picture="stages")
    assert picture_of(Rules(), check, "f()", item, Raised("ValueError"), [Returned(claimed)]) is None
    got = Returned({"stages": [[[8, 8], [1, 2]]], "ends": False})
    picture = picture_of(Rules(), check, "f()", item, Raised("ValueError"), [got])
    assert picture is not None
    assert [row["got"] for row in picture.data["rows"]] == ["8 × 8: 1 → 2", "stops here"]


def test_what_is_hidden_is_not_drawn(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    def hide(check: ExamCheck) -> ExamCheck:
        return dataclasses.replace(check, hidden=check.name == "one_channel")

    asked = only(exam(0), ["conv2d_manual"])
    exercise = asked.exercises[0]
    exercise = dataclasses.replace(exercise, checks=tuple(map(hide, exercise.checks)))
    section = dataclasses.replace(asked.sections[0], exercises=(exercise,))
    submission = Submission("student", (SourceFile("work.py", (FLIPPED,)),))
    result = grade(dataclasses.replace(asked, sections=(section,)), submission, sandbox, pictures=True)
    drawn = {check.name: check.picture for check in result.sections[0].exercises[0].checks}
    assert drawn["one_channel"] is None
    assert drawn["batch_and_channels"] is not None


def test_pictures_change_no_verdict(grade_of: Callable[..., Grade]) -> None:
    counts = "n = 0\ndef receptive_field(layers):\n    global n\n    n += 1\n    return n\n"
    for text in (
        FLIPPED,
        OWN_STRIDE_FIRST,
        counts,
        "raise SystemExit",
        "def conv2d_manual(x, w):\n    import os; os.abort()",
    ):
        plain = grade_of(text, "conv2d_manual", "receptive_field", pictures=False)
        with_pictures = grade_of(text, "conv2d_manual", "receptive_field")
        assert plain.output == with_pictures.output
        for one, other in zip(plain.sections, with_pictures.sections, strict=True):
            for exercise, drawn in zip(one.exercises, other.exercises, strict=True):
                assert exercise.checks == tuple(dataclasses.replace(check, picture=None) for check in drawn.checks)


def test_pictures_stay_out_of_the_json(grade_of: Callable[..., Grade]) -> None:
    result = grade_of(FLIPPED, "conv2d_manual")
    read = from_json(to_json(result))
    checks = result.sections[0].exercises[0].checks
    assert read.sections[0].exercises[0].checks == tuple(dataclasses.replace(check, picture=None) for check in checks)


def test_pictures_survive_the_file_of_an_exam(exam: Callable[[int], Exam]) -> None:
    asked = only(exam(0), ["receptive_field", "UNet"])
    read = decode_exam(encode_exam(asked), "it")
    looks = [item.picture_items for e in asked.exercises for check in e.checks for item in check.items]
    assert sum(map(len, looks)) > 10
    again = [item.picture_items for e in read.exercises for check in e.checks for item in check.items]
    assert [[look.call for look in some] for some in again] == [[look.call for look in some] for some in looks]
    assert {check.picture for e in read.exercises for check in e.checks} == {"", "reach", "stages"}


def windows_of(expected: Any, actual: Any, *args: Any) -> Picture | None:
    check = ExamCheck("c", "C", 1, "matches", {}, (), picture="windows")
    item = Item("f()", Question("call", "f", args), (Returned(expected),))
    signature = "f(size, kernel_size, stride=1, padding=0)"
    return picture_of(Rules(), check, signature, item, Returned(actual), ())


def test_windows_are_right_missing_or_not_expected() -> None:
    picture = windows_of([-1, 1, 3], [-1, 0, 1], 6, 3, 2, 1)
    assert picture is not None
    data = picture.data
    assert [data["size"], data["kernel_size"], data["padding"]] == [6, 3, 1]
    assert [tuple(row.values()) for row in data["rows"]] == [
        (-1, True, True),
        (0, False, True),
        (1, True, True),
        (3, True, False),
    ]


@pytest.mark.parametrize(
    "answer",
    [None, 3, "012", [None], ["0"], [True], [0.5], [float("nan")], [10**9], [[0]], [0] * 10**4, [1, 0], {0: 1}],
)
def test_what_is_no_list_of_windows_has_no_picture(answer: Any) -> None:
    assert windows_of([0, 1], answer, 4, 3) is None


@comparator(by_value=True)
def second_part(expected: Any, actual: Any) -> str | None:
    return None if np.array_equal(expected[1], actual[1]) else "the second part is wrong"


@comparator
def any_array(expected: Any, actual: Any) -> str | None:
    return "not an array of this course"


def pictured_by(rule: Comparator[Any], expected: Any, actual: Any) -> Picture | None:
    """The picture of a wrong answer that a comparator of a course refuses."""
    check = ExamCheck("c", "C", 1, rule.name, {}, (), by_value=rule.by_value)
    item = Item("f()", Question("call", "f"), (Returned(expected),))
    return picture_of(Rules(OwnRules({rule.name: rule})), check, "f()", item, Returned(actual), ())


def test_comparator_of_a_course_decides_which_array_is_shown() -> None:
    right, got = np.zeros((2, 2)), np.ones((2, 2))
    shown = panels(pictured_by(second_part, (right, right), (got, got)))
    assert set(shown) == {"expected[1]", "yours[1]", "difference"}
    assert shown["yours[1]"] == [[1, 1], [1, 1]]


def test_comparator_that_does_not_expect_these_values_gets_no_maps() -> None:
    assert pictured_by(any_array, np.zeros((2, 2)), np.ones((2, 2))) is None


def test_argument_that_is_made_a_numpy_array_is_shown() -> None:
    made: Any = {"make": "array", "id": 1, "args": [np.ones((2, 2), np.float32)], "kwargs": {}}
    item = Item("f(image)", Question("call", "f", (made,)), (Returned(np.zeros((1, 3))),))
    check = ExamCheck("c", "C", 1, "matches", {}, ())
    picture = picture_of(Rules(), check, "f(image)", item, Returned(np.ones((1, 3))), ())
    assert panels(picture)["image"] == [[1, 1], [1, 1]]
    assert picture is not None
    assert [panel["shape"] for panel in picture.data["panels"]] == ["(2, 2)", "(1, 3)", "(1, 3)", "(1, 3)"]


def test_large_map_is_cut_around_the_worst_place() -> None:
    right = np.zeros((1, 100, 200), np.float32)
    got = right.copy()
    got[0, 90, 150] = 1
    question = Question("call", "f", (np.arange(20000, dtype=np.float32).reshape(100, 200),))
    check = ExamCheck("c", "C", 1, "matches", {}, ())
    picture = picture_of(Rules(), check, "f(x)", Item("f(x)", question, (Returned(right),)), Returned(got), ())
    assert picture is not None
    x, expected, answer, difference = picture.data["panels"]
    assert [len(answer["values"]), len(answer["values"][0])] == [SIDE, SIDE]
    assert answer["cut"] == "rows 76 to 99 of 100, columns 138 to 161 of 200"
    row, column = answer["marked"]
    assert (answer["values"][row][column], expected["values"][row][column]) == (1, 0)
    assert sum(map(sum, difference["values"])) == 1
    assert x["values"][0][:3] == [0, 1, 2]


def test_signature_that_cannot_be_read_costs_only_the_arguments() -> None:
    question = Question("call", "f", (np.ones((2, 2), np.float32),))
    item = Item("f(x)", question, (Returned(np.zeros((2, 2), np.float32)),))
    check = ExamCheck("c", "C", 1, "matches", {}, ())
    picture = picture_of(Rules(), check, "f(x=<object>)", item, Returned(np.ones((2, 2), np.float32)), ())
    assert set(panels(picture)) == {"expected", "yours", "difference"}


@pytest.mark.parametrize("word", ["reaches", "N C H W"])
def test_unknown_picture_is_an_error_of_the_author(tmp_path: Path, word: str) -> None:
    folder = tmp_path / "reference/exercise7"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text('"""Pooling"""\nsections = ("pooling",)\n')
    (folder / "pooling.py").write_text(f'''"""Pooling"""
from autograder.author import case, check, reference

@reference(points=1)
def twice(x):
    return 2 * x

@check(twice, points=1, picture="{word}")
def doubled(draw):
    """It is doubled"""
    yield case(draw.normal(2, 3))
''')
    with pytest.raises(CourseError, match=f"pooling: check doubled of twice: there is no picture '{word}'"):
        build_exam(Course(tmp_path), "exercise7", 0, "", {})


def test_trained_network_is_shown_stage_by_stage(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    submission = Submission("student", (SourceFile("simple_cnn.py", (solution("simple_cnn"),)),))
    checks = grade(only(exam(0), ["SimpleCNN"]), submission, sandbox).sections[0].exercises[0].checks
    attempt = checks[-1].attempts[-1]
    assert {name: maps.shape for name, maps in attempt.maps.items()} == {
        "stage 1, 28 × 28": (8, 28, 28),
        "stage 2, 14 × 14": (8, 14, 14),
        "stage 3, 7 × 7": (8, 7, 7),
        "filters of the first convolution": (16, 3, 3),
    }
    assert all(np.isfinite(maps).all() for maps in attempt.maps.values())


@pytest.mark.parametrize(
    "inside",
    [
        None,
        [],
        {"maps": "maps"},
        {"maps": [np.zeros((2, 70, 70), np.float32), np.zeros((0, 3, 3), np.float32), np.zeros(3, np.float32), "x"]},
        {"filters": [np.zeros((2, 3, 3), np.complex64)]},
    ],
)
def test_insides_that_are_no_maps_are_left_out(inside: Any) -> None:
    @dataclasses.dataclass(frozen=True)
    class Says:
        question_seconds: float = 0.0

        def __call__(self, question: Question, seconds: float) -> Returned:
            answer: dict[str, Any] = {
                "predictions": np.zeros((2, 1, 4, 4), np.float32),
                "curve": [1.0],
                "inside": inside,
            }
            return Returned(answer)

    clean = {name: np.zeros((2, 1, 4, 4), np.float32) for name in ("targets", "noisy")}
    item = Item("f()", Question("train_denoiser", "f"), (Returned(clean),))
    parameters: dict[str, Any] = {"most": 0.5, "sentence": "{value}"}
    check = ExamCheck("c", "C", 1, "matches", parameters, (item,), training=True, measure="mean_squared_error")
    attempt = judge_training(Rules(), check, Says()).attempts[0]
    assert (attempt.passed, dict(attempt.maps)) == (True, {})
