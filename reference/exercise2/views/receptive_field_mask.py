"""receptive_field_mask."""

import torch

from autograder.author import case, changed, check, mistakes, reference, same_dtype, unchanged

from ..judging import same_values


@reference(points=1.75)
def receptive_field_mask(layers, size, position):
    """Which values of the map before the last layer does the value see? And which pixels do those see?

    Go back from the last layer to the first, along each axis on its own. The value number i of a layer sees the values
    from i · stride − padding on, as many as the kernel is long. What lies outside of the image is padding.

    In the chapter: receptive fields. Padding moves them over the border, but it does not make them larger.
    """
    spans = []
    for index in position:
        first = last = index
        for kernel_size, stride, padding in reversed(layers):
            first = first * stride - padding
            last = last * stride - padding + kernel_size - 1
        spans.append(slice(max(first, 0), last + 1))
    mask = torch.zeros(size, size, dtype=torch.bool)
    mask[spans[0], spans[1]] = True
    return mask


@check(receptive_field_mask, points=0.5, compare=same_values)
def window_of_one_layer(draw):
    """A value of the first layer sees its window, a square of kernel size"""
    yield case([(3, 1, 0)], 6, (1, 1))
    yield case([(2, 1, 0)], 5, (3, 3))
    yield case([(4, 1, 0)], 7, (2, 2))
    yield case([(1, 1, 0)], 1, (0, 0))


@check(receptive_field_mask, points=0.5, compare=same_values)
def windows_of_windows(draw):
    """Each layer widens the square; a stride moves it and widens it more"""
    yield case([(3, 1, 0), (3, 1, 0)], 8, (1, 3))
    yield case([(2, 1, 0)], 5, (0, draw.integer(1, 3)))
    yield case([(2, 2, 0), (2, 1, 0)], 6, (0, 1))
    yield case([(3, 2, 0), (3, 1, 0), (2, 1, 0)], 13, (0, 2))
    yield case([(3, 1, 0), (2, 2, 0), (3, 1, 0)], 12, (2, draw.integer(0, 1)))


@check(receptive_field_mask, points=0.25, compare=same_values)
def moved_by_padding(draw):
    """Padding moves the square, and the border of the image cuts it off"""
    yield case([(3, 1, 1)], 5, (0, 2))
    yield case([(3, 1, 1), (3, 1, 1)], 9, (4, 0))
    yield case([(5, 1, 2), (3, 1, 1)], 8, (7, 3))
    yield case([(3, 1, 1), (2, 2, 0), (3, 1, 1)], 12, (draw.integer(2, 3), 5))
    yield case([(4, 2, 1), (3, 1, 1)], 12, (0, 3))


@check(receptive_field_mask, points=0.25, compare=same_dtype, needs=window_of_one_layer)
def mask_is_bool(draw):
    """The mask is a bool tensor"""
    yield case([(3, 1, 0)], 6, (1, 1))


@check(receptive_field_mask, points=0.25, ask=changed, compare=unchanged(), needs=window_of_one_layer)
def layers_of_the_mask_stay(draw):
    """The list of layers stays as it is"""
    yield case([(3, 1, 0), (2, 2, 0)], 8, (1, 2))


wrong = mistakes(
    receptive_field_mask,
    """
    layers_from_the_front: Go back from the last layer to the first: the value sees a part of the map before the last
        layer, and that part sees more of the map before.
        reversed(layers) -> layers
    last_layer_only: The window of the last layer lies in the map before it; go on back to the image.
        reversed(layers) -> layers[-1:]
    row_and_column_swapped: position is (row, column), as in an index of the map.
        position -> position[::-1]
    strides_left_out: Neighbouring values of a strided layer lie further apart, so the stride multiplies positions.
        first * stride - padding -> first - padding
        last * stride - padding + kernel_size - 1 -> last - padding + kernel_size - 1
    padding_moves_nothing: With padding the windows begin before the image, so they lie further up and further left.
        first * stride - padding -> first * stride
        last * stride - padding + kernel_size - 1 -> last * stride + kernel_size - 1
    padding_widens: Padding moves the windows, but it does not make them larger: the receptive field stays the same.
        last * stride - padding + kernel_size - 1 -> last * stride + padding + kernel_size - 1
    padding_the_other_way: Padding lies before the image, so windows begin earlier: it is subtracted.
        first * stride - padding -> first * stride + padding
        last * stride - padding + kernel_size - 1 -> last * stride + padding + kernel_size - 1
    centred_windows: A window lies around the value of its own index only if the padding is kernel // 2 and the stride
        is 1. In general it begins at i · stride − padding.
        first * stride - padding -> first * stride - kernel_size // 2
        last * stride - padding + kernel_size - 1 -> last * stride - kernel_size // 2 + kernel_size - 1
    negative_indexes: A negative index counts from the end, and the slice [-1:2] is empty: begin at 0 where the window
        begins before the image.
        max(first, 0) -> first
    mask_ends_one_early: The last pixel of the square belongs to it; a slice needs an end one further.
        last + 1 -> last
    whole_kernels_added: From its first value to its last one a kernel has kernel − 1 steps.
        last * stride - padding + kernel_size - 1 -> last * stride - padding + kernel_size
    one_pixel_of_each_window: A window reaches from its first value to its last one, kernel − 1 further.
        last * stride - padding + kernel_size - 1 -> last * stride - padding
    mask_of_numbers: The mask is a bool tensor, so that it can select pixels.
        dtype=torch.bool -> dtype=torch.float32
    mask_inverted: True stands for pixels that the value can depend on.
        return mask -> return ~mask
    whole_rows: The receptive field is a square: rows and columns are both limited.
        mask[spans[0], spans[1]] = True -> mask[spans[0]] = True
    layers_used_up_by_the_mask: The list belongs to the caller, who may need it again: walk through it without changing
        it.
        return mask -> layers.clear(); return mask
    """,
)
