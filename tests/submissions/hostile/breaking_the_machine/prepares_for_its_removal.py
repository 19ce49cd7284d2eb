"""Makes folders where those may go that remove its own, so that something stays on the disk.

earns: linear_params 0
verdicts: raised
says: prepared
hole: process.remove moves folders to names of its own, and gives up where one is taken
open: landlock, process
"""
import os


def linear_params(in_features, out_features, bias=True):
    for number in range(100):
        os.makedirs(f".removed-{number}/kept/{bias}")
    for letter in "abcdefghij":
        os.makedirs(f"{letter}/{letter}/{bias}")
        os.symlink("/", f"{letter}/{letter}/{bias}/link")
    raise ValueError("prepared")
