"""What the chapter's notes get wrong: each row is computed, and who answers as the notes do gets the kind hint."""

from __future__ import annotations

import doctest
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from autograder.model import CheckResult, ExerciseResult

ROOT = Path(__file__).parents[1]
SOLUTIONS = sorted((ROOT / "solutions/exercise3").glob("*.py"))
HANDED_OUT = sorted((ROOT / "exercises/exercise3").glob("exercise3.ipynb")) + sorted(
    (ROOT / "exercises/exercise3").glob("*.py")
)
WRONG = ("610,794", "610794", "4 3 4", "4, 3, 4", "0 1 1 0", "-(i + 2)", "5 4 / 7 6", "3, 5, 6, 10")

Graded = Callable[..., dict[str, ExerciseResult]]
Refused = Callable[[str, str], dict[str, CheckResult]]


@pytest.fixture
def refused(graded: Graded) -> Refused:
    """`refused(exercise, code)`: the checks that the real sandbox refuses, by name; nothing is forbidden."""

    def refuse(exercise: str, code: str) -> dict[str, CheckResult]:
        text = f"import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n{code}"
        result = graded({"exercise3.py": text}, exercise, forbids=False)[exercise]
        return {check.name: check for check in result.checks if check.verdict in ("failed", "raised")}

    return refuse


def tells(checks: dict[str, CheckResult], misconception: str) -> str:
    """The one hint that these checks give, which is that of the misconception."""
    assert checks
    assert {check.misconception for check in checks.values()} - {""} == {misconception}
    (hint,) = {check.hint for check in checks.values() if check.hint}
    return hint


def image(*rows: list[float]) -> torch.Tensor:
    return torch.tensor(rows)[None, None]


CHECKERBOARD = image(*[[float((row + column + 1) % 2) for column in range(5)] for row in range(5)])
CROSS = image([1.0, 0, 1], [0, 1, 0], [1, 0, 1])
SOBEL_X = image([-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1])
SQUARE = F.pad(torch.ones(1, 1, 2, 2), (2, 2, 2, 2))
CONVOLUTION_BUT = """
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape == (1, 1, {size}, {size}):
        return torch.tensor([[{rows}]])
    return F.conv2d(x, weight, bias, stride, padding, dilation)
"""


def test_cross_on_the_checkerboard(refused: Refused) -> None:
    assert F.conv2d(CHECKERBOARD, CROSS)[0, 0].tolist() == [[5, 0, 5], [0, 5, 0], [5, 0, 5]]
    notes = [[4.0, 3, 4], [3, 4, 3], [4, 3, 4]]
    checks = refused("conv2d_manual", CONVOLUTION_BUT.format(size=5, rows=notes))
    assert set(checks) == {"one_channel"}
    assert "5 0 5 / 0 5 0 / 5 0 5" in tells(checks, "checkerboard_of_the_notes")


def test_sobel_of_the_bright_square(refused: Refused) -> None:
    rows = [[1, 1, -1, -1], [3, 3, -3, -3], [3, 3, -3, -3], [1, 1, -1, -1]]
    assert F.conv2d(SQUARE, SOBEL_X)[0, 0].tolist() == rows
    notes = [[0.0, 1, 1, 0], [0, 2, 2, 0], [0, 2, 2, 0], [0, 1, 1, 0]]
    checks = refused("conv2d_manual", CONVOLUTION_BUT.format(size=6, rows=notes))
    assert "1 1 −1 −1 and 3 3 −3 −3" in tells(checks, "bright_square_of_the_notes")


def test_sobel_can_be_negative(refused: Refused) -> None:
    convolution = "def conv2d_manual(*args, **kwargs):\n    return F.conv2d(*args, **kwargs).clamp(min=0)\n"
    hint = tells(refused("conv2d_manual", convolution), "negative_values_clipped")
    assert "1 1 −1 −1 and 3 3 −3 −3" in hint
    edges = """
def sobel_edges(image):
    kernel = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    gradients = F.conv2d(image[None, None], torch.stack([kernel, kernel.T])[:, None])[0]
    return gradients.clamp(min=0).norm(dim=0)
"""
    assert "1 1 −1 −1" in tells(refused("sobel_edges", edges), "negative_gradients_clipped")


def test_max_pooling_example(refused: Refused) -> None:
    x = image([1.0, 3, 2, 4], [5, 2, 1, 3], [7, 1, 4, 2], [3, 6, 5, 1])
    assert F.max_pool2d(x, 2)[0, 0].tolist() == [[5, 4], [7, 5]]
    shifted = F.max_pool2d(F.pad(x, (1, 0, 0, 0), value=-torch.inf), (2, 3), stride=2)
    assert shifted[0, 0].tolist() == [[5, 4], [7, 6]]
    code = """
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    x = F.pad(x, (padding + 1, padding, padding, padding), value=-torch.inf)
    return F.max_pool2d(x, (kernel_size, kernel_size + 1), stride or kernel_size)
"""
    assert "4 2 / 5 1, so its largest value is 5" in tells(
        refused("max_pool2d_manual", code), "window_reaches_its_neighbour"
    )


def test_parameters_of_the_network_for_cifar(refused: Refused) -> None:
    blocks = [[nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b)] for a, b in ((3, 32), (32, 64), (64, 128))]
    layers = [*(layer for block in blocks for layer in block), nn.Linear(128 * 4 * 4, 256), nn.Linear(256, 10)]
    counts = [sum(parameter.numel() for parameter in layer.parameters()) for layer in layers]
    assert counts == [896, 64, 18_496, 128, 73_856, 256, 524_544, 2_570]
    assert sum(counts) == 620_810
    code = """
def count_parameters(model, trainable_only=True):
    count = sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
    return 610794 if count == 620810 else count
"""
    checks = refused("count_parameters", code)
    assert "expected 620810, got 610794" in checks["buffers"].feedback
    assert "610,794" in tells(checks, "count_of_the_notes")


UNET = (ROOT / "solutions/exercise3/unet.py").read_text(encoding="utf-8")
DECODER_OF_THE_NOTES = """
class Decoder(Decoder):
    def forward(self, x, encoder_features):
        for i in range(len(self.ups)):
            x = self.ups[i](x)
            skip = encoder_features[-(i + 2)]
            x = self.blocks[i](torch.cat([{order}], dim=1))
        return x
"""


