"""Keeps every small object that it makes.

earns: linear_params 0
verdicts: stopped
says: used more than 0.12 GB of memory
memory: 128
seconds: 5
"""


def linear_params(in_features, out_features, bias=True):
    kept = []
    while len(kept) < 60_000_000:
        kept.append(str(len(kept)))
    return len(kept)
