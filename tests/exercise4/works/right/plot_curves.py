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
