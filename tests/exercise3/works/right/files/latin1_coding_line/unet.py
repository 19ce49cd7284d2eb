#!/usr/bin/env python3
# -*- coding: latin-1 -*-
# Übung 3, größte Mühe gegeben: 28 × 28, µ und ß
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.a = torch.jit.script(nn.Sequential(nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU()))
        self.b = torch.jit.script(nn.Sequential(nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU()))

    def forward(self, x):
        return self.b(self.a(x))


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        n = len(channels) - 1
        self.blöcke = nn.ModuleList([ConvBlock(channels[i], channels[i + 1]) for i in range(n)])
        self.verkleinern = nn.ModuleList([nn.MaxPool2d(2)] * (n - 1) + [nn.Identity()])

    def forward(self, x):
        merkmale = []
        for block, kleiner in zip(self.blöcke, self.verkleinern):
            merkmal = block(x)
            merkmale.append(merkmal)
            x = kleiner(merkmal)
        return merkmale


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels[0], channels[1], 2, stride=2)
        self.block = ConvBlock(2 * channels[1], channels[1])
        self.rest = Decoder(channels[1:]) if len(channels) > 2 else None

    def forward(self, x, encoder_features):
        *others, skip = encoder_features
        x = self.block(torch.cat([skip, self.up(x)], dim=1))
        return x if self.rest is None else self.rest(x, others)


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.head = nn.Conv2d(b, out_channels, kernel_size=1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = self.decoder(x, features)
        return self.head(x)


def add_noise(images, noise_factor=0.5):
    generator = torch.Generator()
    generator.seed()
    noise = torch.randn(images.shape, generator=generator) * noise_factor
    return (images + noise).clamp(0, 1)
