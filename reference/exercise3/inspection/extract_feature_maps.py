"""extract_feature_maps."""

from functools import partial

import torch

from autograder.author import call, case, changed, check, make, mistakes, reference, unchanged


@reference(points=5)
def extract_feature_maps(model, image, layers):
    """A layer in the middle is called by the model, not by you. How can you listen to it?

    Put a forward hook on each named layer, made by a function of its own, so that it keeps its name. Run the model once
    on a batch of one, in eval mode and without gradients, and keep copies. Then undo all that you have changed.

    In the chapter: the pictures of feature maps. In the documentation: torch.nn.Module, register_forward_hook and
    get_submodule.
    """
    maps = {}

    def keep(name, module, inputs, output):
        maps[name] = output.detach().clone()

    handles = [model.get_submodule(name).register_forward_hook(partial(keep, name)) for name in layers]
    training = model.training
    model.eval()
    with torch.no_grad():
        model(image[None])
    model.train(training)
    for handle in handles:
        handle.remove()
    return maps


def layer(name, *args, **kwargs):
    return make(f"torch.nn.{name}", *args, **kwargs)


def network(draw, **layers):
    """Layers one after the other under their names, with weights of the judge's; in training mode, as made."""
    return make("weighted", make("stages", **layers), draw.seed())


def plain(draw):
    """A network for images with 2 channels that does the same in either mode."""
    return network(
        draw,
        seen=make("spy"),
        conv=layer("Conv2d", 2, 3, (3, 2)),
        act=layer("Tanh"),
        pool=layer("MaxPool2d", 2),
        last=layer("Conv2d", 3, 10, 1),
    )


@check(extract_feature_maps, points=0.5)
def output_of_a_layer(draw):
    """The dict holds what the named layer puts out, (1, C, H, W)"""
    yield case(plain(draw), draw.normal(2, 6, 7), ["conv"])
    yield case(plain(draw), draw.normal(2, 7, 6), ["last"])


@check(extract_feature_maps, points=0.75)
def outputs_of_layers(draw):
    """With several names, each leads to the output of its own layer"""
    yield case(plain(draw), draw.normal(2, 8, 5), ["pool", "conv", "act", "last"])


@check(extract_feature_maps, points=0.25)
def only_the_named_layers(draw):
    """Without names the dict is empty"""
    yield case(plain(draw), draw.normal(2, 6, 7), [])


@check(extract_feature_maps, points=0.5)
def layers_inside_of_layers(draw):
    """A name with dots leads to a layer inside of another one"""
    block = make("stages", conv=layer("Conv2d", 3, 4, 2), act=layer("Tanh"))
    block = make("stages", inner=block, last=layer("Conv2d", 4, 2, 1))
    model = network(draw, stem=layer("Conv2d", 2, 3, 2), block=block)
    yield case(model, draw.normal(2, 5, 6), ["block.inner.conv", "stem", "block", "block.inner"])


@check(extract_feature_maps, points=0.5)
def model_in_eval_mode(draw):
    """The model is in eval mode: BatchNorm and dropout do as they will later"""
    norm, drop = layer("BatchNorm2d", 3), layer("Dropout", 0.5)
    model = network(draw, conv=layer("Conv2d", 2, 3, 2), norm=norm, drop=drop, last=layer("Conv2d", 3, 2, 2))
    for name in "norm", "last":
        yield case(model, draw.normal(2, 5, 6), [name])


@check(extract_feature_maps, points=0.5, ask=call(report=["after"], watch=["model.training"]), needs=output_of_a_layer)
def mode_comes_back(draw):
    """Afterwards the model is in the mode in which it came"""
    for model, names in (plain(draw), ["conv"]), (make("evaluating", plain(draw)), ["conv"]), (plain(draw), []):
        yield case(model, draw.normal(2, 6, 7), names)


@check(extract_feature_maps, points=0.5, ask=call(report=["after"]), needs=output_of_a_layer)
def records_no_gradients(draw):
    """No gradients are recorded"""
    watch = ["model.gradients during the call"]
    yield case(plain(draw), draw.normal(2, 6, 7), ["conv"]).given(watch=watch)


@check(extract_feature_maps, points=0.75, ask=call(report=["after"], watch=["model.hooks"]), needs=output_of_a_layer)
def hooks_as_before(draw):
    """Afterwards the model has the hooks that it had before, no more or less"""
    for model in plain(draw), make("hooked", plain(draw), "conv"):
        yield case(model, draw.normal(2, 6, 7), ["conv", "last"])


@check(extract_feature_maps, points=0.5)
def layers_that_work_in_place(draw):
    """A map is what its layer put out, even if the next layer overwrites it"""
    model = network(draw, conv=layer("Conv2d", 2, 3, 2), act=layer("ReLU", inplace=True), last=layer("Conv2d", 3, 2, 1))
    yield case(model, draw.normal(2, 5, 6), ["conv", "act"])


