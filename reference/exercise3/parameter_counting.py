"""Parameter counting"""

from torch import nn

from autograder.author import case, check, make, misconception, reference

from .output_size import pair


@reference(points=4)
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    """How many numbers does a single output channel need for itself?

    An output channel has one plane of the kernel for each input channel, and one bias for all of them. The other output
    channels need just as many.

    In the chapter: the parameters of SimpleCNN, layer by layer. Those of the network with three blocks add up to
    620,810; the sum that is printed there is wrong.
    """
    height, width = pair(kernel_size)
    return out_channels * (in_channels * height * width + bool(bias))


@check(conv2d_params, points=1.5)
def square_kernel(draw):
    """An output channel has k × k weights per input channel, and one bias"""
    yield case(1, 16, 3)
    yield case(16, 32, 3)
    yield case(3, 64, 7)
    yield case(draw.integer(2, 9), draw.integer(10, 40), draw.integer(3, 7))


@check(conv2d_params, points=1)
def convolution_without_bias(draw):
    """With bias=False only the kernels count"""
    yield case(3, 64, 7, bias=False)
    yield case(draw.integer(2, 9), draw.integer(10, 40), 5, bias=False)


@check(conv2d_params, points=1.5)
def rectangular_kernel(draw):
    """A pair is a kernel with its own height and width"""
    yield case(3, 8, (3, 5))
    yield case(4, 6, (7, 1))
    yield case(draw.integer(2, 9), draw.integer(10, 40), (draw.integer(4, 6), draw.integer(2, 3)))


@misconception(conv2d_params)
def bias_per_input_channel(in_channels, out_channels, kernel_size, bias=True):
    """The bias is added to a finished map, so there is one for each output channel."""
    return conv2d_params(in_channels, out_channels, kernel_size, False) + in_channels * bias


@misconception(conv2d_params)
def bias_per_kernel_plane(in_channels, out_channels, kernel_size, bias=True):
    """The maps of all input channels are summed first, and then one bias is added to the sum."""
    return conv2d_params(in_channels, out_channels, kernel_size, False) + in_channels * out_channels * bias


@misconception(conv2d_params)
def one_bias_for_the_layer(in_channels, out_channels, kernel_size, bias=True):
    """Each output channel has a bias of its own; the layer does not share one."""
    return conv2d_params(in_channels, out_channels, kernel_size, False) + bias


@misconception(conv2d_params)
def bias_forgotten(in_channels, out_channels, kernel_size, bias=True):
    """A convolution has biases unless bias=False: one more parameter for each output channel."""
    return conv2d_params(in_channels, out_channels, kernel_size, False)


@misconception(conv2d_params)
def bias_always_counted(in_channels, out_channels, kernel_size, bias=True):
    """With bias=False the layer has no biases, so only the kernels are left to count."""
    return conv2d_params(in_channels, out_channels, kernel_size, True)


@misconception(conv2d_params)
def one_side_of_the_kernel(in_channels, out_channels, kernel_size, bias=True):
    """A k × k kernel holds k times k weights, not k."""
    return conv2d_params(in_channels, out_channels, (pair(kernel_size)[0], 1), bias)


@misconception(conv2d_params)
def pair_read_as_square(in_channels, out_channels, kernel_size, bias=True):
    """A pair gives the height and the width of the kernel, and both count."""
    return conv2d_params(in_channels, out_channels, pair(kernel_size)[0], bias)


@misconception(conv2d_params)
def sides_added(in_channels, out_channels, kernel_size, bias=True):
    """A kernel has a weight at every crossing of row and column: height times width."""
    return conv2d_params(in_channels, out_channels, (sum(pair(kernel_size)), 1), bias)


@misconception(conv2d_params)
def out_channels_forgotten(in_channels, out_channels, kernel_size, bias=True):
    """Each output channel has kernels of its own, so the kernels count out_channels times."""
    return conv2d_params(in_channels, 1, kernel_size, False) + out_channels * bias


@misconception(conv2d_params)
def in_channels_forgotten(in_channels, out_channels, kernel_size, bias=True):
    """A kernel spans all input channels: it has height × width weights for each of them."""
    return conv2d_params(1, out_channels, kernel_size, bias)


