"""LeNet5."""

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    alternative,
    case,
    check,
    forward,
    four_initialisations,
    gradients,
    misconception,
    mistakes,
    parameters,
    reference,
    unbounded_scores,
)

from ..heads import BareMatrices, ChannelsLast


class _LeNet(nn.Module):
    """LeNet-5 with its parts left open, so that each misconception changes one."""

    activation = staticmethod(torch.tanh)
    pool = staticmethod(F.avg_pool2d)
    kernel_size = 5

    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, self.kernel_size), nn.Conv2d(6, 16, self.kernel_size)
        side = ((33 - self.kernel_size) // 2 + 1 - self.kernel_size) // 2
        self.fc1, self.fc2 = nn.Linear(16 * side * side, 120), nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, num_classes)

    def forward(self, x):
        return self.head(self.flat(self.features(x)))

    def flat(self, maps):
        return maps.flatten(1)

    def features(self, x):
        x = self.pool(self.activation(self.conv1(x)), 2)  # (N, 6, 14, 14)
        return self.pool(self.activation(self.conv2(x)), 2)  # (N, 16, 5, 5)

    def head(self, x):
        return self.fc3(self.activation(self.fc2(self.activation(self.fc1(x)))))


@reference(points=4)
class LeNet5(_LeNet):
    """The image has 32 pixels along each side. Which sizes follow, if nothing is padded?

    Twice a convolution, tanh and a pooling that averages leave 16 maps of 5×5. Three linear layers follow, with tanh
    between them and nothing after the last.

    In the chapter: LeNet-5. It is figure 2 of LeCun, Bottou, Bengio and Haffner (1998).
    """


@alternative(LeNet5)
class LeNetChannelsLast(ChannelsLast, LeNet5.right):
    pass


@alternative(LeNet5)
class LeNetBareMatrices(BareMatrices, LeNet5.right):
    pass


@check(LeNet5, points=2, ask=forward, picture="stages")
def lenet_logits(draw):
    """Convolution, tanh and average pooling twice, then three linear layers"""
    yield case().on(draw.normal(3, 1, 32, 32))
    yield case().on(draw.normal(1, 1, 32, 32)).given(mode="train")


@check(LeNet5, points=0.5, ask=parameters, counts_with=lenet_logits)
def lenet_parameters(draw):
    """By default there are 61,706 registered parameters"""
    yield case().on(draw.uniform(1, 1, 32, 32))


@check(LeNet5, points=0.5, ask=forward)
def other_numbers_of_classes(draw):
    """num_classes is the number of logits"""
    yield case(4).on(draw.normal(2, 1, 32, 32))
    yield case(num_classes=26).on(draw.normal(2, 1, 32, 32))


@check(LeNet5, points=0.5, ask=four_initialisations, compare=unbounded_scores, counts_with=lenet_logits)
def lenet_returns_logits(draw):
    """The output is logits: no softmax or tanh follows the last layer"""
    yield case().on(draw.uniform(4, 1, 32, 32))


@check(LeNet5, points=0.5, ask=gradients, counts_with=lenet_logits)
def all_of_lenet_learns(draw):
    """The gradient reaches every parameter"""
    yield case().on(draw.uniform(3, 1, 32, 32))


WRONG = mistakes(
    LeNet5,
    """
    lenet_with_max_pooling: LeNet-5 is older than max pooling: it averages the four values of each window.
        pass -> pool = staticmethod(F.max_pool2d)
    lenet_with_relu: LeNet-5 is older than the ReLU: its activation is tanh.
        pass -> activation = staticmethod(torch.relu)
    lenet_with_sigmoid: The activation of this LeNet-5 is tanh, which is odd around 0; a sigmoid is always positive.
        pass -> activation = staticmethod(torch.sigmoid)
    kernels_of_3_by_3: The convolutions of LeNet-5 are 5×5: 32 → 28 → 14 → 10 → 5.
        pass -> kernel_size = 3
    """,
)


@misconception(LeNet5)
class tanh_after_the_pooling(_LeNet):
    """The tanh comes between convolution and pooling: the mean of four tanh values is not the tanh of their mean."""

    def features(self, x):
        x = self.activation(self.pool(self.conv1(x), 2))
        return self.activation(self.pool(self.conv2(x), 2))


@misconception(LeNet5)
class features_without_tanh(_LeNet):
    """Each convolution is followed by a tanh before the pooling; without it, convolution and average pooling are one
    linear map."""

    def features(self, x):
        return self.pool(self.conv2(self.pool(self.conv1(x), 2)), 2)


@misconception(LeNet5)
class head_without_tanh(_LeNet):
    """A tanh follows the first and the second linear layer; without it the three of them are one linear map."""

    def head(self, x):
        return self.fc3(self.fc2(self.fc1(x)))


@misconception(LeNet5)
class tanh_on_the_logits(_LeNet):
    """The last layer gives logits: a tanh would hold them between -1 and 1, and no class could be sure."""

    def head(self, x):
        return self.activation(super().head(x))


@misconception(LeNet5)
class lenet_with_softmax(_LeNet):
    """nn.CrossEntropyLoss applies the softmax itself and expects logits: the last layer's output goes out as it is."""

    def head(self, x):
        return super().head(x).softmax(1)


@misconception(LeNet5)
class padded_as_for_28_by_28(_LeNet):
    """padding=2 is for images of 28×28. Those of this exercise are 32×32 and shrink to 28, 14, 10 and 5, so that 400
    values are left."""

    def features(self, x):
        return super().features(F.pad(x, (2, 2, 2, 2)))


@misconception(LeNet5)
class layer_of_84_missing(_LeNet):
    """Three linear layers follow the convolutions: to 120, to 84, and to the classes."""

    def __init__(self, num_classes=10):
        super().__init__(num_classes)
        self.fc3 = nn.Linear(120, num_classes)
        del self.fc2

    def head(self, x):
        return self.fc3(self.activation(self.fc1(x)))


@misconception(LeNet5)
class ten_classes_always(_LeNet):
    """The last linear layer has num_classes outputs, and 10 is only the default."""

    def __init__(self, num_classes=10):
        super().__init__()


@misconception(LeNet5)
class lenet_layers_in_a_plain_list(_LeNet):
    """Layers kept in a plain Python list are not registered: the optimizer never sees them. nn.ModuleList does it."""

    def __init__(self, num_classes=10):
        super().__init__(num_classes)
        self.convs = [self.conv1, self.conv2]
        del self.conv1, self.conv2

    def features(self, x):
        for conv in self.convs:
            x = self.pool(self.activation(conv(x)), 2)
        return x


@misconception(LeNet5)
class lenet_detaches_its_features(_LeNet):
    """detach() cuts the convolutions off from the loss: only the linear layers still learn."""

    def features(self, x):
        return super().features(x).detach()
