"""Manual convolution and pooling

A convolution lays its kernel over a window of the image, multiplies what meets, sums it up
over the window and over all input channels, adds the bias of the output channel, and moves
on by the stride. What deep learning calls a convolution is a cross-correlation: the kernel
is not flipped.

Max pooling moves a window in the same way, but keeps its largest value, in each channel on
its own. Where a window reaches into the padding, the padding must not win, even if all
values are negative.

Shapes are (N, C, H, W) throughout. `nn.Conv2d` also takes a single image (C, H, W), so a
batch of grey images without a channel axis, (N, H, W), would be read as one image with N
channels.
"""

import torch
import torch.nn.functional as F
from torch import Tensor


def conv2d_manual(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> Tensor:
    """The 2-D convolution of `x`, as `torch.nn.functional.conv2d` gives it, without any
    convolution of torch.

    x is (N, C_in, H, W), weight (C_out, C_in, kernel height, kernel width), bias (C_out,)
    or None. Each of stride, padding and dilation is an int or a pair (height, width).
    Returns (N, C_out, H_out, W_out); x, weight and bias stay as they are.

    >>> x = torch.tensor([[1.0, 2, 3], [4, 5, 6], [7, 8, 9], [0, 1, 2]]).reshape(1, 1, 4, 3)
    >>> weight = torch.tensor([[1.0, 0], [0, -1]]).reshape(1, 1, 2, 2)
    >>> conv2d_manual(x, weight)[0, 0]
    tensor([[-4., -4.],
            [-4., -4.],
            [ 6.,  6.]])
    >>> conv2d_manual(x, weight, bias=torch.tensor([10.0]), stride=2)[0, 0]
    tensor([[ 6.],
            [16.]])
    >>> conv2d_manual(x, weight, padding=(0, 1)).shape
    torch.Size([1, 1, 3, 4])
    """
    ### BEGIN SOLUTION
    settings = (weight.shape[2:], stride, padding, dilation)
    pairs = [
        (setting, setting) if isinstance(setting, int) else setting for setting in settings
    ]
    heights, widths = zip(*pairs, strict=True)

    def positions(
        size: int, kernel_size: int, stride: int, padding: int, dilation: int
    ) -> Tensor:
        """The index that each value of the kernel meets at each position: (positions,
        kernel_size)."""
        span = dilation * (kernel_size - 1) + 1
        starts = torch.arange(0, size + 2 * padding - span + 1, stride)
        return starts[:, None] + dilation * torch.arange(kernel_size)

    rows = positions(x.shape[2], *heights)
    columns = positions(x.shape[3], *widths)
    padded = F.pad(x, (widths[2], widths[2], heights[2], heights[2]))
    windows = padded[
        :, :, rows[:, None, :, None], columns[None, :, None, :]
    ]  # (N, C_in, H_out, W_out, kh, kw)
    output = torch.einsum("nchwij,ocij->nohw", windows, weight)
    return output if bias is None else output + bias[:, None, None]
    ### END SOLUTION


def max_pool2d_manual(
    x: Tensor, kernel_size: int, stride: int | None = None, padding: int = 0
) -> Tensor:
    """The largest value of each window, as `torch.nn.functional.max_pool2d` gives it,
    without torch's poolings.

    x is (N, C, H, W), the window kernel_size × kernel_size. The stride is the kernel size
    unless it is given. A window that does not fit into the padded image is left out, and
    padding never wins over a value. Returns (N, C, H_out, W_out).

    >>> x = torch.tensor([[1.0, 3, 2, 4], [5, 2, 1, 3], [7, 1, 4, 2], [3, 6, 5, 1]])
    >>> max_pool2d_manual(x.reshape(1, 1, 4, 4), 2)[0, 0]
    tensor([[5., 4.],
            [7., 5.]])
    >>> max_pool2d_manual(-x.reshape(1, 1, 4, 4), 2, padding=1)[0, 0]
    tensor([[-1., -2., -4.],
            [-5., -1., -2.],
            [-3., -5., -1.]])
    """
    ### BEGIN SOLUTION
    step = kernel_size if stride is None else stride
    padded = F.pad(x, (padding,) * 4, value=-torch.inf)
    windows = padded.unfold(2, kernel_size, step).unfold(
        3, kernel_size, step
    )  # (N, C, H_out, W_out, k, k)
    return windows.amax((4, 5))
    ### END SOLUTION


def global_avg_pool(x: Tensor) -> Tensor:
    """The mean of each map: (N, C, H, W) becomes (N, C), for one image and one channel too.

    >>> x = torch.tensor([[[[1.0, 2], [3, 6]], [[0, 0], [0, 4]]]])
    >>> global_avg_pool(x)
    tensor([[3., 1.]])
    """
    ### BEGIN SOLUTION
    return x.flatten(start_dim=2).mean(dim=2)
    ### END SOLUTION


def sobel_edges(image: Tensor) -> Tensor:
    """The strength of the edges in an (H, W) image: (H − 2, W − 2), without padding.

    With Sobel's kernel `-1 0 1 / -2 0 2 / -1 0 1` a convolution gives gx, the change from
    left to right, and with the transposed kernel gy, the change from top to bottom. Both
    can be negative. The strength is √(gx² + gy²).

    >>> sobel_edges(torch.tensor([[0.0, 0, 1, 1]] * 5))
    tensor([[4., 4.],
            [4., 4.],
            [4., 4.]])
    >>> sobel_edges(torch.tensor([[0.0, 0, 0, 0], [0, 3, 4, 0], [0, 0, 0, 0]]))
    tensor([[8., 6.]])
    """
    ### BEGIN SOLUTION
    kernel_x = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=image.dtype)
    kernels = torch.stack([kernel_x, kernel_x.T]).unsqueeze(1)  # (2, 1, 3, 3)
    gx, gy = conv2d_manual(image[None, None], kernels)[0]
    return torch.hypot(gx, gy)
    ### END SOLUTION
