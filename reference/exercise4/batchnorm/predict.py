"""predict."""

import numpy as np
import torch

from autograder.author import call, case, changed, check, make, mistakes, reference, unchanged


@reference(points=1.5)
def predict(model, images):
    """What must not happen to a model that is only asked?

    Remember its mode, switch to eval mode, record no gradients, take the place of the largest logit in each row, and
    give the model its mode back.

    In the documentation: torch.nn.Module.eval, torch.no_grad and torch.argmax.
    """
    training = model.training
    model.eval()
    with torch.no_grad():
        classes = model(images).argmax(1)
    model.train(training)
    return classes


def scores(rows):
    """A network whose logits are in the order of these rows, whatever its weights, and images for it."""
    network = make("torch.nn.Sequential", make("torch.nn.Flatten"), make("torch.nn.PReLU"))
    return network, np.array(rows, np.float32)[:, None, None]  # (N, 1, 1, classes)


def spied(draw):
    """A small network that records its modes, and images for it."""
    network = make("torch.nn.Sequential", make("spy"), make("torch.nn.Flatten"), make("torch.nn.Linear", 12, 3))
    return make("weighted", network, draw.seed()), draw.normal(4, 1, 3, 4)


@check(predict, points=0.5)
def largest_logit_of_each_row(draw):
    """The class of an image is the place of its largest logit, as int64"""
    yield case(*scores([[0.1, 0.2, 0.7], [0.9, 0.2, 0.3], [-4.0, -2.0, -3.0], [-5.0, -6.0, 4.0]]))
    yield case(*scores([[5.0, -9.0, 3.0, 1.0]]))
    yield case(*scores(np.eye(5)[draw.permutation(5)] + 1))


@check(predict, points=0.25)
def batchnorm_and_dropout_in_eval(draw):
    """The model is in eval mode while it answers"""
    norm, drop = make("torch.nn.BatchNorm1d", 12), make("torch.nn.Dropout", 0.8)
    layers = make("torch.nn.Flatten"), norm, drop, make("torch.nn.Linear", 12, 9)
    network = make("weighted", make("torch.nn.Sequential", *layers), draw.seed())
    yield case(network, draw.normal(40, 1, 3, 4) * 6 + 1)


@check(
    predict,
    points=0.25,
    ask=call(report=["after"], watch=["model.gradients during the call"]),
    counts_with=largest_logit_of_each_row,
)
def predicts_without_gradients(draw):
    """Gradients are switched off while it answers"""
    yield case(*spied(draw))


@check(predict, points=0.5, ask=changed, compare=unchanged(), counts_with=largest_logit_of_each_row)
def model_comes_back(draw):
    """Afterwards all is as before: mode, weights, gradients, their flags"""
    network, images = spied(draw)
    yield case(make("reached", network, "2.weight"), images)
    yield case(make("evaluating", make("partly_frozen", network, ["2.weight"])), images)


wrong = mistakes(
    predict,
    """
    logits_for_classes: The result is the class of each image, the place of its largest logit, not the logits.
        model(images).argmax(1) -> model(images)
    largest_value: max gives the largest logit; its place is the class: argmax.
        model(images).argmax(1) -> model(images).amax(1)
    argmax_over_the_batch: Axis 0 counts the images; the largest logit is looked for along axis 1.
        model(images).argmax(1) -> model(images).argmax(0)
    one_class_for_all: Without an axis, argmax gives one place in the whole table: take argmax(dim=1).
        model(images).argmax(1) -> model(images).argmax()
    axis_kept: The result is (N,), not (N, 1): without keepdim=True.
        model(images).argmax(1) -> model(images).argmax(1, keepdim=True)
    magnitudes_compared: Logits may be negative: the largest one counts, not the one furthest from 0.
        model(images).argmax(1) -> model(images).abs().argmax(1)
    predicts_in_training_mode: Without model.eval(), dropout is active and BatchNorm uses the statistics of the batch.
        model.eval() ->
    stays_in_eval_mode: The model comes back in eval mode, so the next epoch would train without dropout.
        model.train(training) ->
    always_back_to_training: The model ends in training mode even if it came in eval mode: restore what it was.
        model.train(training) -> model.train()
    predicts_with_gradients: Answers need no gradients: torch.no_grad() saves memory and time.
        torch.no_grad() -> torch.enable_grad()
    gradients_cleared: The gradients of the model stay as they are: a prediction needs no zero_grad().
        model.eval() -> model.eval(); model.zero_grad()
    predict_freezes_the_model: The weights come back frozen, and the next epoch could not train: torch.no_grad() needs
        no change of requires_grad.
        model.eval() -> model.eval().requires_grad_(False)
    """,
)
