#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Übungsblatt 3, everything in one file, with the tries that a student leaves behind."""

from __future__ import annotations

import argparse
import math
import random
import sys
from dataclasses import dataclass
from functools import lru_cache, partial, reduce

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
random.seed(42), np.random.seed(42), torch.manual_seed(42)
torch.set_printoptions(precision=2)


@dataclass(frozen=True)
class Geometry:
    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def span(self) -> int:
        return self.dilation * (self.kernel - 1) + 1

    def out(self, size: int) -> int:
        if size <= 0 or self.kernel <= 0 or self.span > size + 2 * self.padding:
            raise ValueError(f"kernel {self.kernel} does not fit {size}")
        return math.floor((size + 2 * self.padding - self.span) / self.stride) + 1


@lru_cache(maxsize=None)
def conv_output_size(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    return Geometry(kernel_size, stride, padding, dilation).out(input_size)


def both(value):
    return (value,) * 2 if np.isscalar(value) else tuple(value)


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    N, C, *image = input_shape
    settings = zip(*map(both, (kernel_size, stride, padding, dilation)))
    return torch.Size([N, out_channels, *(Geometry(*s).out(size) for size, s in zip(image, settings))])


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    layer = nn.ConvTranspose1d(1, 1, kernel_size, stride, padding, output_padding, dilation=dilation, device="meta")
    return layer(torch.zeros(1, 1, input_size, device="meta")).shape[-1]


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    return sum(p.numel() for p in nn.Conv2d(in_channels, out_channels, kernel_size, bias=bias, device="meta").parameters())


def linear_params(in_features, out_features, bias=True):
    return np.int64((in_features + bias) * out_features)


def count_parameters(model: nn.Module, trainable_only: bool = True) -> int:
    unique = {id(p): p for p in model.parameters() if p.requires_grad or not trainable_only}
    return torch.tensor([p.numel() for p in unique.values()]).sum()


def receptive_field(layers):
    return 1 + sum((k - 1) * d * j for (k, _, d), j in zip(*_jumps(layers)))


def receptive_field_table(layers):
    padded, jumps = _jumps(layers)
    fields = np.cumsum([1] + [(k - 1) * d * j for (k, _, d), j in zip(padded, jumps)])[1:]
    return list(zip(jumps[1:], fields))


def _jumps(layers):
    padded = [layer if len(layer) == 3 else (*layer, 1) for layer in layers]
    return padded, reduce(lambda jumps, layer: jumps + [jumps[-1] * layer[1]], padded, [1])


def flatten_features(image_size, channels, num_pools):
    return channels * (image_size >> num_pools) ** 2


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = both(stride), both(padding), both(dilation)
    O, C, kh, kw = weight.size()
    columns = F.unfold(x, (kh, kw), dilation=(dh, dw), padding=(ph, pw), stride=(sh, sw))
    shape = conv2d_output_shape(x.shape, O, (kh, kw), stride, padding, dilation)
    y = (weight.view(O, -1) @ columns).view(shape)
    return y + bias.view(1, -1, 1, 1) if bias is not None else y


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    x = F.pad(x, [padding] * 4, value=float("-inf"))
    rows = x.unfold(2, kernel_size, stride).max(-1).values
    return rows.unfold(3, kernel_size, stride).max(-1)[0]


global_avg_pool = partial(torch.mean, dim=(2, 3))


def sobel_edges(image):
    smooth, slope = torch.tensor([1.0, 2.0, 1.0]), torch.tensor([-1.0, 0.0, 1.0])
    kernels = torch.stack([torch.outer(smooth, slope), torch.outer(slope, smooth)])[:, None]
    return conv2d_manual(image[None, None], kernels.to(image))[0].norm(dim=0)


class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10, verbose=False):
        super().__init__()
        self.backbone = nn.ModuleList([self.stage(in_channels, 16), self.stage(16, 32)])
        self.classifier = nn.Linear(flatten_features(28, 32, 2), num_classes)
        self.dropout = nn.Dropout(0.0)

    @staticmethod
    def stage(a, b):
        return nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.MaxPool2d(2), nn.ReLU())

    def forward(self, x):
        x = x.float()
        for stage in self.backbone:
            x = stage(x)
        return self.classifier(self.dropout(x.view(x.shape[0], -1)))


