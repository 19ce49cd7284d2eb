"""Puts commands for the terminal into everything that reports show: errors, names, answers and output.

earns: linear_params 0, conv2d_params 0, global_avg_pool 0
verdicts: failed, raised
says: wiped
"""
import sys

CLEAR = "\x1b[2J\x1b[H\x1b]0;title\x07\x1b]8;;https://example.org\x1b\\wiped\x9b31m\r\b\b\x00\x7f\x85"
print(CLEAR)
print(CLEAR, file=sys.stderr)


def linear_params(in_features, out_features, bias=True):
    raise type(CLEAR.replace("\x00", ""), (Exception,), {})(CLEAR)


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return {CLEAR: type(CLEAR.replace("\x00", ""), (), {})()}


def global_avg_pool(x):
    return type(CLEAR.replace("\x00", ""), (), {})()
