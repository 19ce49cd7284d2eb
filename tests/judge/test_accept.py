"""Answers of another form are accepted where nobody would call them wrong."""

from __future__ import annotations

from tests.support.course import solution
from tests.support.results import Graded, lost


def test_error_may_be_of_a_kind_of_its_own(graded: Graded) -> None:
    text = solution("output_size").replace("raise ValueError", "raise TooLargeError")
    text = text.replace(
        "\ndef conv_output_size", "\nclass TooLargeError(ValueError):\n    pass\n\n\ndef conv_output_size", 1
    )
    assert "TooLargeError(" in text
    assert lost(graded({"output_size.py": text}, "conv_output_size")["conv_output_size"]) == set()


def test_array_of_ints_may_stand_for_a_tuple(graded: Graded) -> None:
    text = solution("output_size") + "\n_shape = conv2d_output_shape\n\n"
    text += (
        "def conv2d_output_shape(*args, **kwargs):\n    import numpy\n    return numpy.array(_shape(*args, **kwargs))\n"
    )
    assert lost(graded({"output_size.py": text}, "conv2d_output_shape")["conv2d_output_shape"]) == set()
