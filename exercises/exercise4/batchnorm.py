"""BatchNorm in three functions

BatchNorm does one thing in training mode and another in eval mode.

In training each channel is normalised by the mean and the variance of the batch, taken over
(N, H, W): (x − mean) / √(variance + eps), then times its weight, plus its bias. This
variance is the *biased* one, which divides by n = N · H · W.

Meanwhile the *running statistics* follow the batches:
running = (1 − momentum) · running + momentum · batch. The running variance takes the
*unbiased* variance of the batch, which divides by n − 1.

In eval mode the running statistics take the place of those of the batch, so that the result
for an image does not depend on the images beside it. `model.eval()` and `model.train()`
switch between the two.
"""

import copy

import torch
from torch import nn


def batch_norm_train(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, eps: float = 1e-5
) -> torch.Tensor:
    """What BatchNorm makes of x (N, C, H, W) in training mode, without torch's BatchNorm.

    weight and bias are (C,). Each channel is normalised by its mean and its biased variance
    over (N, H, W), then multiplied by its weight, and its bias is added. The arguments stay
    as they are.

    >>> x = torch.tensor([[[[1.0, 3.0]]], [[[5.0, 7.0]]]])
    >>> batch_norm_train(x, torch.tensor([2.0]), torch.tensor([10.0])).flatten()
    tensor([ 7.3167,  9.1056, 10.8944, 12.6833])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def batch_norm_eval(
    x: torch.Tensor,
    running_mean: torch.Tensor,
    running_var: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor,
    eps: float = 1e-5,
) -> torch.Tensor:
    """What BatchNorm makes of x (N, C, H, W) in eval mode, without torch's BatchNorm.

    All others but eps are (C,). The running statistics normalise, so the result for an
    image does not depend on the batch. The arguments stay as they are.

    >>> x = torch.tensor([[[[1.0, 3.0]]]])
    >>> one, two = torch.tensor([1.0]), torch.tensor([2.0])
    >>> batch_norm_eval(x, one, two * two, two, one, eps=0.0).flatten()
    tensor([1., 3.])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def update_running(
    running_mean: torch.Tensor,
    running_var: torch.Tensor,
    x: torch.Tensor,
    momentum: float = 0.1,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The running mean and the running variance (C,) after one more batch x (N, C, H, W).

    momentum is the weight of the batch, as in torch. The running variance takes the
    unbiased variance of the batch. The result is a pair of new tensors; the arguments stay
    as they are.

    >>> x = torch.tensor([[[[1.0, 3.0]]], [[[5.0, 7.0]]]])
    >>> update_running(torch.zeros(1), torch.ones(1), x)
    (tensor([0.4000]), tensor([1.5667]))
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def bias_cancels(conv: nn.Conv2d, norm: nn.Module, x: torch.Tensor) -> bool:
    """Whether norm(conv(x)) is the same with and without the bias of the convolution.

    It is the same if no value differs by more than 1e-4. The layers work in the modes in
    which they come; a convolution without bias gives True. Afterwards both layers are as
    they were, also the running statistics of the norm, and so are x and the random state.

    >>> conv, x = nn.Conv2d(3, 4, kernel_size=3), torch.rand(2, 3, 6, 5)
    >>> bias_cancels(conv, nn.BatchNorm2d(4), x)
    True
    >>> bias_cancels(conv, nn.BatchNorm2d(4).eval(), x)
    False
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def predict(model: nn.Module, images: torch.Tensor) -> torch.Tensor:
    """The class of each image, (N,) int64: the place of its largest logit.

    The model gives logits (N, num_classes). It runs in eval mode and without gradients;
    afterwards it is in the mode in which it came, and all else is as it was.

    >>> predict(nn.Flatten(), torch.tensor([[[0.1, 0.7, 0.2]], [[-1.0, -2.0, -3.0]]]))
    tensor([1, 0])
    """
    # YOUR CODE HERE
    raise NotImplementedError()
