"""Feedback says what came, in words that students know."""

from __future__ import annotations

import re

import pytest

from autograder.judge.common_errors import explanation
from tests.support.course import solution
from tests.support.results import GradeChanged, Graded, lost_checks


@pytest.mark.parametrize("returned", ["ValueError", "ValueError('it does not fit')"])
def test_returned_error_gets_the_advice_to_raise_it(graded: Graded, returned: str) -> None:
    text = solution("output_size").replace("raise ValueError(", "return ValueError(")
    text = (
        text[: text.index("    if input_size <= 0")] + f"    if input_size < kernel_size:\n        return {returned}\n"
    )
    text += "    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1\n"
    wrong = lost_checks(graded({"output_size.py": text}, "conv_output_size")["conv_output_size"])
    assert wrong["impossible_sizes"].feedback.endswith("an error is raised by `raise`, in the place of `return`")


def test_nobody_answers_input(graded: Graded) -> None:
    text = "def linear_params(in_features, out_features, bias=True):\n    return int(input())\n"
    checks = lost_checks(graded({"parameter_counting.py": text}, "linear_params")["linear_params"])
    asked = [check for check in checks.values() if check.verdict != "skipped"]
    assert len(asked) > 1
    assert all("nobody answers input() here" in check.feedback for check in asked)


def test_error_without_words_has_no_colon(grade_changed: GradeChanged) -> None:
    asserted = ("raise ValueError(", "assert False, (")
    silent = ("raise ValueError(", "assert not str(")
    loud = grade_changed("output_size", "conv_output_size", asserted)
    (check,) = (
        check for check in grade_changed("output_size", "conv_output_size", silent).checks if check.verdict == "raised"
    )
    assert check.feedback.endswith("expected ValueError, got AssertionError")
    assert any("got AssertionError: " in check.feedback for check in loud.checks)


def test_pair_in_the_call_is_named_where_code_takes_only_numbers(graded: Graded) -> None:
    text = (
        "def conv2d_params(i, o, kernel_size, bias=True):\n    return o * i * kernel_size ** 2 + (o if bias else 0)\n"
    )
    wrong = lost_checks(graded({"parameter_counting.py": text}, "conv2d_params")["conv2d_params"])
    assert list(wrong) == ["rectangular_kernel"]
    assert re.search(
        r"\nthis call gives a pair, \(\d, \d\): code that only takes a number fails here",
        wrong["rectangular_kernel"].feedback,
    )


def test_misspelt_name_is_suggested(grade_changed: GradeChanged) -> None:
    result = grade_changed(
        "parameter_counting", "linear_params", ("in_features * out_features", "in_features * out_featurs")
    )
    found = [check.feedback for check in result.checks if check.verdict == "raised"]
    assert found
    assert all("'out_featurs' is not defined; did you mean out_features?" in text for text in found)


def test_missing_import_is_named(graded: Graded) -> None:
    text = "def global_avg_pool(x):\n    return F.adaptive_avg_pool2d(x, 1).flatten(1)\n"
    found = lost_checks(graded({"work.py": text}, "global_avg_pool", forbids=False)["global_avg_pool"])
    said = "name 'F' is not defined; is `import torch.nn.functional as F` missing?"
    assert all(said in check.feedback for check in found.values() if check.verdict == "raised")
    assert any(check.verdict == "raised" for check in found.values())


def test_own_error_in_place_of_a_number_says_what_was_expected(grade_changed: GradeChanged) -> None:
    result = grade_changed("output_size", "conv_output_size", ("if input_size <= 0", "if input_size <= 4"))
    said = [check.feedback for check in result.checks if check.verdict == "raised"]
    assert said
    assert all(re.search(r"\nexpected \d+, and no error$", text) for text in said)


@pytest.mark.parametrize(
    ("section", "name", "changes", "meant"),
    [
        ("unet", "Encoder", ("self.pool(features", "self.pol(features"), "pool"),
        ("batchnorm", "BatchNorm2d", ("= self.running_mean,", "= self.runing_mean,"), "running_mean"),
        ("parameter_counting", "count_parameters", ("model.parameters()", "model.paramters()"), "parameters"),
    ],
    ids=["layer", "buffer", "method"],
)
def test_misspelt_attribute_is_suggested(
    grade_changed: GradeChanged, section: str, name: str, changes: tuple[str, str], meant: str
) -> None:
    found = [check.feedback for check in grade_changed(section, name, changes).checks if check.verdict == "raised"]
    assert any(f"; did you mean {meant}?" in text for text in found)


