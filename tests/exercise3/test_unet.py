"""The U-Net and its parts: what is right, what loses points, and with which hint."""

from __future__ import annotations

import pytest
import torch

from tests.support.course import solution
from tests.support.results import ChecksRefused, GradeChanged, check_of, hint_of, hints, lost

POOLINGS = {
    "reshape": "n, c, h, w = x.shape\n        return x.reshape(n, c, h // 2, 2, w // 2, 2).amax((3, 5))",
    "unfold": "return x.unfold(2, 2, 2).unfold(3, 2, 2).amax((-1, -2))",
    "columns": "n, c, h, w = x.shape\n        columns = nn.functional.unfold(x, 2, stride=2)\n"
    "        return columns.reshape(n, c, 4, h // 2, w // 2).max(2).values",
    "slices": "x = torch.maximum(x[:, :, ::2], x[:, :, 1::2])\n        return torch.maximum(x[..., ::2], x[..., 1::2])",
    "sum": "return nn.functional.avg_pool2d(x, 2) * 0 + nn.functional.max_pool2d(x, 2)",
}


@pytest.mark.parametrize("halves", POOLINGS.values(), ids=POOLINGS)
def test_unet_may_halve_as_it_likes(grade_changed: GradeChanged, halves: str) -> None:
    halve = f"class Halve(nn.Module):\n    def forward(self, x):\n        {halves}\n\n\nclass ConvBlock("
    assert lost(grade_changed("unet", "UNet", ("class ConvBlock(", halve), ("nn.MaxPool2d(2)", "Halve()"))) == set()


def test_unet_may_pad_by_a_layer(grade_changed: GradeChanged) -> None:
    padded = ("nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1)", "*padded(in_channels, out_channels)")
    again = ("nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1)", "*padded(out_channels, out_channels)")
    text = "def padded(a, b):\n    return nn.ZeroPad2d(1), nn.Conv2d(a, b, kernel_size=3)\n\n\nclass ConvBlock("
    assert lost(grade_changed("unet", "UNet", ("class ConvBlock(", text), padded, again)) == set()


UPS_AND_BLOCKS = """self.ups = nn.ModuleList(
            nn.ConvTranspose2d(a, b, kernel_size=2, stride=2) for a, b in steps
        )
        self.blocks = nn.ModuleList(ConvBlock(2 * b, b) for _, b in steps)"""
WHOLE = """features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))"""


def test_unet_whose_operators_are_not_seen_is_proved_by_its_values(grade_changed: GradeChanged) -> None:
    start = (
        "import torch\n",
        "import concurrent.futures\n\nimport torch\n\nALONE = concurrent.futures.ThreadPoolExecutor(1)\n",
    )
    steps = (
        "self.steps = nn.ModuleList(\n            nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2), ConvBlock(2 * b, b)])"
    )
    steps += " for a, b in steps\n        )\n        self.ups, self.blocks = zip(*self.steps)"
    elsewhere = "return ALONE.submit(self.computed, x).result()\n\n    def computed(self, x):\n        "
    assert lost(grade_changed("unet", "UNet", start, (UPS_AND_BLOCKS, steps), (WHOLE, elsewhere + WHOLE))) == set()


def test_level_that_is_cut_off_is_named(grade_changed: GradeChanged) -> None:
    result = grade_changed(
        "unet", "UNet", ("torch.cat([up(x), skip]", "torch.cat([up(x), skip * (skip.shape[1] != 8)]")
    )
    assert "the skip connection of level 1 " in check_of(result, "every_skip_carries").feedback


NOISY = "noisy = images + noise_factor * torch.randn_like(images)"


def test_images_without_four_axes_are_noisy_too(grade_changed: GradeChanged) -> None:
    unpacked = f"n, c, h, w = images.shape\n    {NOISY}".replace("randn_like(images)", "randn(n, c, h, w)")
    result = grade_changed("unet", "add_noise", (NOISY, unpacked))
    assert (lost(result), hints(result)) == ({"any_number_of_axes"}, {"four_axes_taken_for_granted"})


@pytest.mark.parametrize(
    ("noise", "hint"),
    [
        (NOISY.replace("noise_factor", "0.5"), "factor_not_used"),
        ("images += noise_factor * torch.randn_like(images)\n    noisy = images", "changes_the_images"),
    ],
)
def test_noise_gets_the_hint_that_is_true(grade_changed: GradeChanged, noise: str, hint: str) -> None:
    assert hints(grade_changed("unet", "add_noise", (NOISY, noise))) == {hint}


