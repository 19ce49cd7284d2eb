"""LeNet5."""

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    alternative,
    case,
    changed,
    check,
    forward,
    four_initialisations,
    gradients,
    mistakes,
    parameters,
    reference,
    unbounded_scores,
    unchanged,
)

from ..heads import heads


@reference(points=4)
class LeNet5(nn.Module):
    """The image has 32 pixels along each side. Which sizes follow, if nothing is padded?

    Twice a convolution, tanh and a pooling that averages leave 16 maps of 5×5. Three linear layers follow, with tanh
    between them and nothing after the last.

    In the chapter: LeNet-5. It is figure 2 of LeCun, Bottou, Bengio and Haffner (1998).
    """

    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, num_classes)

    def forward(self, x):
        pool, activation = F.avg_pool2d, torch.tanh
        for conv in (self.conv1, self.conv2):
            x = pool(activation(conv(x)), 2)  # (N, 6, 14, 14), then (N, 16, 5, 5)
        x = activation(self.fc1(self.flat(x)))
        x = activation(self.fc2(x))
        return self.fc3(x)

    def flat(self, maps):
        return maps.flatten(1)


ends = heads(LeNet5)


@alternative(LeNet5)
class TwoHalves(LeNet5.right):
    """The second convolution is split in two, one for each half of its maps."""

    def __init__(self, num_classes=10):
        super().__init__(num_classes)
        self.conv2 = nn.ModuleList([nn.Conv2d(6, 8, 5), nn.Conv2d(6, 8, 5)])

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.conv1(x)), 2)
        x = torch.cat([conv(x) for conv in self.conv2], dim=1)
        x = self.flat(F.avg_pool2d(torch.tanh(x), 2))
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


@check(LeNet5, points=1.5, ask=forward, picture="stages")
def lenet_logits(draw):
    """Convolution, tanh and average pooling twice, then three linear layers"""
    yield case().on(draw.normal(3, 1, 32, 32))
    yield case().on(draw.normal(1, 1, 32, 32)).given(mode="train")


@check(LeNet5, points=0.5, ask=parameters, counts_with=lenet_logits)
def lenet_parameters(draw):
    """By default there are 61,706 registered parameters"""
    yield case().on(draw.uniform(1, 1, 32, 32))


@check(LeNet5, points=0.25, ask=forward)
def other_numbers_of_classes(draw):
    """num_classes is the number of logits"""
    yield case(4).on(draw.normal(2, 1, 32, 32))
    yield case(num_classes=26).on(draw.normal(2, 1, 32, 32))


@check(LeNet5, points=0.5, ask=four_initialisations, compare=unbounded_scores, counts_with=lenet_logits)
def lenet_returns_logits(draw):
    """The output is logits: no softmax or tanh follows the last layer"""
    yield case().on(draw.uniform(4, 1, 32, 32))


@check(LeNet5, points=0.75, ask=gradients, counts_with=lenet_logits)
def all_of_lenet_learns(draw):
    """The gradient reaches every parameter"""
    yield case().on(draw.uniform(3, 1, 32, 32))


@check(LeNet5, points=0.5, ask=changed, compare=unchanged(), counts_with=lenet_logits)
def lenet_leaves_its_images(draw):
    """The images stay as they are; no random seed is set"""
    yield case().on(draw.normal(2, 1, 32, 32))


