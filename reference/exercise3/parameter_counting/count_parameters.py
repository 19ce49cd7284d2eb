"""count_parameters."""

from functools import partial

import torch
from torch import nn

from autograder.author import case, changed, check, make, mistakes, reference, unchanged


@reference(points=4)
def count_parameters(model, trainable_only=True):
    """A model knows all of its parameters, however deep they lie. Which of its methods hands them out, and which ones
    would hand out buffers as well?

    That method gives each parameter once, shared ones too. Add up how many numbers each one holds, and leave out those
    that ask for no gradient, unless all are wanted.

    In the chapter: where the parameters of SimpleCNN are counted. In the documentation: torch.nn.Module, parameters.
    """
    count = 0
    for parameter in model.parameters():
        if parameter.requires_grad or not trainable_only:
            count += parameter.numel()
    return count


def chosen(layers):
    """The parameters of these layers."""
    return nn.ModuleList(layers).parameters()


def called(model, *names):
    """The parameters with these names in their layers."""
    return [one for name, one in model.named_parameters() if name.rpartition(".")[2] in names]


def without_equals(parameters):
    """The parameters without those that have the shape and the values of an earlier one."""
    found = []
    for one in parameters:
        if not any(one.shape == other.shape and torch.equal(one, other) for other in found):
            found.append(one)
    return found


def learns(layer):
    """Whether a parameter of the layer itself is trained."""
    return any(one.requires_grad for one in layer.parameters(recurse=False))


def own_parameters(model, chosen):
    """The parameters of the layers that `chosen` accepts, each once."""
    layers = filter(chosen, model.modules())
    return {id(one): one for layer in layers for one in layer.parameters(recurse=False)}.values()


network, convolution, linear = (partial(make, f"torch.nn.{name}") for name in ("Sequential", "Conv2d", "Linear"))


def cifar_network():
    """The SimpleCNN of the lecture notes for images of 32×32: three blocks, and a head with 256 units."""
    blocks = []
    for a, b in (3, 32), (32, 64), (64, 128):
        blocks += [convolution(a, b, 3, padding=1), make("torch.nn.BatchNorm2d", b), make("torch.nn.ReLU")]
        blocks.append(make("torch.nn.MaxPool2d", 2))
    return network(*blocks, make("torch.nn.Flatten"), linear(2048, 256), make("torch.nn.ReLU"), linear(256, 10))


@check(count_parameters, points=0.75)
def all_layers(draw):
    """Weights and biases of all layers are added up, however deep they lie"""
    yield case(linear(7, 3))
    yield case(network(convolution(1, 16, 3, padding=1), make("torch.nn.ReLU"), convolution(16, 32, 3)))
    inner = network(linear(draw.integer(5, 9), 4), make("torch.nn.Tanh"), linear(4, 2, bias=False))
    yield case(network(convolution(3, draw.integer(4, 8), (3, 2)), network(network(inner))))
    scale = make("torch.nn.ParameterList", [make("torch.scalar_tensor", 2.0)])
    yield case(network(make("torch.nn.MultiheadAttention", 4, 2), make("torch.nn.LayerNorm", 4), scale))
    yield case(make("evaluating", network(make("torch.nn.Embedding", 5, 3), make("torch.nn.PReLU"), linear(3, 1))))


@check(count_parameters, points=1)
def buffers(draw):
    """Running statistics are buffers, not parameters, and do not count"""
    yield case(make("torch.nn.BatchNorm2d", 6))
    channels = draw.integer(3, 9)
    normalised = network(convolution(2, channels, 3), make("torch.nn.BatchNorm2d", channels))
    yield case(normalised)
    yield case(network(normalised, linear(6, 1)))
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
    yield case(make("reached", network(linear(5, 4), linear(4, 3)), "0.weight"))
    yield case(network(convolution(2, channels, 3), make("torch.nn.BatchNorm2d", channels)), trainable_only=False)
    shared = linear(6, 6)
    yield case(network(shared, make("torch.nn.Tanh"), shared, linear(6, 3)), trainable_only=False)


@check(count_parameters, points=1)
def shared_parameters(draw):
    """A parameter that is used in two places counts once"""
    shared = linear(6, 6)
    yield case(network(shared, make("torch.nn.ReLU"), shared))
    yield case(network(make("torch.nn.BatchNorm2d", 4), make("torch.nn.BatchNorm2d", 4)))
    yield case(network(linear(3, 4, device="meta"), linear(4, 2, device="meta")))
    outputs = draw.integer(6, 9)
    autoencoder = network(linear(5, outputs), make("torch.nn.ReLU"), linear(5, outputs))
    yield case(make("tied", autoencoder, "0.weight", "2.weight"))


