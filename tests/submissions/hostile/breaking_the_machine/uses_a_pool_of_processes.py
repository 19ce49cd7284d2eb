"""Starts a pool of processes, as one would to be fast, and waits for it.

earns: linear_params 0
verdicts: raised
says: PermissionError|FileNotFoundError
tiers: full, landlock
"""
import multiprocessing


def linear_params(in_features, out_features, bias=True):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return sum(pool.map(abs, [in_features, out_features]))