@reference(points=2)
def linear_params(in_features, out_features, bias=True):
    """Every input is connected with every output: how many connections are that?

    There is a weight for each connection, and a bias for each output unless it is switched off.

    In the chapter: the head of SimpleCNN. In the documentation: torch.nn.Linear, Variables.
    """
    return in_features * out_features + out_features * bool(bias)


@check(linear_params, points=1)
def weights_and_biases(draw):
    """Each output has a weight for every input and one bias"""
    yield case(784, 10)
    yield case(1568, 10)
    yield case(draw.integer(20, 60), draw.integer(2, 9))


@check(linear_params, points=1)
def linear_without_bias(draw):
    """With bias=False only the weights count"""
    yield case(784, 10, bias=False)
    yield case(draw.integer(20, 60), draw.integer(2, 9), False)


@misconception(linear_params)
def linear_bias_forgotten(in_features, out_features, bias=True):
    """A linear layer has biases unless bias=False: one more parameter for each output."""
    return linear_params(in_features, out_features, False)


@misconception(linear_params)
def linear_bias_always_counted(in_features, out_features, bias=True):
    """With bias=False the layer has no biases, so only the weights are left to count."""
    return linear_params(in_features, out_features, True)


@misconception(linear_params)
def bias_per_input(in_features, out_features, bias=True):
    """The bias is added to an output, so there is one for each output feature."""
    return linear_params(in_features, out_features, False) + in_features * bias


@misconception(linear_params)
def one_bias_for_all_outputs(in_features, out_features, bias=True):
    """Each output has a bias of its own; the layer does not share one."""
    return linear_params(in_features, out_features, False) + bias


@misconception(linear_params)
def features_added(in_features, out_features, bias=True):
    """Every input is connected to every output, so the numbers of features are multiplied."""
    return in_features + out_features + out_features * bias


@reference(points=4)
def count_parameters(model, trainable_only=True):
    """A model knows all of its parameters, however deep they lie. Which of its methods hands them out, and which ones
    would hand out buffers as well?

    That method gives each parameter once, shared ones too. Add up how many numbers each one holds, and leave out those
    that ask for no gradient, unless all are wanted.

    In the chapter: where the parameters of SimpleCNN are counted. In the documentation: torch.nn.Module, parameters.
    """
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad or not trainable_only)


def network(*layers):
    return make("torch.nn.Sequential", *layers)


def convolution(*args, **kwargs):
    return make("torch.nn.Conv2d", *args, **kwargs)


def linear(*args, **kwargs):
    return make("torch.nn.Linear", *args, **kwargs)


def cifar_network():
    """The SimpleCNN of the lecture notes for images of 32×32: three blocks, and a head with 256 units."""
    blocks = []
    for a, b in (3, 32), (32, 64), (64, 128):
        blocks += [convolution(a, b, 3, padding=1), make("torch.nn.BatchNorm2d", b), make("torch.nn.ReLU")]
        blocks.append(make("torch.nn.MaxPool2d", 2))
    return network(*blocks, make("torch.nn.Flatten"), linear(2048, 256), make("torch.nn.ReLU"), linear(256, 10))


@check(count_parameters, points=1)
def all_layers(draw):
    """Weights and biases of all layers are added up, however deep they lie"""
    yield case(linear(7, 3))
    yield case(network(convolution(1, 16, 3, padding=1), make("torch.nn.ReLU"), convolution(16, 32, 3)))
    inner = network(linear(draw.integer(5, 9), 4), make("torch.nn.Tanh"), linear(4, 2, bias=False))
    yield case(network(convolution(3, draw.integer(4, 8), (3, 2)), network(network(inner))))


@check(count_parameters, points=1)
def buffers(draw):
    """Running statistics are buffers, not parameters, and do not count"""
    yield case(make("torch.nn.BatchNorm2d", 6))
    channels = draw.integer(3, 9)
    normalised = network(convolution(2, channels, 3), make("torch.nn.BatchNorm2d", channels))
    yield case(normalised)
    yield case(normalised, trainable_only=False)
    yield case(cifar_network())


