import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def encode(text, vocabulary):
    if '<unknown>' not in vocabulary: raise ValueError
    return [vocabulary.setdefault(w, vocabulary['<unknown>']) for w in text.lower().split()]
