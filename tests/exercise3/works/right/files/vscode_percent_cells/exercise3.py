# %% [markdown]
# # Exercise 3
# Written in VS Code.

# %%
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

# %matplotlib inline
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
torch.manual_seed(42); np.random.seed(42)
torch.set_printoptions(precision=3)

# %% [markdown]
# ## output_size

# %% conv_output_size
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

# %% conv2d_output_shape
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def as_pair(value):
        match value:
            case int():
                return value, value
            case (height, width):
                return height, width
            case _:
                raise TypeError(f"int or pair expected: {value!r}")

    batch, _channels, height, width = input_shape
    (kh, kw), (sh, sw) = as_pair(kernel_size), as_pair(stride)
    (ph, pw), (dh, dw) = as_pair(padding), as_pair(dilation)
    return batch, out_channels, conv_output_size(height, kh, sh, ph, dh), conv_output_size(width, kw, sw, pw, dw)

# %% conv_transpose_output_size
def conv_transpose_output_size(*args, **kwargs):
    names = ["input_size", "kernel_size", "stride", "padding", "output_padding", "dilation"]
    o = dict(stride=1, padding=0, output_padding=0, dilation=1)
    o.update(zip(names, args))
    o.update(kwargs)
    return (o["input_size"] - 1) * o["stride"] - 2 * o["padding"] + o["dilation"] * (o["kernel_size"] - 1) + o["output_padding"] + 1

# %% [markdown]
# ## parameter_counting

# %% conv2d_params
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    try:
        height, width = kernel_size
    except TypeError:
        height = width = kernel_size
    per_output = in_channels * height * width
    if bias:
        per_output += 1
    return per_output * out_channels

# %% linear_params
def linear_params(in_features, out_features, bias=True):
    return out_features * (in_features + bool(bias))

# %% count_parameters
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

# %% [markdown]
# ## receptive_field

# %% receptive_field
def receptive_field(layers):
    table = receptive_field_table(layers)
    return table[-1][1] if table else 1

# %% receptive_field_table
def receptive_field_table(layers):
    n = len(layers)
    j = [1] * (n + 1)
    r = [1] * (n + 1)
    for i in range(n):
        if len(layers[i]) == 3:
            dil = layers[i][2]
        else:
            dil = 1
        r[i + 1] = r[i] + dil * (layers[i][0] - 1) * j[i]
        j[i + 1] = j[i] * layers[i][1]
    return list(zip(j[1:], r[1:]))

# %% flatten_features
def flatten_features(image_size: int, channels: int, num_pools: int) -> int:
    side = image_size // 2 ** num_pools
    return side * side * channels

# %% [markdown]
# ## manual_convolution

# %% conv2d_manual
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    two = lambda v: [v, v] if not hasattr(v, "__iter__") else list(v)
    s, p, d = two(stride), two(padding), two(dilation)
    kh, kw = weight.shape[-2:]
    x = F.pad(x, [p[1], p[1], p[0], p[0]])
    oh = (x.shape[2] - d[0] * (kh - 1) - 1) // s[0] + 1
    ow = (x.shape[3] - d[1] * (kw - 1) - 1) // s[1] + 1
    out = 0
    for i in range(kh):
        for j in range(kw):
            part = x[:, :, i * d[0]:i * d[0] + (oh - 1) * s[0] + 1:s[0], j * d[1]:j * d[1] + (ow - 1) * s[1] + 1:s[1]]
            out = out + torch.einsum("nchw,oc->nohw", part, weight[:, :, i, j])
    if bias is not None:
        out = out + bias.reshape(1, -1, 1, 1)
    return out

# %% max_pool2d_manual
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

# %% global_avg_pool
def global_avg_pool(x):
    N, C, H, W = x.shape
    return x.sum(3).sum(2) / (H * W)

# %% sobel_edges
def sobel_edges(image):
    smooth_rows = image[:-2] + 2 * image[1:-1] + image[2:]
    smooth_cols = image[:, :-2] + 2 * image[:, 1:-1] + image[:, 2:]
    gx = smooth_rows[:, 2:] - smooth_rows[:, :-2]
    gy = smooth_cols[2:] - smooth_cols[:-2]
    return torch.stack((gx, gy)).norm(dim=0)

# %% [markdown]
# ## simple_cnn

# %% SimpleCNN
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

