"""evaluate."""

import torch

from autograder.author import call, case, check, make, mistakes, reference

from .shared import _epoch


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
    """,
)
