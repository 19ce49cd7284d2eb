"""train_one_epoch."""

import torch.nn.functional as F  # noqa: F401 - in the words of a mistake

from autograder.author import call, case, changed, check, make, matches, mistakes, numbers_only, reference, unchanged

from ..probes.batches import THE_DEVICE, batches_on_another_device, list_of_batches
from .shared import _epoch, as_large_as_the_first  # noqa: F401 - in the words of a mistake


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


@check(train_one_epoch, points=0.25, compare=matches(rtol=1e-4))
def loss_of_one_batch(draw):
    """With one batch the result is its loss"""
    network, loader = _epoch(draw, 4)
    yield case(network, loader, make("descent", network, lr=0.0), make("torch.nn.CrossEntropyLoss"))


@check(train_one_epoch, points=0.5, compare=matches(rtol=1e-4))
def mean_loss_per_sample(draw):
    """The result is the mean loss of all samples, in batches of any size"""
    for criterion in make("torch.nn.CrossEntropyLoss"), make("torch.nn.MultiMarginLoss"):
        network, loader = _epoch(draw)
        yield case(network, loader, make("descent", network, lr=0.0), criterion)


@check(train_one_epoch, points=0.5, ask=call(report=["after"], watch=["model.weights"]), compare=matches(rtol=1e-4))
def one_step_per_batch(draw):
    """Each batch moves the weights once, by its own gradient"""
    network, loader = _epoch(draw, scale=3.0)
    arguments = (network, loader, make("descent", network, lr=0.5), make("torch.nn.CrossEntropyLoss"))
    yield case(*arguments)


@check(train_one_epoch, points=0.25, compare=matches(rtol=1e-4), needs=one_step_per_batch)
def loss_before_the_step(draw):
    """The loss of a batch is the one before its step"""
    network, loader = _epoch(draw, 8)  # two batches of 4: how the mean weighs them is for another check
    yield case(network, loader, make("descent", network, lr=0.1), make("torch.nn.CrossEntropyLoss"))


@check(train_one_epoch, points=0.25, ask=numbers_only, compare=matches(rtol=1e9), counts_with=loss_of_one_batch)
def loss_without_its_graph(draw):
    """The result is a number, not a tensor that keeps its graph in memory"""
    network, loader = _epoch(draw, 4)
    yield case(network, loader, make("descent", network, lr=0.0), make("torch.nn.CrossEntropyLoss"))


@check(train_one_epoch, points=0.25, compare=matches(rtol=1e-4), counts_with=loss_of_one_batch)
def samples_that_the_loader_gives(draw):
    """All samples are those that the loader gives, not its whole dataset"""
    network, loader = _epoch(draw, 11)
    dataset = make("torch.utils.data.TensorDataset", *loader.args)
    loader = make("torch.utils.data.DataLoader", dataset, batch_size=4, drop_last=True)
    yield case(network, loader, make("descent", network, lr=0.0), make("torch.nn.CrossEntropyLoss"))


@check(
    train_one_epoch,
    points=0.25,
    ask=call(report=["after"], watch=["model.mode during the call"]),
    counts_with=loss_of_one_batch,
)
def batches_are_moved_for_training(draw):
    """Images and labels are moved to the device before they are used"""
    network, loader = _epoch(draw, 4)
    loader = make(batches_on_another_device, images=loader.args[0], labels=loader.args[1], batch_size=4)
    optimizer = make("descent", network, lr=0.0)
    yield case(network, loader, optimizer, make("torch.nn.CrossEntropyLoss"), device=THE_DEVICE)


@check(
    train_one_epoch,
    points=0.5,
    ask=call(report=["after"], watch=["model.mode during the call"]),
    counts_with=loss_of_one_batch,
)
def trains_in_training_mode(draw):
    """The model is in training mode, whatever it was in before"""
    network, loader = _epoch(draw)
    network = make("evaluating", network)
    arguments = (network, loader, make("descent", network, lr=0.1), make("torch.nn.CrossEntropyLoss"))
    yield case(*arguments)


@check(train_one_epoch, points=0.25, ask=changed, compare=unchanged(), counts_with=loss_of_one_batch)
def changes_only_the_model(draw):
    """Images, labels and the random state stay as they are"""
    network, loader = _epoch(draw, 5)
    network = make("evaluating", network)  # this is there to change
    batches = make(list_of_batches, images=loader.args[0] + 1, labels=loader.args[1], batch_size=3)
    yield case(network, batches, make("descent", network, lr=0.1), make("torch.nn.CrossEntropyLoss"))


wrong = mistakes(
    train_one_epoch,
    """
    loss_with_its_graph: A loss is a tensor with the graph of its step, which stays in memory as long as the tensor:
        loss.item() is the number.
        loss.item() -> loss
    two_epochs: One call is one epoch: each batch comes once.
        loader -> [*loader, *loader]
    mean_of_batch_means: The last batch may be smaller: weight each batch's loss by its number of samples before
        dividing.
        loss.item() * len(labels) -> loss.item()
        count += len(labels) -> count += 1
    sum_of_losses: The losses of the batches are added up but not divided, so the result grows with the number of
        batches.
        loss.item() * len(labels) -> loss.item()
        total / count -> total
    sum_over_all_samples: The losses of all samples are added up but not divided: the result is their mean.
        total / count -> total
    softmax_before_the_criterion: nn.CrossEntropyLoss applies the softmax itself: give the criterion the logits as they
        come out of the model.
        criterion(model(images), labels) -> criterion(model(images).softmax(1), labels)
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
    loss_after_the_step: The loss of a batch is computed once, before its step: a second forward pass gives the loss of
        weights that have already moved.
        optimizer.step() -> optimizer.step(); loss = criterion(model(images), labels)
    mean_of_the_whole_dataset: Divide by the samples that the loader gives: with a sampler or drop_last it gives fewer
        than len(loader.dataset).
        total / count -> total / len(loader.dataset)
    trains_where_the_batch_is: The batch may be on another device than the model: move images and labels to `device`;
        .to(device) returns the moved tensor and leaves the old one where it is.
        images, labels = images.to(device), labels.to(device) ->
    images_changed_in_place: The images belong to the loader, which gives them again in the next epoch: compute new ones
        instead of changing them in place.
        images, labels = images.to(device), labels.to(device) -> images -= images.mean()
    one_step_for_the_epoch: The weights move after each batch, not once at the end: optimizer.zero_grad() and
        optimizer.step() belong into the loop.
        total = count = 0 -> optimizer.zero_grad(); total = count = 0
        optimizer.zero_grad() ->
        optimizer.step() ->
        return total / count -> optimizer.step(); return total / count
    labels_before_the_logits: A criterion takes the model's logits first and the labels second.
        criterion(model(images), labels) -> criterion(labels, model(images))
    moving_average_of_the_losses: The result is the mean over all samples; a moving average lets the last batches count
        for more.
        total += loss.item() * len(labels) -> total = 0.9 * total + 0.1 * loss.item() if count else loss.item()
        total / count -> total
    one_batch_only: Only the first batch is trained. Go through the whole loader, and divide after the loop: a return
        inside of it would end it.
        count += len(labels) -> count += len(labels); break
    full_batches_weighed: The last batch may be smaller than batch_size: weigh each loss by the labels of its own batch.
        loss.item() * len(labels) -> loss.item() * loader.batch_size
    smaller_batches_skipped: A batch that is smaller than the others is trained and counted like them.
        loader -> as_large_as_the_first(loader)
    """,
)
