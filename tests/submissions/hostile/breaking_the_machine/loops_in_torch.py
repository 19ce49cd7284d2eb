"""Asks torch for one operation that takes minutes.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""
import torch


def linear_params(in_features, out_features, bias=True):
    return int(torch.linalg.svdvals(torch.rand(3000, 3000)).sum())
