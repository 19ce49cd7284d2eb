"""Forks until it may not, twenty times at most; no child may outlive the grading.

earns: linear_params 0
verdicts: raised
says: forked (0 times.*PermissionError|20 times)
"""
import os
import time


def linear_params(in_features, out_features, bias=True):
    forked, reason = 0, None
    try:
        for _ in range(20):
            if os.fork() == 0:
                try:
                    os.setsid()
                    time.sleep(60)
                finally:
                    os._exit(0)
            forked += 1
    except OSError as error:
        reason = error
    raise ValueError(f"forked {forked} times: {reason!r}")
