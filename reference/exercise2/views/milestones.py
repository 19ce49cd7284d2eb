"""The milestone of this section."""

from autograder.author import case, milestone

from ..judging import same_values
from .receptive_field_mask import receptive_field_mask


@milestone(receptive_field_mask, compare=same_values)
def shows_what_a_value_sees(draw):
    """Your mask shows what one value of a network sees

    White are the values of the image that the middle value of the last layer depends on, for deeper and deeper
    networks.
    """
    conv, pool = (3, 1, 1), (2, 2, 0)
    yield "after one convolution 3 × 3", case([conv], 28, (14, 14))
    yield "after a convolution and a pooling", case([conv, pool], 28, (7, 7))
    yield "after two of each", case([conv, pool, conv, pool], 28, (3, 3))
