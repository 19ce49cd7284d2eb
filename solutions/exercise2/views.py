"""Other views of a convolution

A convolution is linear: it can be written as a product with a matrix. There are two ways.

- Put the values of each window into a column (*im2col*). Then one product of the kernels,
  a kernel per row, with these columns computes all outputs. Libraries compute convolutions
  in this way.
- Keep the image as one long column and write the kernel into a large matrix, a row for each
  output. This matrix is mostly zeros, and the same few weights stand in each row. That is
  what a convolution saves compared with a dense layer.

Two convolutions in a row are again a convolution, with a larger kernel. That is why networks
have a nonlinearity between them.

A transposed convolution goes the other way: each input value lays down a copy of the kernel.
A U-Net enlarges its maps in this way.

Which pixels an output value can depend on is found by going back, layer by layer, from that
value to the image. Zeros of the padding belong to no pixel. Padding thus moves the receptive
field over the border, but does not change its size.
"""

import torch
from torch import Tensor


def im2col(x: Tensor, kernel_size: int, stride: int = 1, padding: int = 0) -> Tensor:
    """The windows of a tensor (N, C, H, W) as columns, as `torch.nn.functional.unfold` gives
    them, without that function.

    Returns (N, C · kernel_size · kernel_size, L) for L windows. A column holds the window of
    the first channel row by row, then that of the second channel, and so on. The windows
    come row by row, too. Padding puts zeros on all four sides.

    >>> x = torch.arange(9.0).reshape(1, 1, 3, 3)
    >>> im2col(x, 2)[0]
    tensor([[0., 1., 3., 4.],
            [1., 2., 4., 5.],
            [3., 4., 6., 7.],
            [4., 5., 7., 8.]])
    >>> im2col(torch.ones(2, 3, 5, 4), 3, stride=2, padding=1).shape
    torch.Size([2, 27, 6])
    """
    ### BEGIN SOLUTION
    padded = torch.nn.functional.pad(x, (padding,) * 4)
    columns = []
    for top in range(0, padded.shape[2] - kernel_size + 1, stride):
        for left in range(0, padded.shape[3] - kernel_size + 1, stride):
            window = padded[:, :, top : top + kernel_size, left : left + kernel_size]
            columns.append(window.reshape(x.shape[0], -1))  # (N, C · k · k)
    return torch.stack(columns, dim=2)
    ### END SOLUTION


def conv_as_matrix(kernel: Tensor, input_shape: tuple[int, int]) -> Tensor:
    """The matrix M for which M @ image.flatten() is the flattened convolution of the image
    with the kernel, with stride 1 and without padding.

    kernel is (kernel height, kernel width), input_shape is the (H, W) of the image. M has a
    row for each output value and a column for each pixel.

    >>> conv_as_matrix(torch.tensor([[1.0, 2]]), (2, 3))
    tensor([[1., 2., 0., 0., 0., 0.],
            [0., 1., 2., 0., 0., 0.],
            [0., 0., 0., 1., 2., 0.],
            [0., 0., 0., 0., 1., 2.]])
    """
    ### BEGIN SOLUTION
    height, width = input_shape
    kernel_height, kernel_width = kernel.shape
    rows = []
    for top in range(height - kernel_height + 1):
        for left in range(width - kernel_width + 1):
            weights = torch.zeros(height, width)
            weights[top : top + kernel_height, left : left + kernel_width] = kernel
            rows.append(weights.flatten())
    return torch.stack(rows)
    ### END SOLUTION


def compose_kernels(first: Tensor, second: Tensor) -> Tensor:
    """The one kernel that does the same as two convolutions in a row, without padding and with
    stride 1: first the kernel `first`, then the kernel `second`.

    Both are (height, width) tensors, and heights and widths may differ.

    >>> compose_kernels(torch.tensor([[1.0, 2]]), torch.tensor([[1.0, 10]]))
    tensor([[ 1., 12., 20.]])
    >>> compose_kernels(torch.ones(3, 3), torch.ones(3, 3))[0]
    tensor([1., 2., 3., 2., 1.])
    """
    ### BEGIN SOLUTION
    height = first.shape[0] + second.shape[0] - 1
    width = first.shape[1] + second.shape[1] - 1
    composed = torch.zeros(height, width)
    for i in range(second.shape[0]):
        for j in range(second.shape[1]):
            composed[i : i + first.shape[0], j : j + first.shape[1]] += second[i, j] * first
    return composed
    ### END SOLUTION


def upconv2x(x: Tensor, weight: Tensor) -> Tensor:
    """What `nn.ConvTranspose2d(C_in, C_out, kernel_size=2, stride=2, bias=False)` computes with
    this weight, without torch's transposed convolutions.

    x is (N, C_in, H, W), weight (C_in, C_out, 2, 2); returns (N, C_out, 2H, 2W). Each value
    of x is multiplied with a 2 × 2 kernel, which fills a 2 × 2 square of the result. The
    squares do not overlap. The products of all input channels are summed.

    >>> x = torch.tensor([[[[1.0, 10]]]])
    >>> upconv2x(x, torch.tensor([[[[1.0, 2], [3, 4]]]]))[0, 0]
    tensor([[ 1.,  2., 10., 20.],
            [ 3.,  4., 30., 40.]])
    """
    ### BEGIN SOLUTION
    batch, _, height, width = x.shape
    output = torch.zeros(batch, weight.shape[1], 2 * height, 2 * width)
    for i in range(2):
        for j in range(2):
            products = torch.einsum("nchw,co->nohw", x, weight[:, :, i, j])
            output[:, :, i::2, j::2] = products
    return output
    ### END SOLUTION


def receptive_field_mask(
    layers: list[tuple[int, int, int]], size: int, position: tuple[int, int]
) -> Tensor:
    """Which pixels of an image size × size one value of the last map can depend on: a bool
    tensor (size, size).

    A layer is (kernel_size, stride, padding), a convolution or a pooling. position is the
    (row, column) of the value. No kernel is smaller than its stride, and each layer's
    windows reach exactly to the end of its padded input.

    >>> receptive_field_mask([(2, 2, 0), (2, 1, 0)], 6, (0, 1)).int()
    tensor([[0, 0, 1, 1, 1, 1],
            [0, 0, 1, 1, 1, 1],
            [0, 0, 1, 1, 1, 1],
            [0, 0, 1, 1, 1, 1],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0]], dtype=torch.int32)
    >>> receptive_field_mask([(3, 1, 1)], 4, (0, 2)).int()
    tensor([[0, 1, 1, 1],
            [0, 1, 1, 1],
            [0, 0, 0, 0],
            [0, 0, 0, 0]], dtype=torch.int32)
    """
    ### BEGIN SOLUTION
    spans = []
    for index in position:
        first, last = index, index
        for kernel_size, stride, padding in reversed(layers):
            first = first * stride - padding
            last = last * stride - padding + kernel_size - 1
        spans.append(slice(max(first, 0), last + 1))
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[spans[0], spans[1]] = True
    return mask
    ### END SOLUTION