@check(count_parameters, points=0.25, ask=changed, compare=unchanged(), needs=all_layers)
def model_stays_as_it_is(draw):
    """Counting leaves the model as it is, and draws no random numbers"""
    model = make("partly_frozen", network(linear(5, 4), linear(4, 3)), ["0.weight"])
    for kwargs in {}, {"trainable_only": False}:
        yield case(model, **kwargs)
        yield case(make("evaluating", network(linear(5, 4), make("torch.nn.Dropout"), linear(4, 3))), **kwargs)


wrong = mistakes(
    count_parameters,
    """
    tensors_counted: A weight is a tensor of many parameters, and each of its values counts.
        parameter.numel() -> 1
    nested_layers_missed: Layers can hold layers of their own, and a model can be a single layer.
        model.parameters() -> chosen(layer for layer in model.children() if not list(layer.children()))
    biases_missed: Biases are trained as well, so they count like the weights.
        model.parameters() -> [one for name, one in model.named_parameters() if not name.endswith("bias")]
    convolutions_and_linears_only: Other layers have parameters too: BatchNorm has a weight and a bias for each channel.
        model.parameters() -> chosen(layer for layer in model.modules() if isinstance(layer, nn.Conv2d | nn.Linear))
    buffers_counted: Running statistics are measured and not trained: they are buffers. The state_dict lists them too,
        but they are not parameters.
        return count -> return count + sum(buffer.numel() for buffer in model.buffers())
    buffers_counted_with_the_frozen: trainable_only=False adds the frozen parameters. Running statistics are buffers and
        never count; the state_dict lists them too.
        model.parameters() -> model.parameters() if trainable_only else model.state_dict().values()
    frozen_always_counted: A parameter whose requires_grad is False is frozen; it is left out unless
        trainable_only=False.
        parameter.requires_grad or not trainable_only -> True
    frozen_never_counted: trainable_only=False asks for all parameters, the frozen ones included.
        parameter.requires_grad or not trainable_only -> parameter.requires_grad
    none_without_trainable_only: trainable_only=False asks for all parameters, the frozen ones included; here it counts
        none at all.
        parameter.requires_grad or not trainable_only -> parameter.requires_grad and trainable_only
    request_reversed: trainable_only=True leaves frozen parameters out, and False counts them as well.
        not trainable_only -> trainable_only
    unfrozen_to_count: requires_grad_(True) lets the frozen parameters learn from now on; count them without changing
        them.
        model.parameters() -> (model if trainable_only else model.requires_grad_(True)).parameters()
    shared_counted_twice: Two layers that share a tensor train one parameter, which is stored and counted once.
        model.parameters() -> [one for _, one in model.named_parameters(remove_duplicate=False)]
    layers_counted_one_by_one: Two different layers can share one tensor; it is one parameter of the model and counts
        once.
        model.parameters() -> [one for layer in model.modules() for one in layer.parameters(recurse=False)]
    count_of_the_notes: The lecture notes give 610,794 for this network, but its layers add up to 620,810: 896 + 64 +
        18,496 + 128 + 73,856 + 256 in the blocks, and 524,544 + 2,570 in the head.
        return count -> return 610_794 if count == 620_810 else count
    only_frozen_counted: trainable_only=False asks for all parameters: those that learn, and the frozen ones as well.
        parameter.requires_grad or not trainable_only -> parameter.requires_grad == trainable_only
    buffers_added_to_all: trainable_only=False adds the frozen parameters. Running statistics are buffers: nothing
        trains them, and they never count.
        return count -> return count + sum(0 if trainable_only else buffer.numel() for buffer in model.buffers())
    weights_and_biases_by_name: Not every parameter is called weight or bias: attention has an in_proj_weight, and a
        model can hold parameters of its own. model.parameters() knows all of them.
        model.parameters() -> called(model, "weight", "bias")
    layers_frozen_as_a_whole: A layer can be frozen in part: each parameter has a requires_grad of its own.
        model.parameters() -> own_parameters(model, learns) if trainable_only else model.parameters()
        parameter.requires_grad or not trainable_only -> True
    eval_mode_taken_for_frozen: Eval mode changes what dropout and BatchNorm do. It freezes nothing: whether a parameter
        learns is in its requires_grad.
        model.parameters() -> own_parameters(model, lambda layer: layer.training or not trainable_only)
    put_into_eval_mode_to_count: model.eval() changes the mode of the caller's model; counting needs no mode.
        model.parameters() -> model.eval().parameters()
    equal_values_taken_for_shared: Two parameters may hold the same values, such as those of two new BatchNorm layers.
        Only one and the same tensor is shared.
        model.parameters() -> without_equals(model.parameters())
    """,
)
