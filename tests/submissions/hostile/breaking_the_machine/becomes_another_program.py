"""Puts another program in its own place, which keeps the pipes to the judge.

earns: linear_params 0
verdicts: raised
says: PermissionError
tiers: full, landlock
"""
import os
import sys


def linear_params(in_features, out_features, bias=True):
    for program in "/bin/sh", "/usr/bin/env", sys.executable:
        try:
            os.execv(program, [program, "-c", "echo 7850 >&4; sleep 20"])
        except OSError as error:
            last = error
    raise last
