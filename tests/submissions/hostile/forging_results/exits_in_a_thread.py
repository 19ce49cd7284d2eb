r"""Ends Python from a thread with the status of success, while the call still runs.

earns: linear_params 0
verdicts: stopped
says: ended Python by itself \(exit status 0\)
"""
import os
import threading
import time


def linear_params(in_features, out_features, bias=True):
    threading.Timer(0.05, os._exit, (0,)).start()
    time.sleep(5)
    return (in_features + bool(bias)) * out_features
