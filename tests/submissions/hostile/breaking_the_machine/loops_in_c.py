"""Loops within C code that never looks whether a signal has come.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""
import itertools
import re


def linear_params(in_features, out_features, bias=True):
    if bias:
        return len(list(filter(None, itertools.repeat(0))))
    return bool(re.match(r"(a|aa)+$", "a" * 60 + "b"))
