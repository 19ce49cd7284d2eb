"""evaluate."""

import torch

from autograder.author import call, case, check, make, misconception, reference

from .shared import _epoch


@reference(points=3)
@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    """What must not happen to a model that is only looked at?

    Remember its mode, switch to eval mode, and record no gradients. Count right answers and all answers over every
    batch, divide once at the end, and give the model its mode back.

    In the chapter: the evaluation after each epoch. In the documentation: torch.nn.Module.eval and torch.no_grad.
    """
    training = model.training
    model.eval()
    right = count = 0
    for images, labels in loader:
        right += (model(images.to(device)).argmax(1) == labels.to(device)).sum().item()
        count += len(labels)
    model.train(training)
    return right / count


@check(evaluate, points=1)
def fraction_of_right_answers(draw):
    """The accuracy is right answers / all answers, in batches of any size"""
    for count in 10, 11:
        yield case(*_epoch(draw, count))


@check(
    evaluate,
    points=1,
    ask=call(report=["after"], watch=["model.seen in training mode"]),
    counts_with=fraction_of_right_answers,
)
def evaluates_in_eval_mode(draw):
    """The model is in eval mode while it answers"""
    yield case(*_epoch(draw))


@check(
    evaluate,
    points=0.5,
    ask=call(report=["after"], watch=["model.seen with gradients", "model.gradients are on"]),
    counts_with=fraction_of_right_answers,
)
def needs_no_gradients(draw):
    """Gradients are switched off while it evaluates, and only then"""
    yield case(*_epoch(draw))


@check(
    evaluate,
    points=0.5,
    ask=call(report=["after"], watch=["model.training"]),
    needs=evaluates_in_eval_mode,
    counts_with=fraction_of_right_answers,
)
def restores_the_mode(draw):
    """Afterwards the model is in the mode in which it came"""
    network, loader = _epoch(draw)
    yield case(network, loader)
    yield case(make("evaluating", network), loader)


def _accuracy(model, loader):
    pairs = [(model(images).argmax(1), labels) for images, labels in loader]
    return sum((guess == labels).sum().item() for guess, labels in pairs) / len(loader.dataset)


@misconception(evaluate)
@torch.no_grad()
def mean_of_batch_accuracies(model, loader, device="cpu"):
    """The last batch may be smaller: count right answers over all batches and divide once at the end."""
    training = model.training
    model.eval()
    shares = [(model(images).argmax(1) == labels).float().mean().item() for images, labels in loader]
    model.train(training)
    return sum(shares) / len(shares)


@misconception(evaluate)
def counts_instead_of_a_fraction(model, loader, device="cpu"):
    """The result is the number of right answers; the accuracy is that number divided by the number of samples."""
    return evaluate(model, loader) * len(loader.dataset)


@misconception(evaluate)
def percent(model, loader, device="cpu"):
    """The accuracy is a fraction between 0 and 1, not a percentage."""
    return evaluate(model, loader) * 100


@misconception(evaluate)
def divides_by_batches(model, loader, device="cpu"):
    """len(loader) is the number of batches; the accuracy divides by the number of samples."""
    return evaluate(model, loader) * len(loader.dataset) / len(loader)


@misconception(evaluate)
@torch.no_grad()
def stays_in_training_mode(model, loader, device="cpu"):
    """Without model.eval(), dropout is active and BatchNorm uses the statistics of the batch."""
    return _accuracy(model, loader)


@misconception(evaluate)
def records_gradients(model, loader, device="cpu"):
    """Evaluation needs no gradients: torch.no_grad() around it saves memory and time."""
    training = model.training
    model.eval()
    accuracy = _accuracy(model, loader)
    model.train(training)
    return accuracy


@misconception(evaluate)
def gradients_off_for_good(model, loader, device="cpu"):
    """torch.set_grad_enabled(False) holds until it is switched on again, so the next epoch could not train: `with
    torch.no_grad():` ends where its block ends."""
    accuracy = evaluate(model, loader)
    torch.set_grad_enabled(False)
    return accuracy


@misconception(evaluate)
def rounded_accuracy(model, loader, device="cpu"):
    """Round where you print, not where you compute: the result is the whole fraction."""
    return round(evaluate(model, loader), 2)


@misconception(evaluate)
@torch.no_grad()
def leaves_eval_mode_on(model, loader, device="cpu"):
    """The model comes back in eval mode, so the next epoch would train without dropout; put it back into its mode."""
    model.eval()
    return _accuracy(model, loader)


@misconception(evaluate)
@torch.no_grad()
def always_ends_in_training_mode(model, loader, device="cpu"):
    """The model ends in training mode even if it came in eval mode; remember model.training and restore that."""
    model.eval()
    accuracy = _accuracy(model, loader)
    model.train()
    return accuracy
