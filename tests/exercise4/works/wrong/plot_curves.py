# %% epochs_from_zero: Epochs are counted from 0.
def plot_curves(history):
    epochs = range(len(history["train_loss"]))
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    right.plot(epochs, history["test_accuracy"], marker="o", color="green")
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig

# %% no_legend: Labels without a legend.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    right.plot(epochs, history["test_accuracy"], marker="o", color="green")
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig

# %% accuracy_without_xlabel: The axis name epoch is missing on the second axes.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    right.plot(epochs, history["test_accuracy"], marker="o", color="green")
    right.set(ylabel="accuracy")
    return fig

# %% names_swapped: The legend calls the lines by each other's names.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="test")
    left.plot(epochs, history["test_loss"], label="train")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    right.plot(epochs, history["test_accuracy"], marker="o", color="green")
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig

# %% twin_axes: The accuracy is on the axes of the losses, too.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    left.plot(epochs, history["test_accuracy"])
    right.plot(epochs, history["test_accuracy"], marker="o", color="green")
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig

# %% accuracy_in_percent: The accuracy in percent.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    right.plot(epochs, [100 * a for a in history["test_accuracy"]], marker="o", color="green")
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig

# %% titles_for_names: Titles in place of the axis names.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set_title("loss")
    left.legend()
    right.plot(epochs, history["test_accuracy"], marker="o", color="green")
    right.set_title("accuracy")
    return fig

# %% markers_only_lines_hidden: scatter in place of lines for the accuracy.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    right.scatter(epochs, history["test_accuracy"])
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig

# %% row_with_one_name: Two axes in a row; only the second one says what stands across.
def plot_curves(history):
    fig, (left, right) = plt.subplots(1, 2, sharex=True)
    e = range(1, len(history["train_loss"]) + 1)
    left.plot(e, history["train_loss"], label="train")
    left.plot(e, history["test_loss"], label="test")
    left.set_ylabel("loss")
    left.legend()
    right.plot(e, history["test_accuracy"])
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig
