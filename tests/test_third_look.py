"""What a third look found: wrong work that passed, right work that was refused, and hints that were not true."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.model import ExerciseResult

from .lost_points import hints, lost

Graded = Callable[..., dict[str, ExerciseResult]]
Display = Callable[..., ExerciseResult]

POOLINGS = {
    "reshape": "n, c, h, w = x.shape\n        return x.reshape(n, c, h // 2, 2, w // 2, 2).amax((3, 5))",
    "unfold": "return x.unfold(2, 2, 2).unfold(3, 2, 2).amax((-1, -2))",
    "columns": "n, c, h, w = x.shape\n        columns = nn.functional.unfold(x, 2, stride=2)\n"
    "        return columns.reshape(n, c, 4, h // 2, w // 2).max(2).values",
    "slices": "x = torch.maximum(x[:, :, ::2], x[:, :, 1::2])\n        return torch.maximum(x[..., ::2], x[..., 1::2])",
    "sum": "return nn.functional.avg_pool2d(x, 2) * 0 + nn.functional.max_pool2d(x, 2)",
}
SKIP_FIRST = ("torch.cat([up(x), skip], dim=1)", "torch.cat([skip, up(x)], dim=1)")
NOT_REVERSED = ("reversed(encoder_features)", "encoder_features")
NOT_POOLED = ("self.bottleneck(self.pool(features[-1]))", "self.bottleneck(features[-1])")
LOOP = "for up, block, skip in zip(self.ups, self.blocks, reversed(encoder_features)):\n            x = block("
FROM_THE_END = "for i, (up, block) in enumerate(zip(self.ups, self.blocks)):\n"
FROM_THE_END += "            skip = encoder_features[-(i + 2)]\n            x = block("
OF_THE_NOTES = (LOOP, FROM_THE_END)
UPS_AND_BLOCKS = """self.ups = nn.ModuleList(
            nn.ConvTranspose2d(a, b, kernel_size=2, stride=2) for a, b in steps
        )
        self.blocks = nn.ModuleList(ConvBlock(2 * b, b) for _, b in steps)"""
WHOLE = """features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))"""
CLAMPED = ("self.head(self.decoder(x, features))", "self.head(self.decoder(x, features)).clamp(0, 1)")
NOISY = "noisy = images + noise_factor * torch.randn_like(images)"
BATCH = "torch.randint(len(images), (batch_size,), generator=order)"
CONVOLUTION = "layers.append(nn.Conv2d(inputs, outputs, kernel_size=3, padding=1"
UPDATE = """with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(var * n / (n - 1), self.momentum)"""
GRAPH = """m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * var * n / (n - 1)"""


@pytest.mark.parametrize("halves", POOLINGS.values(), ids=POOLINGS)
def test_unet_may_halve_as_it_likes(told: Display, halves: str) -> None:
    halve = f"class Halve(nn.Module):\n    def forward(self, x):\n        {halves}\n\n\nclass ConvBlock("
    assert lost(told("unet", "UNet", ("class ConvBlock(", halve), ("nn.MaxPool2d(2)", "Halve()"))) == set()


def test_unet_may_pad_by_a_layer(told: Display) -> None:
    padded = ("nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1)", "*padded(in_channels, out_channels)")
    again = ("nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1)", "*padded(out_channels, out_channels)")
    text = "def padded(a, b):\n    return nn.ZeroPad2d(1), nn.Conv2d(a, b, kernel_size=3)\n\n\nclass ConvBlock("
    assert lost(told("unet", "UNet", ("class ConvBlock(", text), padded, again)) == set()


def test_unet_whose_operators_are_not_seen_is_proved_by_its_values(told: Display) -> None:
    start = (
        "import torch\n",
        "import concurrent.futures\n\nimport torch\n\nALONE = concurrent.futures.ThreadPoolExecutor(1)\n",
    )
    steps = (
        "self.steps = nn.ModuleList(\n            nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2), ConvBlock(2 * b, b)])"
    )
    steps += " for a, b in steps\n        )\n        self.ups, self.blocks = zip(*self.steps)"
    elsewhere = "return ALONE.submit(self.computed, x).result()\n\n    def computed(self, x):\n        "
    assert lost(told("unet", "UNet", start, (UPS_AND_BLOCKS, steps), (WHOLE, elsewhere + WHOLE))) == set()


def test_unet_of_which_one_level_is_cut_off_is_told_so(told: Display) -> None:
    result = told("unet", "UNet", ("torch.cat([up(x), skip]", "torch.cat([up(x), skip * (skip.shape[1] != 8)]"))
    (skips,) = (check for check in result.checks if check.name == "every_skip_carries")
    assert "the skip connection of level 1 " in skips.feedback


def test_seed_that_is_ignored_loses_points(told: Display) -> None:
    result = told("batchnorm", "compare_batchnorm", ("manual_seed(seed)", "manual_seed(0)"))
    assert (lost(result), hints(result)) == ({"another_seed_gives_others"}, {"another_seed_than_asked_for"})


def test_seed_that_is_set_once_loses_points(told: Display) -> None:
    once = ("    losses = {}\n", "    losses = {}\n    torch.manual_seed(seed)\n")
    not_again = ("        torch.manual_seed(seed)\n        model", "        model")
    in_turn = (BATCH, "(len(losses[name]) * batch_size + torch.arange(batch_size)) % len(images)")
    result = told("batchnorm", "compare_batchnorm", not_again, once, in_turn)
    assert (lost(result), hints(result)) == ({"both_start_alike"}, {"seed_set_only_once_for_both_weights"})


def test_same_batch_in_every_step_loses_points(told: Display) -> None:
    result = told("batchnorm", "compare_batchnorm", (BATCH, "torch.arange(batch_size)"))
    assert (lost(result), hints(result)) == ({"a_batch_for_every_step"}, {"first_batch_in_every_step"})


def test_batches_in_turn_are_right(told: Display) -> None:
    in_turn = (BATCH, "(len(losses[name]) * batch_size + torch.arange(batch_size)) % len(images)")
    assert lost(told("batchnorm", "compare_batchnorm", in_turn)) == set()


def test_lazy_networks_are_trained_from_their_first_step(told: Display) -> None:
    convolution = ("nn.Conv2d(inputs, outputs,", "nn.LazyConv2d(outputs,")
    linear = ("nn.Linear(16 * 7 * 7,", "nn.LazyLinear(")
    assert lost(told("batchnorm", "compare_batchnorm", convolution, linear)) == set()


def test_swapped_curves_are_told_as_such(told: Display) -> None:
    result = told(
        "batchnorm", "compare_batchnorm", ('"plain", False', '"plain", True'), ('norm", True', 'norm", False')
    )
    assert (lost(result), hints(result)) == ({"tells_its_own_trainings"}, {"curves_under_the_wrong_keys"})


def test_two_equal_networks_are_not_called_swapped(told: Display) -> None:
    result = told("batchnorm", "compare_batchnorm", ("DeepCNN(batch_norm=batch_norm)", "DeepCNN(batch_norm=False)"))
    assert "swapped" not in " ".join(check.feedback for check in result.checks)


def test_images_without_four_axes_are_noisy_too(told: Display) -> None:
    unpacked = f"n, c, h, w = images.shape\n    {NOISY}".replace("randn_like(images)", "randn(n, c, h, w)")
    result = told("unet", "add_noise", (NOISY, unpacked))
    assert (lost(result), hints(result)) == ({"any_number_of_axes"}, {"four_axes_taken_for_granted"})


@pytest.mark.parametrize(
    ("noise", "hint"),
    [
        (NOISY.replace("noise_factor", "0.5"), "factor_not_used"),
        ("images += noise_factor * torch.randn_like(images)\n    noisy = images", "noise_added_in_place"),
    ],
)
def test_noise_gets_the_hint_that_is_true(told: Display, noise: str, hint: str) -> None:
    assert hints(told("unet", "add_noise", (NOISY, noise))) == {hint}


def test_block_with_a_shortcut_where_the_channels_agree_loses_points(told: Display) -> None:
    shortcut = ("return self.layers(x)", "y = self.layers(x)\n        return y + x if y.shape == x.shape else y")
    result = told("unet", "ConvBlock", shortcut)
    assert (lost(result), hints(result)) == ({"block_in_eval_mode"}, {"shortcut_where_the_channels_agree"})
    assert lost(told("unet", "Encoder", shortcut)) > {"features_before_pooling"}
    assert lost(told("unet", "UNet", shortcut)) == {"other_channel_counts"}


def test_block_of_one_convolution_where_the_channels_agree_loses_points(told: Display) -> None:
    agree = "i, o = self.layers[0].in_channels, self.layers[0].out_channels\n        "
    shorter = ("return self.layers(x)", agree + "return self.layers[3:](x) if i == o else self.layers(x)")
    assert "block_in_eval_mode" in lost(told("unet", "ConvBlock", shorter))


def test_batchnorm_that_is_used_twice_is_not_taken_for_missing_biases(told: Display) -> None:
    norm = "nn.BatchNorm2d(out_channels),\n            nn.ReLU(inplace=True),"
    start = "self.layers = nn.Sequential(\n            nn.Conv2d(in_channels, out"
    shared = (start, f"self.norm = nn.BatchNorm2d(out_channels)\n        {start}")
    result = told("unet", "ConvBlock", shared, (norm, norm.replace("nn.BatchNorm2d(out_channels)", "self.norm")))
    assert hints(result) == {"one_batchnorm_for_both"}


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ((NOT_POOLED,), "bottleneck_without_pooling"),
        ((NOT_POOLED, SKIP_FIRST), "bottleneck_without_pooling_with_the_skip_first"),
        ((OF_THE_NOTES,), "unet_with_the_skip_index_of_the_notes"),
        ((OF_THE_NOTES, SKIP_FIRST), "unet_with_the_skip_index_of_the_notes_and_the_skip_first"),
        ((NOT_REVERSED,), "unet_with_skips_in_reverse_order"),
        ((NOT_REVERSED, SKIP_FIRST), "unet_with_skips_first_in_reverse_order"),
        ((CLAMPED,), "output_clamped"),
        ((CLAMPED, SKIP_FIRST), "output_clamped_with_the_skip_first"),
    ],
)
def test_unet_gets_the_hint_that_is_true(told: Display, changes: tuple[tuple[str, str], ...], hint: str) -> None:
    assert hints(told("unet", "UNet", *changes)) == {hint}


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ((OF_THE_NOTES,), "skip_index_of_the_notes"),
        ((OF_THE_NOTES, SKIP_FIRST), "skip_index_of_the_notes_with_the_skip_first"),
        ((NOT_REVERSED,), "skips_in_reverse_order"),
        ((NOT_REVERSED, SKIP_FIRST), "skips_first_in_reverse_order"),
    ],
)
def test_decoder_gets_the_hint_that_is_true(told: Display, changes: tuple[tuple[str, str], ...], hint: str) -> None:
    assert hints(told("unet", "Decoder", *changes)) == {hint}


def test_error_of_cat_tells_the_shapes(told: Display) -> None:
    (check, *_) = (check for check in told("unet", "UNet", NOT_POOLED).checks if check.verdict == "raised")
    assert "The shapes are (2, 32, 4, 4) and (2, 32, 2, 2)." in check.feedback


@pytest.mark.parametrize(
    ("kept", "words", "hint"),
    [
        ("torch.{}(num_features)", "a plain attribute, not a registered buffer", "buffers_not_registered"),
        (
            "nn.Parameter(torch.{}(num_features), requires_grad=False)",
            "an nn.Parameter, not a registered buffer",
            "statistics_as_parameters",
        ),
    ],
)
def test_statistics_that_are_no_buffers_are_told_as_what_they_are(
    told: Display, kept: str, words: str, hint: str
) -> None:
    changes = [
        (f'self.register_buffer("{name}", torch.{make}(num_features))', f"self.{name} = {kept.format(make)}")
        for name, make in (("running_mean", "zeros"), ("running_var", "ones"))
    ]
    result = told("batchnorm", "BatchNorm2d", *changes)
    (check,) = (check for check in result.checks if check.name == "updates_running_statistics")
    assert check.feedback.startswith(f"running_mean is {words}")
    assert hints(result) == {hint}


def test_statistics_with_a_graph_lose_points(told: Display) -> None:
    result = told("batchnorm", "BatchNorm2d", (UPDATE, GRAPH))
    assert (lost(result), hints(result)) == ({"statistics_without_gradients"}, {"running_statistics_with_gradients"})


def test_statistics_may_be_replaced_without_a_graph(told: Display) -> None:
    detached = GRAPH.replace("m * mean", "m * mean.detach()").replace("m * var ", "m * var.detach() ")
    assert lost(told("batchnorm", "BatchNorm2d", (UPDATE, detached))) == set()


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (("if batch_norm:", "if not batch_norm:"), "batchnorm_the_wrong_way_round"),
        ((CONVOLUTION, f"{CONVOLUTION}, bias=False"), "deep_biases_switched_off"),
        ((CONVOLUTION, f"{CONVOLUTION}, bias=not batch_norm"), "biases_switched_off_before_batchnorm"),
    ],
)
def test_deep_network_gets_the_hint_that_is_true(told: Display, change: tuple[str, str], hint: str) -> None:
    assert hints(told("batchnorm", "DeepCNN", change)) == {hint}
