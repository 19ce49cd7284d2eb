"""confusion_matrix."""

import numpy as np
import torch

from autograder.author import case, changed, check, mistakes, reference, same_dtype, unchanged

from ..judging.values import same_numbers


@reference(points=1.5)
def confusion_matrix(labels, predictions, num_classes):
    """Where in the matrix does one pair (label, prediction) count?

    Begin with zeros. For each pair, add 1 in the row of the label and the column of the prediction.

    In the chapter: the confusion matrix. In the documentation: torch.bincount does it without a loop.
    """
    size = num_classes
    matrix = torch.zeros(size, size, dtype=torch.int64)
    pairs = list(zip(labels.tolist(), predictions.tolist(), strict=True))
    for label, prediction in pairs:
        matrix[label, prediction] += 1
    return matrix


@check(confusion_matrix, points=0.25, compare=same_numbers)
def right_answers_on_the_diagonal(draw):
    """Right answers count on the diagonal, also where a class comes often"""
    labels = np.array([0, 2, 2, 1, 2])
    yield case(labels, labels, 3)
    labels = np.array([1, 0, 0, 0])
    yield case(labels, labels, 2)


@check(confusion_matrix, points=0.5, compare=same_numbers)
def rows_are_labels(draw):
    """Rows are the true classes, columns the predicted ones"""
    yield case(np.array([0, 0, 1]), np.array([1, 1, 0]), 2)
    yield case(np.array([0, 0, 1, 2, 2, 2, 2]), np.array([1, 1, 0, 2, 0, 0, 0]), 3)
    yield case(draw.integers(0, 3, 30), draw.integers(0, 3, 30), 4)


@check(confusion_matrix, points=0.25, compare=same_numbers)
def absent_classes(draw):
    """Classes that do not come have a row and a column, too"""
    yield case(np.array([1, 1, 2]), np.array([2, 1, 2]), 5)
    yield case(np.array([3]), np.array([0]), 6)


@check(confusion_matrix, points=0.25, compare=same_dtype, counts_with=right_answers_on_the_diagonal)
def whole_counts(draw):
    """The counts are int64"""
    yield case(np.array([0, 1, 1]), np.array([0, 0, 1]), 2)


@check(confusion_matrix, points=0.25, ask=changed, compare=unchanged(), counts_with=right_answers_on_the_diagonal)
def labels_stay(draw):
    """Labels and predictions stay as they are"""
    yield case(np.array([0, 1, 1]), np.array([0, 0, 1]), 2)


wrong = mistakes(
    confusion_matrix,
    """
    rows_are_predictions: Rows are the true classes: the label is the first index, the prediction the second.
        matrix[label, prediction] += 1 -> matrix[prediction, label] += 1
    repeated_pairs_count_once: A pair that comes several times counts each time: add 1 with += in a loop over the pairs.
        Indexed with whole tensors, += 1 adds only once.
        for label, prediction in pairs: matrix[label, prediction] += 1 -> matrix[labels, predictions] += 1
    only_the_diagonal: The wrong answers are the interesting ones: they count beside the diagonal.
        matrix[label, prediction] += 1 -> matrix[label, label] += label == prediction
    shares_of_each_row: The matrix holds counts; here each row is divided by its sum.
        return matrix -> return matrix / matrix.sum(1, keepdim=True).clamp(min=1)
    as_many_rows_as_classes_that_come: num_classes is given, since a class need not come among the labels.
        size = num_classes -> size = max(*labels.tolist(), *predictions.tolist()) + 1
    matrix_of_floats: Counts are whole numbers: int64, not the float32 of torch.zeros.
        dtype=torch.int64 ->
    labels_overwritten: An operation in place changes the labels of the caller.
        return matrix -> labels.mul_(num_classes).add_(predictions); return matrix
    """,
)
