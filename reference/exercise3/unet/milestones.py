"""The milestone of this section."""

from autograder.author import milestone

from .unet import UNet, denoises_digits


@milestone(UNet, trained=denoises_digits)
def denoises_unseen_digits():
    """Your U-Net denoises digits that it has never seen

    It was trained for some seconds. The last row was hidden from it.
    """
