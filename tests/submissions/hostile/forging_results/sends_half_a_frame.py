"""Sends the beginning of an answer, and then waits with the judge for its end.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""
import os
import time


def linear_params(in_features, out_features, bias=True):
    for fd in range(3, 64):
        try:
            os.write(fd, b"tgr1\0\0")
        except OSError:
            pass
    time.sleep(10)
