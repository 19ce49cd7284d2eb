"""plot_denoising."""

from autograder.author import case, changed, check, figure, make, mistakes, reference, unchanged

from ..judging.images import image_count, images_shown, rows_titled, same_limits
from ..probes.builders import requiring_gradients
from .shared import IMAGES, grid


@reference(points=2.25)
def plot_denoising(clean, noisy, denoised):
    """How many rows and columns are there, and which image stands in row 1, column 2?

    Make a grid of 3 rows with a column for each image. Image i of a tensor is tensor[i, 0]. With vmin=0 and vmax=1 the
    same gray means the same value in all rows. The first image of each row gets the title.

    In the documentation: matplotlib.pyplot.subplots, with squeeze=False.
    """
    count = len(clean)
    drawing, axes = grid(3, count)
    names = "clean", "noisy", "denoised"
    for row, images in enumerate((clean, noisy, denoised)):
        for column in range(count):
            one = axes[row, column]
            one.imshow(images[column, 0].detach(), cmap="gray", vmin=0, vmax=1)
            one.axis("off")
        axes[row, 0].set_title(names[row])
    return drawing


def images(draw, count):
    """Clean, noisy and denoised images of 4×5; the denoised ones leave [0, 1] a little."""
    clean = draw.uniform(count, 1, 4, 5, low=0.2, high=0.8)
    noisy = (clean + draw.normal(count, 1, 4, 5, scale=0.1)).clip(0, 1)
    denoised = noisy * 0.9
    denoised[0, 0, 0, 0], denoised[-1, 0, -1, 0] = -0.1, 1.1
    return clean, noisy, denoised


@check(plot_denoising, points=0.5, ask=figure(report=IMAGES), compare=image_count)
def three_rows(draw):
    """There are three rows with a column for each image"""
    for count in 2, 4, 1, 17:
        yield case(*images(draw, count))


@check(plot_denoising, points=0.5, ask=figure(report=IMAGES), compare=images_shown)
def images_in_their_rows(draw):
    """The rows show the clean, the noisy and the denoised images, in order"""
    for count in 3, 1, 5:
        yield case(*images(draw, count))


@check(plot_denoising, points=0.5, ask=figure(report=IMAGES), compare=same_limits, counts_with=three_rows)
def images_from_0_to_1(draw):
    """All images are shown with vmin=0 and vmax=1"""
    yield case(*images(draw, 3))


@check(plot_denoising, points=0.5, ask=figure(report=IMAGES), compare=rows_titled, counts_with=three_rows)
def rows_have_titles(draw):
    """The first image of each row has the title of its row, which is visible"""
    yield case(*images(draw, 2))
    yield case(*images(draw, 1))


@check(plot_denoising, points=0.25, ask=changed, compare=unchanged(), counts_with=three_rows)
def shown_images_stay(draw):
    """Images that require gradients can be shown, and all stay as they are"""
    yield case(*(make(requiring_gradients, one) for one in images(draw, 2)))


wrong = mistakes(
    plot_denoising,
    """
    each_image_in_its_own_scale: Without vmin and vmax, imshow stretches each image to all grays, and the rows cannot be
        compared.
        vmin=0 ->
        vmax=1 ->
    bytes_expected: The values lie in [0, 1]: with vmax=255 all images are black.
        vmax=1 -> vmax=255
    rows_and_columns_swapped: There are three rows with a column for each image, here three columns.
        grid(3, count) -> grid(count, 3)
        one = axes[row, column] -> one = axes[column, row]
        axes[row, 0].set_title(names[row]) -> axes[0, row].set_title(names[row])
    noisy_row_last: The order of the rows is clean, noisy, denoised.
        (clean, noisy, denoised) -> (clean, denoised, noisy)
        names = "clean", "noisy", "denoised" -> names = "clean", "denoised", "noisy"
    noisy_row_first: The clean images come first, then the noisy ones.
        (clean, noisy, denoised) -> (noisy, clean, denoised)
        names = "clean", "noisy", "denoised" -> names = "noisy", "clean", "denoised"
    first_image_everywhere: Each column shows another image; here it is the first one in all of them.
        images[column, 0] -> images[0, 0]
    clean_images_in_all_rows: Each row shows its own images, here all show the clean ones.
        images[column, 0] -> clean[column, 0]
    row_labels_hidden: The first image of each row needs a title. If a label of set_ylabel is to stand for it:
        axis("off") hides it, though the lecture notes use it.
        axes[row, 0].set_title(names[row]) -> axes[row, 0].set_ylabel(names[row])
    eight_images_at_most: There is a column for each image, also where there are many.
        count = len(clean) -> count = min(len(clean), 8)
    two_rows_only: The clean images are shown as well.
        grid(3, count) -> grid(2, count)
        names = "clean", "noisy", "denoised" -> names = "noisy", "denoised"
        (clean, noisy, denoised) -> (noisy, denoised)
    channel_axis_left: imshow takes (H, W): image i is tensor[i, 0], without the axis of the channel.
        images[column, 0] -> images[column]
    denoised_not_detached: What a network puts out requires gradients, and numpy refuses it: detach() it.
        images[column, 0].detach() -> images[column, 0]
    images_limited_in_place: clamp_ changes the images of the caller; vmin and vmax limit what is shown.
        images[column, 0].detach() -> images[column, 0].detach().clamp_(0, 1)
    """,
)
