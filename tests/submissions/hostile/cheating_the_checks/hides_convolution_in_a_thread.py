"""Calls the forbidden function in a thread of its own, which the trap does not reach.

earns: conv2d_manual 0
verdicts: failed
says: which this exercise asks you to do without
"""
from concurrent.futures import ThreadPoolExecutor

import torch.nn.functional as F


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(F.conv2d, x, weight, bias, stride, padding, dilation).result()
