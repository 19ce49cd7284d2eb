"""Tells texts that no encoding can write: halves of pairs, characters that are none, accents without end.

earns: linear_params 0, conv2d_params 0
verdicts: failed, raised
says: .
"""
import os

TEXT = "\ud800\udfff\ufffe\uffff" + "e" + "\u0301" * 300 + "\U000e0041"
os.write(1, b"\xff\xfe\xed\xa0\x80\x00 not text\n")


def linear_params(in_features, out_features, bias=True):
    raise ValueError(TEXT)


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return {TEXT: TEXT}
