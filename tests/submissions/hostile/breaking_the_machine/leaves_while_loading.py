r"""Ends Python in the middle of the file; the rest of it counts.

earns: linear_params 2
verdicts: passed
says: line \d+ ended Python by itself \(exit status 0\) while loading
"""
import os

print("good night")
os._exit(0)


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features
