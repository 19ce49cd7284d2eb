"""count_parameters."""

from torch import nn

from autograder.author import case, check, make, misconception, reference


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
