"""Computes one number so large that Python does not come back before it is done.

earns: linear_params 0
verdicts: stopped
says: did not finish within 0.2 seconds
seconds: 0.2
checks: weights_and_biases
"""


def linear_params(in_features, out_features, bias=True):
    return (7 ** (10**8)) % 10
