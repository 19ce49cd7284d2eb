"""Ends by a signal that has a number and no name, where signals of its own can end it.

earns: linear_params 0
verdicts: stopped
says: was killed|crashed Python|exit status 9
"""
import os
import signal


def linear_params(in_features, out_features, bias=True):
    signal.raise_signal(signal.SIGRTMIN + 3)
    os._exit(9)
