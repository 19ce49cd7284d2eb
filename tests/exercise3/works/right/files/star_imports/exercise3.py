from math import *
from itertools import *
from torch.nn import *
from torch.nn.functional import *
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv_output_size(input_size, kernel_size, stride = 1, padding = 0, dilation = 1):
    # step 1: check the numbers
    if not (input_size > 0):
        raise ValueError("input size is not positive")
    if not (kernel_size > 0):
        raise ValueError("kernel size is not positive")
    # step 2: padding on both sides
    padding_left = padding
    padding_right = padding
    padded_size = padding_left + input_size + padding_right
    # print("padded", padded_size)
    # step 3: dilated kernel
    number_of_gaps = kernel_size - 1
    dilated_kernel = number_of_gaps * dilation
    dilated_kernel = dilated_kernel + 1
    # print("kernel", dilated_kernel)
    if dilated_kernel > padded_size:
        raise ValueError("kernel does not fit")
    # step 4: number of steps
    rest = padded_size - dilated_kernel
    steps = int(rest // stride)
    result = steps + 1
    # print("result", result)
    return result


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    k, s, p, d = (np.broadcast_to(np.asarray(v), (2,)) for v in (kernel_size, stride, padding, dilation))
    hw = np.array(input_shape[2:])
    out = (hw + 2 * p - d * (k - 1) - 1) // s + 1
    return (int(input_shape[0]), int(out_channels), *out.tolist())


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    coefficients = np.array([1, -2, 1, 1, 1])
    values = np.array([(input_size - 1) * stride, padding, dilation * (kernel_size - 1), output_padding, 1])
    return int(coefficients @ values)


from torch.nn.modules.utils import _pair

def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    weight = torch.empty(out_channels, in_channels, *_pair(kernel_size), device="meta")
    return weight.numel() + (weight.shape[0] if bias else 0)


def linear_params(in_features, out_features, bias=True):
    n = in_features; m = out_features;
    W = [n, m];
    nW = W[0] * W[1];
    nb = m if bias else 0;
    N = nW + nb;
    return N;


def count_parameters(model, trainable_only=True):
    total = 0
    frozen = 0
    for parameter in model.parameters():
        n = parameter.numel()
        total = total + n
        if parameter.requires_grad == False:
            frozen = frozen + n
    if trainable_only == True:
        return total - frozen
    return total


def receptive_field(layers):
    if not layers:
        return 1
    kernel, stride, dilation = (*layers[0], 1)[:3]
    return dilation * (kernel - 1) + 1 + (receptive_field(layers[1:]) - 1) * stride


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
    assert isinstance(image_size, int) and image_size > 0, "image_size"
    assert isinstance(channels, int) and channels > 0, "channels"
    assert isinstance(num_pools, int) and num_pools >= 0, "num_pools"
    side, _ = divmod(image_size, 2 ** num_pools)
    return channels * side ** 2


class Conv:
	@staticmethod
	def both(value):
		return (value, value) if isinstance(value, int) else (value[0], value[1])

	@staticmethod
	def pad(x, ph, pw):
		n, c, h, w = x.shape
		top = torch.zeros(n, c, ph, w, dtype=x.dtype)
		x = torch.cat([top, x, top], dim=2)
		side = torch.zeros(n, c, h + 2 * ph, pw, dtype=x.dtype)
		return torch.cat([side, x, side], dim=3)

	@staticmethod
	def windows(x, kernel, stride, dilation):
		spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation)]
		for top in range(0, x.shape[2] - spans[0] + 1, stride[0]):
			for left in range(0, x.shape[3] - spans[1] + 1, stride[1]):
				yield x[:, :, top:top + spans[0]:dilation[0], left:left + spans[1]:dilation[1]]


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
	stride, padding, dilation = Conv.both(stride), Conv.both(padding), Conv.both(dilation)
	x = Conv.pad(x, *padding)
	kernel = weight.shape[2:]
	answers = [torch.einsum('ncij,ocij->no', w, weight) for w in Conv.windows(x, kernel, stride, dilation)]
	height = (x.shape[2] - dilation[0] * (kernel[0] - 1) - 1) // stride[0] + 1
	y = torch.stack(answers, dim=-1).unflatten(-1, (height, -1))
	if bias is not None:
		y = y + bias.reshape(1, -1, 1, 1)
	return y


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    x = F.pad(x, (padding,) * 4, value=float("-inf"))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amax(dim=(-2, -1))


def global_avg_pool(x):
    return torch.from_numpy(x.detach().numpy().mean(axis=(2, 3)))


def sobel_edges(image):
    a = image.tolist()
    K = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
    out = []
    for i in range(len(a) - 2):
        line = []
        for j in range(len(a[0]) - 2):
            gx = sum(K[u][v] * a[i + u][j + v] for u in range(3) for v in range(3))
            gy = sum(K[v][u] * a[i + u][j + v] for u in range(3) for v in range(3))
            line.append(math.hypot(gx, gy))
        out.append(line)
    return torch.tensor(out)


