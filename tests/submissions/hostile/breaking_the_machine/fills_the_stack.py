"""Calls itself without end after it has taken the limit away.

earns: linear_params 0
verdicts: stopped
says: segmentation fault|used more than 0.25 GB
memory: 256
seconds: 5
"""
import sys

sys.setrecursionlimit(1 << 30)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def linear_params(in_features, out_features, bias=True):
    return repr(Deep().x)
