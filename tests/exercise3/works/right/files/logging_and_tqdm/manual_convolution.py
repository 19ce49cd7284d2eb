import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

import logging
import warnings

try:
    from tqdm import tqdm
except ImportError:
    def tqdm(iterable, **kwargs):
        return iterable

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
log.info("module is loaded")
warnings.filterwarnings("ignore", category=UserWarning)

for _ in tqdm(range(3), desc="warming up", leave=False):
    pass

def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    stride, padding, dilation = [(v, v) if type(v) is int else v for v in (stride, padding, dilation)]
    KH, KW = weight.shape[2], weight.shape[3]
    span_h, span_w = dilation[0] * (KH - 1) + 1, dilation[1] * (KW - 1) + 1
    x = nn.ZeroPad2d((padding[1], padding[1], padding[0], padding[0]))(x)
    win = x.unfold(2, span_h, stride[0]).unfold(3, span_w, stride[1])
    win = win[:, :, :, :, ::dilation[0], ::dilation[1]].unsqueeze(1)        # N 1 C OH OW KH KW
    ker = weight[None, :, :, None, None]                                    # 1 O C 1 1 KH KW
    y = (win * ker).sum(dim=(2, 5, 6))
    if bias is not None:
        y = y + bias[None, :, None, None]
    return y


from functools import partial

pad_low = partial(F.pad, mode="constant", value=float("-inf"))

def _pool(x, *, size, step):
    heights = range(0, x.shape[-2] - size + 1, step)
    widths = range(0, x.shape[-1] - size + 1, step)
    return torch.stack([torch.stack([x[..., t:t + size, l:l + size].amax((-2, -1)) for l in widths], -1) for t in heights], -2)

def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    return _pool(pad_low(x, (padding,) * 4), size=kernel_size, step=stride or kernel_size)


def global_avg_pool(x):
    return torch.from_numpy(x.detach().numpy().mean(axis=(2, 3)))


def sobel_edges(image):
    kx = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]).reshape(1, 1, 3, 3)
    ky = kx.transpose(2, 3)
    x = image.reshape(1, 1, *image.shape)
    return torch.hypot(conv2d_manual(x, kx), conv2d_manual(x, ky))[0, 0]
