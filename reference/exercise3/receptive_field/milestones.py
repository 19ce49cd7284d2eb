"""The milestone of this section."""

from autograder.author import case, milestone

from ..digits import one_digit
from ..judging import fields_on_image
from .receptive_field_table import receptive_field_table


@milestone(receptive_field_table, draw=fields_on_image)
def field_grows(draw):
    """Your receptive field grows over a digit

    The bright square is what one value sees after each layer, by your table: convolutions 3 × 3 and poolings by 2 in
    turn.
    """
    conv, pool = (3, 1), (2, 2)
    yield "a handwritten digit", one_digit(draw)[0, 0]
    yield "your receptive fields", case([conv, pool, conv, pool, conv, pool])
