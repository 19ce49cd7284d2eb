"""Gives right answers, and lets threads print single letters without end.

earns: linear_params 2
verdicts: passed
says: ^z+
within: 5
"""
import os
import threading


def drip():
    for _ in range(20_000_000):
        os.write(1, b"z")


def linear_params(in_features, out_features, bias=True):
    if threading.active_count() == 1:
        threading.Thread(target=drip, daemon=True).start()
    return (in_features + bool(bias)) * out_features
