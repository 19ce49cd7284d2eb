"""global_avg_pool."""

import numpy as np

from autograder.author import case, changed, check, make, mistakes, reference, unchanged


@reference(points=2)
def global_avg_pool(x):
    """Which two of the four axes are to vanish?

    Take the mean over both of them at once, and name the axes, so that others of length 1 stay.

    In the chapter: global average pooling, in the place of flattening. In the documentation: torch.nn.AdaptiveAvgPool2d
    with output size 1.
    """
    return x.mean((2, 3))


@check(global_avg_pool, points=0.75)
def mean_of_each_map(draw):
    """Each map becomes its mean, so (N, C, H, W) becomes (N, C)"""
    yield case(np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2))
    yield case(draw.normal(2, 3, 4, 5))
    yield case(draw.normal(4, 2, 3, 7))


@check(global_avg_pool, points=0.75)
def axes_of_one(draw):
    """A batch of one image, one channel or one pixel keeps its two axes"""
    yield case(draw.normal(1, 3, 4, 4))
    yield case(draw.normal(4, 1, 3, 3))
    yield case(draw.normal(2, 3, 1, 1))


@check(global_avg_pool, points=0.25)
def mean_of_a_transposed_view(draw):
    """The maps may be a transposed view of another tensor"""
    yield case(make("torch.transpose", draw.normal(2, 3, 4, 5), 1, 3))


@check(global_avg_pool, points=0.25, ask=changed, compare=unchanged(), needs=mean_of_each_map)
def averaged_maps_stay(draw):
    """The maps stay as they are"""
    yield case(draw.normal(2, 3, 4, 5))


wrong = mistakes(
    global_avg_pool,
    """
    axes_kept: Height and width are averaged away, so two axes are left: (N, C).
        x.mean((2, 3)) -> x.mean((2, 3), keepdim=True)
    batch_averaged: Each image of the batch has averages of its own, so N stays.
        (2, 3) -> (0, 2, 3)
    channels_averaged: Each channel has an average of its own, so C stays.
        (2, 3) -> (1, 2, 3)
    one_axis_averaged: The average is taken over height and width, not over one of them.
        (2, 3) -> 3
    maximum_for_average: Global average pooling takes the mean of each map, not its largest value.
        x.mean -> x.amax
    sum_for_average: The sum is divided by the number of pixels, so that the result does not depend on the image's size.
        x.mean -> x.sum
    divided_by_the_squared_height: A map has height × width pixels, and the two need not be equal.
        x.mean((2, 3)) -> x.sum((2, 3)) / x.shape[2] ** 2
    view_of_a_view: view() needs values that lie side by side in memory, and those of a transposed tensor do not;
        flatten() and reshape() copy them where that is needed.
        x.mean((2, 3)) -> x.view(*x.shape[:2], -1).mean(2)
    averaged_in_place: x.div_() changes the maps of the caller; x / n makes new ones.
        x.mean((2, 3)) -> x.div_(x.shape[2] * x.shape[3]).sum((2, 3))
    all_axes_of_one_removed: The result is (N, C) even for one image or one channel: an axis of length 1 is still an
        axis.
        x.mean((2, 3)) -> x.mean((2, 3)).squeeze()
    batch_axis_squeezed_away: The result is (N, C) even for a batch of one image: squeeze(0) takes its axis away.
        x.mean((2, 3)) -> x.mean((2, 3)).squeeze(0)
    median_for_average: Global average pooling takes the mean of each map, not its median.
        x.mean((2, 3)) -> x.flatten(2).median(2).values
    batch_averaged_and_repeated: Each image of the batch has averages of its own, not those of the whole batch.
        x.mean((2, 3)) -> x.mean((0, 2, 3)).expand(len(x), -1)
    channels_averaged_and_repeated: Each channel has an average of its own, not that of the whole image.
        x.mean((2, 3)) -> x.mean((1, 2, 3))[:, None].expand(-1, x.shape[1])
    pixels_and_channels_mixed: reshape keeps the order of the values in memory: (N, H · W, C) does not move the channels
        to the end but mixes them. flatten(2) gives (N, C, H · W).
        x.mean((2, 3)) -> x.reshape(len(x), -1, x.shape[1]).mean(1)
    divided_by_the_squared_width: A map has height times width pixels, and the two can be different.
        x.mean((2, 3)) -> x.sum((2, 3)) / x.shape[3] ** 2
    height_averaged_only: The average is taken over height and width; here the width is still an axis.
        (2, 3) -> 2
    """,
)
