"""add_noise."""

import torch

from autograder.author import (
    call,
    case,
    changed,
    check,
    mistakes,
    parts_differ,
    reference,
    rows_differ,
    same_moments,
    unchanged,
)

SAME_NOISE = "two equal images of a batch get the same noise: each image needs noise of its own"


@reference(points=2)
def add_noise(images, noise_factor=0.5):
    """Which of torch's random functions is Gaussian, and in which shape do you need its numbers?

    Draw noise in the shape of all the images, scale it, and add it so that a new tensor comes out; what leaves the
    range of an image is cut off.

    In the chapter: where pairs of noisy and clean images are made for the U-Net. In the documentation: the section on
    random sampling of torch.
    """
    noise = torch.randn_like(images)
    return (images + noise_factor * noise).clamp(0, 1)


@check(add_noise, points=0.5, compare=same_moments(rtol=0.1))
def gaussian_noise(draw):
    """The noise is Gaussian with standard deviation noise_factor"""
    grey = draw.uniform(10, 1, 40, 50, low=0.5, high=0.5)
    yield case(grey, noise_factor=0.1)
    yield case(grey, noise_factor=0.3)


@check(add_noise, points=0.25, compare=same_moments(rtol=0.1), counts_with=gaussian_noise)
def stays_between_0_and_1(draw):
    """The result is clamped to [0, 1]; noise_factor is 0.5 by default"""
    yield case(draw.uniform(10, 1, 40, 50))


@check(
    add_noise,
    points=0.25,
    ask=call(times=2),
    compare=parts_differ(why="two calls with the same images give the same noise", least=0.01, most_shared=0.1),
    counts_with=gaussian_noise,
)
def fresh_noise(draw):
    """Each call draws new noise"""
    yield case(draw.uniform(2, 1, 5, 4, low=0.5, high=0.5), 0.2)


@check(add_noise, points=0.25, compare=rows_differ(why=SAME_NOISE, least=0.01), counts_with=gaussian_noise)
def own_noise_for_each_image(draw):
    """Each image of a batch gets noise of its own"""
    yield case(draw.uniform(1, 1, 6, 5, low=0.3, high=0.7).repeat(3, axis=0), 0.2)


@check(
    add_noise,
    points=0.25,
    ask=changed(but=("random state",)),
    compare=unchanged(),
    needs=fresh_noise,
    counts_with=gaussian_noise,
)
def images_stay_as_they_are(draw):
    """The images that came in are not changed"""
    yield case(draw.uniform(2, 1, 3, 4))


@check(add_noise, points=0.25, needs=fresh_noise, counts_with=gaussian_noise)
def no_noise_at_zero(draw):
    """With noise_factor=0 the images come back as they are"""
    yield case(draw.uniform(2, 1, 3, 4), 0.0)
    yield case(draw.uniform(2, 1, 3, 5), noise_factor=0)


@check(add_noise, points=0.25, compare=same_moments(rtol=0.1), needs=fresh_noise, counts_with=gaussian_noise)
def any_number_of_axes(draw):
    """The images may have any number of axes, as may a single one"""
    yield case(draw.uniform(20_000, low=0.5, high=0.5), noise_factor=0.1)
    yield case(draw.uniform(100, 200, low=0.5, high=0.5), noise_factor=0.1)


wrong = mistakes(
    add_noise,
    """
    uniform_noise: torch.rand draws uniformly from [0, 1) and only brightens the images; torch.randn draws Gaussian
        noise.
        torch.randn_like -> torch.rand_like
    centred_uniform_noise: Uniform noise, even if centred, is not Gaussian: torch.randn draws from the normal
        distribution.
        torch.randn_like(images) -> 2 * torch.rand_like(images) - 1
    zero_taken_for_missing: 0 counts as false, so `noise_factor or 0.5` turns it into 0.5; a factor of 0 asks for no
        noise.
        noise_factor -> noise_factor or 0.5
    factor_not_used: The noise is the same whatever noise_factor says: 0.5 is only its default, so multiply by
        noise_factor itself.
        noise_factor -> 0.5
    not_clamped: Noise takes pixels below 0 and above 1; clamp the result to the range of an image.
        (images + noise_factor * noise).clamp(0, 1) -> images + noise_factor * noise
    factor_as_variance: noise_factor is the standard deviation, so the noise is multiplied by it, not by its square
        root.
        noise_factor -> noise_factor ** 0.5
    multiplied_noise: The noise is added to the images; multiplied with them it leaves dark pixels untouched.
        images + noise_factor * noise -> images * (1 + noise_factor * noise)
    four_axes_taken_for_granted: Not every tensor of images has four axes, and one image has fewer: images.shape or
        torch.randn_like(images) gives the shape without unpacking it.
        noise = torch.randn_like(images) -> n, c, h, w = images.shape; noise = torch.randn(n, c, h, w)
    changes_the_images: An operation with a trailing underscore, or +=, changes the caller's images; compute a new
        tensor instead.
        (images + noise_factor * noise).clamp(0, 1) -> images.add_(noise_factor * noise).clamp_(0, 1)
    one_noise_for_the_batch: The noise has the shape of one image and is repeated for all of them; draw it in the shape
        of the whole batch.
        torch.randn_like(images) -> torch.randn(images.shape[1:])
    same_seed_in_every_call: Setting a seed inside the function gives the same noise every time; leave the random state
        alone.
        noise = torch.randn_like(images) -> torch.manual_seed(0); noise = torch.randn_like(images)
    uniform_noise_of_the_right_width: Uniform noise of the same standard deviation is still not Gaussian: it never goes
        beyond a limit. torch.randn draws from the normal distribution.
        torch.randn_like(images) -> (torch.rand_like(images) - 0.5) * 12 ** 0.5
    clamped_from_minus_one: The values of an image lie between 0 and 1, so the result is clamped to that range, not to
        [-1, 1].
        (images + noise_factor * noise).clamp(0, 1) -> (images + noise_factor * noise).clamp(-1, 1)
    noise_clamped_alone: Clamp the noisy image and not the noise: clamped to [0, 1], noise only brightens, and the sum
        still leaves the range.
        (images + noise_factor * noise).clamp(0, 1) -> images + (noise_factor * noise).clamp(0, 1)
    only_brighter: The absolute value of the noise only brightens; Gaussian noise is negative as often as positive.
        torch.randn_like(images) -> torch.randn_like(images).abs()
    images_faded: The image keeps its strength: noise is added to it, and does not take its place.
        images + noise_factor * noise -> (1 - noise_factor) * images + noise_factor * noise
    factor_squared: noise_factor is the standard deviation itself: do not square it.
        noise_factor -> noise_factor ** 2
    default_of_a_fifth: Without noise_factor the noise has the factor 0.5: that is the default of this function.
        noise_factor=0.5 -> noise_factor=0.2
    """,
)
