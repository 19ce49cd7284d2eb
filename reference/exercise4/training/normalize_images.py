"""normalize_images."""

import torch

from autograder.author import case, changed, check, matches, mistakes, reference, unchanged


@reference(points=1.25)
def normalize_images(images, mean, std):
    """Which axis counts the channels, and which shape makes (C,) numbers fit it?

    Make tensors of mean and std and give them the shape (C, 1, 1), so that each number belongs to one channel. Subtract
    first, then divide.

    In the documentation: broadcasting semantics, and torchvision.transforms.Normalize.
    """
    shape = (-1, 1, 1)
    means = torch.tensor(mean).reshape(shape)
    stds = torch.tensor(std).reshape(shape)
    return (images - means) / stds


def numbers(draw, channels):
    """A mean and a standard deviation for each channel, as a list and a tuple."""
    return [0.25 + 0.5 * one for one in draw.permutation(channels).tolist()], tuple(
        0.5 + one for one in draw.permutation(channels).tolist()
    )


@check(normalize_images, points=0.25, compare=matches(rtol=1e-4))
def one_channel(draw):
    """With one channel: minus the mean, divided by std"""
    yield case(draw.uniform(2, 1, 4, 3), [0.25], (0.5,))
    yield case(draw.uniform(1, 1, 2, 5), [-0.75], (2.5,))


@check(normalize_images, points=0.5, compare=matches(rtol=1e-4))
def each_channel_by_its_own(draw):
    """Each channel has its own mean and std"""
    for shape in (2, 3, 4, 5), (4, 3, 2, 3), (1, 2, 3, 1):
        yield case(draw.uniform(*shape), *numbers(draw, shape[1]))


@check(normalize_images, points=0.25, compare=matches(rtol=1e-4))
def whole_numbers(draw):
    """mean and std may be whole numbers"""
    yield case(draw.uniform(2, 3, 2, 4), (1, 2, 3), [4, 1, 2])


@check(normalize_images, points=0.25, ask=changed, compare=unchanged(), counts_with=one_channel)
def normalizing_leaves_arguments(draw):
    """The images, mean and std stay as they are"""
    yield case(draw.uniform(2, 2, 3, 4), [0.5, 0.25], [0.5, 2.0])


wrong = mistakes(
    normalize_images,
    """
    channels_along_the_width: Numbers of shape (C,) fit the last axis, the width: (C, 1, 1) fits the channels.
        torch.tensor(mean).reshape(shape) -> torch.tensor(mean)
        torch.tensor(std).reshape(shape) -> torch.tensor(std)
    channels_along_the_batch: The shape (C, 1, 1, 1) fits the batch: the channels need (C, 1, 1).
        shape = (-1, 1, 1) -> shape = (-1, 1, 1, 1)
    multiplied_by_std: The deviation from the mean is divided by std.
        (images - means) / stds -> (images - means) * stds
    divided_first: The mean is subtracted first; then comes the division by std.
        (images - means) / stds -> images / stds - means
    mean_added: The mean is subtracted, so that the values lie around 0.
        images - means -> images + means
    std_not_used: After the mean is subtracted, divide by std.
        (images - means) / stds -> images - means
    statistics_of_these_images: mean and std are arguments, the numbers of the training set: use them, not those of
        these images.
        torch.tensor(mean).reshape(shape) -> images.mean((0, 2, 3)).reshape(shape)
        torch.tensor(std).reshape(shape) -> images.std((0, 2, 3)).reshape(shape)
    first_channel_for_all: Each channel has its own mean and std; here those of the first are taken for all.
        torch.tensor(mean).reshape(shape) -> torch.tensor(mean[0])
        torch.tensor(std).reshape(shape) -> torch.tensor(std[0])
    normalized_in_place: This changes the images of the caller, as images -= … would: compute new ones.
        (images - means) -> images.sub_(means)
    """,
)
