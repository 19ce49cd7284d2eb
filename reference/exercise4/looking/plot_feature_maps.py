"""plot_feature_maps."""

from autograder.author import case, changed, check, figure, make, mistakes, reference, unchanged

from ..judging.images import image_count, images_shown, images_titled, one_scale
from ..probes.builders import requiring_gradients
from .shared import IMAGES, grid


@reference(points=2)
def plot_feature_maps(features, max_channels=8):
    """imshow stretches each image to all colors. How can two maps be compared then?

    Take the first max_channels maps, and their smallest and largest value. Show each map on axes of its own with these
    two as vmin and vmax, and give it a title.

    In the documentation: matplotlib.pyplot.imshow and matplotlib.axes.Axes.set_title.
    """
    maps = features.detach()[:max_channels]
    low, high = maps.min().item(), maps.max().item()
    drawing, axes = grid(1, len(maps))
    for index, one in enumerate(axes[0]):
        one.imshow(maps[index], vmin=low, vmax=high)
        one.set_title(f"channel {index}")
        one.axis("off")
    return drawing


def maps(draw, *shape):
    """Maps whose values lie in ranges of their own, some of them negative."""
    values = draw.normal(*shape)
    return values * (1 + draw.permutation(shape[0]).reshape(-1, 1, 1).astype("float32"))


def cases_of(draw):
    yield case(maps(draw, 3, 4, 5))
    yield case(maps(draw, 11, 3, 2))
    yield case(maps(draw, 5, 2, 4), max_channels=4)
    yield case(maps(draw, 1, 3, 2), 3)


@check(plot_feature_maps, points=0.5, ask=figure(report=IMAGES), compare=image_count)
def maps_on_axes_of_their_own(draw):
    """There are axes with one image for each channel, max_channels at most"""
    yield from cases_of(draw)


@check(plot_feature_maps, points=0.5, ask=figure(report=IMAGES), compare=images_shown)
def maps_as_they_are(draw):
    """The images are the channels in their order, with their values"""
    yield from cases_of(draw)


@check(
    plot_feature_maps,
    points=0.5,
    ask=figure(report=IMAGES),
    compare=one_scale,
    counts_with=maps_on_axes_of_their_own,
)
def maps_in_one_scale(draw):
    """All images have one scale, and no value lies outside of it"""
    yield case(maps(draw, 3, 4, 5))
    yield case(maps(draw, 9, 3, 2))


@check(
    plot_feature_maps,
    points=0.25,
    ask=figure(report=IMAGES),
    compare=images_titled,
    counts_with=maps_on_axes_of_their_own,
)
def maps_have_titles(draw):
    """Each image has its title, which is visible: channel 0, channel 1, …"""
    yield case(maps(draw, 3, 4, 5))
    yield case(maps(draw, 12, 2, 3), max_channels=11)


@check(plot_feature_maps, points=0.25, ask=changed, compare=unchanged(), counts_with=maps_on_axes_of_their_own)
def features_stay(draw):
    """Features that require gradients can be shown, and stay as they are"""
    yield case(make(requiring_gradients, maps(draw, 3, 4, 5)))
    yield case(maps(draw, 2, 4, 5))


wrong = mistakes(
    plot_feature_maps,
    """
    each_map_in_its_own_scale: Without vmin and vmax, imshow stretches each map to all colors, and two maps cannot be
        compared.
        vmin=low ->
        vmax=high ->
    limits_too_narrow: The limits have to hold the values of all maps that are shown; those of the first map do not, and
        neither do 0 and 1.
        low, high = maps.min().item(), maps.max().item() -> low, high = maps[0].min().item(), maps[0].max().item()
    maps_normalized_first: The images show the values of the maps as they are: vmin and vmax make them comparable.
        one.imshow(maps[index], vmin=low, vmax=high) -> one.imshow((maps[index] - low) / (high - low), vmin=0, vmax=1)
    all_channels_shown: At most max_channels channels are shown.
        features.detach()[:max_channels] -> features.detach()
    eight_channels_always: max_channels is an argument, and 8 is only its default.
        features.detach()[:max_channels] -> features.detach()[:8]
    last_channels_shown: The first channels are shown, here the last ones.
        features.detach()[:max_channels] -> features.detach()[-max_channels:]
    titles_without_numbers: The title says which channel it is: "channel 0", "channel 1" and so on.
        f"channel {index}" -> "channel"
    counted_from_1: Channels are counted from 0, as in the tensor.
        f"channel {index}" -> f"channel {index + 1}"
    label_hidden_with_the_axis: Each image needs a title of its own, by set_title. If a label of set_ylabel is to stand
        for it: axis("off") hides it, though the lecture notes use it.
        one.set_title(f"channel {index}") -> one.set_ylabel(f"channel {index}")
    all_maps_on_one_axes: Each map needs axes of its own: on the same ones, the last image covers all others.
        one.imshow(maps[index], vmin=low, vmax=high) -> axes[0, 0].imshow(maps[index], vmin=low, vmax=high)
    mean_of_the_channels: Each channel is an image of its own; here the mean of all is shown.
        maps[index] -> maps.mean(0)
    gradients_not_detached: matplotlib makes numpy arrays, and a tensor that requires gradients refuses: detach() it.
        features.detach() -> features
    maps_scaled_in_place: Methods with a trailing underscore change the features of the caller.
        features.detach() -> features.detach().mul_(2)
    """,
)
