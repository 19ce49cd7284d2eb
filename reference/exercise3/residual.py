"""Residual blocks and a classic"""

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import alternative, case, check, misconception, reference

from .heads import BareMatrices, ChannelsLast

extra = True

GRADIENTS = ["gradient of the input"]


class _Residual(nn.Module):
    """The block with its decisions left open, so that each variant changes one.

    The shortcut is registered before the main path and used after it, so that either order of a student's is covered.
    """

    bias = shortcut_bias = True
    strides = "first"  # which convolutions of the main path have the stride

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.shortcut = nn.Identity()
        if self.projects(in_channels, out_channels, stride):
            self.shortcut = self.projection(in_channels, out_channels, stride)
        first, second = (stride if self.strides in (name, "both") else 1 for name in ("first", "second"))
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, first, padding=1, bias=self.bias)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, second, padding=1, bias=self.bias)
        self.bn2 = nn.BatchNorm2d(out_channels)

    def projects(self, in_channels, out_channels, stride):
        return stride != 1 or in_channels != out_channels

    def projection(self, in_channels, out_channels, stride):
        conv = nn.Conv2d(in_channels, out_channels, 1, stride, bias=self.shortcut_bias)
        return nn.Sequential(conv, nn.BatchNorm2d(out_channels))

    def main(self, x):
        return self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))

    def forward(self, x):
        return F.relu(self.main(x) + self.shortcut(x))


@reference(points=5)
class ResidualBlock(_Residual):
    """Write down the shapes of the two summands. When can x be added as it is?

    Decide in the constructor: the shortcut is the identity where stride and channels keep the shape, else a small
    convolution with the same stride, and its BatchNorm. Then forward is one line: both paths, their sum, ReLU.

    In the chapter: residual connections. It is figure 2 of He, Zhang, Ren and Sun (2015).
    """


@alternative(ResidualBlock)
class NoBias(_Residual):
    bias = shortcut_bias = False


@alternative(ResidualBlock)
class BiasInTheMainPath(_Residual):
    shortcut_bias = False


@alternative(ResidualBlock)
class BiasInTheShortcut(_Residual):
    bias = False


@check(ResidualBlock, points=1.5, probe="forward", compare="agrees")
def identity_shortcut(draw):
    """Where shapes agree, the input itself is added before the last ReLU"""
    yield case(3, 3).given(inputs=[draw.normal(2, 3, 6, 5)], seed=draw.seed())
    yield case(in_channels=4, out_channels=4, stride=1).given(inputs=[draw.normal(1, 4, 3, 7)], seed=draw.seed())


@check(ResidualBlock, points=1, probe="forward", compare="agrees", picture="stages")
def other_channels(draw):
    """With other channels the shortcut is a 1×1 convolution and a BatchNorm"""
    yield case(3, 5).given(inputs=[draw.normal(2, 3, 6, 5)], seed=draw.seed())
    yield case(4, 2).given(inputs=[draw.normal(1, 4, 5, 7)], seed=draw.seed())


@check(ResidualBlock, points=1, probe="forward", compare="agrees", picture="stages")
def strided_block(draw):
    """The first convolution has the stride, and so has the shortcut"""
    yield case(3, 5, stride=2).given(inputs=[draw.normal(2, 3, 6, 8)], seed=draw.seed())
    yield case(4, 4, 2).given(inputs=[draw.normal(1, 4, 5, 7)], seed=draw.seed())
    yield case(2, 3, 3).given(inputs=[draw.normal(1, 2, 8, 7)], seed=draw.seed())


@check(ResidualBlock, points=0.5, probe="forward", compare="agrees", rtol=1e-4)
def residual_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    yield case(3, 5).given(inputs=[draw.normal(4, 3, 6, 5)], seed=draw.seed(), mode="train")


@check(ResidualBlock, points=0.5, probe="forward", compare="agrees", rtol=1e-4, needs=("identity_shortcut",))
def gradient_takes_the_shortcut(draw):
    """The gradient flows back through the shortcut as well"""
    yield case(3, 3).given(inputs=[draw.normal(2, 3, 4, 5)], seed=draw.seed(), gradients=True, report=GRADIENTS)


