"""What a fourth look found: work that nobody asked for and passed, right work that was refused, and untrue messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.exam.subset import only
from autograder.model import CheckResult, Exam, ExerciseResult
from autograder.reports.terminal import exercise_lines
from autograder.submission.read import read_submission

from .lost_points import hints, lost

Graded = Callable[..., dict[str, ExerciseResult]]
Display = Callable[..., ExerciseResult]

HEAD = "self.head(self.decoder(x, features))"
POOLED = "features.append(block(self.pool(features[-1])))"
JOINED = "x = block(torch.cat([up(x), skip], dim=1))"
DEEPEST = "x = self.bottleneck(self.pool(features[-1]))"
DROPOUTS = {
    "dropout": "nn.functional.dropout({}, 0.5, self.training)",
    "dropout of maps": "nn.functional.dropout2d({}, 0.2, self.training)",
    "rare dropout": "nn.functional.dropout({}, 0.05, self.training)",
    "noise": "({0} + 0.1 * self.training * torch.randn({0}.shape))",
}
RANDOM = [
    ("Encoder", "encoder_draws_nothing", "encoder_with_dropout", POOLED, "self.pool(features[-1])"),
    ("Decoder", "decoder_draws_nothing", "decoder_with_dropout", JOINED, "up(x)"),
    ("UNet", "unet_draws_nothing", "unet_with_dropout", DEEPEST, "self.pool(features[-1])"),
]
THREE_LEVELS = (
    ("c, 2 * c, 4 * c, 8 * c))", "c, 2 * c, 4 * c))"),
    ("ConvBlock(8 * c, 16 * c)", "ConvBlock(4 * c, 8 * c)"),
    ("(16 * c, 8 * c, 4 * c, 2 * c, c)", "(8 * c, 4 * c, 2 * c, c)"),
)
PARAMETERS = """def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    h, w = pair(kernel_size)
    return out_channels * (in_channels * h * w + bool(bias))
"""
BATCH = "torch.randint(len(images), (batch_size,), generator=order)"
TRAINED = "model = DeepCNN(batch_norm=batch_norm)"
LAST_RELU = "nn.ReLU(),\n            nn.MaxPool2d(2),\n            nn.Flatten"
PAIRS = "    settings = (weight.shape[2:], stride, padding, dilation)"
BIAS = "    if bias is not None:\n        bias.mul_(2)\n        bias = bias / 2\n"
SOBEL = "return torch.hypot(gx, gy)"
HEADS = {
    "channels last": ("nn.Flatten()", "Last(), nn.Flatten()"),
    "bare matrices": ("nn.Linear(", "Matrix("),
}
LAST_AND_MATRIX = """class Last(nn.Module):
    def forward(self, x):
        return x.movedim(1, -1)