def test_block_with_a_shortcut_where_the_channels_agree_loses_points(grade_changed: GradeChanged) -> None:
    shortcut = ("return self.layers(x)", "y = self.layers(x)\n        return y + x if y.shape == x.shape else y")
    result = grade_changed("unet", "ConvBlock", shortcut)
    assert (lost(result), hints(result)) == ({"block_in_eval_mode"}, {"shortcut_where_the_channels_agree"})
    for user in "Encoder", "UNet":  # the block costs itself alone
        found = grade_changed("unet", user, shortcut)
        assert lost(found) == set()
        assert any(check.follows_from == ("ConvBlock",) for check in found.checks)


def test_block_of_one_convolution_where_the_channels_agree_loses_points(grade_changed: GradeChanged) -> None:
    agree = "i, o = self.layers[0].in_channels, self.layers[0].out_channels\n        "
    shorter = ("return self.layers(x)", agree + "return self.layers[3:](x) if i == o else self.layers(x)")
    assert "block_in_eval_mode" in lost(grade_changed("unet", "ConvBlock", shorter))


def test_batchnorm_that_is_used_twice_is_not_taken_for_missing_biases(grade_changed: GradeChanged) -> None:
    norm = "nn.BatchNorm2d(out_channels),\n            nn.ReLU(inplace=True),"
    start = "self.layers = nn.Sequential(\n            nn.Conv2d(in_channels, out"
    shared = (start, f"self.norm = nn.BatchNorm2d(out_channels)\n        {start}")
    result = grade_changed(
        "unet", "ConvBlock", shared, (norm, norm.replace("nn.BatchNorm2d(out_channels)", "self.norm"))
    )
    assert hints(result) == {"one_batchnorm_for_both"}


SKIP_FIRST = ("torch.cat([up(x), skip], dim=1)", "torch.cat([skip, up(x)], dim=1)")
NOT_REVERSED = ("reversed(encoder_features)", "encoder_features")
NOT_POOLED = ("self.bottleneck(self.pool(features[-1]))", "self.bottleneck(features[-1])")
LOOP = "for up, block, skip in zip(self.ups, self.blocks, reversed(encoder_features)):\n            x = block("
FROM_THE_END = "for i, (up, block) in enumerate(zip(self.ups, self.blocks)):\n"
FROM_THE_END += "            skip = encoder_features[-(i + 2)]\n            x = block("
OF_THE_NOTES = (LOOP, FROM_THE_END)
CLAMPED = ("self.head(self.decoder(x, features))", "self.head(self.decoder(x, features)).clamp(0, 1)")


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ((NOT_POOLED,), "bottleneck_without_pooling"),
        ((NOT_POOLED, SKIP_FIRST), "bottleneck_without_pooling"),
        ((OF_THE_NOTES,), "unet_with_the_skip_index_of_the_notes"),
        ((OF_THE_NOTES, SKIP_FIRST), "unet_with_the_skip_index_of_the_notes"),
        ((NOT_REVERSED,), "unet_with_skips_in_reverse_order"),
        ((NOT_REVERSED, SKIP_FIRST), "unet_with_skips_in_reverse_order"),
        ((CLAMPED,), "output_clamped"),
        ((CLAMPED, SKIP_FIRST), "output_clamped"),
    ],
)
def test_unet_gets_the_hint_that_is_true(
    grade_changed: GradeChanged, changes: tuple[tuple[str, str], ...], hint: str
) -> None:
    assert hints(grade_changed("unet", "UNet", *changes)) == {hint}


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ((OF_THE_NOTES,), "skip_index_of_the_notes"),
        ((OF_THE_NOTES, SKIP_FIRST), "skip_index_of_the_notes"),
        ((NOT_REVERSED,), "skips_in_reverse_order"),
        ((NOT_REVERSED, SKIP_FIRST), "skips_in_reverse_order"),
    ],
)
def test_decoder_gets_the_hint_that_is_true(
    grade_changed: GradeChanged, changes: tuple[tuple[str, str], ...], hint: str
) -> None:
    assert hints(grade_changed("unet", "Decoder", *changes)) == {hint}


def test_error_of_cat_shows_the_shapes(grade_changed: GradeChanged) -> None:
    (check, *_) = (check for check in grade_changed("unet", "UNet", NOT_POOLED).checks if check.verdict == "raised")
    assert "The shapes are (2, 32, 4, 4) and (2, 32, 2, 2)." in check.feedback


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


@pytest.mark.parametrize("random", DROPOUTS.values(), ids=DROPOUTS)
@pytest.mark.parametrize(("exercise", "check", "hint", "line", "part"), RANDOM, ids=[row[0] for row in RANDOM])
def test_dropout_that_nobody_asked_for_loses_points(
    grade_changed: GradeChanged, exercise: str, check: str, hint: str, line: str, part: str, random: str
) -> None:
    result = grade_changed("unet", exercise, (line, line.replace(part, random.format(part))))
    assert (lost(result), hints(result)) == ({check}, {hint})