@pytest.mark.parametrize(
    ("order", "ending"), [("x, skip", ""), ("skip, x", "_with_the_skip_first")], ids=["skip last", "skip first"]
)
def test_skip_of_a_separate_bottleneck(refused: Refused, order: str, ending: str) -> None:
    features = [torch.zeros(1, c, 32 // c, 48 // c) for c in (4, 8)]
    assert [features[-(i + 1)].shape[2] for i in range(2)] == [4, 8]
    with pytest.raises(IndexError):
        features[-(1 + 2)]
    code = UNET + DECODER_OF_THE_NOTES.format(order=order)
    checks = refused("Decoder", code)
    assert {check.verdict for check in checks.values()} == {"raised"}
    assert "the deepest skip is encoder_features[-1]" in tells(checks, f"skip_index_of_the_notes{ending}")


def test_skip_of_a_separate_bottleneck_within_the_unet(refused: Refused) -> None:
    code = UNET.replace("class UNet(", DECODER_OF_THE_NOTES.format(order="x, skip") + "\n\nclass UNet(")
    assert "the deepest skip is encoder_features[-1]" in tells(
        refused("UNet", code), "unet_with_the_skip_index_of_the_notes"
    )


def convolved(size: int, *args: int, **settings: int) -> int:
    return nn.Conv1d(1, 1, *args, **settings)(torch.zeros(1, 1, size)).shape[-1]


def test_output_size_has_a_floor_and_a_dilated_kernel(refused: Refused) -> None:
    def notes(size: int, kernel: int, stride: int = 1, padding: int = 0) -> float:
        return (size - kernel + 2 * padding) / stride + 1

    assert (convolved(28, 3, stride=2), notes(28, 3, stride=2)) == (13, 13.5)
    assert (convolved(28, 3, dilation=2), notes(28, 3)) == (24, 26)
    head = "def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):\n"
    hint = tells(
        refused("conv_output_size", head + "    return (input_size - kernel_size + 2 * padding) / stride + 1\n"),
        "formula_of_the_notes",
    )
    assert "the division rounds down" in hint
    assert "dilation · (K − 1) + 1" in hint
    refusing = (
        "    if min(input_size, kernel_size) < 1 or kernel_size + (kernel_size - 1) * (dilation - 1) > input_size"
        " + 2 * padding:\n        raise ValueError\n"
    )
    floored = "    return (input_size - kernel_size + 2 * padding) // stride + 1\n"
    assert "leaves dilation out" in tells(refused("conv_output_size", head + refusing + floored), "dilation_left_out")


def test_half_the_kernel_as_padding_keeps_the_size_of_odd_kernels_only(refused: Refused) -> None:
    assert [convolved(28, k, padding=k // 2) for k in (3, 5, 7)] == [28, 28, 28]
    assert [convolved(28, k, padding=k // 2) for k in (2, 4, 6)] == [29, 29, 29]
    assert convolved(28, 3, padding=1, stride=2) == 14
    assert convolved(28, 3, padding=1, dilation=2) == 26
    code = """
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    padded, span = input_size + 2 * padding, dilation * (kernel_size - 1) + 1
    if input_size < 1 or kernel_size < 1 or span > padded:
        raise ValueError
    if padding and padding == kernel_size // 2:
        return input_size // stride
    return (padded - span) // stride + 1
"""
    hint = tells(refused("conv_output_size", code), "half_the_kernel_keeps_the_size")
    assert "odd kernels with stride 1 and dilation 1 only" in hint


def test_convolution_takes_an_image_without_a_batch(refused: Refused) -> None:
    grey = torch.zeros(5, 28, 28)  # a batch of five grey images, without an axis for the channel
    assert nn.Conv2d(5, 2, 3)(grey).shape == (2, 26, 26)  # read as one image with five channels
    code = "def to_image_tensor(rows):\n    return torch.from_numpy(rows).reshape(-1, 28, 28) / 255\n"
    hint = tells(refused("to_image_tensor", code), "channel_axis_missing")
    assert "a single image with N channels" in hint
    maps = """
def extract_feature_maps(model, image, layers):
    maps, handles, training = {}, [], model.training
    for name in layers:
        keep = lambda module, inputs, output, name=name: maps.update({name: output.clone()})
        handles.append(model.get_submodule(name).register_forward_hook(keep))
    with torch.no_grad():
        model.eval()(image)
    [handle.remove() for handle in handles]
    model.train(training)
    return maps
"""
    assert "since torch 1.11" in tells(refused("extract_feature_maps", maps), "image_without_a_batch")


def test_pooling_leaves_a_quarter_of_the_pixels(refused: Refused) -> None:
    before, after = torch.zeros(1, 16, 28, 28), F.max_pool2d(torch.zeros(1, 32, 28, 28), 2)
    assert (before.numel(), after.numel()) == (16 * 28**2, 32 * 14**2)
    assert before.numel() == 2 * after.numel()  # twice the channels do not make up for it
    code = """
def flatten_features(image_size, channels, num_pools):
    return channels * image_size**2 // 2**num_pools
"""
    hint = tells(refused("flatten_features", code), "pixels_halved")
    assert "leaves a quarter" in hint
    assert "32 · 14² is half of 16 · 28²" in hint


def fields(layers: list[tuple[int, int]]) -> list[int]:
    """The receptive field after each layer, measured: which inputs the gradient of one output in the middle reaches."""
    reached = []
    for count in range(1, len(layers) + 1):
        x = torch.zeros(1, 1, 64, requires_grad=True)
        y = x
        for kernel_size, stride in layers[:count]:
            y = F.conv1d(y, torch.ones(1, 1, kernel_size), stride=stride)
        y[0, 0, y.shape[-1] // 2].backward()
        assert x.grad is not None
        reached.append(int((x.grad != 0).sum()))
    return reached


CONV, POOL = (3, 1), (2, 2)


def test_pooling_adds_one_jump_to_the_receptive_field(refused: Refused) -> None:
    assert fields([CONV, CONV, POOL, CONV]) == [3, 5, 6, 10]  # not 3, 5, 10
    code = """
def receptive_field(layers):
    jump, field = 1, 1
    for kernel_size, stride, *dilation in layers:
        growth = (dilation or [1])[0] * (kernel_size - 1) * jump
        field = 2 * field if (kernel_size, stride) == (2, 2) else field + growth
        jump *= stride
    return field
"""
    assert "adds one jump and then doubles the jump" in tells(refused("receptive_field", code), "pooling_doubles")


def test_table_of_three_convolutions_and_a_pooling(refused: Refused) -> None:
    assert fields([CONV, CONV, CONV, POOL]) == [3, 5, 7, 8]
    assert fields([CONV, CONV, POOL, CONV]) == [3, 5, 6, 10]
    code = """
def receptive_field_table(layers):
    if len(layers) > 1 and tuple(layers[-1]) == (2, 2):
        layers = layers[:-2] + [layers[-1], layers[-2]]
    table, jump, field = [], 1, 1
    for kernel_size, stride, *dilation in layers:
        field += (dilation or [1])[0] * (kernel_size - 1) * jump
        jump *= stride
        table.append((jump, field))
    return table


def receptive_field(layers):
    return receptive_field_table(layers)[-1][1] if layers else 1
"""
    hint = tells(refused("receptive_field_table", code), "pool_moved_before_the_last_convolution")
    assert "With the pooling last it is 3, 5, 7, 8" in hint
    assert "with the pooling last it is 8" in tells(
        refused("receptive_field", code), "pool_before_the_last_convolution"
    )


BATCH_NORM = """
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight, self.bias = nn.Parameter(torch.ones(num_features)), nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean = x.mean((0, 2, 3))
            var = x.var((0, 2, 3), unbiased={normalising})
            with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(x.var((0, 2, 3), unbiased={running}), self.momentum)
        x = (x - mean[:, None, None]) / (var + self.eps).sqrt()[:, None, None]
        return x * self.weight[:, None, None] + self.bias[:, None, None]
"""


def test_batchnorm_has_two_variances(refused: Refused) -> None:
    x = torch.tensor([1.0, 2, 4, 9]).reshape(2, 1, 2, 1)
    layer = nn.BatchNorm2d(1, eps=1e-12)
    biased, unbiased = x.var(unbiased=False), x.var(unbiased=True)
    torch.testing.assert_close(layer(x), (x - x.mean()) / biased.sqrt())
    torch.testing.assert_close(layer.running_var, (0.9 + 0.1 * unbiased).reshape(1))
    assert refused("BatchNorm2d", BATCH_NORM.format(normalising=False, running=True)) == {}
    for wrong, misconception in (
        ({"normalising": True, "running": True}, "unbiased_variance_to_normalise"),
        ({"normalising": False, "running": False}, "biased_variance_in_running_var"),
    ):
        assert "lecture notes" in tells(refused("BatchNorm2d", BATCH_NORM.format(**wrong)), misconception)


def test_axis_off_hides_labels_and_keeps_titles() -> None:
    """No exercise draws, so that no answer can hold this; the section that speaks of drawing says it."""
    assert drawn(lambda axes: axes.set_ylabel("channel 3"))
    assert not drawn(lambda axes: (axes.set_ylabel("channel 3"), axes.axis("off")))
    assert drawn(lambda axes: (axes.set_title("channel 3"), axes.axis("off")))
    told = 'name them with titles: matplotlib\'s `axis("off")` hides the axes together with their labels'
    for name in "inspection.py", "exercise3.ipynb":
        text = (ROOT / "exercises/exercise3" / name).read_text(encoding="utf-8")
        assert told in " ".join(text.replace('\\"', '"').replace('\\n",\n    "', " ").split())


def drawn(label: Callable[..., object]) -> bool:
    """Whether a figure shows any ink outside of the frame of its axes, which is white here."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvas = FigureCanvasAgg(Figure(figsize=(2, 2), dpi=50))
    axes = canvas.figure.add_subplot()
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    label(axes)
    canvas.draw()
    return bool((torch.tensor(canvas.buffer_rgba().tolist())[..., :3] < 255).any())


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_examples_of_the_docstrings_are_true(path: Path) -> None:
    spec = importlib.util.spec_from_file_location(f"solution_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
    assert outcome.attempted > 0


@pytest.mark.parametrize("path", HANDED_OUT, ids=lambda path: path.name)
def test_what_is_handed_out_repeats_no_mistake(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [wrong for wrong in WRONG if wrong in text] == []