class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.ModuleDict({"first": nn.Conv2d(in_channels, 16, 3, padding=1), "second": nn.Conv2d(16, 32, 3, padding=1)})
        for name in ("pool_first", "pool_second"):
            setattr(self, name, nn.MaxPool2d(2))
        self.dense = nn.Linear(1568, num_classes)

    def forward(self, x):
        for name, conv in self.convs.items():
            x = getattr(self, f"pool_{name}")(conv(x).clamp(min=0))
        return self.dense(x.flatten(1))


def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total = torch.zeros((), dtype=torch.float64)
    n = 0
    for images, labels in loader:
        images = images.to(device, non_blocking=True)
        labels = labels.to(device, non_blocking=True)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.detach().cpu() * len(images)
        n += len(images)
    return (total / n).item()


def evaluate(model, loader, device="cpu"):
    keep = {m: m.training for m in model.modules()}
    model.eval()
    with torch.no_grad():
        pairs = [((model(x.to(device)).topk(1, dim=1).indices.squeeze(1) == y.to(device)).sum().item(), len(y)) for x, y in loader]
    for m in keep: m.training = keep[m]
    return sum(p[0] for p in pairs) / sum(p[1] for p in pairs)


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.layers = nn.Sequential(
            nn.LazyConv2d(out_channels, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU(),
            nn.LazyConv2d(out_channels, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU())
        self.layers.eval()
        with torch.no_grad():
            self.layers(torch.zeros(1, in_channels, 4, 4))
        self.layers.train()

    def forward(self, x):
        return self.layers(x)


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.block = ConvBlock(channels[0], channels[1])
        self.deeper = Encoder(channels[1:]) if len(channels) > 2 else None

    def forward(self, x):
        here = self.block(x)
        if self.deeper is None:
            return [here]
        return [here] + self.deeper(F.max_pool2d(here, 2))


def _join(module, args):
    if len(args) == 2:
        return (torch.cat(args, dim=1),)

class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])
        for block in self.blocks:
            block.register_forward_pre_hook(_join)

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks)):
            x = block(up(x), encoder_features[~i])
        return x


from dataclasses import dataclass

@dataclass(frozen=True)
class UNetConfig:
    in_channels: int = 1
    out_channels: int = 1
    base_channels: int = 64
    depth: int = 4

    @property
    def encoder_channels(self):
        return (self.in_channels,) + tuple(self.base_channels << i for i in range(self.depth))

    @property
    def decoder_channels(self):
        return tuple(self.base_channels << i for i in range(self.depth, -1, -1))


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        cfg = UNetConfig(in_channels, out_channels, base_channels)
        self.encoder = Encoder(cfg.encoder_channels)
        self.bottleneck = ConvBlock(cfg.encoder_channels[-1], cfg.decoder_channels[0])
        self.decoder = Decoder(cfg.decoder_channels)
        self.head = nn.Conv2d(cfg.base_channels, cfg.out_channels, 1)

    def forward(self, x):
        *shallow, deepest = self.encoder(x)
        x = self.bottleneck(F.max_pool2d(deepest, 2))
        return self.head(self.decoder(x, [*shallow, deepest]))


def add_noise(images, noise_factor=0.5):
    zero, one = torch.zeros_like(images), torch.ones_like(images)
    noisy = images + torch.randn_like(images) * noise_factor
    return torch.maximum(zero, torch.minimum(one, noisy))


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        axes = (0, 2, 3)
        if self.training:
            mean = x.mean(axes, keepdim=True)
            biased = x.var(axes, correction=0, keepdim=True)
            unbiased = x.var(axes, correction=1)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach().squeeze(3).squeeze(2).squeeze(0)
            self.running_var = (1 - m) * self.running_var + m * unbiased.detach()
        else:
            mean = self.running_mean.view(1, -1, 1, 1)
            biased = self.running_var.view(1, -1, 1, 1)
        y = (x - mean) / torch.sqrt(biased + self.eps)
        return y * self.weight.view(1, -1, 1, 1) + self.bias.view(1, -1, 1, 1)


from collections import OrderedDict

class SimpleCNNBatchNorm(nn.Sequential):
    def __init__(self, in_channels=1, num_classes=10):
        layers = OrderedDict()
        for n, (i, o) in enumerate([(in_channels, 16), (16, 32)], 1):
            layers[f"conv{n}"] = nn.Conv2d(i, o, 3, padding=1)
            layers[f"norm{n}"] = BatchNorm2d(o)
            layers[f"relu{n}"] = nn.ReLU()
            layers[f"pool{n}"] = nn.MaxPool2d(2)
        layers["flatten"] = nn.Flatten()
        layers["linear"] = nn.Linear(1568, num_classes)
        super().__init__(layers)


