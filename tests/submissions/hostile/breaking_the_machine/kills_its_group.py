"""Kills its process group, in which nobody else should be, and leaves where it may not.

earns: linear_params 0
verdicts: stopped
says: was killed|exit status 9
"""
import os
import signal


def linear_params(in_features, out_features, bias=True):
    try:
        os.killpg(os.getpgrp(), signal.SIGKILL)
    except PermissionError:
        os._exit(9)
