"""manual_convolution: Lösungen mit BOM"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = [tuple(np.broadcast_to(v, 2).tolist()) for v in (stride, padding, dilation)]
    a = np.pad(x.detach().numpy().astype("float64"), [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    k = weight.detach().numpy().astype("float64")
    N, C, H, W = a.shape
    O, _, kh, kw = k.shape
    stretched = np.zeros((O, C, kh, dw * (kw - 1) + 1))
    stretched[..., ::dw] = k
    oh = (H - dh * (kh - 1) - 1) // sh + 1
    ow = (W - dw * (kw - 1) - 1) // sw + 1
    out = np.zeros((N, O, oh, ow))
    for n, o, i in np.ndindex(N, O, oh):
        for c, u in np.ndindex(C, kh):
            out[n, o, i] += np.convolve(a[n, c, i * sh + u * dh], stretched[o, c, u][::-1], mode="valid")[::sw]
        if bias is not None:
            out[n, o, i] += float(bias[o])
    return torch.from_numpy(out).to(x.dtype)


def _running(x, k, dim):
    if k == 1:
        return x
    half = k // 2
    m = _running(x, half, dim)
    n = x.size(dim) - k + 1
    y = torch.maximum(m.narrow(dim, 0, n), m.narrow(dim, half, n))
    return y if k % 2 == 0 else torch.maximum(y, m.narrow(dim, k - half, n))

def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    x = F.pad(x, (padding,) * 4, value=-torch.inf)
    for dim in (2, 3):
        x = _running(x, kernel_size, dim)
    return x[:, :, ::stride, ::stride]


def global_avg_pool(x):
    return torch.einsum("nchw->nc", x) / (x.shape[-1] * x.shape[-2])


def sobel_edges(image):
    a = np.lib.stride_tricks.sliding_window_view(image.numpy(), (3, 3))
    k = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=np.float32)
    gx = np.einsum("hwij,ij->hw", a, k)
    gy = np.einsum("hwij,ji->hw", a, k)
    return torch.from_numpy(np.hypot(gx, gy))
