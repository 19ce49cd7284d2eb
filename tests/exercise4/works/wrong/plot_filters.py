# %% scale_of_all_channels: The scale is that of all channels, though channel 0 alone is shown.
def plot_filters(weight):
    w = weight.detach().numpy()
    limit = np.abs(w).max()
    fig, axes = plt.subplots(1, len(w), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(w[i, 0], vmin=-limit, vmax=limit)
        ax.set_title(f"filter {i}")
    return fig

# %% largest_value: vmax is the largest value, not the largest magnitude.
def plot_filters(weight):
    w = weight.detach().numpy()[:, 0]
    limit = w.max()
    fig, axes = plt.subplots(1, len(w), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(w[i], vmin=-limit, vmax=limit)
        ax.set_title(f"filter {i}")
    return fig

# %% min_to_max: From the smallest to the largest value, so that 0 is not in the middle.
def plot_filters(weight):
    w = weight.detach().numpy()[:, 0]
    fig, axes = plt.subplots(1, len(w), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(w[i], vmin=w.min(), vmax=w.max())
        ax.set_title(f"filter {i}")
    return fig

# %% each_its_own_limit: Symmetric, but each filter with its own limit.
def plot_filters(weight):
    w = weight.detach().numpy()[:, 0]
    fig, axes = plt.subplots(1, len(w), squeeze=False)
    for i, ax in enumerate(axes[0]):
        limit = np.abs(w[i]).max()
        ax.imshow(w[i], vmin=-limit, vmax=limit)
        ax.set_title(f"filter {i}")
    return fig

# %% mean_of_channels: Shows the mean over the channels.
def plot_filters(weight):
    w = weight.detach().numpy().mean(axis=1)
    limit = np.abs(w).max()
    fig, axes = plt.subplots(1, len(w), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(w[i], vmin=-limit, vmax=limit)
        ax.set_title(f"filter {i}")
    return fig

# %% titles_missing: No titles but a suptitle.
def plot_filters(weight):
    w = weight.detach().numpy()[:, 0]
    limit = np.abs(w).max()
    fig, axes = plt.subplots(1, len(w), squeeze=False)
    fig.suptitle("filters")
    for i, ax in enumerate(axes[0]):
        ax.imshow(w[i], vmin=-limit, vmax=limit)
    return fig

# %% filters_of_the_first: Shows the channels of filter 0.
def plot_filters(weight):
    w = weight.detach().numpy()[0]
    limit = np.abs(w).max()
    fig, axes = plt.subplots(1, len(w), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(w[i], vmin=-limit, vmax=limit)
        ax.set_title(f"filter {i}")
    return fig

# %% abs_in_place: Takes the magnitude in place, which changes the weight.
def plot_filters(weight):
    w = weight.detach()[:, 0]
    shown = w.clone().numpy()
    limit = w.abs_().max().item()
    fig, axes = plt.subplots(1, len(shown), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(shown[i], vmin=-limit, vmax=limit)
        ax.set_title(f"filter {i}")
    return fig

# %% at_most_8: Shows 8 filters at most.
def plot_filters(weight):
    fig = Figure()
    images = []
    for i, kernel in enumerate(weight.clone().detach()[:8]):
        ax = fig.add_subplot(1, len(weight), i + 1)
        images.append(ax.imshow(kernel[0].numpy(), cmap="RdBu"))
        ax.set(title=f"filter {i}", xticks=[], yticks=[])
    biggest = weight[:8, 0].abs().max().item()
    for image in images:
        image.set_clim(-biggest, biggest)
    return fig

# %% at_most_16: Shows 16 filters at most.
def plot_filters(weight):
    fig = Figure()
    images = []
    for i, kernel in enumerate(weight.clone().detach()[:16]):
        ax = fig.add_subplot(1, len(weight), i + 1)
        images.append(ax.imshow(kernel[0].numpy(), cmap="RdBu"))
        ax.set(title=f"filter {i}", xticks=[], yticks=[])
    biggest = weight[:16, 0].abs().max().item()
    for image in images:
        image.set_clim(-biggest, biggest)
    return fig
