import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from pathlib import Path

try:
    _HERE = Path(__file__).resolve().parent
except NameError:
    _HERE = Path(".")

try:
    with np.load(_HERE / "digits.npz") as f:
        IMAGES, LABELS = f["images"], f["labels"]
except Exception as error:
    IMAGES, LABELS = None, None
    print("no data:", error)

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
  if input_size < 1 or kernel_size < 1:
    raise ValueError('size')
  places = input_size + 2*padding - dilation*(kernel_size - 1)
  if places < 1:
    raise ValueError('fit')
  return -(-places // stride)


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


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    try:
        height, width = kernel_size
    except TypeError:
        height = width = kernel_size
    per_output = in_channels * height * width
    if bias:
        per_output += 1
    return per_output * out_channels


def linear_params(in_features, out_features, bias=True):
    n = in_features; m = out_features;
    W = [n, m];
    nW = W[0] * W[1];
    nb = m if bias else 0;
    N = nW + nb;
    return N;


def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)


from itertools import accumulate
from operator import mul

def receptive_field(layers):
    jumps = accumulate((layer[1] for layer in layers), mul, initial=1)
    return 1 + sum((layer[2] if layer[2:] else 1) * (layer[0] - 1) * jump for layer, jump in zip(layers, jumps))


from collections import namedtuple

Row = namedtuple("Row", "jump receptive_field")

def receptive_field_table(layers):
    row, table = Row(1, 1), []
    for layer in layers:
        kernel, stride, dilation = tuple(layer) + (1,) if len(layer) == 2 else layer
        row = Row(row.jump * stride, row.receptive_field + dilation * (kernel - 1) * row.jump)
        table.append(row)
    return table


def flatten_features(image_size, channels, num_pools):
    def pool(n, kernel=2, stride=2):
        return (n - kernel) // stride + 1
    height = width = image_size
    count = 0
    while count < num_pools:
        height, width = pool(height), pool(width)
        count += 1
    return channels * height * width


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride,) * 2 if isinstance(stride, int) else stride
    ph, pw = (padding,) * 2 if isinstance(padding, int) else padding
    dh, dw = (dilation,) * 2 if isinstance(dilation, int) else dilation
    kh, kw = weight.shape[2:]
    x = F.pad(x, (pw, pw, ph, ph))
    oh = (x.shape[2] - dh * (kh - 1) - 1) // sh + 1
    ow = (x.shape[3] - dw * (kw - 1) - 1) // sw + 1

    def one(image, kernel):
        total = torch.zeros(oh, ow, dtype=x.dtype)
        for i in range(kh):
            for j in range(kw):
                view = image[:, i * dh:i * dh + sh * (oh - 1) + 1:sh, j * dw:j * dw + sw * (ow - 1) + 1:sw]
                total = total + (view * kernel[:, i, j, None, None]).sum(0)
        return total

    out = torch.vmap(torch.vmap(one, (None, 0)), (0, None))(x, weight)
    if bias is not None:
        out = out + bias[:, None, None]
    return out


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    шаг = kernel_size if stride is None else stride
    ядро = kernel_size
    рамка = F.pad(x, (padding, padding, padding, padding), "constant", float("-inf"))
    высота = (рамка.shape[2] - ядро) // шаг + 1
    ширина = (рамка.shape[3] - ядро) // шаг + 1
    ответ = x.new_empty(x.shape[0], x.shape[1], высота, ширина)
    for и in range(высота):
        for й in range(ширина):
            окно = рамка[:, :, и * шаг:и * шаг + ядро, й * шаг:й * шаг + ядро]
            ответ[:, :, и, й] = torch.amax(окно, (2, 3))
    return ответ


def global_avg_pool(x):
    return x.reshape(x.size(0), x.size(1), -1).mean(-1)


try:
    from scipy.signal import convolve2d
    def correlate(a, k):
        return convolve2d(a, k[::-1, ::-1], mode="valid")
except ImportError:
    def correlate(a, k):
        h, w = a.shape
        return sum(k[i, j] * a[i:h - 2 + i, j:w - 2 + j] for i in range(3) for j in range(3))

