"""Exercise 3, all in one file."""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


import functools

def prüfe_größen(funktion):
    @functools.wraps(funktion)
    def hülle(input_size, kernel_size, stride=1, padding=0, dilation=1):
        größe, kern = input_size, kernel_size
        if größe <= 0 or kern <= 0:
            raise ValueError("Größe nicht positiv")
        if dilation * (kern - 1) >= größe + 2 * padding:
            raise ValueError("Kern passt nicht")
        return funktion(input_size, kernel_size, stride, padding, dilation)
    return hülle

@prüfe_größen
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    batch_size = input_shape[0]
    height = input_shape[2]
    width = input_shape[3]
    if type(kernel_size) == int:
        kernel_h = kernel_size
        kernel_w = kernel_size
    else:
        kernel_h = kernel_size[0]
        kernel_w = kernel_size[1]
    if type(stride) == int:
        stride_h = stride
        stride_w = stride
    else:
        stride_h = stride[0]
        stride_w = stride[1]
    if type(padding) == int:
        pad_h = padding
        pad_w = padding
    else:
        pad_h = padding[0]
        pad_w = padding[1]
    if type(dilation) == int:
        dil_h = dilation
        dil_w = dilation
    else:
        dil_h = dilation[0]
        dil_w = dilation[1]
    new_h = height + 2 * pad_h - dil_h * (kernel_h - 1) - 1
    new_h = new_h // stride_h
    new_h = new_h + 1
    new_w = width + 2 * pad_w - dil_w * (kernel_w - 1) - 1
    new_w = new_w // stride_w
    new_w = new_w + 1
    # print(batch_size, out_channels, new_h, new_w)
    return (batch_size, out_channels, new_h, new_w)


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    def forward(n):
        return (n - dilation * (kernel_size - 1) - 1) // stride + 1
    n = dilation * (kernel_size - 1) + 1
    while forward(n) < input_size:
        n += 1
    return n - 2 * padding + output_padding


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if type(kernel_size) is int else kernel_size
    count = 0
    for _o in range(out_channels):
        for _i in range(in_channels):
            count += sum(1 for _r in range(kh) for _c in range(kw))
        if bias:
            count += 1
    return count


def linear_params(in_features, out_features, bias=True):
    with torch.device("meta"):
        layer = nn.Linear(in_features, out_features, bias)
    return sum(map(torch.numel, layer.parameters()))


def count_parameters(model, trainable_only=True):
    if trainable_only:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    else:
        return sum(p.numel() for p in model.parameters())


def receptive_field(layers):
    low, high = 0, 0
    for layer in list(layers)[::-1]:
        kernel, stride = layer[:2]
        dilation = dict(enumerate(layer)).get(2, 1)
        low = low * stride
        high = high * stride + dilation * (kernel - 1)
    return high - low + 1


def receptive_field_table(layers):
    if not layers:
        return []
    k = np.array([l[0] for l in layers]); s = np.array([l[1] for l in layers])
    d = np.array([l[2] if len(l) == 3 else 1 for l in layers])
    after = np.cumprod(s)
    before = after // s
    r = 1 + np.cumsum(d * (k - 1) * before)
    return list(zip(after.tolist(), r.tolist()))


