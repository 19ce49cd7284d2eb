"""Makes folders within folders, deeper than any path can tell and most programs can climb.

earns: linear_params 0
verdicts: stopped
says: wrote more than 64 MB or 1024 files
checks: weights_and_biases
"""
import os
import time


def linear_params(in_features, out_features, bias=True):
    for _ in range(1100):
        os.mkdir("d")
        os.chdir("d")
    time.sleep(1)
    return 1
