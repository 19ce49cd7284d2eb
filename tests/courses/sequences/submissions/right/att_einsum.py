import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def scaled_dot_product_attention(query, key, value, mask=None):
    s = torch.einsum('...le,...se->...ls', query, key) * query.size(-1) ** -0.5
    if mask is not None:
        s = torch.where(mask, s, torch.tensor(float('-inf')))
    return torch.einsum('...ls,...sv->...lv', F.softmax(s, -1), value)