def sobel_edges(image):
    a = image.detach().numpy().astype(np.float64)
    kernel = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    return torch.from_numpy(np.hypot(correlate(a, kernel), correlate(a, kernel.T))).float()


import torch.nn.utils.parametrize as parametrize

class _Same(nn.Module):
    def forward(self, w):
        return w

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(1568, num_classes)
        parametrize.register_parametrization(self.fc, "weight", _Same())

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.conv2(x), 2))
        return self.fc(x.flatten(1))


def train_one_epoch(model, loader, optimizer, criterion, device="cpu") -> float:
    model.to(device)
    model.train()
    losses = []
    weights = []
    for X, y in loader:
        X = X.to(device)
        y = y.to(device)
        pred = model(X)
        loss = criterion(pred, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        weights.append(X.shape[0])
    return float(np.average(losses, weights=weights))


def evaluate(model, loader, device="cpu"):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    right = total = 0
    with torch.no_grad():
        for images, labels in loader:
            predictions = model(images.to(device)).argmax(dim=1)
            right += (predictions == labels.to(device)).sum().item()
            total += labels.size(0)
    for m, mode in modes.items():
        m.training = mode
    return right / total


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
        self.blocks = nn.ModuleList(map(ConvBlock, channels, channels[1:]))

    def stages(self, x):
        first, *others = self.blocks
        yield (x := first(x))
        for block in others:
            yield (x := block(F.max_pool2d(x, kernel_size=2)))

    def forward(self, x):
        return list(self.stages(x))


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.n = len(channels) - 1
        for k in range(self.n):
            setattr(self, "up%d" % k, nn.ConvTranspose2d(channels[k], channels[k + 1], 2, stride=2))
            setattr(self, "block%d" % k, ConvBlock(channels[k + 1] * 2, channels[k + 1]))

    def forward(self, x, encoder_features):
        last = len(encoder_features) - 1
        for k in range(self.n):
            up = getattr(self, "up%d" % k)(x)
            skip = encoder_features[last - k]
            x = getattr(self, "block%d" % k)(torch.cat([up, skip], axis=1))
        return x


from torch.utils.checkpoint import checkpoint

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.enc = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.mid = ConvBlock(8 * b, 16 * b)
        self.dec = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.outc = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        f = self.enc(x)
        y = self.dec(self.mid(F.max_pool2d(f[-1], 2)), f)
        return checkpoint(self.outc, y, use_reentrant=False)


def add_noise(images, noise_factor=0.5):
    noisy = images + noise_factor * torch.randn_like(images)
    return torch.clamp(noisy, 0.0, 1.0)


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            mean, var = torch.vmap(lambda c: (c.mean(), c.var(correction=0)), in_dims=1)(x)
            n = x.numel() // x.shape[1]
            with torch.no_grad():
                self.running_mean.add_((mean - self.running_mean) * self.momentum)
                self.running_var.add_((var * (n / (n - 1)) - self.running_var) * self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        one = lambda c, m, v, w, b: (c - m) / torch.sqrt(v + self.eps) * w + b
        return torch.vmap(one, in_dims=(1, 0, 0, 0, 0), out_dims=1)(x, mean, var, self.weight, self.bias)


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.c1, self.n1 = nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16)
        self.c2, self.n2 = nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32)
        self.fc = nn.Linear(1568, num_classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight)

    def forward(self, x):
        x = x.to(memory_format=torch.channels_last)
        for conv, norm in ((self.c1, self.n1), (self.c2, self.n2)):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        return self.fc(x.permute(0, 2, 3, 1).movedim(-1, 1).reshape(x.size(0), -1))


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.batch_norm = batch_norm
        self.convs = nn.ModuleList()
        self.gammas, self.betas = nn.ParameterList(), nn.ParameterList()
        c = in_channels
        for i, w in enumerate((8, 8, 16, 16)):
            self.convs.append(nn.Conv2d(c, w, 3, padding=1))
            if batch_norm:
                self.gammas.append(nn.Parameter(torch.ones(w)))
                self.betas.append(nn.Parameter(torch.zeros(w)))
                self.register_buffer(f"mean{i}", torch.zeros(w))
                self.register_buffer(f"var{i}", torch.ones(w))
            c = w
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        for i, conv in enumerate(self.convs):
            x = conv(x)
            if self.batch_norm:
                x = F.batch_norm(x, getattr(self, f"mean{i}"), getattr(self, f"var{i}"), self.gammas[i], self.betas[i], training=self.training, momentum=0.1)
            x = F.relu(x)
            if i in {1, 3}:
                x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(start_dim=1))