def flatten_features(image_size, channels, num_pools):
    height = image_size
    width = image_size
    for i in range(0, num_pools):
        height = math.floor(height / 2)
        width = math.floor(width / 2)
        # print(i, height, width)
    pixels = height * width
    features = pixels * channels
    return features


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


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    from numpy.lib.stride_tricks import sliding_window_view
    step = kernel_size if stride is None else stride
    a = np.pad(x.detach().numpy(), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    w = sliding_window_view(a, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::step, ::step]
    return torch.from_numpy(w.max(axis=(4, 5)))


global_avg_pool = lambda x: x.flatten(2).mean(2)


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
    model.train(True)
    mean = 0.0
    seen = 0
    for batch in loader:
        inputs = batch[0].to(device)
        targets = batch[1].to(device)
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        n = inputs.shape[0]
        seen += n
        mean += (loss.item() - mean) * n / seen
    return mean


import functools

def keeps_modes(function):
    @functools.wraps(function)
    def wrapper(model, *args, **kwargs):
        modes = [(m, m.training) for m in model.modules()]
        try:
            return function(model.eval(), *args, **kwargs)
        finally:
            for m, mode in modes:
                m.training = mode
    return wrapper

@keeps_modes
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    right, total = 0, 0
    for x, y in loader:
        right += (model(x.to(device)).argmax(-1) == y.to(device)).sum().item()
        total += y.numel()
    return right / total


class ConvBlock(nn.Module):
	def __init__(self, in_channels, out_channels):
		super().__init__()
		self.pad = nn.ZeroPad2d(1)
		self.c1 = nn.Conv2d(in_channels, out_channels, 3)
		self.n1 = nn.BatchNorm2d(out_channels)
		self.c2 = nn.Conv2d(out_channels, out_channels, 3)
		self.n2 = nn.BatchNorm2d(out_channels)

	def forward(self, x):
		x = torch.relu(self.n1(self.c1(self.pad(x))))
		return torch.relu(self.n2(self.c2(self.pad(x))))


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super(Encoder, self).__init__()
        self.number_of_blocks = len(channels) - 1
        for i in range(self.number_of_blocks):
            block = ConvBlock(channels[i], channels[i + 1])
            self.add_module("block_" + str(i), block)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        all_features = []
        current = x
        for i in range(self.number_of_blocks - 1):
            block = self.get_submodule("block_" + str(i))
            current = block(current)
            all_features.append(current)
            # print(i, current.shape)
            current = self.pool(current)
        last_block = self.get_submodule("block_" + str(self.number_of_blocks - 1))
        all_features.append(last_block(current))
        return all_features


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.anzahl_stufen = len(channels) - 1
        vergrößerer = []
        blöcke = []
        for stufe in range(self.anzahl_stufen):
            eingang = channels[stufe]
            ausgang = channels[stufe + 1]
            vergrößerer.append(nn.ConvTranspose2d(eingang, ausgang, kernel_size=2, stride=2))
            blöcke.append(ConvBlock(ausgang + ausgang, ausgang))
        self.vergrößerer = nn.ModuleList(vergrößerer)
        self.blöcke = nn.ModuleList(blöcke)

    def forward(self, x, encoder_features):
        umgekehrt = []
        for merkmal in encoder_features:
            umgekehrt.insert(0, merkmal)
        for stufe in range(self.anzahl_stufen):
            groß = self.vergrößerer[stufe](x)
            brücke = umgekehrt[stufe]
            # print(groß.shape, brücke.shape)
            zusammen = torch.cat([groß, brücke], dim=1)
            x = self.blöcke[stufe](zusammen)
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super(UNet, self).__init__()
        c = base_channels
        self.down1 = ConvBlock(in_channels, c)
        self.down2 = ConvBlock(c, c * 2)
        self.down3 = ConvBlock(c * 2, c * 4)
        self.down4 = ConvBlock(c * 4, c * 8)
        self.middle = ConvBlock(c * 8, c * 16)
        self.up4 = nn.ConvTranspose2d(c * 16, c * 8, 2, stride=2)
        self.conv4 = ConvBlock(c * 16, c * 8)
        self.up3 = nn.ConvTranspose2d(c * 8, c * 4, 2, stride=2)
        self.conv3 = ConvBlock(c * 8, c * 4)
        self.up2 = nn.ConvTranspose2d(c * 4, c * 2, 2, stride=2)
        self.conv2 = ConvBlock(c * 4, c * 2)
        self.up1 = nn.ConvTranspose2d(c * 2, c, 2, stride=2)
        self.conv1 = ConvBlock(c * 2, c)
        self.final = nn.Conv2d(c, out_channels, 1)

    def forward(self, x):
        d1 = self.down1(x)
        d2 = self.down2(F.max_pool2d(d1, 2))
        d3 = self.down3(F.max_pool2d(d2, 2))
        d4 = self.down4(F.max_pool2d(d3, 2))
        m = self.middle(F.max_pool2d(d4, 2))
        u4 = self.conv4(torch.cat([self.up4(m), d4], dim=1))
        u3 = self.conv3(torch.cat([self.up3(u4), d3], dim=1))
        u2 = self.conv2(torch.cat([self.up2(u3), d2], dim=1))
        u1 = self.conv1(torch.cat([self.up1(u2), d1], dim=1))
        return self.final(u1)


def add_noise(images, noise_factor=0.5):
    u = 1 - torch.rand(images.shape, dtype=torch.float64)
    v = torch.rand(images.shape, dtype=torch.float64)
    gauss = torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * math.pi * v)
    return (images + noise_factor * gauss.to(images.dtype)).clamp(0.0, 1.0)


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


class SimpleCNNBatchNorm(nn.Module):
  def __init__(self, in_channels = 1, num_classes = 10):
    super(SimpleCNNBatchNorm, self).__init__()
    self.convolution_1 = nn.Conv2d(in_channels, 16, kernel_size = 3, stride = 1, padding = 1)
    self.batch_norm_1 = BatchNorm2d(16)
    self.relu_1 = nn.ReLU()
    self.pool_1 = nn.MaxPool2d(kernel_size = 2, stride = 2)
    self.convolution_2 = nn.Conv2d(16, 32, kernel_size = 3, stride = 1, padding = 1)
    self.batch_norm_2 = BatchNorm2d(32)
    self.relu_2 = nn.ReLU()
    self.pool_2 = nn.MaxPool2d(kernel_size = 2, stride = 2)
    self.linear = nn.Linear(32 * 7 * 7, num_classes)

  def forward(self, x):
    x1 = self.convolution_1(x)
    x2 = self.batch_norm_1(x1)
    x3 = self.relu_1(x2)
    x4 = self.pool_1(x3)
    # print(x4.shape)
    x5 = self.convolution_2(x4)
    x6 = self.batch_norm_2(x5)
    x7 = self.relu_2(x6)
    x8 = self.pool_2(x7)
    # print(x8.shape)
    batch_size = x8.shape[0]
    x9 = x8.reshape(batch_size, 32 * 7 * 7)
    logits = self.linear(x9)
    return logits