# %% train_one_epoch
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    def step(x, y):
        for group in optimizer.param_groups:
            for p in group["params"]:
                p.grad = None
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item() * x.shape[0], x.shape[0]

    model.train()
    sums, counts = zip(*[step(x.to(device), y.to(device)) for x, y in loader])
    return sum(sums) / sum(counts)

# %% evaluate
def evaluate(model, loader, device="cpu"):
    old_grad = torch.is_grad_enabled()
    old_mode = [(m, m.training) for m in model.modules()]
    torch.set_grad_enabled(False)
    model.eval()
    try:
        n_right, n_all = 0, 0
        for batch in loader:
            x = batch[0].to(device)
            y = batch[1].to(device)
            _, predicted = torch.max(model(x), 1)
            n_right += (predicted == y).sum().item()
            n_all += y.size(0)
    finally:
        torch.set_grad_enabled(old_grad)
        for m, t in old_mode:
            m.training = t
    return n_right / n_all

# %% [markdown]
# ## unet

# %% ConvBlock
from functools import reduce

class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.norms = nn.ModuleList([nn.BatchNorm2d(out_channels) for _ in range(2)])
        self.convs = nn.ModuleList([nn.Conv2d(c, out_channels, 3, padding=1) for c in (in_channels, out_channels)])

    def forward(self, x):
        return reduce(lambda t, pair: F.relu(pair[1](pair[0](t))), zip(self.convs, self.norms), x)

# %% Encoder
class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleDict({f"level{i}": ConvBlock(channels[i], channels[i + 1]) for i in range(len(channels) - 1)})

    @staticmethod
    def halve(x):
        h, w = x.shape[-2] // 2 * 2, x.shape[-1] // 2 * 2
        return x[..., :h, :w].unflatten(-1, (-1, 2)).unflatten(-3, (-1, 2)).amax((-1, -3))

    def forward(self, x):
        out = []
        for block in self.blocks.values():
            out.append(block(self.halve(out[-1]) if out else x))
        return out

# %% Decoder
class Up2(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(a, b, 2, 2))
        self.bias = nn.Parameter(torch.empty(b).uniform_(-0.1, 0.1))
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))

    def forward(self, x):
        y = torch.einsum("nchw,cokl->noklhw", x, self.weight)
        return F.pixel_shuffle(y.flatten(1, 3), 2) + self.bias[:, None, None]

class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([Up2(a, b) for a, b in zip(channels, channels[1:])])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for b in channels[1:]])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip], 1))
        return x

# %% UNet
class UNet(nn.Module):
    def __init__(self, in_channels: int = 1, out_channels: int = 1, base_channels: int = 64):
        super().__init__()
        widths = [base_channels * 2 ** i for i in range(5)]
        self.encoder = Encoder((in_channels, *widths[:-1]))
        self.bottleneck = nn.Sequential(nn.MaxPool2d(2), ConvBlock(widths[-2], widths[-1]))
        self.decoder = Decoder(tuple(widths[::-1]))
        self.out = nn.Conv2d(widths[0], out_channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skips = self.encoder(x)
        return self.out(self.decoder(self.bottleneck(skips[-1]), skips))

# %% add_noise
def add_noise(images, noise_factor=0.5):
    result = images.clone()
    result += torch.empty_like(result).normal_() * noise_factor
    result.clamp_(0, 1)
    return result

# %% [markdown]
# ## batchnorm

# %% BatchNorm2d
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
		if self.training:
			mean = x.mean((0, 2, 3), keepdim=True)
			var = torch.square(x - mean).mean((0, 2, 3), keepdim=True)
			with torch.no_grad():
				std = x.transpose(0, 1).flatten(1).std(1)
				self.running_mean = self.running_mean * (1 - self.momentum) + mean.flatten() * self.momentum
				self.running_var = self.running_var * (1 - self.momentum) + std ** 2 * self.momentum
		else:
			mean = self.running_mean.reshape(1, -1, 1, 1)
			var = self.running_var.reshape(1, -1, 1, 1)
		return (x - mean) / torch.sqrt(var + self.eps) * self.weight.reshape(1, -1, 1, 1) + self.bias.reshape(1, -1, 1, 1)

# %% SimpleCNNBatchNorm
from torch import fx

class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2))
        self.body = fx.symbolic_trace(net)
        self.head = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.head(self.body(x).reshape(-1, 1568))

