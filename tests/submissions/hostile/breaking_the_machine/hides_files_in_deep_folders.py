"""Writes a hundred megabytes and more so deep that no path can tell where.

earns: linear_params 0
verdicts: stopped
says: wrote more than 64 MB or 1024 files
seconds: 5
checks: weights_and_biases
"""
import os
import time


def linear_params(in_features, out_features, bias=True):
    for _ in range(30):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    for number in range(3):
        with open(f"large-{number}", "wb") as file:
            for _ in range(10):
                file.write(b"x" * (4 << 20))
    time.sleep(0.5)
    return 1