@check(
    ResidualBlock,
    points=0.5,
    probe="gradients",
    compare="all_reached",
    needs=("identity_shortcut",),
    counts_with=("identity_shortcut",),
)
def all_of_the_block_learns(draw):
    """The gradient reaches every parameter; an identity has none"""
    yield case(3, 3).given(inputs=[draw.normal(2, 3, 4, 5)])
    yield case(3, 5, 2).given(inputs=[draw.normal(2, 3, 4, 6)])


@misconception(ResidualBlock)
class no_shortcut(_Residual):
    """Without the shortcut these are two plain convolutions; a residual block adds its input to their output."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        del self.shortcut

    def forward(self, x):
        return F.relu(self.main(x))


@misconception(ResidualBlock)
class relu_before_the_sum(_Residual):
    """The last ReLU comes after the sum. Before it, the main path could only ever add to the input, never take away."""

    def forward(self, x):
        return F.relu(self.main(x)) + self.shortcut(x)


@misconception(ResidualBlock)
class relu_before_and_after(_Residual):
    """Between the second BatchNorm and the sum there is no ReLU, so that the main path can take away from the input."""

    def forward(self, x):
        return F.relu(F.relu(self.main(x)) + self.shortcut(x))


@misconception(ResidualBlock)
class no_relu_after_the_sum(_Residual):
    """A ReLU follows the sum of main path and shortcut."""

    def forward(self, x):
        return self.main(x) + self.shortcut(x)


@misconception(ResidualBlock)
class no_relu_in_between(_Residual):
    """A ReLU lies between the two convolutions; without one they would act like a single one."""

    def main(self, x):
        return self.bn2(self.conv2(self.bn1(self.conv1(x))))


@misconception(ResidualBlock)
class shortcut_concatenated(_Residual):
    """A residual block adds; concatenating is the U-Net's way and doubles the channels."""

    def forward(self, x):
        return F.relu(torch.cat([self.main(x), self.shortcut(x)], 1))


@misconception(ResidualBlock)
class shortcut_from_inside(_Residual):
    """The shortcut leads from the input of the block to its end; here it starts after the first convolution."""

    def projects(self, in_channels, out_channels, stride):
        return False

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(x)) + x)


@misconception(ResidualBlock)
class always_projected(_Residual):
    """Where input and output have the same shape the shortcut is the identity, without weights."""

    def projects(self, in_channels, out_channels, stride):
        return True


@misconception(ResidualBlock)
class projection_made_but_not_used(_Residual):
    """The 1×1 convolution is made even where the shortcut is the identity, and its weights never learn."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        self.unused = self.projection(in_channels, out_channels, stride)
        if not isinstance(self.shortcut, nn.Identity):
            self.unused = self.shortcut


@misconception(ResidualBlock)
class projected_for_channels_only(_Residual):
    """A stride makes the main path smaller, so the shortcut needs its convolution even if the channels stay."""

    def projects(self, in_channels, out_channels, stride):
        return in_channels != out_channels


@misconception(ResidualBlock)
class projected_for_strides_only(_Residual):
    """Other channels need the 1×1 convolution in the shortcut as well as another size does."""

    def projects(self, in_channels, out_channels, stride):
        return stride != 1


@misconception(ResidualBlock)
class shortcut_without_batchnorm(_Residual):
    """The 1×1 convolution of the shortcut is followed by a BatchNorm, like the other two convolutions."""

    def projection(self, in_channels, out_channels, stride):
        return nn.Conv2d(in_channels, out_channels, 1, stride)


@misconception(ResidualBlock)
class shortcut_of_3_by_3(_Residual):
    """The shortcut's convolution is 1×1: it mixes channels and looks at no neighbours."""

    def projection(self, in_channels, out_channels, stride):
        conv = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1)
        return nn.Sequential(conv, nn.BatchNorm2d(out_channels))


@misconception(ResidualBlock)
class shortcut_without_stride(_Residual):
    """The shortcut needs the stride too, or it is larger than the output of the main path."""

    def projection(self, in_channels, out_channels, stride):
        return super().projection(in_channels, out_channels, 1)


@misconception(ResidualBlock)
class stride_in_the_second_convolution(_Residual):
    """The first of the two convolutions has the stride; the second one keeps the size."""

    strides = "second"


