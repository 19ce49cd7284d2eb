"""The milestones of this section."""

import numpy as np

from autograder.author import case, milestone

from .confusion_matrix import confusion_matrix
from .fit import fit, fit_learns_digits


@milestone(confusion_matrix)
def shows_mix_ups(draw):
    """Your confusion matrix shows which digits are mixed up

    The rows are the digits, and the columns what a made-up network takes them for: it reads half of the fours as nines.
    """
    labels = np.repeat(np.arange(10), 20)
    predictions = np.where((labels == 4) & (np.arange(200) % 2 == 0), 9, labels)
    yield "your matrix: bright is often", case(labels, predictions, 10)


@milestone(fit, trained=fit_learns_digits)
def trains_a_reader():
    """Your training loop teaches a network to read digits

    The network was trained for a second by your loop and had never seen these digits.
    """
