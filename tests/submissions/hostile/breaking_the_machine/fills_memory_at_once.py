"""Asks for six gigabytes in one piece, as bytes, numpy array, tensor and text.

earns: linear_params 0
verdicts: stopped
says: used more than 0.25 GB of memory
memory: 256
seconds: 5
"""
import numpy as np
import torch


def linear_params(in_features, out_features, bias=True):
    for ask in (
        lambda: bytearray(6 << 30),
        lambda: np.ones(6 << 30, np.uint8),
        lambda: torch.zeros(6 << 30, dtype=torch.uint8),
        lambda: "x" * (6 << 30),
    ):
        try:
            return len(ask())
        except (MemoryError, RuntimeError):
            pass
    raise MemoryError
