# %% subplots_grid: plt.subplots with squeeze=False and axis("off").
def plot_denoising(clean, noisy, denoised):
    n = len(clean)
    fig, axes = plt.subplots(3, n, figsize=(n, 3), squeeze=False)
    for row, (name, images) in enumerate([("clean", clean), ("noisy", noisy), ("denoised", denoised)]):
        for column in range(n):
            ax = axes[row, column]
            ax.imshow(images[column, 0].detach().cpu().numpy(), cmap="gray", vmin=0, vmax=1)
            ax.axis("off")
        axes[row, 0].set_title(name)
    return fig

# %% add_subplot_by_number: fig.add_subplot with a running number and ticks taken away.
def plot_denoising(clean, noisy, denoised):
    rows = dict(clean=clean, noisy=noisy, denoised=denoised)
    fig = plt.figure()
    n = clean.size(0)
    number = 0
    with torch.no_grad():
        for name, images in rows.items():
            for j in range(n):
                number += 1
                ax = fig.add_subplot(3, n, number)
                ax.imshow(images[j].squeeze(0).tolist(), vmin=0.0, vmax=1.0, cmap="Greys_r")
                ax.set_xticks([])
                ax.set_yticks([])
                if j == 0:
                    ax.set_title(name)
    return fig
