"""is_valid_unet_size."""

from autograder.author import case, cases, check, mistakes, reference


@reference(points=2)
def is_valid_unet_size(height, width, depth=4):
    """Halve 200 four times. Where do you leave something out, and what comes back when you double four times?

    Both sides can be halved `depth` times if they are divisible by the product of `depth` factors of 2.

    In the chapter: the U-Net, which takes images whose sides are divisible by 16.
    """
    factor = 2**depth
    return height % factor == 0 and width % factor == 0


@check(is_valid_unet_size, points=0.75)
def sides_of_squares(draw):
    """With four poolings a side is a multiple of 16"""
    for size, valid in (256, True), (250, False), (48, True), (40, False), (16, True), (8, False), (4, False):
        yield from cases(is_valid_unet_size, ((size, size), valid))
    size = 16 * draw.integer(2, 20)
    yield from (case(size, size), case(size + 8, size + 8))


@check(is_valid_unet_size, points=0.5)
def both_sides_count(draw):
    """Both sides count, and they may differ"""
    rows = ((256, 48), True), ((256, 200), False), ((200, 256), False), ((32, 80), True), ((12, 20), False)
    yield from cases(is_valid_unet_size, *rows)
    yield from (case(16 * draw.integer(2, 9), 40), case(40, 16 * draw.integer(2, 9)), case(48, 16 * draw.integer(4, 9)))


@check(is_valid_unet_size, points=0.75)
def other_depths(draw):
    """With another depth a side is a multiple of 2 to the power of it"""
    rows = ((256, 200, 3), True), ((24, 40, 3), True), ((36, 20, 2), True), ((36, 20, 3), False), ((10, 12, 3), False)
    yield from cases(is_valid_unet_size, *rows, ((96, 48, 5), False), ((48, 96, 5), False), ((96, 160, 5), True))
    yield from cases(is_valid_unet_size, ((6, 14, 1), True), ((7, 14, 1), False), ((6, 7, 1), False))
    depth = draw.integer(2, 6)
    yield from (case(2**depth, 3 * 2**depth, depth=depth), case(2**depth, 2 ** (depth - 1), depth=depth))


wrong = mistakes(
    is_valid_unet_size,
    """
    height_only: The width is halved as often as the height, so both sides count.
        height % factor == 0 and width % factor == 0 -> height % factor == 0
    width_only: The height is halved as often as the width, so both sides count.
        height % factor == 0 and width % factor == 0 -> width % factor == 0
    one_side_suffices: If one of the two sides leaves a remainder, the maps do not fit together any more.
        height % factor == 0 and width % factor == 0 -> height % factor == 0 or width % factor == 0
    area_divided: The sides are halved one by one, so each of them has to be divisible, not their product.
        height % factor == 0 and width % factor == 0 -> height * width % factor == 0
    sides_added: Each side is halved on its own, so each of them has to be divisible: a sum says nothing about that.
        height % factor == 0 and width % factor == 0 -> (height + width) % factor == 0
    twice_the_depth: Halving `depth` times divides by 2 to the power of depth: factors multiply.
        2**depth -> 2 * depth
    one_pooling_less: A U-Net of depth 4 pools four times: the pooling before the bottleneck counts as well.
        2**depth -> 2 ** (depth - 1)
    one_pooling_more: A U-Net of depth 4 pools four times, so a multiple of 16 is enough.
        2**depth -> 2 ** (depth + 1)
    depth_ignored: 16 belongs to four poolings; another depth has another divisor.
        2**depth -> 16
    even_sides: An even side can be halved once; the next pooling needs its half to be even, too.
        2**depth -> 2
    powers_of_two_only: 48 is no power of two, but it can be halved four times without a remainder.
        height % factor == 0 and width % factor == 0 -> all(n >= factor and n & (n - 1) == 0 for n in (height, width))
    squares_only: The two sides need not be equal: the U-Net halves and doubles each on its own.
        height % factor == 0 and width % factor == 0 -> height == width and height % factor == 0
    """,
)