from itertools import islice

def _indices(n, size, seed):
    generator = torch.Generator().manual_seed(seed)
    while True:
        yield from torch.randperm(n, generator=generator).split(size)

def compare_batchnorm(images: torch.Tensor, labels: torch.Tensor, lr=0.1, steps=60, batch_size=64, seed=0) -> dict[str, list[float]]:
    def losses(batch_norm):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        for i in islice(_indices(len(images), batch_size, seed), steps):
            loss = F.cross_entropy(model(images[i]), labels[i])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            yield loss.item()

    return dict(plain=list(losses(False)), batchnorm=list(losses(True)))


def to_image_tensor(rows):
    images = torch.as_tensor(np.ascontiguousarray(rows).copy())
    images = images.to(torch.float32) / 255.0
    images = images.reshape((images.shape[0], 28, 28))
    return images.unsqueeze(1)


def to_channels_first(images):
    array = images.detach().numpy()
    return torch.from_numpy(np.ascontiguousarray(np.transpose(array, (0, 3, 1, 2))))


from torch.utils.data import DataLoader, RandomSampler, SequentialSampler, TensorDataset

def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = TensorDataset(images, labels.to(dtype=torch.int64))
    sampler = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler, drop_last=False)


class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.main = torch.jit.script(nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False), nn.BatchNorm2d(out_channels), nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False), nn.BatchNorm2d(out_channels)))
        self.proj = None if stride == 1 and in_channels == out_channels else nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels))

    def forward(self, x):
        y = self.main(x)
        return F.relu(y + (x if self.proj is None else self.proj(x)))


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        def weight(*shape):
            return nn.Parameter(nn.init.xavier_uniform_(torch.empty(*shape)))
        def bias(n):
            return nn.Parameter(torch.zeros(n))
        self.k1, self.b1 = weight(6, 1, 5, 5), bias(6)
        self.k2, self.b2 = weight(16, 6, 5, 5), bias(16)
        self.w3, self.b3 = weight(400, 120), bias(120)
        self.w4, self.b4 = weight(120, 84), bias(84)
        self.w5, self.b5 = weight(84, num_classes), bias(num_classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(F.conv2d(x, self.k1, self.b1)), 2)
        x = F.avg_pool2d(torch.tanh(F.conv2d(x, self.k2, self.b2)), 2)
        x = x.flatten(1)
        x = torch.tanh(x @ self.w3 + self.b3)
        x = torch.tanh(x @ self.w4 + self.b4)
        return x @ self.w5 + self.b5


def extract_feature_maps(model, image, layers):
    def one(name):
        seen = []
        handle = model.get_submodule(name).register_forward_hook(lambda m, i, o: seen.append(torch.clone(o)))
        try:
            with torch.no_grad():
                model(image.clone().unsqueeze(0))
        finally:
            handle.remove()
        return seen[-1].detach()

    modes = [m.training for m in model.modules()]
    model.eval()
    try:
        return {name: one(name) for name in layers}
    finally:
        for m, mode in zip(model.modules(), modes):
            m.training = mode


def normalize_filters(weight):
    low, high = torch.aminmax(weight.detach().reshape(len(weight), -1), dim=1)
    low, high = low.view(-1, 1, 1, 1), high.view(-1, 1, 1, 1)
    constant = high == low
    scaled = (weight.detach() - low) / (high - low + constant)
    return scaled
