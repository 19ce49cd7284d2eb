"""Gives right answers and lets a thread print without end meanwhile.

earns: linear_params 0
verdicts: stopped
says: printed more than 16 MB
seconds: 5
"""
import os
import threading
import time


def flood():
    for _ in range(640):
        os.write(2, b"\n" * (64 << 10))


def linear_params(in_features, out_features, bias=True):
    threading.Thread(target=flood, daemon=True).start()
    time.sleep(4)
    return (in_features + bool(bias)) * out_features
