import math

import torch


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    dh, dw = (dilation, dilation) if isinstance(dilation, int) else dilation
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    out_h = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    out_w = (W + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    xs, ws = x.tolist(), weight.tolist()
    out = torch.zeros(N, O, out_h, out_w)
    for n in range(N):
        for o in range(O):
            for i in range(out_h):
                for j in range(out_w):
                    total = 0.0 if bias is None else float(bias[o])
                    for c in range(C):
                        for a in range(kh):
                            for b in range(kw):
                                row = i * sh - ph + a * dh
                                col = j * sw - pw + b * dw
                                if 0 <= row < H and 0 <= col < W:
                                    total += xs[n][c][row][col] * ws[o][c][a][b]
                    out[n, o, i, j] = total
    return out


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    out_h = (H + 2 * padding - kernel_size) // stride + 1
    out_w = (W + 2 * padding - kernel_size) // stride + 1
    out = torch.empty(N, C, out_h, out_w)
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride - padding, j * stride - padding
            window = x[:, :, max(top, 0) : top + kernel_size, max(left, 0) : left + kernel_size]
            out[:, :, i, j] = window.reshape(N, C, -1).max(dim=2)[0]
    return out


def global_avg_pool(x):
    out = torch.zeros(x.shape[0], x.shape[1])
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            out[n, c] = x[n, c].mean()
    return out


def sobel_edges(image):
    H, W = image.shape
    rows = []
    for i in range(1, H - 1):
        row = []
        for j in range(1, W - 1):
            gx = gy = 0.0
            for k, w in ((-1, 1), (0, 2), (1, 1)):
                gx += w * float(image[i + k, j + 1] - image[i + k, j - 1])
                gy += w * float(image[i + 1, j + k] - image[i - 1, j + k])
            row.append(math.sqrt(gx * gx + gy * gy))
        rows.append(row)
    return torch.tensor(rows)
