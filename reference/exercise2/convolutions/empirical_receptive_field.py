"""empirical_receptive_field."""

import torch

from autograder.author import case, changed, check, make, misconception, mistakes, reference, unchanged

from ..probes import positive


@reference(points=2)
def empirical_receptive_field(model, input_size):
    """If one pixel changes a little, which outputs change? What does its gradient say about that?

    Give the model an image of ones that wants a gradient, and take the value in the middle of the output. The rows with
    a gradient other than 0 are those that it depends on. torch.autograd.grad leaves the weights alone.

    In the chapter: receptive fields. In the documentation: torch.autograd.grad.
    """
    image = torch.ones(1, 1, input_size, input_size, requires_grad=True)
    output = model(image)
    value = output[0, 0, output.shape[2] // 2, output.shape[3] // 2]
    (gradient,) = torch.autograd.grad(value, image)
    rows = gradient[0, 0].any(dim=1).nonzero().flatten()
    return int(rows[-1] - rows[0]) + 1


def conv(in_channels, out_channels, kernel_size, **settings):
    return make(torch.nn.Conv2d, in_channels, out_channels, kernel_size, **settings)


@check(empirical_receptive_field, points=0.75)
def convolutions_in_a_row(draw):
    """Convolutions in a row: 3, 5, 7 rows, and other kernels alike"""
    yield from (case(make(positive, conv(1, 1, 3)), 12), case(make(positive, conv(1, 1, 4)), 4))
    yield case(make(positive, conv(1, 2, 3), conv(2, 3, 3), conv(3, 2, 2)), 15)
    yield case(make(positive, conv(1, 2, 5), conv(2, 1, draw.integer(2, 4))), 20)


@check(empirical_receptive_field, points=0.5)
def strides_and_poolings(draw):
    """Strides and poolings make it grow faster"""
    pool = make(torch.nn.AvgPool2d, 2)
    yield case(make(positive, conv(1, 1, 3), conv(1, 2, 3), pool, conv(2, 1, 3)), 32)
    yield case(make(positive, conv(1, 2, 3, stride=2), conv(2, 2, 3), pool, conv(2, 1, 2)), 41)


@check(empirical_receptive_field, points=0.25)
def padding_changes_nothing(draw):
    """With padding it is as large as without"""
    yield case(make(positive, conv(1, 1, 3, padding=1), conv(1, 2, 5, padding=2)), 17)
    yield case(make(positive, conv(1, 2, 5, padding=2)), 5)  # only the value in the middle sees everything
    yield case(make(positive, conv(1, 2, 3, padding=3), make(torch.nn.AvgPool2d, 2), conv(2, 1, 3, padding=1)), 24)


@check(empirical_receptive_field, points=0.25)
def relus_and_gaps(draw):
    """ReLUs hide no row, and the gaps of a dilated kernel count"""
    relu = make(torch.nn.ReLU)
    yield case(make(positive, conv(1, 2, 3, bias=False), relu, conv(2, 1, 3, bias=False), relu), 15)
    for size in range(9, 15):  # an image with negative values hides pixels here and there
        yield case(make(positive, conv(1, 1, 1, bias=False), relu, conv(1, 1, 2)), size)
    yield case(make(positive, conv(1, 1, 3, dilation=3)), 17)
    yield case(make(positive, conv(1, 1, 2, dilation=4), conv(1, 1, 2)), 17)


@check(
    empirical_receptive_field,
    points=0.25,
    ask=changed(but=["random state"]),
    compare=unchanged(),
    needs=convolutions_in_a_row,
)
def measured_model_stays(draw):
    """The model stays as it is: its weights get no gradients"""
    yield case(make(positive, conv(1, 2, 3), make(torch.nn.ReLU), conv(2, 1, 3)), 12)


wrong = mistakes(
    empirical_receptive_field,
    """
    all_outputs_at_once: The sum of all outputs depends on almost every pixel: take the gradient of one value.
        output[0, 0, output.shape[2] // 2, output.shape[3] // 2] -> output.sum()
    value_at_the_corner: With padding, the window of the corner lies outside of the image in part. The value in the
        middle sees its whole receptive field.
        output[0, 0, output.shape[2] // 2, output.shape[3] // 2] -> output[0, 0, 0, 0]
    pixels_counted: The size along one axis is asked for, not the number of pixels.
        int(rows[-1] - rows[0]) + 1 -> int(gradient.count_nonzero())
    rows_with_gradients_counted: Rows in the gaps of a dilated kernel have no gradient, but they lie inside of the
        receptive field: count from the first row to the last.
        int(rows[-1] - rows[0]) + 1 -> len(rows)
    distance_for_number: From row 3 to row 7 are five rows: both ends count.
        int(rows[-1] - rows[0]) + 1 -> int(rows[-1] - rows[0])
    image_of_zeros: At 0 the gradient of a ReLU is 0, so an image of zeros hides pixels. An image of ones does not.
        torch.ones -> torch.zeros
    last_row_is_the_size: The receptive field begins at its first row, not at the top of the image.
        int(rows[-1] - rows[0]) + 1 -> int(rows[-1]) + 1
    gradients_in_the_weights: backward() also fills the gradients of the weights, and the next training step would use
        them. torch.autograd.grad gives only the gradient that you ask for.
        (gradient,) = torch.autograd.grad(value, image) -> value.backward(); gradient = image.grad
    """,
)


@misconception(empirical_receptive_field)
def rows_lost_in_the_output(model, input_size):
    """Without padding the output is smaller by the receptive field less 1 only if no layer has a stride."""
    return input_size - model(torch.ones(1, 1, input_size, input_size)).shape[2] + 1


@misconception(empirical_receptive_field)
def no_row_left(model, input_size):
    """At 0 the gradient of a ReLU is 0, so an image of zeros may hide all pixels. An image of ones does not."""
    image = torch.zeros(1, 1, input_size, input_size, requires_grad=True)
    output = model(image)
    value = output[0, 0, output.shape[2] // 2, output.shape[3] // 2]
    rows = torch.autograd.grad(value, image)[0][0, 0].any(dim=1).nonzero()
    return int(rows.max() - rows.min()) + 1
