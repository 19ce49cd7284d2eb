"""padding_name."""

from autograder.author import alternative, case, cases, check, mistakes, reference

from .full_padding import full_padding
from .same_padding import same_padding


@reference(points=2)
def padding_name(kernel_size, padding):
    """Each of the three names stands for one padding. Which one, for a kernel of size 3? And for one of size 4?

    Compare the padding with 0, with half of kernel − 1, and with kernel − 1, in this order. Half of an odd number is
    never a padding.

    In the chapter: valid, same and full padding.
    """
    if padding == 0:
        return "valid"
    if 2 * padding == kernel_size - 1:
        return "same"
    if padding == kernel_size - 1:
        return "full"
    return "other"


@alternative(padding_name)
def named_by_the_other_functions(kernel_size, padding):
    """Students call their same_padding and full_padding."""
    full = full_padding(kernel_size)
    full_padding(kernel_size, 1)
    try:
        same = same_padding(kernel_size)
    except ValueError:
        same = None
    if padding == 0:
        return "valid"
    return "same" if padding == same else "full" if padding == full else "other"


@check(padding_name, points=0.5)
def valid_padding(draw):
    """Padding 0 is "valid", and no other padding is"""
    yield from cases(padding_name, ((3, 0), "valid"), ((4, 0), "valid"), ((1, 0), "valid"), ((7, 2), "other"))
    yield case(draw.integer(5, 9), 0)


@check(padding_name, points=0.5)
def padding_that_keeps_the_size(draw):
    """The padding that keeps the size is "same\""""
    yield from cases(padding_name, ((3, 1), "same"), ((5, 2), "same"), ((7, 3), "same"), ((5, 0), "valid"))
    half = draw.integer(4, 9)
    yield case(2 * half + 1, half)


@check(padding_name, points=0.5)
def padding_of_all_but_one(draw):
    """A padding of kernel − 1 is "full\""""
    yield from cases(padding_name, ((3, 2), "full"), ((4, 3), "full"), ((3, 0), "valid"))
    kernel_size = draw.integer(6, 12)
    yield case(kernel_size, kernel_size - 1)


@check(padding_name, points=0.5)
def padding_without_a_name(draw):
    """Every other padding is "other", also half of an even kernel"""
    yield from cases(padding_name, ((7, 2), "other"), ((3, 3), "other"), ((5, 1), "other"), ((3, 0), "valid"))
    yield from cases(padding_name, ((4, 2), "other"), ((4, 1), "other"), ((2, 2), "other"), ((2, 1), "full"))
    yield from cases(padding_name, ((1, 1), "other"), ((5, 3), "other"), ((6, 2), "other"), ((6, 4), "other"))
    yield case(draw.integer(6, 8), draw.integer(8, 12))


wrong = mistakes(
    padding_name,
    """
    half_of_an_even_kernel: A padding of kernel // 2 keeps the size for odd kernels only. The lecture notes say it in
        general, but an even kernel gives one value more.
        2 * padding == kernel_size - 1 -> padding == kernel_size // 2
    half_rounded_down: An even kernel misses an odd number of values, so no padding keeps the size.
        2 * padding == kernel_size - 1 -> padding == (kernel_size - 1) // 2
    full_is_the_kernel: With as many zeros as the kernel is long, the first window does not meet the input. Full padding
        is one zero less.
        padding == kernel_size - 1 -> padding == kernel_size
    at_least_full: More zeros than kernel − 1 make windows that meet no value at all; that is no full padding.
        padding == kernel_size - 1 -> padding >= kernel_size - 1
    same_and_full_swapped: "same" keeps the size; "full" is the larger one, with which the output grows.
        return "full" -> return "same"
        return "same" -> return "full"
    half_of_the_kernel_exactly: The middle value of the kernel stays on the input, so each end gets half of kernel − 1,
        not half of the kernel.
        2 * padding == kernel_size - 1 -> 2 * padding == kernel_size
    nothing_is_other: Paddings between the three and beyond them have no name of their own: they are "other".
        return "other" -> return "full"
    valid_forgotten: Padding 0 is "valid", for every kernel: only windows inside of the input count.
        padding == 0 -> False
    """,
)
