"""Names in `forbids` and `requires` that stand for nothing are found."""

from __future__ import annotations

from autograder.lint.random_answers import unknown_names


def test_names_of_every_kind_are_known() -> None:
    names = ("conv2d", "LSTMCell", "sorted", "for", "while", "nn.LSTMCell", "np.linalg.inv", "itertools.chain", ".sort")
    assert unknown_names(names) == []


def test_name_that_stands_for_nothing_is_found() -> None:
    names = ("conv2d", "conv2d_run", "meaan", "whilst", "nn.LSTMCel", "nump.convolve", "numpy.convolv")
    assert unknown_names(names) == ["meaan", "whilst", "nn.LSTMCel", "nump.convolve", "numpy.convolv"]