class DeepCNN(nn.Module):
	def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
		super().__init__()
		seq = nn.Sequential()
		prev = in_channels
		side = 28
		for stage, width in enumerate([8, 16]):
			for k in range(2):
				seq.add_module('conv%d_%d' % (stage, k), nn.Conv2d(prev, width, 3, padding=1))
				if batch_norm:
					seq.add_module('bn%d_%d' % (stage, k), BatchNorm2d(width))
				seq.add_module('relu%d_%d' % (stage, k), nn.ReLU())
				prev = width
			seq.add_module('pool%d' % stage, nn.MaxPool2d(2))
			side //= 2
		self.seq = seq
		self.fc = nn.Linear(prev * side * side, num_classes)

	def forward(self, x):
		return self.fc(self.seq(x).flatten(1))


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    n = len(images)
    g = torch.Generator().manual_seed(seed)
    batches, order = [], torch.empty(0, dtype=torch.long)
    while len(batches) < steps:
        if len(order) < 1:
            order = torch.randperm(n, generator=g)
        batches.append(order[:batch_size])
        order = order[batch_size:]
    result = {}
    for name, flag in (("plain", False), ("batchnorm", True)):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=flag)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        losses = []
        for index in batches:
            loss = F.cross_entropy(model(images[index]), labels[index].long())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        result[name] = losses
    return result


def to_image_tensor(rows):
    return torch.from_numpy(rows.astype(np.float32) / 255).reshape(-1, 1, 28, 28)


def to_channels_first(images):
    n, h, w, c = images.shape
    return images.reshape(n, h * w, c).mT.reshape(n, c, h, w)


from torch.utils.data import BatchSampler, DataLoader, RandomSampler, SequentialSampler, TensorDataset

def make_loader(images, labels, batch_size=32, shuffle=True):
    dataset = TensorDataset(images, labels.long())
    order = (RandomSampler if shuffle else SequentialSampler)(dataset)
    return DataLoader(dataset, sampler=BatchSampler(order, batch_size, drop_last=False), batch_size=None)


class ResidualBlock(nn.Module):
  def __init__(self, in_channels, out_channels, stride=1):
    super().__init__()
    self.paths = nn.ModuleDict()
    self.paths['main'] = nn.Sequential(
      nn.Conv2d(in_channels, out_channels, 3, padding=1, stride=stride, bias=False), nn.BatchNorm2d(out_channels), nn.ReLU(),
      nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False), nn.BatchNorm2d(out_channels))
    self.paths['shortcut'] = nn.Sequential(
      nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False), nn.BatchNorm2d(out_channels)
    ) if stride != 1 or in_channels != out_channels else nn.Identity()

  def forward(self, x):
    return sum(path(x) for path in self.paths.values()).clamp(min=0)


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, num_classes)

    @torch.compile(backend="eager", dynamic=True)
    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = F.avg_pool2d(conv(x).tanh(), 2)
        x = x.flatten(1)
        for fc in (self.fc1, self.fc2):
            x = fc(x).tanh()
        return self.fc3(x)


def extract_feature_maps(model, image, layers):
  karten = {}
  module = dict(model.named_modules())
  vorher = [(m, m.training) for m in module.values()]
  griffe = []

  def haken_für(name):
    def haken(_modul, _ein, aus):
      kopie = torch.empty_like(aus, requires_grad=False)
      kopie.copy_(aus.detach())
      karten[name] = kopie
    return haken

  try:
    for name in layers:
      griffe.append(module[name].register_forward_hook(haken_für(name)))
    model.eval()
    with torch.no_grad():
      bild = torch.empty(1, *image.shape, dtype=image.dtype)
      bild[0] = image
      model(bild)
  finally:
    for griff in griffe:
      griff.remove()
    for m, an in vorher:
      m.training = an
  return {name: karten[name] for name in layers}


def normalize_filters(weight):
    w = weight.data
    flat = w.flatten(start_dim=1)
    varies = flat.max(1)[0] != flat.min(1)[0]
    out = torch.zeros_like(flat)
    chosen = flat[varies]
    low = chosen.min(1, keepdim=True)[0]
    high = chosen.max(1, keepdim=True)[0] if len(chosen) else low
    out[varies] = (chosen - low) / (high - low)
    return out.reshape(w.shape)