@check(count_parameters, points=1)
def frozen_parameters(draw):
    """Frozen parameters count only with trainable_only=False"""
    two_layers = network(linear(5, 4), linear(4, 3))
    partly = make("partly_frozen", two_layers, ["0.weight"])
    channels = draw.integer(4, 8)
    frozen = network(make("frozen", convolution(3, channels, 3)), convolution(channels, 2, 1))
    for model in partly, frozen:
        yield case(model)
        yield case(model, trainable_only=False)


@check(count_parameters, points=1)
def shared_parameters(draw):
    """A parameter that is used in two places counts once"""
    shared = linear(6, 6)
    yield case(network(shared, make("torch.nn.ReLU"), shared))
    yield case(network(shared, make("torch.nn.Tanh"), shared, linear(6, 3)), trainable_only=False)
    outputs = draw.integer(6, 9)
    autoencoder = network(linear(5, outputs), make("torch.nn.ReLU"), linear(5, outputs))
    yield case(make("tied", autoencoder, "0.weight", "2.weight"))


@misconception(count_parameters)
def tensors_counted(model, trainable_only=True):
    """A weight is a tensor of many parameters, and each of its values counts."""
    return sum(parameter.requires_grad or not trainable_only for parameter in model.parameters())


@misconception(count_parameters)
def nested_layers_missed(model, trainable_only=True):
    """Layers can hold layers of their own, and a model can be a single layer."""
    layers = (layer for layer in model.children() if not list(layer.children()))
    return count_parameters(nn.ModuleList(layers), trainable_only)


@misconception(count_parameters)
def biases_missed(model, trainable_only=True):
    """Biases are trained as well, so they count like the weights."""
    return sum(
        parameter.numel()
        for name, parameter in model.named_parameters()
        if not name.endswith("bias") and (parameter.requires_grad or not trainable_only)
    )


@misconception(count_parameters)
def convolutions_and_linears_only(model, trainable_only=True):
    """Other layers have parameters too: BatchNorm has a weight and a bias for each channel."""
    layers = (layer for layer in model.modules() if isinstance(layer, nn.Conv2d | nn.Linear))
    return count_parameters(nn.ModuleList(layers), trainable_only)


@misconception(count_parameters)
def buffers_counted(model, trainable_only=True):
    """Running statistics are measured and not trained: they are buffers. The state_dict lists them too, but
    they are not parameters."""
    return count_parameters(model, trainable_only) + sum(buffer.numel() for buffer in model.buffers())


@misconception(count_parameters)
def buffers_counted_with_the_frozen(model, trainable_only=True):
    """trainable_only=False adds the frozen parameters. Running statistics are buffers and never count; the state_dict
    lists them too."""
    if trainable_only:
        return count_parameters(model)
    return sum(value.numel() for value in model.state_dict().values())


@misconception(count_parameters)
def frozen_always_counted(model, trainable_only=True):
    """A parameter whose requires_grad is False is frozen; it is left out unless trainable_only=False."""
    return count_parameters(model, False)


@misconception(count_parameters)
def frozen_never_counted(model, trainable_only=True):
    """trainable_only=False asks for all parameters, the frozen ones included."""
    return count_parameters(model, True)


@misconception(count_parameters)
def request_reversed(model, trainable_only=True):
    """trainable_only=True leaves frozen parameters out, and False counts them as well."""
    return count_parameters(model, not trainable_only)


@misconception(count_parameters)
def shared_counted_twice(model, trainable_only=True):
    """Two layers that share a tensor train one parameter, which is stored and counted once."""
    return sum(
        parameter.numel()
        for _, parameter in model.named_parameters(remove_duplicate=False)
        if parameter.requires_grad or not trainable_only
    )


@misconception(count_parameters)
def layers_counted_one_by_one(model, trainable_only=True):
    """Two different layers can share one tensor; it is one parameter of the model and counts once."""
    return sum(
        parameter.numel()
        for layer in model.modules()
        for parameter in layer.parameters(recurse=False)
        if parameter.requires_grad or not trainable_only
    )


@misconception(count_parameters)
def count_of_the_notes(model, trainable_only=True):
    """The lecture notes give 610,794 for this network, but its layers add up to 620,810: 896 + 64 + 18,496 + 128 +
    73,856 + 256 in the blocks, and 524,544 + 2,570 in the head."""
    count = count_parameters(model, trainable_only)
    return 610_794 if count == 620_810 else count
