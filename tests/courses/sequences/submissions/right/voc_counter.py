import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


from collections import Counter, defaultdict
def build_vocabulary(texts):
    if not isinstance(texts, (list, tuple)): raise ValueError('list')
    c = Counter(w for t in texts for w in t.lower().split())
    d = defaultdict(int)
    d['<unknown>'] = 0
    for n, (w, _) in enumerate(c.most_common(), 1): d[w] = n
    return d
