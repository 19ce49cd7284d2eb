"""Leaves threads that sleep longer than the grading takes.

earns: linear_params 2
verdicts: passed
says: ^$
"""
import threading
import time

for _ in range(4):
    threading.Thread(target=time.sleep, args=(60,)).start()


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features
