"""Waits for a lock that it holds itself, in a handler that runs at the end of every object.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""
import threading

LOCK = threading.Lock()


class Waiting:
    def __del__(self):
        LOCK.acquire()


def linear_params(in_features, out_features, bias=True):
    LOCK.acquire()
    Waiting()
    return 0