wrong = mistakes(
    LeNet5,
    """
    lenet_sets_a_seed: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the script
        that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    lenet_with_max_pooling: LeNet-5 is older than max pooling: it averages the four values of each window.
        F.avg_pool2d -> F.max_pool2d
    lenet_with_relu: LeNet-5 is older than the ReLU: its activation is tanh.
        torch.tanh -> torch.relu
    lenet_with_sigmoid: The activation of this LeNet-5 is tanh, which is odd around 0; a sigmoid is always positive.
        torch.tanh -> torch.sigmoid
    kernels_of_3_by_3: The convolutions of LeNet-5 are 5×5: 32 → 28 → 14 → 10 → 5.
        nn.Conv2d(1, 6, 5) -> nn.Conv2d(1, 6, 3)
        nn.Conv2d(6, 16, 5) -> nn.Conv2d(6, 16, 3)
        16 * 5 * 5 -> 16 * 6 * 6
    tanh_after_the_pooling: The tanh comes between convolution and pooling: the mean of four tanh values is not the tanh
        of their mean.
        pool(activation(conv(x)), 2) -> activation(pool(conv(x), 2))
    features_without_tanh: Each convolution is followed by a tanh before the pooling; without it, convolution and
        average pooling are one linear map.
        activation(conv(x)) -> conv(x)
    head_without_tanh: A tanh follows the first and the second linear layer; without it the three of them are one linear
        map.
        activation(self.fc1(self.flat(x))) -> self.fc1(self.flat(x))
        activation(self.fc2(x)) -> self.fc2(x)
    tanh_on_the_logits: The last layer gives logits: a tanh would hold them between -1 and 1, and no class could be
        sure.
        self.fc3(x) -> activation(self.fc3(x))
    lenet_with_softmax: nn.CrossEntropyLoss applies the softmax itself and expects logits: the last layer's output goes
        out as it is.
        self.fc3(x) -> self.fc3(x).softmax(1)
    padded_as_for_28_by_28: padding=2 is for images of 28×28. Those of this exercise are 32×32 and shrink to 28, 14, 10
        and 5, so that 400 values are left.
        nn.Conv2d(1, 6, 5) -> nn.Conv2d(1, 6, 5, padding=2)
    layer_of_84_missing: Three linear layers follow the convolutions: to 120, to 84, and to the classes.
        self.fc2 = nn.Linear(120, 84) ->
        x = activation(self.fc2(x)) ->
        nn.Linear(84, num_classes) -> nn.Linear(120, num_classes)
    ten_classes_always: The last linear layer has num_classes outputs, and 10 is only the default.
        nn.Linear(84, num_classes) -> nn.Linear(84, 10)
    lenet_layers_in_a_plain_list: Layers kept in a plain Python list are not registered: the optimizer never sees them.
        nn.ModuleList does it.
        self.conv1 = nn.Conv2d(1, 6, 5) -> self.convs = [nn.Conv2d(1, 6, 5)]
        self.conv2 = nn.Conv2d(6, 16, 5) -> self.convs += [nn.Conv2d(6, 16, 5)]
        (self.conv1, self.conv2) -> self.convs
    lenet_detaches_its_features: detach() cuts the convolutions off from the loss: only the linear layers still learn.
        self.flat(x) -> self.flat(x).detach()
    lenet_with_relu_and_max_pooling: LeNet-5 is older than ReLU and max pooling: its activation is tanh, and its pooling
        averages.
        F.avg_pool2d, torch.tanh -> F.max_pool2d, torch.relu
    sigmoid_in_the_features: The activation of this LeNet-5 is tanh everywhere, after the convolutions too; a sigmoid is
        always positive.
        activation(conv(x)) -> conv(x).sigmoid()
    first_features_without_tanh: A tanh follows each of the two convolutions, the first one too.
        activation(conv(x)) -> (conv(x) if conv is self.conv1 else activation(conv(x)))
    second_features_without_tanh: A tanh follows each of the two convolutions, the second one too.
        activation(conv(x)) -> (conv(x) if conv is self.conv2 else activation(conv(x)))
    tanh_missing_after_120: A tanh follows the first and the second linear layer; here the first one has none.
        activation(self.fc1(self.flat(x))) -> self.fc1(self.flat(x))
    tanh_missing_after_84: A tanh follows the first and the second linear layer; here the second one has none.
        activation(self.fc2(x)) -> self.fc2(x)
    lenet_with_log_softmax: The last layer's output goes out as it is, as logits: nn.CrossEntropyLoss applies
        log-softmax itself.
        self.fc3(x) -> self.fc3(x).log_softmax(1)
    lenet_log_probabilities_in_eval: The logits go out as they are in both modes; here eval mode adds a log-softmax.
        self.fc3(x) -> self.fc3(x) if self.training else self.fc3(x).log_softmax(1)
    second_kernel_of_3_by_3: Both convolutions are 5×5, the second one too: 14 → 10.
        nn.Conv2d(6, 16, 5) -> nn.Conv2d(6, 16, 3)
        16 * 5 * 5 -> 16 * 6 * 6
    lenet_without_convolution_biases: The convolutions of this LeNet-5 have biases: leave bias=True. Without them 22 of
        the 61,706 parameters are missing.
        nn.Conv2d(1, 6, 5) -> nn.Conv2d(1, 6, 5, bias=False)
        nn.Conv2d(6, 16, 5) -> nn.Conv2d(6, 16, 5, bias=False)
    lenet_linear_layers_in_a_plain_list: Layers kept in a plain Python list or tuple are not registered: the optimizer
        never sees them. nn.ModuleList does it.
        self.fc1 = nn.Linear(16 * 5 * 5, 120) -> self.fcs = [nn.Linear(16 * 5 * 5, 120)]
        self.fc2 = nn.Linear(120, 84) -> self.fcs += [nn.Linear(120, 84)]
        self.fc3 = nn.Linear(84, num_classes) -> self.fcs += [nn.Linear(84, num_classes)]
        self.fc1(self.flat(x)) -> self.fcs[0](self.flat(x))
        self.fc2(x) -> self.fcs[1](x)
        self.fc3(x) -> self.fcs[2](x)
    """,
)
