"""Closes everything that connects it with the judge, and stays.

earns: linear_params 0
verdicts: stopped
says: was killed|did not finish
seconds: 0.2
checks: weights_and_biases
"""
import os
import time


def linear_params(in_features, out_features, bias=True):
    os.closerange(0, 100)
    time.sleep(20)
