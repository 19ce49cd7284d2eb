"""flatten_features."""

import torch

from autograder.author import case, cases, changed, check, misconception, mistakes, reference, unchanged


@reference(points=3)
def flatten_features(image_size, channels, num_pools):
    """How long is a side of the image after one pooling, and after two?

    Each pooling halves both sides and rounds down. What is left is a number of maps, each of them with a height and a
    width.

    In the chapter: SimpleCNN, between its last pooling and its first linear layer. A pooling leaves a quarter of the
    values there, not half.
    """
    side = image_size // 2**num_pools
    return channels * side * side


@check(flatten_features, points=1)
def no_pooling(draw):
    """Without pooling, all pixels of all channels remain"""
    yield from cases(flatten_features, ((28, 3, 0), 2352))
    yield case(draw.integer(10, 40), draw.integer(2, 9), 0)


@check(flatten_features, points=1)
def pooled_maps(draw):
    """Each pooling halves the height and the width"""
    yield from cases(flatten_features, ((28, 32, 2), 1568), ((64, 128, 3), 8192))
    yield case(8 * draw.integer(3, 9), draw.integer(5, 40), draw.integer(1, 3))


@check(flatten_features, points=0.75)
def odd_sides(draw):
    """A pooling drops the last row and column of an odd side"""
    yield from cases(flatten_features, ((30, 16, 2), 784), ((28, 16, 3), 144))
    yield case(4 * draw.integer(5, 9) + 1, draw.integer(5, 40), 2)


@check(flatten_features, points=0.25, ask=changed, compare=unchanged(), needs=pooled_maps)
def features_draw_nothing(draw):
    """The call draws no random numbers"""
    yield case(12, 3, 2)


@misconception(flatten_features)
def pooled_to_count(image_size, channels, num_pools):
    """Random maps made only to be counted move the random state, which belongs to others. Halving needs no maps."""
    torch.rand(1)
    return flatten_features(image_size, channels, num_pools)


def pooled(side, num_pools, halved):
    """The side after poolings that halve it in this way."""
    for _ in range(num_pools):
        side = halved(side)
    return side


wrong = mistakes(
    flatten_features,
    """
    one_side_only: A map is two-dimensional: height times width values remain of it.
        channels * side * side -> channels * side
    channels_forgotten: Every channel is a map of its own, and the Linear layer gets the values of all of them.
        channels * side * side -> side * side
    poolings_left_out: Each 2 × 2 pooling halves the height and the width before the maps are flattened.
        num_pools -> 0
    one_pooling_only: Each pooling halves the sides again, so the halving is repeated num_pools times.
        num_pools -> min(num_pools, 1)
    divided_by_twice_the_poolings: Three halvings leave an eighth of a side, not a sixth: factors of 2 multiply.
        2 ** num_pools -> 2 * num_pools or 1
    sides_rounded_up: A last row or column without a partner is dropped by the pooling, so odd sides round down.
        image_size // 2 ** num_pools -> -(-image_size // 2 ** num_pools)
    pixels_halved: A 2 × 2 pooling leaves a quarter of the values: both sides are halved, and the channels stay as they
        are. The lecture notes say that twice the channels make up for it, but 32 · 14² is half of 16 · 28².
        channels * side * side -> channels * image_size ** 2 // 2 ** num_pools
    rounded_at_the_end: Maps have whole sides: each pooling rounds down the side, before the area is taken.
        image_size // 2 ** num_pools -> image_size / 2 ** num_pools
        channels * side * side -> int(channels * side * side)
    features_as_float: A number of features is an int, since a Linear layer accepts nothing else.
        image_size // 2 ** num_pools -> image_size / 2 ** num_pools
    sides_rounded_to_the_nearest: A last row or column without a partner is dropped by the pooling: sides always round
        down, and round() does not.
        image_size // 2 ** num_pools -> pooled(image_size, num_pools, lambda side: round(side / 2))
    area_divided_by_four: Rows and columns that find no partner are dropped before the area is taken: each pooling
        halves the side and rounds it down.
        channels * side * side -> channels * (image_size ** 2 // 4 ** num_pools)
    channels_doubled: Pooling leaves the number of channels as it is, and channels is the number at the end.
        channels * side * side -> channels * 2 ** num_pools * side * side
    poolings_of_stride_one: A pooling moves by its own size, 2, unless told otherwise; it halves the side and does not
        shorten it by one.
        image_size // 2 ** num_pools -> image_size - num_pools
    """,
)
