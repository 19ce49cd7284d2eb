"""Gives the right shape filled with a plausible number: zero, the mean, or the input itself.

earns: conv2d_manual 0, max_pool2d_manual 0, global_avg_pool 0
verdicts: failed
says: expected
"""
import torch


def pair(setting):
    return (setting, setting) if isinstance(setting, int) else setting


def shape(x, kernel, stride, padding, dilation):
    return [
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, s, p, d in zip(x.shape[2:], kernel, pair(stride), pair(padding), pair(dilation))
    ]


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    y = torch.full((len(x), len(weight), *shape(x, weight.shape[2:], stride, padding, dilation)), float(x.mean()))
    y = y * weight.mean() * weight[0].numel()
    return y if bias is None else y + bias.view(-1, 1, 1)


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    h, w = shape(x, pair(kernel_size), stride or kernel_size, padding, 1)
    return x.amax((2, 3), keepdim=True).expand(*x.shape[:2], h, w)


def global_avg_pool(x):
    return x[:, :, 0, 0]
