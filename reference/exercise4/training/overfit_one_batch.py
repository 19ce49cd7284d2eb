"""overfit_one_batch."""

import torch
import torch.nn.functional as F

from autograder.author import call, case, changed, check, make, matches, mistakes, numbers_only, reference, unchanged

from ..judging.values import counts
from .shared import classifier, samples


@reference(points=2.25, seconds=30)
def overfit_one_batch(model, images, labels, steps):
    """What is a step, from the images to the moved weights?

    Make one optimizer before the loop. In each step: logits, loss, gradients cleared, gradients computed, weights
    moved. Note the loss as a float.

    In the chapter: the first test of a training loop. In the documentation: torch.optim.Adam.
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    model.train()
    losses = []
    for _ in range(steps):
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@check(overfit_one_batch, points=0.25, ask=numbers_only, compare=counts, counts_with=lambda: first_loss, training=True)
def a_loss_for_each_step(draw):
    """There is a loss for each step"""
    for steps in 1, 4:
        yield case(classifier(draw), *samples(draw, 5), steps)


@check(overfit_one_batch, points=0.5, compare=matches(rtol=1e-4), training=True)
def first_loss(draw):
    """The first loss is the cross-entropy before any step"""
    yield case(classifier(draw), *samples(draw, 6), 1)
    yield case(classifier(draw), *samples(draw, 4, scale=3.0), steps=1)


@check(overfit_one_batch, points=0.5, compare=matches(rtol=1e-3), training=True)
def losses_of_adam(draw):
    """The losses are those of Adam with the learning rate 0.01"""
    yield case(classifier(draw), *samples(draw, 6), 8)


@check(
    overfit_one_batch,
    points=0.5,
    ask=call(report=["after"], watch=["model.weights"]),
    compare=matches(rtol=1e-4),  # AdamW is off by 5e-4 after six steps, right work by 1e-6
    training=True,
)
def weights_after_the_steps(draw):
    """Each step moves the weights once, by its own gradient"""
    yield case(classifier(draw), *samples(draw, 6), 1)
    yield case(classifier(draw), *samples(draw, 5, scale=2.0), 6)


@check(
    overfit_one_batch,
    points=0.25,
    ask=call(report=["after"], watch=["model.mode during the call"]),
    counts_with=first_loss,
    training=True,
)
def overfits_in_training_mode(draw):
    """The model is in training mode, whatever it was in before"""
    yield case(make("evaluating", classifier(draw)), *samples(draw, 5), 2)


@check(overfit_one_batch, points=0.25, ask=changed, compare=unchanged(), counts_with=first_loss, training=True)
def batch_and_random_state_stay(draw):
    """Images, labels and the random state stay as they are"""
    images, labels = samples(draw, 5)
    yield case(make("evaluating", classifier(draw)), images + 1, labels, 2)


wrong = mistakes(
    overfit_one_batch,
    """
    new_optimizer_in_each_step: Adam remembers the gradients so far: make the optimizer once, before the loop.
        optimizer.zero_grad() -> optimizer = torch.optim.Adam(model.parameters(), lr=0.01); optimizer.zero_grad()
    gradients_add_up: backward() adds to the gradients that are there: optimizer.zero_grad() clears them in each step.
        optimizer.zero_grad() ->
    no_step: No weight moves: backward() computes the gradients, then optimizer.step() moves the weights by them, and
        optimizer.zero_grad() must not clear them in between.
        optimizer.step() ->
    sgd_for_adam: The optimizer is Adam; plain SGD needs other learning rates.
        torch.optim.Adam -> torch.optim.SGD
    adamw_for_adam: AdamW also shrinks the weights in each step; the optimizer is Adam.
        torch.optim.Adam -> torch.optim.AdamW
    default_learning_rate: The learning rate is 0.01; without lr Adam takes 0.001.
        lr=0.01 ->
    softmax_before_the_loss: F.cross_entropy applies the softmax itself: give it the logits.
        F.cross_entropy(model(images), labels) -> F.cross_entropy(model(images).softmax(1), labels)
    summed_loss: The cross-entropy of a batch is the mean over its images.
        F.cross_entropy(model(images), labels) -> F.cross_entropy(model(images), labels, reduction="sum")
    loss_after_its_step: The loss of a step is the one before the weights move.
        losses.append(loss.item()) -> losses.append(F.cross_entropy(model(images), labels).item())
    losses_with_their_graphs: A loss is a tensor with the graph of its step: loss.item() is the number.
        loss.item() -> loss
    last_loss_only: The result is the list of all losses, here only the last one.
        return losses -> return losses[-1]
    one_step_less: There are `steps` steps, here one less.
        range(steps) -> range(steps - 1)
    mode_left_as_it_is: model.train() comes first: the model may come in eval mode.
        model.train() ->
    images_scaled_in_place: The images belong to the caller: compute new ones instead of changing them in place.
        model.train() -> model.train(); images /= images.abs().max()
    seed_before_the_steps: torch.manual_seed changes the random numbers of the whole program; nothing here is random.
        model.train() -> model.train(); torch.manual_seed(0)
    """,
)