def test_written_code_that_calls_a_stub_names_it(graded: Graded) -> None:
    files = {
        "receptive_field.py": "def receptive_field(layers):\n    raise NotImplementedError()\n\n\n"
        "def receptive_field_table(layers):\n"
        "    return [(0, receptive_field(layers[: i + 1])) for i in range(len(layers))]\n"
    }
    results = graded(files, "receptive_field", "receptive_field_table")
    assert results["receptive_field"].not_started
    assert not results["receptive_field_table"].not_started
    wrong = lost_checks(results["receptive_field_table"])
    texts = [check.feedback for check in wrong.values() if check.verdict == "raised"]
    assert texts
    assert all(
        text.startswith(
            "receptive_field_table calls receptive_field, which is not started\nat receptive_field.py, line 6"
        )
        for text in texts
    )


def test_method_of_a_class_that_is_a_stub_is_not_started(graded: Graded) -> None:
    text = solution("unet")
    start = text.index("    def forward", text.index("class Encoder"))
    end = text.index("class Decoder")
    text = f"{text[:start]}    def forward(self, x):\n        raise NotImplementedError()\n\n\n{text[end:]}"
    results = graded({"unet.py": text}, "Encoder", "UNet")
    raised = [check for check in results["Encoder"].checks if check.verdict == "raised"]
    assert raised
    assert all(check.not_started for check in raised)
    lost = [check for check in results["UNet"].checks if check.verdict == "raised"]
    assert all("UNet calls Encoder, which is not started" in check.feedback for check in lost)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("BdbQuit", "nobody answers breakpoint() here: remove it, and print the values instead"),
        (
            "AttributeError: cannot assign module before Module.__init__() call",
            "call super().__init__() first in __init__",
        ),
        (
            "TypeError: torch.nn.modules.activation.ReLU is not a Module subclass",
            "write ReLU() with parentheses: they make a layer of the class",
        ),
        (
            "RuntimeError: mat1 and mat2 shapes cannot be multiplied (3x800 and 1568x10)",
            "if this is a linear layer: it gets rows of 800 numbers, and its in_features is 1568",
        ),
        (
            "AttributeError: 'torch.return_types.max' object has no attribute 'mean'",
            "max with an axis returns a pair (values, indices): take [0]",
        ),
        ("ValueError: no size", ""),
    ],
)
def test_common_errors_are_explained(error: str, advice: str) -> None:
    assert explanation(error) == advice


def test_explanation_stands_below_the_error(graded: Graded) -> None:
    text = "def linear_params(in_features, out_features, bias=True):\n    breakpoint()\n    return 3\n"
    checks = lost_checks(graded({"parameter_counting.py": text}, "linear_params")["linear_params"])
    raised = [check.feedback for check in checks.values() if check.verdict == "raised"]
    assert raised
    assert all("nobody answers breakpoint() here" in text for text in raised)


def test_error_in_a_function_that_is_called_shows_both_lines(graded: Graded) -> None:
    files = {
        "receptive_field.py": "def receptive_field(layers):\n    raise KeyError(len(layers))\n\n\n"
        "def receptive_field_table(layers):\n"
        "    return [(1, receptive_field(layers[: i + 1])) for i in range(len(layers))]\n"
    }
    results = graded(files, "receptive_field", "receptive_field_table")
    texts = [c.feedback for c in results["receptive_field_table"].checks if "KeyError" in c.feedback]
    assert texts
    for text in texts:
        assert (
            "\nat receptive_field.py, line 2: raise KeyError(len(layers))\ncalled at receptive_field.py, line 6" in text
        )
    own = [c.feedback for c in results["receptive_field"].checks if "KeyError" in c.feedback]
    assert own
    assert not any("called at" in text for text in own)


def test_network_whose_layers_are_not_registered_is_explained(graded: Graded) -> None:
    text = solution("unet").replace("self.layers(x)", "self.layers[0](x)")
    text = text.replace("self.layers = nn.Sequential(", "self.layers = one_item_list(")
    text = text.replace(
        "class ConvBlock(",
        "def one_item_list(*layers):\n    return [nn.Sequential(*layers)]\n\n\nclass ConvBlock(",
    )
    result = graded({"unet.py": text}, "ConvBlock")["ConvBlock"]
    assert any("expected 390, got 0\nno parameter is registered" in check.feedback for check in result.checks)
