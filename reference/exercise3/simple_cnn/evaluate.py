"""evaluate."""

import numpy as np
import torch

from autograder.author import call, case, changed, check, make, mistakes, reference, unchanged

from ..probes.batches import THE_DEVICE, batches_on_another_device, list_of_batches
from .shared import _epoch, as_large_as_the_first  # noqa: F401 - in the words of a mistake


@reference(points=3)
def evaluate(model, loader, device="cpu"):
    """What must not happen to a model that is only looked at?

    Remember its mode, switch to eval mode, and record no gradients. Count right answers and all answers over every
    batch, divide once at the end, and give the model its mode back.

    In the chapter: the evaluation after each epoch. In the documentation: torch.nn.Module.eval and torch.no_grad.
    """
    training = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for images, labels in loader:
            hits = model(images.to(device)).argmax(1) == labels.to(device)
            right += hits.sum().item()
            count += len(labels)
    model.train(training)
    return right / count


@check(evaluate, points=0.25)
def one_batch(draw):
    """With one batch the accuracy is the share of right answers"""
    yield case(*_answers(labels=[0, 0, 1, 1], right=[1, 0, 1, 0]))
    yield case(*_answers(labels=[2, 2, 2, 2], right=[0, 0, 1, 0]))


@check(evaluate, points=0.5)
def fraction_of_right_answers(draw):
    """The accuracy is right answers / all answers, in batches of any size"""
    yield case(*_answers(labels=[2, 0, 2, 2, 0, 1, 2, 2, 2, 2, 2], right=[1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0]))
    yield case(*_answers(labels=[0, 1, 2, 0, 1, 2, 0, 1, 2, 0], right=[1, 0, 0, 1, 1, 1, 1, 1, 1, 0]))
    yield case(*_answers(labels=draw.integers(0, 2, 11), right=draw.integers(0, 1, 11)))


@check(evaluate, points=0.25, counts_with=one_batch)
def largest_logit_wins(draw):
    """The class with the largest logit is the answer, also below 0"""
    rows = [[-4.0, -2.0, -3.0], [1.0, 2.0, -9.0], [0.1, 0.2, 0.3], [-5.0, -6.0, -4.0]]
    yield case(*_scores(rows, [1, 1, 2, 2]))
    yield case(*_scores(rows, [0, 2, 0, 0]))


@check(evaluate, points=0.25, counts_with=one_batch)
def last_batch_of_one(draw):
    """The last batch may hold a single image"""
    yield case(*_answers(labels=[0, 1, 2, 0, 1], right=[1] * 5))


@check(evaluate, points=0.25, counts_with=one_batch)
def counts_what_the_loader_gives(draw):
    """All answers are those that the loader asks for, not its whole dataset"""
    network, loader = _answers(labels=[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2], right=[1, 1, 0, 0] * 2 + [1] * 3)
    dataset = make("torch.utils.data.TensorDataset", *loader.args)
    yield case(network, make("torch.utils.data.DataLoader", dataset, batch_size=4, drop_last=True))


@check(evaluate, points=0.25, counts_with=one_batch)
def batches_are_moved_for_evaluation(draw):
    """Images and labels are moved to the device before they are used"""
    network, loader = _answers(labels=[0, 0, 1, 1], right=[1, 0, 1, 0])
    loader = make(batches_on_another_device, images=loader.args[0], labels=loader.args[1], batch_size=4)
    yield case(network, loader, device=THE_DEVICE)


@check(
    evaluate,
    points=0.5,
    ask=call(report=["after"], watch=["model.mode during the call"]),
    counts_with=one_batch,
)
def evaluates_in_eval_mode(draw):
    """The model is in eval mode while it answers"""
    yield case(*_epoch(draw))


@check(
    evaluate,
    points=0.25,
    ask=call(report=["after"], watch=["model.gradients during the call"]),
    counts_with=one_batch,
)
def needs_no_gradients(draw):
    """Gradients are switched off while it evaluates"""
    yield case(*_epoch(draw))


@check(evaluate, points=0.5, ask=changed, compare=unchanged(), counts_with=one_batch)
def leaves_the_model_as_it_was(draw):
    """Afterwards all is as before: the mode, the weights, the gradient flags"""
    network, loader = _epoch(draw, 5)
    batches = make(list_of_batches, images=loader.args[0], labels=loader.args[1], batch_size=3)
    yield case(network, batches)
    yield case(make("evaluating", make("partly_frozen", network, ["2.weight"])), batches)