ELSEWHERE = "model: modes", "model: hooks"


@check(extract_feature_maps, points=0.25, ask=changed(but=ELSEWHERE), compare=unchanged(), needs=output_of_a_layer)
def nothing_else_changes(draw):
    """Weights, image, names and the random state stay as they are"""
    yield case(plain(draw), draw.normal(2, 6, 7), ["conv", "last"])


wrong = mistakes(
    extract_feature_maps,
    """
    image_without_a_batch: Layers take batches: image.unsqueeze(0) makes one of a single image. A convolution forgives
        it since torch 1.11, though the lecture notes say that it takes only 4-D tensors; BatchNorm does not.
        image[None] -> image
    batch_axis_removed: A map is handed on as the layer puts it out, with its batch axis: (1, C, H, W).
        output.detach().clone() -> output[0].clone()
    inputs_for_outputs: A hook is called with (module, inputs, output): the map is what the layer puts out, not what it
        takes in.
        output.detach().clone() -> inputs[0].clone()
    layers_called_on_the_image: A layer in the middle does not see the image but what the layers before it make of it; a
        forward hook listens to it while the whole model runs.
        maps = {} -> return {name: model.get_submodule(name)(image[None]) for name in layers}
    list_for_dict: The result is a dict from the name of each layer to its map.
        return maps -> return list(maps.values())
    name_as_attribute: getattr finds no layer inside of another one: model.get_submodule(name) follows the dots.
        model.get_submodule(name) -> getattr(model, name)
    not_in_eval_mode: Without model.eval(), dropout is active and BatchNorm uses the statistics of this one image.
        model.eval() ->
    left_in_eval_mode: The model comes back in eval mode, so the next epoch would train without dropout; put it back
        into its mode.
        model.train(training) ->
    put_into_training_mode: The model ends in training mode even if it came in eval mode; remember model.training and
        restore that.
        model.train(training) -> model.train()
    gradients_recorded: Looking needs no gradients: detach() cuts the maps off only afterwards, torch.no_grad() records
        nothing.
        with torch.no_grad(): model(image[None]) -> model(image[None])
    hooks_left_behind: register_forward_hook returns a handle: without handle.remove() the hook runs in every later
        forward pass, and keeps its maps in memory.
        handle.remove() ->
    overwritten_by_the_next_layer: The map is kept, but not its values: a layer such as nn.ReLU(inplace=True) that
        comes next overwrites them, also after detach(). clone() keeps a copy.
        output.detach().clone() -> output.detach()
    output_of_the_whole_model: This is what the whole model puts out; a hook on each named layer gives what is in
        between.
        model(image[None]) -> output = model(image[None])
        return maps -> return dict.fromkeys(layers, output)
    one_name_for_all_hooks: A lambda looks up the variable of the loop when it is called, and then it holds the last
        name: all hooks write under that one. A function that makes the hook, or a default argument, keeps each name.
        partial(keep, name) -> lambda *seen: keep(name, *seen)
    gradients_switched_off_for_good: Gradients stay off after the call, and the next training learns nothing: with
        torch.no_grad(): switches them on again.
        with torch.no_grad(): model(image[None]) -> torch.set_grad_enabled(False); model(image[None])
    no_names_are_all: The names say which layers are wanted; an empty list asks for none.
        layers -> (layers or [name for name, _ in model.named_modules() if name])
    every_layer: Only the layers that are asked for belong into the dict.
        layers -> [name for name, _ in model.named_modules() if name]
    children_only: named_children() lists the outermost layers only; named_modules() goes inside of them, too.
        model.get_submodule(name) -> dict(model.named_children())[name]
    all_hooks_removed: These hooks are gone, and so are those that somebody else has put there; handle.remove() takes
        away only one's own.
        for handle in handles: handle.remove() -> for name in layers: model.get_submodule(name)._forward_hooks.clear()
    last_hook_removed_only: Only the last hook is removed. Each hook has a handle of its own: keep all of them in a
        list.
        for handle in handles: handle.remove() -> for handle in handles[-1:]: handle.remove()
    outermost_layers_only: The layers inside of other layers are missing. named_children() lists only the outermost
        ones; model.get_submodule(name) follows the dots.
        layers -> [name for name in layers if name in dict(model.named_children())]
    names_that_begin_alike: Names are compared as a whole: a layer whose name only begins with that of another was not
        asked for.
        layers -> [name for name, _ in model.named_modules() if layers and name.startswith(tuple(layers))]
    eight_channels_only: A map holds all channels of its layer; choose some of them where they are drawn.
        output.detach().clone() -> output.detach()[:, :8].clone()
    channels_of_a_map_averaged: A map holds each channel of its layer for itself, (1, C, H, W), not their mean.
        output.detach().clone() -> output.detach().mean(1, keepdim=True)
    """,
)
