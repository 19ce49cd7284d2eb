r"""Calls the kernel by the numbers of another architecture, which a filter may not know.

earns: linear_params 0
verdicts: stopped
says: crashed Python \(SIGSYS\)
tiers: full, landlock
checks: weights_and_biases
"""
import ctypes

X32_GETPID = 0x40000000 + 39


def linear_params(in_features, out_features, bias=True):
    return ctypes.CDLL(None).syscall(ctypes.c_long(X32_GETPID))