class Matrix(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.w = nn.Parameter(torch.randn(inputs, outputs) / inputs**0.5)
        self.b = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x @ self.w + self.b


"""
UNASKED = {
    "criterion_not_used": ("train_one_epoch", ("criterion(model", "nn.functional.cross_entropy(model")),
    "gradients_off_for_good": ("evaluate", ("with torch.no_grad():", "torch.set_grad_enabled(False)\n    if 1:")),
    "rounded_accuracy": ("evaluate", ("return correct / samples", "return round(correct / samples, 2)")),
}


def check_of(result: ExerciseResult, name: str) -> CheckResult:
    (check,) = (check for check in result.checks if check.name == name)
    return check


def written(*sources: str) -> str:
    """A notebook of these code cells."""
    return json.dumps({"cells": [{"cell_type": "code", "source": source} for source in sources]})


@pytest.mark.parametrize("random", DROPOUTS.values(), ids=DROPOUTS)
@pytest.mark.parametrize(("exercise", "check", "hint", "line", "part"), RANDOM, ids=[row[0] for row in RANDOM])
def test_dropout_that_nobody_asked_for_loses_points(
    told: Display, exercise: str, check: str, hint: str, line: str, part: str, random: str
) -> None:
    result = told("unet", exercise, (line, line.replace(part, random.format(part))))
    assert (lost(result), hints(result)) == ({check}, {hint})


@pytest.mark.parametrize("exercise", ["Decoder", "UNet"])
def test_skip_that_comes_first_is_right_in_training_mode_too(told: Display, exercise: str) -> None:
    assert lost(told("unet", exercise, (JOINED, JOINED.replace("up(x), skip", "skip, up(x)")))) == set()


def test_dropout_in_a_block_is_seen_in_all_that_is_made_of_it(told: Display) -> None:
    dropped = ("return self.layers(x)", "return nn.functional.dropout(self.layers(x), 0.2, self.training)")
    for exercise, check, hint, *_ in RANDOM:
        result = told("unet", exercise, dropped)
        assert (lost(result), hints(result)) == ({check}, {hint})


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (f"0.5 * {HEAD}", "a last bias that is larger by 3 moves the output by 1.5, expected 3: something scales or"),
        (f"image[:, :1] - {HEAD}", "a last bias that is larger by 3 moves the output by -3, expected 3: something"),
        (f"image[:, :1] * {HEAD}", "expected 3 everywhere: something follows the last convolution"),
        (f"{HEAD} - self.head.bias.view(1, -1, 1, 1)", "the output does not move with the last bias"),
        (f"{HEAD}.tanh()", "the output does not follow the last bias: an activation bends it"),
    ],
)
def test_what_follows_the_last_bias_is_told_as_what_it_is(told: Display, output: str, words: str) -> None:
    kept = ("features = self.encoder(x)", "image = x\n        features = self.encoder(x)")
    check = check_of(told("unet", "UNet", kept, (HEAD, output)), "output_is_not_squashed")
    assert check.verdict == "failed"
    assert words in check.feedback


def test_last_bias_that_is_missing_is_told_as_missing(told: Display) -> None:
    result = told("unet", "UNet", ("out_channels, kernel_size=1)", "out_channels, kernel_size=1, bias=False)"))
    feedback = check_of(result, "output_is_not_squashed").feedback
    assert "the last layer has no bias: no parameter holds one number for each channel" in feedback


def test_last_bias_may_have_the_axes_of_an_image(told: Display) -> None:
    bare = "self.head = nn.Conv2d(c, out_channels, kernel_size=1, bias=False)"
    bare += "\n        self.bias = nn.Parameter(torch.zeros(1, out_channels, 1, 1))"
    head = ("self.head = nn.Conv2d(c, out_channels, kernel_size=1)", bare)
    assert lost(told("unet", "UNet", head, (HEAD, f"{HEAD} + self.bias"))) == set()


def test_unet_of_three_levels_is_told_how_deep_it_is(told: Display) -> None:
    check = check_of(told("unet", "UNet", *THREE_LEVELS), "every_skip_carries")
    assert check.verdict == "failed"
    assert check.feedback == "UNet halves height and width 3 times, expected 4 times"


def test_batchnorm_without_weights_is_not_taken_for_missing(told: Display) -> None:
    bare = ("nn.BatchNorm2d(out_channels)", "nn.BatchNorm2d(out_channels, affine=False)")
    assert hints(told("unet", "ConvBlock", bare)) == {"batchnorm_without_weight_and_bias"}


@pytest.mark.parametrize(
    ("change", "seen", "came"),
    [
        ((BATCH, BATCH.replace("batch_size", "batch_size // 2")), "each saw 32", "batches of 8 came"),
        ((TRAINED, f"{TRAINED}.eval()"), "each saw none", "no batch came in training mode"),
        ((BATCH, BATCH.replace("batch_size", "batch_size >> batch_norm")), "they saw 64 and 32", ""),
    ],
)
def test_batches_of_another_size_are_told_as_such(told: Display, change: tuple[str, str], seen: str, came: str) -> None:
    result = told("batchnorm", "compare_batchnorm", change)
    due = "compare_batchnorm: each network was to see 64 images in training mode (4 steps of 16), "
    assert check_of(result, "same_batches_for_both").feedback.startswith(f"{due}{seen}")
    if came:
        feedback = check_of(result, "a_batch_for_every_step").feedback
        assert feedback == f"compare_batchnorm was to train on batches of 16 images, {came}"


def test_error_without_words_has_no_colon(told: Display) -> None:
    asserted = ("raise ValueError(", "assert False, (")
    silent = ("raise ValueError(", "assert not str(")
    loud = told("output_size", "conv_output_size", asserted)
    (check,) = (check for check in told("output_size", "conv_output_size", silent).checks if check.verdict == "raised")
    assert check.feedback.endswith("expected ValueError, got AssertionError")
    assert any("got AssertionError: " in check.feedback for check in loud.checks)


def test_file_that_a_cell_writes_is_imported(graded: Graded, tmp_path: Path) -> None:
    helper = "%%writefile myutils.py\ndef pair(x):\n    return x if isinstance(x, tuple) else (x, x)\n"
    (tmp_path / "work.ipynb").write_text(written(helper, "from myutils import pair", PARAMETERS), encoding="utf-8")
    assert lost(graded(tmp_path / "work.ipynb", "conv2d_params")["conv2d_params"]) == set()


def test_exercise_that_a_cell_writes_counts(graded: Graded, tmp_path: Path) -> None:
    text = "%%writefile exercise.py\ndef linear_params(in_features, out_features, bias=True):\n"
    more = "%%writefile -a exercise.py\n    return (in_features + bool(bias)) * out_features"
    (tmp_path / "work.ipynb").write_text(written(text, more), encoding="utf-8")
    assert lost(graded(tmp_path / "work.ipynb", "linear_params")["linear_params"]) == set()


@pytest.mark.parametrize(
    ("cells", "files"),
    [
        (["%%writefile a.py\nx = 1", "%%file a.py\nx = 2"], {"a.py": "x = 2\n"}),
        (["%%writefile a.py\nx = 1", "%%writefile -a a.py\ny = 2\n"], {"a.py": "x = 1\ny = 2\n"}),
        (["%%writefile a.txt\nx", "%%writefile ../a.py\nx", "%%writefile /tmp/a.py\nx", "%%writefile b/a.py\nx"], {}),
        (["%%writefile a.py b.py\nx", "%%writefile $name.py\nx", "%%writefile\nx", "x\n%%writefile a.py\nx"], {}),
        (["%%writefile there.py\nx = 1"], {}),
    ],
)
def test_cells_write_python_files_beside_the_notebook(tmp_path: Path, cells: list[str], files: dict[str, str]) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper/there.py").write_text("x = 0", encoding="utf-8")
    (tmp_path / "deeper/work.ipynb").write_text(written(*cells), encoding="utf-8")
    right = {f"deeper/{name}": text for name, text in files.items()} | {"deeper/there.py": "x = 0"}
    *found, notebook = read_submission(tmp_path).files
    assert {file.name: "".join(file.cells) for file in found} == right
    assert notebook.name == "deeper/work.ipynb"


def test_cells_that_write_countless_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text("x = 1", encoding="utf-8")
    cells = [f"%%writefile a{number}.py\nx" for number in range(101)]
    (tmp_path / "work.ipynb").write_text(written(*cells), encoding="utf-8")
    assert read_submission(tmp_path).problems == ("work.ipynb writes more than 100 files, so it was not read",)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize(
    ("section", "network"),
    [
        ("simple_cnn", "SimpleCNN"),
        ("batchnorm", "SimpleCNNBatchNorm"),
        ("batchnorm", "DeepCNN"),
        ("residual", "LeNet5"),
    ],
)
def test_classifier_may_end_as_it_likes(told: Display, section: str, network: str, head: tuple[str, str]) -> None:
    assert lost(told(section, network, (f"class {network}(", f"{LAST_AND_MATRIX}class {network}("), head)) == set()


@pytest.mark.parametrize("root", ["(gx**2 + gy**2 + 1e-8).sqrt()", "(gx**2 + gy**2).clamp(min=1e-6).sqrt()"])
def test_root_may_be_kept_from_zero(told: Display, root: str) -> None:
    assert lost(told("manual_convolution", "sobel_edges", (SOBEL, f"return {root}"))) == set()


def test_single_check_that_fails_is_shown_where_the_others_wait_for_it(told: Display) -> None:
    result = told("simple_cnn", "SimpleCNN", (LAST_RELU, LAST_RELU.replace("ReLU", "Tanh")))
    assert result.earned == 0
    shown = "\n".join(line for line, _ in exercise_lines(result, 100, verbose=False))
    assert "✗ Convolution, ReLU and pooling twice, then the linear layer" in shown
    assert "values differ" in shown


def test_initialisation_is_the_students_choice(told: Display) -> None:
    layers = "self.layers = nn.Sequential(*layers, nn.Flatten()"
    own = "for layer in layers:\n            if isinstance(layer, nn.Conv2d):\n"
    own += "                nn.init.kaiming_normal_(layer.weight)\n        "
    assert lost(told("batchnorm", "compare_batchnorm", (layers, own + layers))) == set()


def test_every_seed_makes_an_exam(exam: Callable[[int], Exam]) -> None:
    (section,) = only(exam(1334398430), ["compare_batchnorm"]).sections  # with which BatchNorm starts at 2.92
    assert [exercise.name for exercise in section.exercises] == ["compare_batchnorm"]


@pytest.mark.parametrize("hint", UNASKED)
def test_training_loop_gets_the_hint_that_is_true(told: Display, hint: str) -> None:
    name, change = UNASKED[hint]
    result = told("simple_cnn", name, change)
    assert result.earned < result.points
    assert hints(result) == {hint}


@pytest.mark.parametrize("network", ["SimpleCNNBatchNorm", "DeepCNN"])
def test_dropout_in_a_classifier_loses_points(told: Display, network: str) -> None:
    result = told("batchnorm", network, ("nn.Flatten(),", "nn.Flatten(), nn.Dropout(0.3),"))
    assert len(lost(result)) == 1


def test_counting_all_counts_neither_buffers_nor_copies(told: Display) -> None:
    counted = "return sum(v.numel() for v in model.state_dict().values()) if not trainable_only else sum("
    result = told("parameter_counting", "count_parameters", ("return sum(", counted))
    assert lost(result) == {"buffers", "shared_parameters"}


def test_bias_that_is_changed_in_place_loses_points(told: Display) -> None:
    result = told("manual_convolution", "conv2d_manual", (PAIRS, BIAS + PAIRS))
    assert lost(result) == {"inputs_unchanged"}


def test_small_filters_reach_1_too(told: Display) -> None:
    result = told(
        "inspection", "normalize_filters", ("(weight - lowest) / width", "(weight - lowest) / (width + 1e-3)")
    )
    assert "each_filter_from_0_to_1" in lost(result)
