"""Writes a hundred megabytes and more into files that it deletes and keeps open.

earns: linear_params 0
verdicts: stopped
says: wrote more than 64 MB or 1024 files
seconds: 5
checks: weights_and_biases
"""
import os
import time


def linear_params(in_features, out_features, bias=True):
    kept = []
    for number in range(3):
        kept.append(open(f"large-{number}", "wb"))
        os.remove(f"large-{number}")
        for _ in range(10):
            kept[-1].write(b"x" * (4 << 20))
    time.sleep(0.5)
    return len(kept)
