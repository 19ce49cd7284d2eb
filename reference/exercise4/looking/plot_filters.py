"""plot_filters."""

from autograder.author import case, changed, check, figure, make, mistakes, reference, unchanged

from ..judging.images import image_count, images_shown, images_titled, same_limits
from .shared import IMAGES, grid


@reference(points=2)
def plot_filters(weight):
    """Weights are positive or negative. Where on the scale should 0 lie, so that the sign can be seen?

    Take channel 0 of every filter, and the largest magnitude of all that is shown. With vmax of this number and vmin of
    its negative, 0 has the color in the middle, in every image.

    In the chapter: the filters of the first layer. In the documentation: torch.abs, and the diverging color maps of
    matplotlib.
    """
    filters = weight.detach()[:, 0]
    limit = filters.abs().max().item()
    drawing, axes = grid(1, len(filters))
    for index, one in enumerate(axes[0]):
        one.imshow(filters[index], cmap="coolwarm", vmin=-limit, vmax=limit)
        one.set_title(f"filter {index}")
        one.axis("off")
    return drawing


def filters(draw, *shape):
    """Filters in ranges of their own; channel 0 has the smallest weights, and its largest magnitude is negative."""
    weight = draw.normal(*shape) * (1 + draw.permutation(shape[0]).reshape(-1, 1, 1, 1).astype("float32"))
    weight[:, 1:] *= 3
    weight[-1, 0, 0, 0] = -1.3 * abs(weight[:, 0]).max()
    return weight


@check(plot_filters, points=0.25, ask=figure(report=IMAGES), compare=image_count)
def filters_on_axes_of_their_own(draw):
    """There are axes with one image for each filter"""
    for shape in (3, 1, 2, 3), (33, 2, 3, 3), (1, 1, 2, 2):
        yield case(filters(draw, *shape))


@check(plot_filters, points=0.5, ask=figure(report=IMAGES), compare=images_shown)
def filters_as_they_are(draw):
    """The images are channel 0 of each filter, in order, with their values"""
    for shape in (3, 1, 2, 3), (4, 5, 3, 2), (2, 3, 3, 3):
        yield case(filters(draw, *shape))


@check(
    plot_filters,
    points=0.5,
    ask=figure(report=IMAGES),
    compare=same_limits,
    counts_with=filters_on_axes_of_their_own,
)
def zero_in_the_middle(draw):
    """vmax is the largest magnitude that is shown, and vmin is −vmax"""
    for shape in (3, 1, 2, 3), (4, 3, 3, 2):
        yield case(filters(draw, *shape))
    yield case(-filters(draw, 3, 1, 2, 3))


@check(
    plot_filters,
    points=0.5,
    ask=figure(report=IMAGES),
    compare=images_titled,
    counts_with=filters_on_axes_of_their_own,
)
def filters_have_titles(draw):
    """Each image has its title, which is visible: filter 0, filter 1, …"""
    for shape in (3, 1, 2, 3), (12, 1, 2, 2):
        yield case(filters(draw, *shape))


@check(plot_filters, points=0.25, ask=changed, compare=unchanged(), counts_with=filters_on_axes_of_their_own)
def filters_stay(draw):
    """A weight that requires gradients can be shown, and stays as it is"""
    yield case(make("torch.nn.Parameter", filters(draw, 3, 2, 2, 3)))


wrong = mistakes(
    plot_filters,
    """
    each_filter_in_its_own_scale: Without vmin and vmax, imshow stretches each filter to all colors, and 0 has another
        color in each.
        vmin=-limit ->
        vmax=limit ->
    from_smallest_to_largest: With the smallest and the largest weight as limits, 0 does not lie in the middle of the
        scale.
        vmin=-limit -> vmin=filters.min().item()
        vmax=limit -> vmax=filters.max().item()
    from_minus_1_to_1: The limits are those of the weights: the largest magnitude and its negative.
        limit = filters.abs().max().item() -> limit = 1.0
    from_0_up: Weights can be negative: vmin is the negative of vmax.
        vmin=-limit -> vmin=0
    largest_weight_as_limit: The largest magnitude can belong to a negative weight: take abs() first.
        filters.abs().max() -> filters.max().abs()
    limit_of_all_channels: The scale is that of what is shown: channel 0 of each filter.
        filters.abs().max() -> weight.abs().max()
    limit_of_each_filter: One limit for all filters makes them comparable; here each has its own.
        vmin=-limit -> vmin=-filters[index].abs().max().item()
        vmax=limit -> vmax=filters[index].abs().max().item()
    filters_normalized_first: The images show the weights as they are.
        filters[index] -> filters[index] / limit
    mean_over_the_input_channels: Channel 0 of each filter is shown, not the mean of its channels.
        weight.detach()[:, 0] -> weight.detach().mean(1)
    channels_of_the_first_filter: Axis 0 counts the filters: weight[:, 0] is channel 0 of each, weight[0] all channels
        of one.
        weight.detach()[:, 0] -> weight.detach()[0]
    last_channel: Channel 0 of each filter is shown, here the last one.
        weight.detach()[:, 0] -> weight.detach()[:, -1]
    filter_titles_without_numbers: The title says which filter it is: "filter 0", "filter 1" and so on.
        f"filter {index}" -> "filter"
    filters_counted_from_1: Filters are counted from 0, as in the tensor.
        f"filter {index}" -> f"filter {index + 1}"
    filter_labels_hidden: Each image needs a title of its own, by set_title. If a label of set_ylabel is to stand for
        it: axis("off") hides it, though the lecture notes use it.
        one.set_title(f"filter {index}") -> one.set_ylabel(f"filter {index}")
    parameter_not_detached: A parameter requires gradients, and numpy refuses it: detach() it.
        weight.detach() -> weight
    weights_scaled_in_place: Methods with a trailing underscore change the weights of the network.
        limit = filters.abs().max().item() -> limit = filters.mul_(2).abs().max().item()
    """,
)
