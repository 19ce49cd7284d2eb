"""max_pools."""

from autograder.author import case, cases, check, misconception, mistakes, reference

from .pool_output_size import pool_output_size


@reference(points=2)
def max_pools(size):
    """Take 28 and halve it by hand until 1 is left. How often did you halve, and what did you do with 7?

    Pool as long as there is more than one pixel, and count.

    In the chapter: pooling. In the documentation: torch.nn.MaxPool2d, Shape; the size is rounded down.
    """
    count = 0
    while size > 1:
        size = pool_output_size(size, 2)
        count += 1
    return count


@check(max_pools, points=1)
def powers_of_two(draw):
    """A power of two has no remainder: 64 becomes 1 after six poolings"""
    yield from cases(max_pools, (64, 6), (2, 1), (256, 8), (8, 3))
    yield case(2 ** draw.integer(4, 9))


@check(max_pools, points=0.75)
def odd_sides_round_down(draw):
    """An odd side rounds down at each pooling"""
    yield from cases(max_pools, (28, 4), (7, 2), (3, 1), (31, 4), (33, 5), (255, 7))
    yield case(2 ** draw.integer(4, 9) + draw.integer(1, 12))


@check(max_pools, points=0.25, needs=powers_of_two)
def one_pixel(draw):
    """A map of 1 × 1 needs no pooling"""
    yield from cases(max_pools, (1, 0))


wrong = mistakes(
    max_pools,
    """
    sides_round_up: A last row and column without a partner are dropped, so an odd side rounds down.
        pool_output_size(size, 2) -> (size + 1) // 2
    pooled_to_nothing: The map of 1 × 1 is the end: pooling it once more leaves nothing.
        size > 1 -> size > 0
        pool_output_size(size, 2) -> size // 2
    stopped_before_the_last: 2 × 2 is not the end: one more pooling turns it into 1 × 1.
        size > 1 -> size > 2
    remaining_size: The number of poolings is asked, not the size that is left.
        return count -> return size
    even_sizes_only: A pooling takes odd sides as well: it leaves out the last row and column.
        size > 1 -> size > 1 and size % 2 == 0
    """,
)


@misconception(max_pools)
def pixels_halved(size):
    """A 2 × 2 pooling halves both sides at once, so it leaves a quarter of the pixels, not half of them."""
    return (size * size).bit_length() - 1