@misconception(ResidualBlock)
class stride_in_both_convolutions(_Residual):
    """Only the first convolution has the stride: with both, the main path shrinks twice and no longer fits the
    shortcut."""

    strides = "both"


@misconception(ResidualBlock)
class main_path_without_batchnorm(_Residual):
    """Each of the two convolutions is followed by a BatchNorm."""

    def main(self, x):
        return self.conv2(F.relu(self.conv1(x)))


@misconception(ResidualBlock)
class one_batchnorm_for_both(_Residual):
    """Each convolution needs a BatchNorm of its own: the two have other means and variances, and other weights."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        self.bn2 = self.bn1


@misconception(ResidualBlock)
class one_convolution_only(_Residual):
    """The main path has two convolutions, the second from out_channels to out_channels."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        del self.conv2, self.bn2

    def main(self, x):
        return self.bn1(self.conv1(x))


@misconception(ResidualBlock)
class convolution_after_the_activation(nn.Module):
    """The order is convolution, BatchNorm, ReLU. BatchNorm and ReLU before each convolution are a later variant, the
    pre-activation block."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(in_channels), nn.BatchNorm2d(out_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.shortcut = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            self.shortcut = nn.Conv2d(in_channels, out_channels, 1, stride)

    def forward(self, x):
        return self.conv2(F.relu(self.bn2(self.conv1(F.relu(self.bn1(x)))))) + self.shortcut(x)


@misconception(ResidualBlock)
class shortcut_detached(_Residual):
    """detach() keeps the gradient from the shortcut, which is the path that lets deep networks learn."""

    def forward(self, x):
        return F.relu(self.main(x) + self.shortcut(x.detach()))


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


@check(LeNet5, points=0.5, probe="parameters", counts_with=("lenet_logits",))
def lenet_parameters(draw):
    """By default there are 61,706 registered parameters"""
    yield case().given(inputs=[draw.uniform(1, 1, 32, 32)])


@check(LeNet5, points=2, probe="forward", compare="agrees", picture="stages")
def lenet_logits(draw):
    """Convolution, tanh and average pooling twice, then three linear layers"""
    yield case().given(inputs=[draw.normal(3, 1, 32, 32)], seed=draw.seed())
    yield case().given(inputs=[draw.normal(1, 1, 32, 32)], seed=draw.seed(), mode="train")


@check(LeNet5, points=0.5, probe="forward", compare="agrees")
def other_numbers_of_classes(draw):
    """num_classes is the number of logits"""
    yield case(4).given(inputs=[draw.normal(2, 1, 32, 32)], seed=draw.seed())
    yield case(num_classes=26).given(inputs=[draw.normal(2, 1, 32, 32)], seed=draw.seed())


@check(LeNet5, points=0.5, probe="four_initialisations", compare="unbounded_scores", counts_with=("lenet_logits",))
def lenet_returns_logits(draw):
    """The output is logits: no softmax or tanh follows the last layer"""
    yield case().given(inputs=[draw.uniform(4, 1, 32, 32)])


@check(LeNet5, points=0.5, probe="gradients", compare="all_reached", counts_with=("lenet_logits",))
def all_of_lenet_learns(draw):
    """The gradient reaches every parameter"""
    yield case().given(inputs=[draw.uniform(3, 1, 32, 32)])


@misconception(LeNet5)
class lenet_with_max_pooling(_LeNet):
    """LeNet-5 is older than max pooling: it averages the four values of each window."""

    pool = staticmethod(F.max_pool2d)


@misconception(LeNet5)
class lenet_with_relu(_LeNet):
    """LeNet-5 is older than the ReLU: its activation is tanh."""

    activation = staticmethod(torch.relu)


@misconception(LeNet5)
class lenet_with_sigmoid(_LeNet):
    """The activation of this LeNet-5 is tanh, which is odd around 0; a sigmoid is always positive."""

    activation = staticmethod(torch.sigmoid)


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
class kernels_of_3_by_3(_LeNet):
    """The convolutions of LeNet-5 are 5×5: 32 → 28 → 14 → 10 → 5."""

    kernel_size = 3


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
