"""Quiz."""

from autograder.author import case, check, value, variable, wrong_value

from .judging.values import option

RIGHT = {
    "joins": "b",
    "deeper": "c",
    "projection": "a",
    "norm_place": "b",
    "norm_bias": "a",
    "norm_modes": "c",
    "features": "c",
    "channels": "b",
    "labels": "a",
    "device": "c",
    "last_layer": "b",
    "skips": "a",
}

answers = variable(
    "answers",
    RIGHT,
    points=6,
    hints="""Which exercise of this assignment does the question belong to? Look at your own code there.

Try it: most questions are answered by two or three lines of torch.

In the chapter: the summary of each section, and the list of common errors.""",
)


def chosen(question, letter, hint):
    """The wrong answer of one question, with all others right."""
    return wrong_value(answers, RIGHT | {question: letter}, hint)


@check(answers, points=0.5, ask=value(key="joins"), compare=option)
def joins(draw):
    """joins: how many channels two joined maps have"""
    yield case()


@check(answers, points=0.5, ask=value(key="deeper"), compare=option)
def deeper(draw):
    """deeper: a deep network with a larger training loss"""
    yield case()


@check(answers, points=0.5, ask=value(key="projection"), compare=option)
def projection(draw):
    """projection: the 1×1 convolution in a shortcut"""
    yield case()


@check(answers, points=0.5, ask=value(key="norm_place"), compare=option)
def norm_place(draw):
    """norm_place: where BatchNorm stands"""
    yield case()


@check(answers, points=0.5, ask=value(key="norm_bias"), compare=option)
def norm_bias(draw):
    """norm_bias: no bias before BatchNorm"""
    yield case()


@check(answers, points=0.5, ask=value(key="norm_modes"), compare=option)
def norm_modes(draw):
    """norm_modes: what normalises in eval mode"""
    yield case()


@check(answers, points=0.5, ask=value(key="features"), compare=option)
def features(draw):
    """features: in_features after flattening"""
    yield case()


@check(answers, points=0.5, ask=value(key="channels"), compare=option)
def channels(draw):
    """channels: in_channels of the next convolution"""
    yield case()


@check(answers, points=0.5, ask=value(key="labels"), compare=option)
def labels(draw):
    """labels: the dtype of class numbers"""
    yield case()


@check(answers, points=0.5, ask=value(key="device"), compare=option)
def device(draw):
    """device: how a batch gets to the GPU"""
    yield case()


@check(answers, points=0.5, ask=value(key="last_layer"), compare=option)
def last_layer(draw):
    """last_layer: the end of a network for nn.CrossEntropyLoss"""
    yield case()


@check(answers, points=0.5, ask=value(key="skips"), compare=option)
def skips(draw):
    """skips: what the skips of a U-Net bring to the decoder"""
    yield case()


concatenation_keeps_channels = chosen(
    "joins", "a", "torch.cat puts the channels of one map behind those of the other, so their numbers add up."
)
addition_doubles_channels = chosen(
    "joins", "c", "Addition needs two maps of the same shape and gives one of that shape; torch.cat does otherwise."
)
deeper_overfits = chosen(
    "deeper",
    "a",
    "Overfitting shows in the test loss, while the training loss is small. Here the training loss is large.",
)
deeper_gradients_vanish = chosen(
    "deeper",
    "b",
    "The question says that the gradients do not vanish; the lecture notes mix up two different problems.",
)
always_projected = chosen(
    "projection", "b", "Where the shapes agree the identity will do: it needs no weights, and what is learned is F(x)."
)
projected_by_length = chosen(
    "projection", "c", "The number of convolutions does not matter: compare the shapes of the two summands."
)
norm_before_convolution = chosen(
    "norm_place", "a", "BatchNorm before the convolution belongs to another variant, the pre-activation block."
)
norm_after_relu = chosen(
    "norm_place", "c", "After the ReLU all values are 0 or positive. Look at the order of the layers in ConvBNReLU."
)
relu_removes_bias = chosen(
    "norm_bias", "b", "A ReLU cuts off negative values; it does not remove a bias. Which layer comes right after it?"
)
weights_replace_bias = chosen(
    "norm_bias", "c", "Weights multiply, a bias adds; no weights give the same for all images as an added number."
)
statistics_of_the_image = chosen(
    "norm_modes", "a", "An image normalised by its own pixels is instance normalisation, in both modes."
)
statistics_of_the_batch = chosen(
    "norm_modes", "b", "The batch counts in training mode. In eval mode an image must not depend on its neighbours."
)
channels_for_features = chosen(
    "features", "a", "32 is the number of maps. nn.Linear counts all numbers that come in for one image."
)
pixels_for_features = chosen(
    "features", "b", "49 is the number of pixels in one map. All maps of an image are flattened together."
)
channels_of_the_image = chosen(
    "channels", "a", "3 is what that convolution takes in. The next one gets what it puts out."
)
kernel_for_channels = chosen(
    "channels", "c", "5 is the kernel size, height and width of the filters; channels are counted apart from it."
)
labels_like_logits = chosen(
    "labels", "b", "Float targets are for probabilities of all classes, (N, C). Class numbers are indices."
)
labels_of_32_bits = chosen(
    "labels", "c", "The numbers would fit, but torch refuses int32 as the dtype of class numbers."
)
moved_by_itself = chosen("device", "a", "torch moves nothing by itself: tensors on two devices raise an error.")
moved_with_the_model = chosen(
    "device", "b", "model.to(device) moves the parameters and buffers of the model, which knows nothing of the data."
)
softmax_at_the_end = chosen(
    "last_layer", "a", "nn.CrossEntropyLoss applies log-softmax itself; a softmax before it makes learning slow."
)
sigmoid_at_the_end = chosen(
    "last_layer", "c", "A sigmoid holds every score between 0 and 1. The loss takes scores of any size."
)
skips_bring_meaning = chosen(
    "skips", "b", "The bottleneck itself passes its knowledge up to the decoder; the skips go past it."
)
skips_bring_labels = chosen(
    "skips", "c", "A network never sees labels: only the loss does. Skips carry maps of the encoder."
)
