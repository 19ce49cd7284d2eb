"""Sends a long answer one byte at a time, so that something always comes.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""
import os
import struct
import time


def linear_params(in_features, out_features, bias=True):
    for byte in struct.pack(">4sIQ", b"tgr1", 1000, 0) + b" " * 400:
        for fd in range(3, 64):
            try:
                os.write(fd, bytes([byte]))
            except OSError:
                pass
        time.sleep(0.02)
