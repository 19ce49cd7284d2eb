"""Prints on every way out, past Python's own buffers too.

earns: linear_params 0
verdicts: stopped
says: printed more than 16 MB
seconds: 5
"""
import os


def linear_params(in_features, out_features, bias=True):
    for number in range(640):
        os.write(1 + number % 2, b"x" * (64 << 10))
    return 1
