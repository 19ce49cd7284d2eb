"""train_denoiser."""

import torch
import torch.nn.functional as F

from autograder.author import (
    call,
    case,
    changed,
    check,
    make,
    matches,
    mistakes,
    numbers_only,
    parts_differ,
    reference,
    same_moments,
    unchanged,
)

from ..judging.values import counts
from ..probes.builders import InputRecorder, constant, list_of_batches
from ..probes.trainings import noisy_inputs

SAME = "two batches get the same noise: draw it anew for each batch, inside the loop"


@reference(points=3, seconds=30)
def train_denoiser(model, loader, epochs, lr, noise_factor=0.5):
    """Which images does the model get, and which ones should come out?

    In each batch draw noise of the shape of the images, add it times noise_factor, and clamp to [0, 1]. The model gets
    the noisy images; the loss compares what it gives with the clean ones. Weight each loss by the size of its batch.

    In the chapter: training the denoiser. In the documentation: torch.randn_like and torch.clamp.
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    history = []
    for _ in range(epochs):
        total = count = 0
        for images, _labels in loader:
            noise = torch.randn_like(images)
            noisy = (images + noise_factor * noise).clamp(0, 1)
            loss = F.mse_loss(model(noisy), images)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
            count += len(images)
        history.append(total / count)
    return history


def small(draw):
    """A small denoiser; spy records in which mode it was called."""
    network = make("torch.nn.Sequential", make("spy"), make("torch.nn.Conv2d", 1, 1, 3, padding=1))
    return make("weighted", network, draw.seed())


def loader(draw, count, batch_size=4, low=0.0, high=1.0):
    images = draw.uniform(count, 1, 4, 5, low=low, high=high)
    images[-1] *= 0.1  # the last batch has another loss
    return make("loader", images, draw.integers(0, 9, count), batch_size=batch_size)


def scaling(weight=1.0, bias=0.0):
    """A denoiser that gives weight · input + bias; by default its loss is what the noise has changed."""
    return make(constant, make("torch.nn.Conv2d", 1, 1, 1), weight=weight, bias=bias)


def flat_images(value, batches=1):
    """A loader of images (32, 1, 32, 32) that have this value everywhere."""
    images, labels = make("torch.full", (32, 1, 32, 32), value), make("torch.zeros", 32)
    return [(images, labels)] * batches


@check(
    train_denoiser,
    points=0.25,
    ask=numbers_only,
    compare=counts,
    counts_with=lambda: loss_without_noise,
    training=True,
)
def a_loss_for_each_epoch(draw):
    """There is a loss for each epoch"""
    for epochs in 1, 3:
        yield case(small(draw), loader(draw, 4), epochs, 0.01)


@check(train_denoiser, points=0.5, compare=matches(rtol=1e-3), training=True)
def loss_without_noise(draw):
    """Without noise the loss is the mean squared error per sample"""
    yield case(small(draw), loader(draw, 4), 1, 0.0, 0.0)
    yield case(small(draw), loader(draw, 9), epochs=3, lr=0.05, noise_factor=0.0)


@check(
    train_denoiser,
    points=0.5,
    ask=call(report=["after"], watch=["model.weights"]),
    compare=matches(rtol=1e-3),
    training=True,
)
def steps_of_adam(draw):
    """Each batch moves the weights by one step of Adam with this lr"""
    yield case(small(draw), loader(draw, 4), 1, 0.05, 0.0)
    yield case(small(draw), loader(draw, 10), 3, lr=0.02, noise_factor=0.0)


@check(train_denoiser, points=0.5, compare=matches(rtol=0.1), training=True)
def target_is_clean(draw):
    """The model gets noisy images, and the target is the clean images"""
    yield case(scaling(), flat_images(0.5), 1, 0.0, noise_factor=0.1)
    yield case(scaling(2.0, -0.5), flat_images(0.5), 1, 0.0, noise_factor=0.05)


@check(train_denoiser, points=0.25, compare=matches(rtol=0.1), training=True)
def noisy_images_are_limited(draw):
    """Noisy images are limited to [0, 1]; by default noise_factor is 0.5"""
    for value in 0.0, 1.0:
        yield case(scaling(), flat_images(value), 1, 0.0, 0.1)
    yield case(scaling(), flat_images(0.5), 1, 0.0)


@check(
    train_denoiser,
    points=0.25,
    ask=noisy_inputs(first=True),
    compare=same_moments(rtol=0.1),
    needs=target_is_clean,
    counts_with=target_is_clean,
    training=True,
)
def noise_is_gaussian(draw):
    """The noise is normal, with standard deviation noise_factor"""
    yield case(make(InputRecorder), flat_images(0.5), 1, 0.0, 0.1)


@check(
    train_denoiser,
    points=0.25,
    ask=noisy_inputs,
    compare=parts_differ(why=SAME),
    needs=target_is_clean,
    counts_with=target_is_clean,
    training=True,
)
def noise_is_drawn_anew(draw):
    """Each batch gets new noise, in every epoch"""
    images = make("torch.full", (2, 1, 8, 9), 0.5)
    yield case(make(InputRecorder), [(images, make("torch.zeros", 2))] * 2, 2, 0.0, 0.1)


@check(
    train_denoiser,
    points=0.25,
    ask=call(report=["after"], watch=["model.mode during the call"]),
    counts_with=loss_without_noise,
    training=True,
)
def denoises_in_training_mode(draw):
    """The model is in training mode, whatever it was in before"""
    yield case(make("evaluating", small(draw)), loader(draw, 4), 2, 0.01)


@check(
    train_denoiser,
    points=0.25,
    ask=changed(but=("random state",)),
    compare=unchanged(),
    counts_with=loss_without_noise,
    training=True,
)
def clean_images_stay(draw):
    """The images of the loader stay as they are"""
    images, labels = draw.uniform(5, 1, 4, 3), draw.integers(0, 9, 5)
    batches = make(list_of_batches, images=images, labels=labels, batch_size=3)
    yield case(make("evaluating", small(draw)), batches, 1, 0.01, 0.1)


wrong = mistakes(
    train_denoiser,
    """
    target_is_noisy: The target is the clean images: compared with its own input, the model learns to keep the noise.
        F.mse_loss(model(noisy), images) -> F.mse_loss(model(noisy), noisy)
    clean_images_in: The model gets the noisy images; with clean ones it has nothing to remove.
        model(noisy) -> model(images)
    learns_the_noise: The target is the clean images, not the noise that was added.
        F.mse_loss(model(noisy), images) -> F.mse_loss(model(noisy), noise_factor * noise)
    uniform_noise: torch.rand_like draws from 0 to 1 and makes all images brighter: Gaussian noise is randn.
        torch.randn_like(images) -> torch.rand_like(images)
    noise_of_half_the_time: rand − 0.5 has mean 0, but is uniform and weaker than Gaussian noise: use randn.
        torch.randn_like(images) -> torch.rand_like(images) - 0.5
    uniform_noise_of_variance_1: Mean 0 and standard deviation 1 are right, but the noise is not normal: use randn.
        torch.randn_like(images) -> (torch.rand_like(images) - 0.5) * 12**0.5
    noise_not_limited: Images lie in [0, 1], so the noisy ones are clamped to it.
        (images + noise_factor * noise).clamp(0, 1) -> (images + noise_factor * noise)
    limited_from_minus_one: Images lie in [0, 1]: clamp(0, 1), not clamp(-1, 1).
        (images + noise_factor * noise).clamp(0, 1) -> (images + noise_factor * noise).clamp(-1, 1)
    noise_factor_not_used: The noise is multiplied by noise_factor.
        noise_factor * noise -> noise
    noise_factor_always_one_half: noise_factor is an argument, and 0.5 is only its default.
        noise_factor * noise -> 0.5 * noise
    noise_factor_as_variance: noise_factor is the standard deviation of the noise, not its variance.
        noise_factor * noise -> noise_factor**0.5 * noise
    same_noise_in_all_batches: A generator that is seeded in each batch draws the same noise each time: draw anew.
        torch.randn_like(images) -> torch.randn(images.shape, generator=torch.Generator().manual_seed(0))
    same_noise_for_all_images: Each image gets noise of its own, of the shape of the whole batch.
        torch.randn_like(images) -> torch.randn_like(images[:1])
    mean_of_the_batches: The last batch may be smaller: weight each batch's loss by its number of images.
        loss.item() * len(images) -> loss.item()
        count += len(images) -> count += 1
    sum_of_the_losses: The losses of an epoch are divided by the number of images.
        total / count -> total
    epochs_not_separated: Each epoch has a mean of its own: begin with 0 in each one.
        total = count = 0 ->
        history = [] -> history = []; total = count = 0
    last_epoch_only: The result is the list of all epochs, here only the last one.
        return history -> return history[-1]
    absolute_error: The loss is the mean squared error; F.l1_loss is the mean absolute one.
        F.mse_loss -> F.l1_loss
    gradients_of_all_batches: backward() adds to the gradients that are there: optimizer.zero_grad() in each batch.
        optimizer.zero_grad() ->
    denoiser_never_moves: optimizer.step() moves the weights; here nothing is learned.
        optimizer.step() ->
    optimizer_in_each_epoch: Adam remembers the gradients so far: make the optimizer once, before the loop.
        total = count = 0 -> total = count = 0; optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    sgd_for_the_denoiser: The optimizer is Adam, not SGD.
        torch.optim.Adam -> torch.optim.SGD
    learning_rate_not_used: lr is an argument: without it Adam takes 0.001.
        lr=lr ->
    denoiser_mode_not_set: model.train() comes first: the model may come in eval mode.
        model.train() ->
    noise_added_in_place: images += … changes the clean images, which are the target and come again in the next epoch.
        noisy = (images + noise_factor * noise).clamp(0, 1) -> noisy = images.add_(noise_factor * noise).clamp_(0, 1)
    """,
)
