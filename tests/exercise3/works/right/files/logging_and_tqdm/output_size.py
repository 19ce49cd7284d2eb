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

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if any(size <= 0 for size in (input_size, kernel_size, stride, dilation)):
        raise ValueError("all sizes must be positive")
    if (room := input_size + 2 * padding - (span := dilation * (kernel_size - 1) + 1)) < 0:
        raise ValueError(f"{span=} does not fit, {room=}")
    steps, _left_over = divmod(room, stride)
    return steps + 1


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    k, s, p, d = (np.broadcast_to(np.asarray(v), (2,)) for v in (kernel_size, stride, padding, dilation))
    hw = np.array(input_shape[2:])
    out = (hw + 2 * p - d * (k - 1) - 1) // s + 1
    return (int(input_shape[0]), int(out_channels), *out.tolist())


def conv_transpose_output_size(*args, **kwargs):
    names = ["input_size", "kernel_size", "stride", "padding", "output_padding", "dilation"]
    o = dict(stride=1, padding=0, output_padding=0, dilation=1)
    o.update(zip(names, args))
    o.update(kwargs)
    return (o["input_size"] - 1) * o["stride"] - 2 * o["padding"] + o["dilation"] * (o["kernel_size"] - 1) + o["output_padding"] + 1
