# %% scale_of_its_own: Each image has its own scale.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().numpy()[:max_channels]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(maps[i])
        ax.set_title(f"channel {i}")
    return fig

# %% counted_from_one: Titles from channel 1.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().numpy()[:max_channels]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(maps[i], vmin=maps.min(), vmax=maps.max())
        ax.set_title(f"channel {i + 1}")
    return fig

# %% zero_to_one: The scale is 0 to 1, and values outside are cut.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().numpy()[:max_channels]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(maps[i], vmin=0, vmax=1)
        ax.set_title(f"channel {i}")
    return fig

# %% last_channels: Shows the last channels.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().numpy()[-max_channels:]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(maps[i], vmin=maps.min(), vmax=maps.max())
        ax.set_title(f"channel {i}")
    return fig

# %% scale_of_the_first: The scale of the first channel for all.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().numpy()[:max_channels]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(maps[i], vmin=maps[0].min(), vmax=maps[0].max())
        ax.set_title(f"channel {i}")
    return fig

# %% no_detach: Fails for features that require gradients.
def plot_feature_maps(features, max_channels=8):
    maps = features.numpy()[:max_channels]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(maps[i], vmin=maps.min(), vmax=maps.max())
        ax.set_title(f"channel {i}")
    return fig

# %% normalized_in_place: Scales the features to [0, 1] in place.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach()[:max_channels]
    maps -= maps.min()
    maps /= maps.max()
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, ax in enumerate(axes[0]):
        ax.imshow(maps[i].numpy(), vmin=0, vmax=1)
        ax.set_title(f"channel {i}")
    return fig

# %% max_channels_ignored: Always the first eight channels.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().cpu().numpy()[:8]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, (ax, image) in enumerate(zip(axes[0], maps)):
        ax.imshow(image, cmap="viridis", vmin=maps.min(), vmax=maps.max())
        ax.set_title(f"channel {i}")
        ax.axis("off")
    return fig
