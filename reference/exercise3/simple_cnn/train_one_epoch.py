"""train_one_epoch."""

import torch.nn.functional as F  # noqa: F401 - in the words of a mistake

from autograder.author import call, case, check, make, matches, mistakes, reference

from .shared import _epoch


@reference(points=3)
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    """What happens to each batch, from the images to the moved weights, and in which order?

    Put the model into training mode; then for each batch: logits, loss, gradients cleared, gradients computed, one
    step. The loss is a mean over its batch, so weigh it by the size of the batch before you divide by all samples.

    In the chapter: the training loop. In PyTorch's tutorials: Optimizing Model Parameters.
    """
    model.train()
    total = count = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    return total / count


@check(train_one_epoch, points=1, compare=matches(rtol=1e-4))
def mean_loss_per_sample(draw):
    """The result is the mean loss of all samples, in batches of any size"""
    for criterion in make("torch.nn.CrossEntropyLoss"), make("torch.nn.MultiMarginLoss"):
        network, loader = _epoch(draw)
        yield case(network, loader, make("descent", network, lr=0.1), criterion)


@check(train_one_epoch, points=1.5, ask=call(report=["after"], watch=["model.weights"]), compare=matches(rtol=1e-4))
def one_step_per_batch(draw):
    """Each batch moves the weights once, by its own gradient"""
    network, loader = _epoch(draw)
    arguments = (network, loader, make("descent", network, lr=0.5), make("torch.nn.CrossEntropyLoss"))
    yield case(*arguments)


@check(
    train_one_epoch,
    points=0.5,
    ask=call(report=["after"], watch=["model.seen in training mode"]),
    counts_with=(one_step_per_batch, mean_loss_per_sample),
)
def trains_in_training_mode(draw):
    """The model is in training mode, whatever it was in before"""
    network, loader = _epoch(draw)
    network = make("evaluating", network)
    arguments = (network, loader, make("descent", network, lr=0.1), make("torch.nn.CrossEntropyLoss"))
    yield case(*arguments)


wrong = mistakes(
    train_one_epoch,
    """
    mean_of_batch_means: The last batch may be smaller: weight each batch's loss by its number of samples before
        dividing.
        loss.item() * len(labels) -> loss.item()
        count += len(labels) -> count += 1
    sum_of_losses: The losses of the batches are added up but not divided, so the result grows with the number of
        batches.
        loss.item() * len(labels) -> loss.item()
        total / count -> total
    loss_of_the_last_batch: The result is the loss of the last batch only; the epoch's mean takes every batch.
        total / count -> loss.item()
    criterion_not_used: Which loss is trained is for the caller to choose: criterion comes as an argument, and is not
        always the cross-entropy.
        criterion(model(images), labels) -> F.cross_entropy(model(images), labels)
    divides_sums_by_samples: The criterion already gives the mean of a batch: multiply by the batch's size before
        dividing by all samples.
        loss.item() * len(labels) -> loss.item()
    gradients_pile_up: backward() adds to the gradients that are there: optimizer.zero_grad() clears them before each
        batch.
        optimizer.zero_grad() ->
    weights_never_move: No weight moves in the whole epoch: backward() computes the gradients, then optimizer.step()
        moves the weights by them, and optimizer.zero_grad() must not clear them in between.
        optimizer.step() ->
    mode_is_left_to_chance: model.train() comes first: after an evaluation the model would still be in eval mode.
        model.train() ->
    """,
)
