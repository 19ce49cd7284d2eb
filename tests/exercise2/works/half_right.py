import numpy as np
import torch
import torch.nn.functional as F


def effective_kernel_size(kernel_size, dilation=1):
    return kernel_size * dilation


def same_padding(kernel_size, dilation=1):
    return kernel_size // 2


def full_padding(kernel_size, dilation=1):
    return effective_kernel_size(kernel_size, dilation) - 1


def padding_name(kernel_size, padding):
    if padding == 0:
        return "valid"
    if padding == kernel_size // 2:
        return "same"
    if padding == kernel_size - 1:
        return "full"
    return "other"


def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = 1
    return (input_size + 2 * padding - kernel_size) // stride + 1


def trace_shapes(layers, input_shape):
    shapes = []
    shape = input_shape
    for layer in layers:
        if layer[0] == "conv":
            _, out, k, s, p = layer
            shape = (out, pool_output_size(shape[1], k, s, p), pool_output_size(shape[2], k, s, p))
        elif layer[0] == "pool":
            k = layer[1]
            shape = (shape[0], pool_output_size(shape[1], k), pool_output_size(shape[2], k))
        elif layer[0] == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            shape = (layer[1],)
        shapes.append(shape)
    return shapes


def max_pools(size):
    n = 0
    while size > 1:
        size = -(-size // 2)
        n += 1
    return n


def is_valid_unet_size(height, width, depth=4):
    return height % 16 == 0 and width % 16 == 0


def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    c, h, w = input_shape
    return {"dense": c * h * w * hidden, "conv": out_channels * kernel_size**2}


def stacked_params(kernel_sizes, channels, bias=False):
    return sum(channels * k * k for k in kernel_sizes)


def layers_needed(receptive_field, kernel_size=3):
    return (receptive_field - 1) // (kernel_size - 1)


def activations(channels, height, width):
    return height * width


def kept_by_pooling(kernel_size, stride):
    return 1 / kernel_size**2


def unet_shapes(size, in_channels=1, base_channels=64):
    shapes = {"input": (in_channels, size, size), "output": (1, size, size)}
    c, s = base_channels, size
    for i in range(1, 5):
        shapes[f"encoder{i}"] = (c, s, s)
        shapes[f"decoder{i}"] = (2 * c, s, s)
        c, s = c * 2, s // 2
    shapes["bottleneck"] = (c // 2, s, s)
    return shapes


def window_positions(size, kernel_size, stride=1, padding=0):
    return list(range(0, size + 2 * padding - kernel_size + 1, stride))


def pad2d(x, padding, value=0):
    n, c, h, w = x.shape
    out = torch.zeros(n, c, h + 2 * padding, w + 2 * padding)
    out[:, :, padding : h + padding, padding : w + padding] = x
    return out


def convolve2d(image, kernel, stride=1, padding=0):
    image = np.pad(image, padding)
    k = kernel[::-1, ::-1]
    rows = range(0, image.shape[0] - k.shape[0] + 1, stride)
    cols = range(0, image.shape[1] - k.shape[1] + 1, stride)
    return np.array([[np.sum(image[i : i + k.shape[0], j : j + k.shape[1]] * k) for j in cols] for i in rows])


def true_convolution2d(image, kernel):
    return convolve2d(image, kernel[::-1, ::-1])


def avg_pool2d_manual(x, kernel_size, stride=None):
    stride = kernel_size
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).mean((4, 5))


def im2col(x, kernel_size, stride=1, padding=0):
    x = F.pad(x, (padding,) * 4)
    cols = []
    for i in range(0, x.shape[2] - kernel_size + 1, stride):
        for j in range(0, x.shape[3] - kernel_size + 1, stride):
            cols.append(x[:, :, i : i + kernel_size, j : j + kernel_size].flatten(1))
    return torch.stack(cols, dim=1)


def conv_as_matrix(kernel, input_shape):
    h, w = input_shape
    kh, kw = kernel.shape
    first = torch.zeros(h, w)
    first[:kh, :kw] = kernel
    return torch.stack([first.flatten().roll(i) for i in range((h - kh + 1) * (w - kw + 1))])


def compose_kernels(first, second):
    h, w = second.shape
    padded = F.pad(first, (w - 1, w - 1, h - 1, h - 1))
    return F.conv2d(padded[None, None], second[None, None])[0, 0]


def upconv2x(x, weight):
    out = torch.zeros(x.shape[0], weight.shape[1], 2 * x.shape[2], 2 * x.shape[3])
    for i in range(2):
        for j in range(2):
            out[:, :, i::2, j::2] = torch.einsum("nchw,co->nohw", x, weight[:, :, j, i])
    return out


def receptive_field_mask(layers, size, position):
    mask = torch.zeros(size, size, dtype=torch.bool)
    (a, c), (b, d) = position, position
    for k, s, p in reversed(layers):
        a, c = a * s - p, c * s - p
        b, d = b * s - p + k - 1, d * s - p + k - 1
    mask[a : b + 1, c : d + 1] = True
    return mask


def is_equivariant(f, x, shift):
    return torch.allclose(f(x.roll(shift, (2, 3))), f(x).roll(shift, (2, 3)))


def empirical_receptive_field(model, input_size):
    x = torch.zeros(1, 1, input_size, input_size, requires_grad=True)
    y = model(x)
    y[0, 0, y.shape[2] // 2, y.shape[3] // 2].backward()
    rows = x.grad[0, 0].sum(1).nonzero()
    return int(rows.max() - rows.min()) + 1


def cross_response():
    return np.array([[4, 3, 4], [3, 4, 3], [4, 3, 4]])


def edge_response(image, kernel, row, column):
    return abs(convolve2d(image, kernel)[row, column])


answers = {
    "images": "a",
    "equivariance": "a",
    "invariance": "a",
    "pooling": "a",
    "global_pooling": "c",
    "stacking": "b",
    "channel_axis": "b",
    "channels_last": "c",
    "field": "d",
}
