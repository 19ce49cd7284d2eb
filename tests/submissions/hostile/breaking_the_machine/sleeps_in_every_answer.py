"""Answers with objects that take their time when they are read.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""
import time


class Slow(dict):
    def items(self):
        time.sleep(20)
        return []


def linear_params(in_features, out_features, bias=True):
    return Slow()
