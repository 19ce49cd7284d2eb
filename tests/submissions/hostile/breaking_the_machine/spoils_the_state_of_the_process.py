"""Leaves the process in another folder, with other modes, seeds, threads and modules than it began with.

Its answers are right, and count.

earns: linear_params 2, global_avg_pool 2
verdicts: passed
says: ^$
"""
import gc
import locale
import os
import random
import sys
import warnings

import numpy as np
import torch

os.umask(0o777)
os.chdir("/")
gc.disable()
random.seed(1)
warnings.simplefilter("error")
np.seterr(all="raise")
torch.set_grad_enabled(False)
torch.set_default_dtype(torch.float64)
torch.set_num_threads(2)
sys.setrecursionlimit(200)
sys.stdout = sys.stderr = None
for name in ("json", "struct", "inspect", "traceback", "reference", "solutions"):
    sys.modules.pop(name, None)


def linear_params(in_features, out_features, bias=True):
    return (in_features + bool(bias)) * out_features


def global_avg_pool(x):
    return x.mean((2, 3))
