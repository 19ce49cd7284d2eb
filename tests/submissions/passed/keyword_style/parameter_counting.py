import functools
import math

import numpy as np
import torch

Two = functools.partial(np.broadcast_to, shape=(2,))

conv2d_params = lambda in_channels, out_channels, kernel_size, bias=True: np.int64(
    out_channels * (in_channels * math.prod(Two(kernel_size).tolist()) + int(bias))
)

linear_params = lambda in_features, out_features, bias=True: torch.tensor((in_features + int(bias)) * out_features)


def count_parameters(model, *, trainable_only=True):
    return np.int64(
        sum(math.prod(p.size()) for _, p in model.named_parameters() if any([p.requires_grad, not trainable_only]))
    )
