"""plot_curves."""

from autograder.author import case, changed, check, figure, mistakes, reference, unchanged

from ..judging.curves import axis_names, curves_drawn, legend_names
from .shared import LINES, grid


@reference(points=1.75)
def plot_curves(history):
    """Which numbers belong on the same axes, and what does a reader need to know about them?

    Make two axes side by side. plot takes the epochs, the values and a label; the legend shows the labels. Name both
    axes.

    In the chapter: the curves of training and test. In the documentation: matplotlib.axes.Axes.plot and legend.
    """
    drawing, axes = grid(1, 2)
    left, right = axes[0]
    epochs = range(1, len(history["train_loss"]) + 1)
    train, test = history["train_loss"], history["test_loss"]
    left.plot(epochs, train, label="train")
    left.plot(epochs, test, label="test")
    left.legend()
    right.plot(epochs, history["test_accuracy"])
    left.set(xlabel="epoch", ylabel="loss")
    right.set(xlabel="epoch", ylabel="accuracy")
    return drawing


def history(draw, epochs):
    names = "train_loss", "test_loss", "test_accuracy"
    return {
        name: [float(one) for one in draw.uniform(epochs, low=low, high=low + 0.9)] for low, name in enumerate(names)
    }


@check(plot_curves, points=0.5, ask=figure(report=LINES), compare=curves_drawn(index=0))
def both_losses(draw):
    """The losses of training and test are two lines on the same axes"""
    for epochs in 4, 7:
        yield case(history(draw, epochs))


@check(plot_curves, points=0.25, ask=figure(report=LINES), compare=curves_drawn(index=1))
def the_accuracy(draw):
    """The accuracy is a line on other axes than the losses"""
    for epochs in 3, 6:
        yield case(history(draw, epochs))


@check(plot_curves, points=0.25, ask=figure(report=LINES), compare=legend_names, counts_with=both_losses)
def a_legend(draw):
    """The legend calls the line of each loss by its name, train and test"""
    yield case(history(draw, 5))


@check(plot_curves, points=0.5, ask=figure(report=LINES), compare=axis_names, counts_with=both_losses)
def named_axes(draw):
    """The axes are named: epoch across, loss and accuracy up"""
    yield case(history(draw, 4))


@check(plot_curves, points=0.25, ask=changed, compare=unchanged(), counts_with=both_losses)
def history_stays(draw):
    """The history stays as it is"""
    yield case(history(draw, 3))


wrong = mistakes(
    plot_curves,
    """
    epochs_from_0: Without the epochs, plot counts from 0; here they are counted from 1.
        range(1, len(history["train_loss"]) + 1) -> range(len(history["train_loss"]))
    test_loss_missing: Both losses are drawn: their difference shows overfitting.
        left.plot(epochs, test, label="test") ->
    all_on_the_same_axes: An accuracy and a loss have other scales: the accuracy gets axes of its own.
        right.plot(epochs, history["test_accuracy"]) -> left.plot(epochs, history["test_accuracy"])
    losses_on_two_axes: Two losses can be compared only on the same axes.
        left.plot(epochs, test, label="test") -> right.plot(epochs, test, label="test")
    accuracy_missing: The accuracy is drawn as well, as a line on the second axes, with the numbers of the history.
        right.plot(epochs, history["test_accuracy"]) ->
    legend_not_shown: The legend shows the labels of the lines: plot(..., label="train"), and legend() after it.
        left.legend() ->
    labels_swapped: The line of each loss has its own name; here the two are swapped.
        label="train" -> label="test"
        label="test" -> label="train"
    axes_without_names: A reader must know what the numbers are. set_xlabel and set_ylabel name the axes; a title does
        not.
        left.set(xlabel="epoch", ylabel="loss") ->
        right.set(xlabel="epoch", ylabel="accuracy") ->
    names_of_the_axes_swapped: The epochs run across, along x; the losses are values of y.
        left.set(xlabel="epoch", ylabel="loss") -> left.set(xlabel="loss", ylabel="epoch")
        right.set(xlabel="epoch", ylabel="accuracy") -> right.set(xlabel="accuracy", ylabel="epoch")
    names_hidden: axis("off") hides the names of the axes together with the frame.
        right.set(xlabel="epoch", ylabel="accuracy") -> right.set(xlabel="epoch", ylabel="accuracy"); left.axis("off")
    epochs_and_losses_swapped: plot takes x first: the epochs, then the losses.
        left.plot(epochs, train, label="train") -> left.plot(train, epochs, label="train")
        left.plot(epochs, test, label="test") -> left.plot(test, epochs, label="test")
    losses_popped: pop() takes the list out of the caller's dict.
        history["test_accuracy"] -> history.pop("test_accuracy")
    """,
)