# %% DeepCNN
class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        channels = in_channels
        for i, width in enumerate([8, 8, 16, 16]):
            layers.append(nn.Conv2d(channels, width, 3, padding=1))
            if batch_norm:
                layers.append(BatchNorm2d(width))
            layers.append(nn.ReLU())
            if i % 2 == 1:
                layers.append(nn.MaxPool2d(2))
            channels = width
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))

# %% compare_batchnorm
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def fresh(flag):
        torch.manual_seed(seed)
        return DeepCNN(flag)

    with torch.random.fork_rng(devices=[]):
        nets = {"plain": fresh(False), "batchnorm": fresh(True)}
        torch.manual_seed(seed)
        picks = [torch.randperm(len(images))[:batch_size] for _ in range(steps)]
    optimizers = {k: torch.optim.SGD(net.parameters(), lr=lr) for k, net in nets.items()}
    curves = {k: [] for k in nets}
    for pick in picks:
        x, y = images[pick], labels[pick]
        for k, net in nets.items():
            loss = F.cross_entropy(net(x), y)
            optimizers[k].zero_grad()
            loss.backward()
            optimizers[k].step()
            curves[k].append(loss.detach().item())
    return curves

# %% [markdown]
# ## data_pipeline

# %% to_image_tensor
to_image_tensor = lambda rows: torch.FloatTensor(rows.astype(float)).reshape(rows.shape[0], 1, 28, 28) / 255

# %% to_channels_first
def to_channels_first(images):
    return torch.movedim(images, -1, 1).contiguous()

# %% make_loader
from typing import NamedTuple
from torch.utils.data import DataLoader

class Sample(NamedTuple):
    image: torch.Tensor
    label: torch.Tensor

def make_loader(images, labels, batch_size=32, shuffle=True):
    whole = labels.to(torch.long)
    samples = [Sample(images[i], whole[i]) for i in range(len(whole))]
    return DataLoader(samples, batch_size=batch_size, shuffle=shuffle)

# %% [markdown]
# ## residual

# %% ResidualBlock
import torch.fx

class _Paths(nn.Module):
    def __init__(self, main, short):
        super().__init__()
        self.main, self.short = main, short

    def forward(self, x):
        return torch.relu(self.main(x) + self.short(x))

class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        o = out_channels
        main = nn.Sequential(nn.Conv2d(in_channels, o, 3, stride, 1), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, 1, 1), nn.BatchNorm2d(o))
        short = nn.Identity() if stride == 1 and in_channels == o else nn.Sequential(nn.Conv2d(in_channels, o, 1, stride), nn.BatchNorm2d(o))
        self.traced = torch.fx.symbolic_trace(_Paths(main, short))

    def forward(self, x):
        return self.traced(x)

# %% LeNet5
from torch.utils.checkpoint import checkpoint_sequential

class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.stages = nn.Sequential(
            nn.Sequential(nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2)),
            nn.Sequential(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten()),
            nn.Sequential(nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh()))
        self.last = nn.Linear(84, num_classes)

    def forward(self, x):
        return self.last(checkpoint_sequential(self.stages, 3, x, use_reentrant=False))

# %% [markdown]
# ## inspection

# %% extract_feature_maps
from contextlib import contextmanager

@contextmanager
def _in_eval_mode(model):
    training = [m for m in model.modules() if m.training]
    model.eval()
    try:
        yield
    finally:
        for m in training:
            m.training = True

@contextmanager
def _hooked(model, layers):
    maps, handles = {}, []
    try:
        for name in layers:
            handles.append(model.get_submodule(name).register_forward_hook(
                lambda module, args, output, name=name: maps.__setitem__(name, output.detach().clone())))
        yield maps
    finally:
        for handle in handles:
            handle.remove()

def extract_feature_maps(model, image, layers):
    with _in_eval_mode(model), _hooked(model, layers) as maps, torch.no_grad():
        model(image.clone()[None, ...])
    return dict(maps)

# %% normalize_filters
def normalize_filters(weight):
    result = torch.zeros_like(weight, requires_grad=False)
    for i, f in enumerate(weight.detach()):
        smallest, largest = f.min(), f.max()
        if largest > smallest:
            result[i] = (f - smallest) / (largest - smallest)
    return result

# %% try it
if __name__ == '__main__':
    net = SimpleCNN().to(device)
    print(net)
