"""normalize_filters."""

import numpy as np
import torch

from autograder.author import case, changed, check, make, matches, mistakes, reference, unchanged


@reference(points=3)
def normalize_filters(weight):
    """Which axis counts the filters, and which ones belong to a single filter?

    Subtract from each filter its own smallest value and divide by its range, with the axes kept so that the shapes fit.
    Where the range is 0, divide by 1 instead.

    In the chapter: the pictures of the filters of the first layer. In the documentation: torch.amin.
    """
    axes = 1, 2, 3
    lowest, highest = weight.amin(axes, keepdim=True), weight.amax(axes, keepdim=True)
    scaled = (weight - lowest) / (highest - lowest)
    return torch.where(highest > lowest, scaled, 0)


def filters(draw, *shape):
    """Filters that each lie in a range of their own, 1 to 4 wide; the first is more negative than positive."""
    steps = np.arange(shape[0], dtype=np.float32).reshape(-1, 1, 1, 1)
    lowest = steps + draw.uniform(shape[0], 1, 1, 1, low=-3.2, high=-2.8)
    spread = draw.uniform(*shape)
    spread[:, -1, 0, -1], spread[:, 0, -1, 0] = 0, 1
    return lowest + draw.uniform(shape[0], 1, 1, 1, low=1, high=4) * spread


@check(normalize_filters, points=1.25, compare=matches(rtol=1e-3))
def each_filter_from_0_to_1(draw):
    """The smallest value of each filter becomes 0, the largest 1"""
    yield case(filters(draw, 1, 1, 2, 3))
    yield case(filters(draw, 3, 2, 2, 3))
    yield case(filters(draw, 4, 5, 3, 2))
    yield case(filters(draw, 3, 2, 2, 3) * np.float32(0.02))


@check(normalize_filters, points=0.5, compare=matches(rtol=0.05))
def small_weights(draw):
    """Filters of very small weights become 0 to 1, too"""
    for scale in 1e-3, 2e-5:
        yield case(filters(draw, 3, 2, 2, 3) * np.float32(scale))


@check(normalize_filters, points=0.75, compare=matches(rtol=1e-3))
def constant_filters(draw):
    """A filter whose values are all the same becomes 0, without NaN"""
    for value in 0.7, 0.0, -1.5:
        weight = filters(draw, 3, 2, 3, 2)
        weight[1] = value
        yield case(weight)


@check(normalize_filters, points=0.5, ask=changed, compare=unchanged(), needs=each_filter_from_0_to_1)
def weight_stays_as_it_is(draw):
    """The weight that came in is not changed"""
    yield case(filters(draw, 3, 2, 2, 3))
    yield case(make("torch.nn.Parameter", filters(draw, 3, 2, 2, 3)))


