# %% flat_axes: plt.subplots in a near-square grid; empty axes are removed.
def plot_filters(weight):
    w = weight.detach()[:, 0].cpu().numpy()
    columns = int(np.ceil(np.sqrt(len(w))))
    rows = int(np.ceil(len(w) / columns))
    limit = np.abs(w).max()
    fig, axes = plt.subplots(rows, columns, squeeze=False)
    for ax in axes.flat[len(w):]:
        ax.remove()
    for i, image in enumerate(w):
        axes.flat[i].imshow(image, cmap="bwr", vmin=-limit, vmax=limit)
        axes.flat[i].set_title(f"filter {i}")
    return fig

# %% set_clim_later: Draws first, sets the limits by set_clim, on a Figure without pyplot.
def plot_filters(weight):
    fig = Figure()
    images = []
    for i, kernel in enumerate(weight.clone().detach()):
        ax = fig.add_subplot(1, len(weight), i + 1)
        images.append(ax.imshow(kernel[0].numpy(), cmap="RdBu"))
        ax.set(title=f"filter {i}", xticks=[], yticks=[])
    biggest = weight[:, 0].abs().max().item()
    for image in images:
        image.set_clim(-biggest, biggest)
    return fig

# %% eight_a_row: plt.figure with eight columns, and plt.subplot for each.
def plot_filters(weight):
    filters = [w[0].tolist() for w in weight]
    top = max(abs(value) for kernel in filters for row in kernel for value in row)
    fig = plt.figure()
    for number, kernel in enumerate(filters, start=1):
        plt.subplot((len(filters) + 7) // 8, 8, number)
        plt.imshow(kernel, cmap="seismic", vmin=-top, vmax=top)
        plt.title(f"filter {number - 1}", fontsize=6)
        plt.axis("off")
    return fig