@pytest.mark.parametrize("exercise", ["Decoder", "UNet"])
def test_skip_that_comes_first_is_right_in_training_mode_too(grade_changed: GradeChanged, exercise: str) -> None:
    assert lost(grade_changed("unet", exercise, (JOINED, JOINED.replace("up(x), skip", "skip, up(x)")))) == set()


def test_dropout_in_a_block_is_seen_in_all_that_is_made_of_it(grade_changed: GradeChanged) -> None:
    dropped = ("return self.layers(x)", "return nn.functional.dropout(self.layers(x), 0.2, self.training)")
    for exercise, check, hint, *_ in RANDOM:
        result = grade_changed("unet", exercise, dropped)
        assert (lost(result), hints(result)) == ({check}, {hint})


HEAD = "self.head(self.decoder(x, features))"


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
def test_operation_after_the_last_bias_is_named(grade_changed: GradeChanged, output: str, words: str) -> None:
    kept = ("features = self.encoder(x)", "image = x\n        features = self.encoder(x)")
    check = check_of(grade_changed("unet", "UNet", kept, (HEAD, output)), "output_is_not_squashed")
    assert check.verdict == "failed"
    assert words in check.feedback


def test_missing_last_bias_is_named(grade_changed: GradeChanged) -> None:
    result = grade_changed("unet", "UNet", ("out_channels, kernel_size=1)", "out_channels, kernel_size=1, bias=False)"))
    feedback = check_of(result, "output_is_not_squashed").feedback
    assert "the last layer has no bias: no parameter holds one number for each channel" in feedback


def test_last_bias_may_have_the_axes_of_an_image(grade_changed: GradeChanged) -> None:
    bare = "self.head = nn.Conv2d(c, out_channels, kernel_size=1, bias=False)"
    bare += "\n        self.bias = nn.Parameter(torch.zeros(1, out_channels, 1, 1))"
    head = ("self.head = nn.Conv2d(c, out_channels, kernel_size=1)", bare)
    assert lost(grade_changed("unet", "UNet", head, (HEAD, f"{HEAD} + self.bias"))) == set()


THREE_LEVELS = (
    ("c, 2 * c, 4 * c, 8 * c))", "c, 2 * c, 4 * c))"),
    ("ConvBlock(8 * c, 16 * c)", "ConvBlock(4 * c, 8 * c)"),
    ("(16 * c, 8 * c, 4 * c, 2 * c, c)", "(8 * c, 4 * c, 2 * c, c)"),
)


def test_unet_of_three_levels_gets_its_depth(grade_changed: GradeChanged) -> None:
    check = check_of(grade_changed("unet", "UNet", *THREE_LEVELS), "every_skip_carries")
    assert check.verdict == "failed"
    assert check.feedback == "UNet halves height and width 3 times, expected 4 times"


def test_batchnorm_without_weights_is_not_taken_for_missing(grade_changed: GradeChanged) -> None:
    bare = ("nn.BatchNorm2d(out_channels)", "nn.BatchNorm2d(out_channels, affine=False)")
    assert hints(grade_changed("unet", "ConvBlock", bare)) == {"batchnorm_without_weight_and_bias"}


def test_detached_skips_lose_points(grade_changed: GradeChanged) -> None:
    detached = ("self.decoder(x, features)", "self.decoder(x, [f.detach() for f in features])")
    assert lost(grade_changed("unet", "UNet", detached)) == {"gradients_take_every_skip"}


UNET = solution("unet")
DECODER_OF_THE_NOTES = """
class Decoder(Decoder):
    def forward(self, x, encoder_features):
        for i in range(len(self.ups)):
            x = self.ups[i](x)
            skip = encoder_features[-(i + 2)]
            x = self.blocks[i](torch.cat([{order}], dim=1))
        return x
"""


@pytest.mark.parametrize(("order", "ending"), [("x, skip", ""), ("skip, x", "")], ids=["skip last", "skip first"])
def test_skip_of_a_separate_bottleneck(refused: ChecksRefused, order: str, ending: str) -> None:
    features = [torch.zeros(1, c, 32 // c, 48 // c) for c in (4, 8)]
    assert [features[-(i + 1)].shape[2] for i in range(2)] == [4, 8]
    with pytest.raises(IndexError):
        features[-(1 + 2)]
    code = UNET + DECODER_OF_THE_NOTES.format(order=order)
    checks = refused("Decoder", code)
    assert {check.verdict for check in checks.values()} == {"raised"}
    assert "the deepest skip is encoder_features[-1]" in hint_of(checks, f"skip_index_of_the_notes{ending}")


def test_skip_of_a_separate_bottleneck_within_the_unet(refused: ChecksRefused) -> None:
    code = UNET.replace("class UNet(", DECODER_OF_THE_NOTES.format(order="x, skip") + "\n\nclass UNet(")
    assert "the deepest skip is encoder_features[-1]" in hint_of(
        refused("UNet", code), "unet_with_the_skip_index_of_the_notes"
    )
