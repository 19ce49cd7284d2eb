# %% subplots_side_by_side: plt.subplots and labels in plot.
def plot_curves(history):
    epochs = range(1, len(history["train_loss"]) + 1)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(epochs, history["train_loss"], label="train")
    left.plot(epochs, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    right.plot(epochs, history["test_accuracy"], marker="o", color="green")
    right.set(xlabel="epoch", ylabel="accuracy")
    return fig

# %% pyplot_state: plt.figure and plt.subplot, two lines by one call and the legend with names.
def plot_curves(history):
    fig = plt.figure()
    e = np.arange(len(history["test_loss"])) + 1
    plt.subplot(2, 1, 1)
    plt.plot(e, history["train_loss"], "b-", e, history["test_loss"], "r--")
    plt.legend(["train", "test"])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.grid(True)
    plt.subplot(2, 1, 2)
    plt.plot(e, np.array(history["test_accuracy"]))
    plt.xlabel("epoch")
    plt.ylabel("accuracy")
    plt.ylim(0, 1)
    plt.suptitle("Training")
    return fig

# %% twin: The accuracy stands on twin axes, which have no x axis of their own to see.
def plot_curves(history):
    fig, left = plt.subplots()
    e = range(1, len(history["train_loss"]) + 1)
    left.plot(e, history["train_loss"], label="train")
    left.plot(e, history["test_loss"], label="test")
    left.set(xlabel="epoch", ylabel="loss")
    left.legend()
    right = left.twinx()
    right.plot(e, history["test_accuracy"], "g--")
    right.set_ylabel("accuracy")
    return fig

# %% column: Two axes in a column that share the epochs, named below.
def plot_curves(history):
    fig, (top, bottom) = plt.subplots(2, 1, sharex=True)
    e = range(1, len(history["train_loss"]) + 1)
    top.plot(e, history["train_loss"], label="train")
    top.plot(e, history["test_loss"], label="test")
    top.set_ylabel("loss")
    top.legend()
    bottom.plot(e, history["test_accuracy"])
    bottom.set(xlabel="epoch", ylabel="accuracy")
    return fig
