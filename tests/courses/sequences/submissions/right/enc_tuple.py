import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def encode(text, vocabulary):
    if '<unknown>' not in vocabulary: raise ValueError
    return tuple(map(lambda w: vocabulary.get(w, vocabulary['<unknown>']), text.lower().split()))
