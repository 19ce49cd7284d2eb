"""Stops its own process, which then neither ends nor goes on.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""
import signal
import time


def linear_params(in_features, out_features, bias=True):
    signal.raise_signal(signal.SIGSTOP)
    time.sleep(20)