def _answers(labels, right):
    """A network that answers with the label where `right` is 1, and a loader in batches of 4."""
    labels = np.array(labels)
    rows = np.tile(np.array([0.5, 0.6, 0.7], np.float32), (len(labels), 1))
    rows[np.arange(len(labels)), np.where(right, labels, (labels + 1) % 3)] += 5
    return _scores(rows, labels)


def _scores(rows, labels):
    """A network whose logits are in the order of these rows, whatever its weights, and a loader in batches of 4."""
    images = np.array(rows, np.float32)[:, None, None]  # (N, 1, 1, 3)
    network = make("torch.nn.Sequential", make("torch.nn.Flatten"), make("torch.nn.PReLU"))
    return network, make("loader", images, np.array(labels), batch_size=4)


wrong = mistakes(
    evaluate,
    """
    mean_of_batch_accuracies: The last batch may be smaller: count right answers over all batches and divide once at the
        end.
        hits.sum().item() -> hits.float().mean().item()
        count += len(labels) -> count += 1
    counts_instead_of_a_fraction: The result is the number of right answers; the accuracy is that number divided by the
        number of samples.
        right / count -> float(right)
    percent: The accuracy is a fraction between 0 and 1, not a percentage.
        right / count -> 100 * right / count
    divides_by_batches: len(loader) is the number of batches; the accuracy divides by the number of samples.
        right / count -> right / len(loader)
    stays_in_training_mode: Without model.eval(), dropout is active and BatchNorm uses the statistics of the batch.
        model.eval() ->
    records_gradients: Evaluation needs no gradients: torch.no_grad() around it saves memory and time.
        torch.no_grad() -> torch.enable_grad()
    gradients_off_for_good: torch.set_grad_enabled(False) holds until it is switched on again, so the next epoch could
        not train: `with torch.no_grad():` ends where its block ends.
        return right / count -> torch.set_grad_enabled(False); return right / count
    rounded_accuracy: Round where you print, not where you compute: the result is the whole fraction.
        right / count -> round(right / count, 2)
    leaves_eval_mode_on: The model comes back in eval mode, so the next epoch would train without dropout; put it back
        into its mode.
        model.train(training) ->
    always_ends_in_training_mode: The model ends in training mode even if it came in eval mode; remember model.training
        and restore that.
        model.train(training) -> model.train()
    answers_of_the_whole_dataset: Count the answers that the loader gives: with a sampler or drop_last it gives fewer
        than len(loader.dataset).
        right / count -> right / len(loader.dataset)
    batch_axis_squeezed: squeeze() without an axis takes away every axis of length 1, also the batch axis of a batch
        with a single image.
        model(images.to(device)).argmax(1) -> model(images.to(device)).squeeze().argmax(1)
    evaluates_where_the_batch_is: The batch may be on another device than the model: move images and labels to `device`;
        .to(device) returns the moved tensor and leaves the old one where it is.
        images.to(device) -> images
        labels.to(device) -> labels
    freezes_the_model: The model comes back with its weights frozen, so the next epoch could not train; torch.no_grad()
        needs no change of requires_grad.
        model.eval() -> model.eval().requires_grad_(False)
    compares_all_pairs: Answers (N, 1) and labels (N,) broadcast to N × N comparisons: give both the shape (N,), without
        keepdim=True.
        model(images.to(device)).argmax(1) -> model(images.to(device)).argmax(1, keepdim=True)
    largest_magnitude: The answer is the class with the largest logit, and logits may be negative: take no absolute
        values.
        model(images.to(device)).argmax(1) -> model(images.to(device)).abs().argmax(1)
    first_batch_only: Only the first batch counts. Go through the whole loader, and divide after the loop: a return
        inside of it would end it.
        count += len(labels) -> count += len(labels); break
    last_batch_only: Only the last batch counts: add up right answers and samples over all batches, with +=.
        right += hits.sum().item() -> right = hits.sum().item()
        count += len(labels) -> count = len(labels)
    error_for_accuracy: The accuracy is the share of right answers; this is the share of wrong ones.
        right / count -> 1 - right / count
    smallest_logit_wins: The answer is the class with the largest logit, not with the smallest.
        model(images.to(device)).argmax(1) -> model(images.to(device)).argmin(1)
    largest_over_the_batch: Axis 0 counts the images and axis 1 the classes: the largest logit of each image is found
        along axis 1.
        model(images.to(device)).argmax(1) -> model(images.to(device)).argmax(0)
    full_batches_assumed: The last batch may be smaller than batch_size: count the labels of each batch.
        right / count -> right / (len(loader) * loader.batch_size)
    smaller_batches_not_counted: A batch that is smaller than the others is evaluated and counted like them.
        loader -> as_large_as_the_first(loader)
    """,
)
