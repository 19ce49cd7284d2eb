import math

import numpy as np
import torch
import torch.nn.functional as F


def effective_kernel_size(kernel_size, dilation=1):
    return kernel_size + (kernel_size - 1) * (dilation - 1)


def same_padding(kernel_size, dilation=1):
    p = dilation * (kernel_size - 1) / 2
    if p != int(p):
        raise ValueError("no")
    return int(p)


def full_padding(kernel_size, dilation=1):
    return kernel_size * dilation - dilation


def padding_name(k, p):
    names = {k - 1: "full", 0: "valid"}
    if k % 2:
        names[k // 2] = "same"
    names[0] = "valid"
    return names.get(p, "other")


def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    x = torch.zeros(1, 1, input_size + 2 * padding)
    return F.max_pool1d(x, kernel_size, stride or kernel_size).shape[-1]


def trace_shapes(layers, input_shape):
    x = torch.empty(1, *input_shape, device="meta")
    shapes = []
    for layer in layers:
        kind, *rest = layer
        if kind == "conv":
            out, k, s, p = rest
            x = F.conv2d(x, torch.empty(out, x.shape[1], k, k, device="meta"), stride=s, padding=p)
        elif kind == "pool":
            x = F.avg_pool2d(x, rest[0])
        elif kind == "flatten":
            x = x.flatten(1)
        elif kind == "linear":
            x = torch.empty(1, rest[0], device="meta")
        shapes.append(list(x.shape[1:]))
    return shapes


def max_pools(size):
    return int(math.log2(size))


def is_valid_unet_size(height, width, depth=4):
    for _ in range(depth):
        if height % 2 or width % 2:
            return False
        height, width = height // 2, width // 2
    return True


def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    with torch.device("meta"):
        dense = torch.nn.Linear(math.prod(input_shape), hidden, bias=False)
        conv = torch.nn.Conv2d(input_shape[0], out_channels, kernel_size, bias=False)
    return {"conv": conv.weight.numel(), "dense": dense.weight.numel()}


def stacked_params(kernel_sizes, channels, bias=False):
    return int(np.sum(np.array(kernel_sizes) ** 2 * channels**2 + (channels if bias else 0)))


def layers_needed(receptive_field, kernel_size=3):
    return math.ceil((receptive_field - 1) / (kernel_size - 1))


def activations(channels, height, width):
    return torch.empty(channels, height, width).numel()


def kept_by_pooling(kernel_size, stride):
    return stride**-2


def unet_shapes(size, in_channels=1, base_channels=64):
    c, s = base_channels, size
    return {
        "output": [in_channels, s, s],
        "encoder1": [c, s, s],
        "encoder2": [2 * c, s // 2, s // 2],
        "encoder3": [4 * c, s // 4, s // 4],
        "encoder4": [8 * c, s // 8, s // 8],
        "bottleneck": [16 * c, s // 16, s // 16],
        "decoder4": [8 * c, s // 8, s // 8],
        "decoder3": [4 * c, s // 4, s // 4],
        "decoder2": [2 * c, s // 2, s // 2],
        "decoder1": [c, s, s],
        "input": [in_channels, s, s],
    }


def window_positions(size, kernel_size, stride=1, padding=0):
    return np.arange(-padding, size + padding - kernel_size + 1, stride)


def pad2d(x, padding, value=0):
    side = x.new_full((*x.shape[:3], padding), value)
    x = torch.cat([side, x, side], dim=3)
    top = x.new_full((*x.shape[:2], padding, x.shape[3]), value)
    return torch.cat([top, x, top], dim=2)


def convolve2d(image, kernel, stride=1, padding=0):
    image, kernel = torch.from_numpy(image), torch.from_numpy(kernel.copy())
    image = F.pad(image, (padding,) * 4)
    windows = image.unfold(0, kernel.shape[0], stride).unfold(1, kernel.shape[1], stride)
    return (windows * kernel).sum(dim=(2, 3)).numpy()


def true_convolution2d(image, kernel):
    turned = np.rot90(np.rot90(kernel))
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, turned)


def avg_pool2d_manual(x, kernel_size, stride=None):
    stride = stride or kernel_size
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).mean((-1, -2))


def im2col(x, kernel_size, stride=1, padding=0):
    x = F.pad(x, (padding,) * 4)
    windows = x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride)
    n, c, h, w, _, _ = windows.shape
    return windows.permute(0, 1, 4, 5, 2, 3).reshape(n, c * kernel_size**2, h * w)


def conv_as_matrix(kernel, input_shape):
    H, W = input_shape
    kh, kw = kernel.shape
    m = np.zeros(((H - kh + 1) * (W - kw + 1), H * W), dtype=np.float32)
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            for a in range(kh):
                for b in range(kw):
                    m[i * (W - kw + 1) + j, (i + a) * W + j + b] = kernel[a, b]
    return m


def compose_kernels(first, second):
    size = first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1
    product = torch.fft.rfft2(first.double(), size) * torch.fft.rfft2(second.double(), size)
    return torch.fft.irfft2(product, size)


def upconv2x(x, weight):
    out = F.conv2d(x, weight.flatten(1).T[:, :, None, None])
    return F.pixel_shuffle(out, 2)


def receptive_field_mask(layers, size, position):
    x = torch.ones(1, 1, size, size, requires_grad=True)
    y = x
    for k, s, p in layers:
        y = F.conv2d(y, torch.ones(1, 1, k, k), stride=s, padding=p)
    y[0, 0, position[0], position[1]].backward()
    return x.grad[0, 0] != 0


def is_equivariant(f, x, shift):
    a = f(x.roll(shift, (2, 3)))
    b = f(x).roll(shift, (2, 3))
    h, w = x.shape[2] // 4, x.shape[3] // 4
    return ((a - b)[:, :, h:-h, w:-w].abs() < 1e-5).all()


def empirical_receptive_field(model, input_size):
    x = torch.rand(1, 1, input_size, input_size).requires_grad_()
    y = model(x)
    y[0, :, y.shape[2] // 2, y.shape[3] // 2].sum().backward()
    model.zero_grad()
    rows = np.nonzero(x.grad.numpy()[0, 0].any(axis=0))[0]
    return rows.max() - rows.min() + 1


def cross_response():
    return np.array([[5, 0, 5], [0, 5, 0], [5, 0, 5]])


def edge_response(image, kernel, row, column):
    return convolve2d(image, kernel)[row, column]


answers = {
    "images": "C",
    "equivariance": "b",
    "invariance": "a",
    "pooling": "d",
    "global_pooling": "c",
    "stacking": "a",
    "channel_axis": "b",
    "channels_last": "b",
    "field": "d",
    "corners": "c ",
}
