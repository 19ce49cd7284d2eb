"""Keeps every tensor that it makes, and swallows the error that tells of the end.

earns: linear_params 0
verdicts: stopped
says: used more than 0.12 GB of memory
memory: 128
seconds: 5
"""
import torch


def linear_params(in_features, out_features, bias=True):
    kept = []
    while len(kept) < 100:
        kept.append(torch.ones(4 << 20))
    return len(kept)
