# %% subplots_squeeze_false: plt.subplots in one row with squeeze=False.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().cpu().numpy()[:max_channels]
    fig, axes = plt.subplots(1, len(maps), squeeze=False)
    for i, (ax, image) in enumerate(zip(axes[0], maps)):
        ax.imshow(image, cmap="viridis", vmin=maps.min(), vmax=maps.max())
        ax.set_title(f"channel {i}")
        ax.axis("off")
    return fig

# %% figure_and_subplot: plt.figure and plt.subplot in a grid, one symmetric scale from all values.
def plot_feature_maps(features, max_channels=8):
    shown = [features[i].detach() for i in range(min(max_channels, features.shape[0]))]
    limit = max(float(image.abs().max()) for image in shown)
    fig = plt.figure(figsize=(8, 4))
    for i, image in enumerate(shown):
        plt.subplot((len(shown) + 3) // 4, 4, i + 1)
        plt.imshow(image.tolist(), cmap="gray", vmin=-limit, vmax=limit)
        plt.title("channel " + str(i))
        plt.xticks([])
        plt.yticks([])
    plt.tight_layout()
    return fig

# %% empty_axes: Makes max_channels axes, of which some may stay empty.
def plot_feature_maps(features, max_channels=8):
    maps = features.detach().numpy()[:max_channels]
    fig, axes = plt.subplots(1, max_channels, squeeze=False)
    for i in range(len(maps)):
        axes[0][i].imshow(maps[i], vmin=maps.min(), vmax=maps.max())
        axes[0][i].set_title(f"channel {i}")
    return fig