def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.to(device)
    model.train()
    history = []
    for batch in loader:
        x, y = (part.to(device) for part in batch)
        loss = criterion(model(x), y)
        model.zero_grad()
        loss.backward()
        optimizer.step()
        history.extend([loss.item()] * len(x))
        print(f"\rloss {loss.item():.3f}", end="", file=sys.stderr)
    return np.mean(history)


@torch.inference_mode()
def evaluate(model, loader, device="cpu"):
    mode, _ = model.training, model.eval()
    answers = torch.cat([torch.stack([model(x.to(device)).argmax(1), y.to(device)]) for x, y in loader], dim=1)
    model.train(mode)
    return (answers[0] == answers[1]).float().mean().item()


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size=3):
        super().__init__()
        self.seq = nn.Sequential()
        for i, c in enumerate((in_channels, out_channels)):
            self.seq.append(nn.Conv2d(c, out_channels, kernel_size, padding=kernel_size // 2))
            self.seq.append(nn.BatchNorm2d(out_channels))
            self.seq.append(nn.LeakyReLU(0.0))

    def forward(self, x):
        return self.seq(x)


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.levels = nn.Sequential(*[ConvBlock(*pair) for pair in zip(channels, channels[1:])])

    def forward(self, x):
        features = []
        for level in self.levels:
            features += [level(x)]
            x = F.max_pool2d(features[-1], 2, stride=2)
        return features


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        for i in range(1, len(channels)):
            self.add_module(f"up{i}", nn.ConvTranspose2d(channels[i - 1], channels[i], 2, stride=2))
            self.add_module(f"conv{i}", ConvBlock(2 * channels[i], channels[i]))
        self.n = len(channels) - 1

    def forward(self, x, encoder_features):
        for i in range(1, self.n + 1):
            x = self.get_submodule(f"up{i}")(x)
            skip = encoder_features[-i]
            if x.shape[-2:] != skip.shape[-2:]:
                x = F.interpolate(x, size=skip.shape[-2:])
            x = self.get_submodule(f"conv{i}")(torch.cat((skip, x), dim=1))
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        widths = [in_channels] + [base_channels * f for f in (1, 2, 4, 8, 16)]
        self.encoder = Encoder(tuple(widths[:-1]))
        self.bottleneck = nn.Sequential(nn.MaxPool2d(2), ConvBlock(widths[-2], widths[-1]))
        self.decoder = Decoder(tuple(reversed(widths[1:])))
        self.final = nn.Conv2d(base_channels, out_channels, kernel_size=(1, 1))

    def forward(self, x):
        skips = self.encoder(x.to(torch.float32))
        return self.final(self.decoder(self.bottleneck(skips[-1]), skips))


def add_noise(images, noise_factor=0.5):
    return (images + torch.randn(images.size()) * noise_factor).clip(0.0, 1.0)


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.weight = nn.Parameter(torch.empty(num_features))
        self.bias = nn.Parameter(torch.empty(num_features))
        self.register_buffer("running_mean", torch.empty(num_features))
        self.register_buffer("running_var", torch.empty(num_features))
        self.reset()

    def reset(self):
        nn.init.ones_(self.weight), nn.init.zeros_(self.bias)
        self.running_mean.zero_(), self.running_var.fill_(1)

    def forward(self, x):
        if self.training:
            mu = x.mean([0, 2, 3])
            var = (x**2).mean([0, 2, 3]) - mu**2
            n = x.numel() / self.num_features
            self.running_mean.data = torch.lerp(self.running_mean, mu.detach(), self.momentum)
            self.running_var.data = torch.lerp(self.running_var, var.detach() * n / (n - 1), self.momentum)
        else:
            mu, var = self.running_mean, self.running_var
        y = (x - mu.reshape(1, -1, 1, 1)).div((var + self.eps).sqrt().reshape(1, -1, 1, 1))
        return torch.addcmul(self.bias.reshape(1, -1, 1, 1), y, self.weight.reshape(1, -1, 1, 1))


class SimpleCNNBatchNorm(SimpleCNN):
    @staticmethod
    def stage(a, b):
        return nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2))


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        norm = nn.BatchNorm2d if batch_norm else nn.Identity
        layers, c = [], in_channels
        for width in "8", "8", "M", "16", "16", "M":
            if width == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers.extend((nn.Conv2d(c, int(width), 3, padding=1), norm(int(width)), nn.ReLU()))
                c = int(width)
        self.features, self.fc = nn.Sequential(*layers), nn.Linear(784, num_classes)

    def forward(self, x):
        return self.fc(torch.flatten(self.features(x), start_dim=1))


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def one(batch_norm):
        torch.manual_seed(seed)
        model, losses = DeepCNN(batch_norm), []
        optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0)
        loader = DataLoader(TensorDataset(images, labels), batch_size, shuffle=True, drop_last=True)
        torch.manual_seed(seed)
        while len(losses) < steps:
            for x, y in loader:
                loss = F.cross_entropy(model(x), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                losses.append(loss.item())
                if len(losses) == steps:
                    break
        return losses

    return {key: one(key == "batchnorm") for key in ("plain", "batchnorm")}


# --- Bonus ---


def to_image_tensor(rows):
    assert rows.ndim == 2 and rows.shape[1] == 28 * 28, f"unexpected shape {rows.shape}"
    return torch.tensor(rows.tolist(), dtype=torch.float32).view(-1, 1, 28, 28).divide(255.0)


def to_channels_first(images):
    return torch.stack(images.unbind(dim=-1), dim=1)


def make_loader(images, labels, batch_size=32, shuffle=True):
    generator = torch.Generator().manual_seed(42)
    data = TensorDataset(images, labels.to(torch.long))
    return DataLoader(data, batch_size, shuffle, generator=generator, num_workers=0)


class ConvNorm(nn.Sequential):
    def __init__(self, a, b, k, stride=1):
        super().__init__(nn.Conv2d(a, b, k, stride, padding=k // 2, bias=False), nn.BatchNorm2d(b))


class ResidualBlock(nn.Module):
    expansion: int = 1

    def __init__(self, in_channels: int, out_channels: int, stride: int = 1) -> None:
        super().__init__()
        self.shortcut = (
            ConvNorm(in_channels, out_channels, 1, stride)
            if stride != 1 or in_channels != out_channels
            else (lambda x: x)
        )
        self.first = ConvNorm(in_channels, out_channels, 3, stride)
        self.second = ConvNorm(out_channels, out_channels, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (self.second(self.first(x).relu()) + self.shortcut(x)).relu()


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super(LeNet5, self).__init__()
        self.extract = nn.Sequential(nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2))
        sizes = (400, 120, 84, num_classes)
        self.classify = nn.Sequential(*[part for a, b in zip(sizes, sizes[1:]) for part in (nn.Linear(a, b), nn.Tanh())][:-1])

    def forward(self, x):
        return self.classify(self.extract(x).flatten(start_dim=1))


class Recorder:
    def __init__(self, model, layers):
        self.maps: dict[str, torch.Tensor] = {}
        self.handles = [m.register_forward_hook(partial(self.record, n)) for n, m in model.named_modules() if n in layers]

    def record(self, name, module, inputs, output):
        self.maps[name] = output.detach().clone()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        for handle in self.handles:
            handle.remove()


def extract_feature_maps(model, image, layers):
    was_training = model.training
    with Recorder(model.eval(), layers) as recorder, torch.no_grad():
        _ = model(image.unsqueeze(0).to(next(model.parameters()).device))
    model.train(was_training)
    return recorder.maps


def normalize_filters(weight):
    lo = reduce(torch.minimum, weight.flatten(1).unbind(1))[:, None, None, None]
    hi = reduce(torch.maximum, weight.flatten(1).unbind(1))[:, None, None, None]
    return torch.where(hi > lo, (weight - lo) / (hi - lo).clamp_min(1e-12), torch.zeros_like(weight))


# my own tries
print("28 ->", conv_output_size(28, 3), SimpleCNN()(torch.zeros(2, 1, 28, 28)).shape)
assert receptive_field([(3, 1), (3, 1)]) == 5
model = SimpleCNN().to(DEVICE)
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, required=True)
    args = parser.parse_args()
    print(args.epochs)