def _normalise_first(relu, args):
    return (relu.norm(args[0]),)

class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        c = [in_channels, 8, 8, 16, 16]
        self.net = nn.Sequential()
        for i in range(4):
            relu = nn.ReLU()
            if batch_norm:
                relu.norm = nn.BatchNorm2d(c[i + 1])
                relu.register_forward_pre_hook(_normalise_first)
            self.net.append(nn.Conv2d(c[i], c[i + 1], 3, padding=1)).append(relu)
            if i % 2:
                self.net.append(nn.MaxPool2d(2))
        self.net.append(nn.Flatten()).append(nn.Linear(784, num_classes))

    def forward(self, x):
        return self.net(x)


def compare_batchnorm(images, labels, lr = 0.1, steps = 60, batch_size = 64, seed = 0):
    # 1) network without batch norm
    torch.manual_seed(seed)
    model1 = DeepCNN(batch_norm = False)
    optimizer1 = torch.optim.SGD(model1.parameters(), lr = lr)
    torch.manual_seed(seed)
    losses1 = []
    for step in range(steps):
        indices = torch.randint(len(images), (batch_size,))
        x = images[indices]
        y = labels[indices]
        optimizer1.zero_grad()
        loss = F.cross_entropy(model1(x), y)
        loss.backward()
        optimizer1.step()
        losses1.append(loss.item())
    # 2) the same with batch norm
    torch.manual_seed(seed)
    model2 = DeepCNN(batch_norm = True)
    optimizer2 = torch.optim.SGD(model2.parameters(), lr = lr)
    torch.manual_seed(seed)
    losses2 = []
    for step in range(steps):
        indices = torch.randint(len(images), (batch_size,))
        x = images[indices]
        y = labels[indices]
        optimizer2.zero_grad()
        loss = F.cross_entropy(model2(x), y)
        loss.backward()
        optimizer2.step()
        losses2.append(loss.item())
    # plt.plot(losses1); plt.plot(losses2)
    result = {}
    result["plain"] = losses1
    result["batchnorm"] = losses2
    return result


def to_image_tensor(rows):
    n = rows.shape[0]
    result = torch.zeros(n, 1, 28, 28)
    for i in range(n):
        picture = rows[i].reshape(28, 28)
        picture = picture.astype("float32")
        picture = picture / 255
        result[i, 0] = torch.from_numpy(picture)
    return result


def to_channels_first(images: torch.Tensor) -> torch.Tensor:
    return torch.stack(torch.unbind(images, dim=3), dim=1)


from torch.utils.data import DataLoader, Dataset

class Pictures(Dataset):
    def __init__(self, images, labels):
        self.images = images
        self.labels = labels.to(torch.int64)

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.images[index], self.labels[index]

def make_loader(images, labels, batch_size=32, shuffle=True):
    return DataLoader(Pictures(images, labels), batch_size=batch_size, shuffle=shuffle, num_workers=0)


class Residual(nn.Module):
    def __init__(self, inner, skip):
        super().__init__()
        self.inner, self.skip = inner, skip

    def forward(self, x):
        return self.inner(x) + self.skip(x)

def conv_bn(i, o, k, s=1):
    return nn.Conv2d(i, o, k, stride=s, padding=k // 2, bias=False), nn.BatchNorm2d(o)

class ResidualBlock(nn.Sequential):
    def __init__(self, in_channels, out_channels, stride=1):
        skip = nn.Sequential(*conv_bn(in_channels, out_channels, 1, stride)) if stride != 1 or in_channels != out_channels else nn.Identity()
        main = nn.Sequential(*conv_bn(in_channels, out_channels, 3, stride), nn.ReLU(), *conv_bn(out_channels, out_channels, 3))
        super().__init__(Residual(main, skip), nn.ReLU())


from torch.func import functional_call

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.skeleton = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))

    def forward(self, x):
        return functional_call(self.skeleton, {name: p for name, p in self.skeleton.named_parameters()}, args=(x,))


def extract_feature_maps(model, image, layers):
    names = {}
    for name in layers:
        names.setdefault(model.get_submodule(name), []).append(name)
    maps = {}

    def hook(module, _, output):
        for name in names[module]:
            maps[name] = output.detach().clone()

    before = {module: module.training for module in model.modules()}
    handles = [module.register_forward_hook(hook) for module in names]
    model.eval()
    try:
        with torch.no_grad():
            model(image.clone().reshape(1, *image.shape))
    finally:
        for module in before:
            module.training = before[module]
        while handles:
            handles.pop().remove()
    return {name: maps[name] for name in layers}


def normalize_filters(weight):
    w = weight.detach().cpu().numpy()
    w = w - w.min(axis=(1, 2, 3), keepdims=True)
    span = np.broadcast_to(w.max(axis=(1, 2, 3), keepdims=True), w.shape)
    return torch.from_numpy(np.divide(w, span, out=np.zeros_like(w), where=span > 0))