wrong = mistakes(
    normalize_filters,
    """
    all_filters_together: Each filter has a smallest and a largest value of its own: min and max run over the axes 1, 2
        and 3, not over all filters.
        1, 2, 3 -> 0, 1, 2, 3
    something_added_to_the_range: What is added to the range against a division by 0 keeps the largest value below 1,
        most of all where weights are small: give constant filters a range of 1 instead.
        highest - lowest -> highest - lowest + 1e-3
    each_plane_by_itself: A filter is (C, kh, kw): its smallest and its largest value are those over all channels, so
        that they stay comparable.
        1, 2, 3 -> 2, 3
    each_input_channel_over_all_filters: Axis 0 counts the filters, so it is the axis that stays: min and max run over
        the axes 1, 2 and 3.
        1, 2, 3 -> 0, 2, 3
    divided_by_the_largest: Weights can be negative: subtract the smallest value first, then divide by the range,
        largest minus smallest.
        (weight - lowest) / (highest - lowest) -> weight / highest
    divided_by_the_magnitude: Divided by the largest magnitude the values lie between -1 and 1; those of an image lie
        between 0 and 1.
        (weight - lowest) / (highest - lowest) -> weight / weight.abs().amax(axes, keepdim=True)
    only_shifted: The smallest value is 0 now, but the largest one is not yet 1: divide by the range.
        (weight - lowest) / (highest - lowest) -> weight - lowest
    shifted_then_divided_by_the_old_largest: After the smallest value is subtracted the largest one is smaller as well:
        divide by largest minus smallest.
        highest - lowest -> highest
    clipped_to_0_and_1: Clipping keeps nothing of the negative weights; scale the range of the filter to [0, 1] instead.
        torch.where(highest > lowest, scaled, 0) -> weight.clamp(0, 1)
    squashed_by_a_sigmoid: A sigmoid never reaches 0 and 1, and squeezes large weights together; the smallest value is
        to become 0 and the largest one 1.
        torch.where(highest > lowest, scaled, 0) -> weight.sigmoid()
    standardised: Mean 0 and standard deviation 1 is another normalisation; here the values are to fill the range from 0
        to 1.
        weight - lowest -> weight - weight.mean(axes, keepdim=True)
        highest - lowest -> weight.std(axes, keepdim=True)
    nan_for_a_constant_filter: Where all values are the same, 0 is divided by 0, and the filter becomes NaN; such a
        filter is to become 0.
        torch.where(highest > lowest, scaled, 0) -> scaled
    constant_filter_left_as_it_is: A filter whose values are all the same is to become 0; here it is skipped and keeps
        its value.
        torch.where(highest > lowest, scaled, 0) -> torch.where(highest > lowest, scaled, weight)
    scaled_in_place: weight -= … changes the layer's own weights: the model is spoilt by looking at it. Compute a new
        tensor.
        torch.where(highest > lowest, scaled, 0) -> weight.copy_(torch.where(highest > lowest, scaled, 0))
    range_of_a_minimum: A lower limit for the range, against a division by 0, keeps filters of small weights from
        reaching 1. Give only constant filters a range of 1.
        highest - lowest -> (highest - lowest).clamp(min=1e-3)
    epsilon_added_to_the_range: Even 0.00001 is a lot where weights are small: the largest value stays below 1. Give
        constant filters a range of 1 instead, and leave the others alone.
        highest - lowest -> highest - lowest + 1e-5
    constant_filter_grey: A filter whose values are all the same is to become 0, not a middle grey.
        torch.where(highest > lowest, scaled, 0) -> torch.where(highest > lowest, scaled, 0.5)
    zero_becomes_one_half: Here the weight 0 lies in the middle, and a filter fills only a part of the range: its
        smallest value is to become 0, and its largest one 1.
        (weight - lowest) / (highest - lowest) -> weight / (2 * weight.abs().amax(axes, keepdim=True)) + 0.5
    from_minus_one_to_one: The values are to fill the range from 0 to 1, not from −1 to 1.
        (weight - lowest) / (highest - lowest) -> 2 * (weight - lowest) / (highest - lowest) - 1
    from_0_to_255: The values are to fill the range from 0 to 1; 255 belongs to images of bytes.
        (weight - lowest) / (highest - lowest) -> 255 * (weight - lowest) / (highest - lowest)
    flattened_filters: The result has the shape of the weight, (O, C, kh, kw); the axes that are flattened to find the
        smallest value come back.
        torch.where(highest > lowest, scaled, 0) -> torch.where(highest > lowest, scaled, 0).flatten(1)
    one_constant_filter_for_all: Only the constant filter becomes 0; the others are scaled as before.
        torch.where(highest > lowest, scaled, 0) -> torch.where((highest > lowest).all(), scaled, 0)
    filter_taken_out_of_the_training: requires_grad_(False) stays after the call, and the layer no longer learns.
        weight.detach() is the same tensor without a gradient, and leaves the layer alone.
        weight - lowest -> weight.requires_grad_(False) - lowest
    scaled_in_place_by_data: weight.data is the same memory: what changes it in place changes the layer's own weights.
        Compute a new tensor.
        torch.where(highest > lowest, scaled, 0) -> weight.data.copy_(torch.where(highest > lowest, scaled, 0))
    """,
)
